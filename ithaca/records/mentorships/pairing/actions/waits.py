"""Working out how long people wait."""

from datetime import datetime

from django.utils import timezone

from ithaca.records.mentorships.pairing.queries.waits import comparable, range_of
from ithaca.records.mentorships.rules import waits
from ithaca.records.schemes.actions.waits import publish
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.waits import waits_of


def look_at_waits(scheme: Scheme, at: datetime) -> int:
    """Work out afresh, once a day, how long people wait in a scheme; return for how many professions it changed."""
    said, today, changed = waits_of(scheme), timezone.localdate(at), 0
    for profession in scheme.professions:
        row = said.get(profession)
        if row is None or row.looked_on < today:
            found = waits.steadied(range_of(row), comparable(scheme, profession, at))
            changed += publish(scheme, profession, (found.low, found.high) if found else None, today)
    return changed

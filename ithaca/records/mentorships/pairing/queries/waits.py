"""How long people wait in a scheme, and whom somebody ought to tell that nobody is likely soon."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.records.mentorships.models import MentoringRequest
from ithaca.records.mentorships.pairing.queries.supply import mentor_lines
from ithaca.records.mentorships.rules import waits
from ithaca.records.mentorships.rules.stages.pairing import UNPLACED, RequestStage
from ithaca.records.mentorships.rules.waits import Range
from ithaca.records.queues import Line, Slice
from ithaca.records.schemes.models import PublishedWait, Scheme
from ithaca.records.schemes.queries.waits import waits_of
from ithaca.records.times import day


@dataclass(frozen=True, slots=True)
class Supply:
    """How many places are free with mentors of the scheme today, and how many people wait for one."""

    places: int
    waiting: int


def comparable(scheme: Scheme, profession: str, at: datetime) -> list[int]:
    """Days from asking to the first introduction, of those of one profession who were first introduced lately.

    Who found their own mentor, or asked for one conversation, says nothing of how long the others wait.
    """
    found = (
        MentoringRequest.objects.filter(membership__scheme=scheme, membership__profession=profession)
        .filter(one_off=False, finding=None, asked_on__isnull=False)
        .annotate(first=Min("introductions__offered_at"))
        .filter(first__gt=at - waits.LATELY, first__lte=at)
        .values_list("asked_on", "first")
    )
    return [max(0, (day(first) - asked_on).days) for asked_on, first in found if asked_on]


def range_of(row: PublishedWait | None) -> Range | None:
    """Return what we say at present; None where it can't be said."""
    if row is None or row.low_weeks is None or row.high_weeks is None:
        return None
    return Range(row.low_weeks, row.high_weeks)


def ranges_of(scheme: Scheme) -> dict[str, Range | None]:
    """Return what we say of each profession of the scheme."""
    found = waits_of(scheme)
    return {profession: range_of(found.get(profession)) for profession in scheme.professions}


def said_for(requests: Iterable[MentoringRequest]) -> dict[tuple[UUID, str], Range | None]:
    """Return what we say, by scheme and profession, for everyone among these in the queue; no query if nobody is."""
    schemes = {row.membership.scheme_id for row in requests if row.stage in UNPLACED}
    rows = PublishedWait.objects.filter(scheme__in=schemes) if schemes else ()
    return {(row.scheme_id, row.profession): range_of(row) for row in rows}


def supply_of(scheme: Scheme) -> Supply:
    """Today's supply."""
    waiting = MentoringRequest.objects.filter(membership__scheme=scheme, stage__in=UNPLACED).count()
    return Supply(sum(line.room for line in mentor_lines(scheme)), waiting)


def in_words(said: Range | None) -> str:
    """Write the range as a sentence."""
    if said is None:
        return _("We can't say yet how long it takes, because too few people have been introduced lately.")
    if said.low == said.high:
        return _("Recently, most people have waited about %(weeks)d weeks for an introduction.") % {"weeks": said.high}
    if not said.low:
        if said.high == 1:
            return _("Recently, most people have waited less than a week for an introduction.")
        return _("Recently, most people have waited up to %(weeks)d weeks for an introduction.") % {"weeks": said.high}
    return _("Recently, most people have waited %(low)d to %(high)d weeks for an introduction.") % {
        "low": said.low,
        "high": said.high,
    }


def to_tell(scheme: Scheme, but: UUID, start: int, stop: int, today: date | None = None) -> Slice[Line]:
    """People whom a person ought to tell that nobody is likely soon: by when, the most urgent first.

    Whoever was told already, and the coordinator who looks, are left out.
    """
    today = today or timezone.localdate()
    fields = ("pk", "stage", "asked_on", "escalated_on", "membership__user", "membership__profession")
    names = ("membership__user__name", "membership__organisation__name")
    waiting = MentoringRequest.objects.filter(
        membership__scheme=scheme, stage=RequestStage.WAITING, asked_on__isnull=False
    )
    rows = list(waiting.order_by("asked_on", "pk").values(*fields, *names))
    if not rows:
        return Slice((), 0)
    said, places = ranges_of(scheme), sum(line.room for line in mentor_lines(scheme))
    due = [
        _line(row, said.get(row["membership__profession"]))
        for ahead, row in enumerate(rows)
        if row["escalated_on"] is None
        and row["membership__user"] != but
        and waits.unlikely(row["asked_on"], today, said.get(row["membership__profession"]), ahead, places)
    ]
    due.sort(key=lambda line: (line.due or today, line.since))
    return Slice(tuple(due[start:stop]), len(due))


def _line(row: Mapping[str, Any], said: Range | None) -> Line:
    return Line(
        row["pk"],
        row["stage"],
        row["asked_on"],
        who=row["membership__user__name"],
        detail=row["membership__organisation__name"] or "",
        due=waits.stated_by(row["asked_on"], said),
    )

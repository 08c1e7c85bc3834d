"""Reading how good mentoring is for people: only what a scheme may know (see `pulse`)."""

from datetime import date

from ithaca.records.mentorships import pulse
from ithaca.records.mentorships.models import PulseCheck
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party


def averages_of(scheme: Scheme, side: Party, today: date) -> tuple[pulse.Average, ...]:
    """The published averages of one side of a scheme, the oldest first, in one query."""
    rows = PulseCheck.objects.filter(scheme=scheme, side=side.value, answers__gt=0)
    counts: dict[date, dict[int, int]] = {}
    for quarter, score, answers in rows.values_list("quarter", "score", "answers"):
        counts.setdefault(quarter, {})[score] = answers
    return pulse.published(counts, today)

"""How good mentoring is for people: averages of many, of quarters that are over, with the table beside each picture."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ithaca.access import gate
from ithaca.access.gate import NotFound
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.records.mentorships.room.queries.pulse import averages_of
from ithaca.records.mentorships.rules.pulse import AIM, LEAST, SCORES, Average, next_quarter
from ithaca.records.stages import Party
from ithaca.tools.design.bars import Bars, bars


@dataclass(frozen=True, slots=True)
class Chart:
    """What one side says: its heading, the picture, and the rows of the table: when, average, answers."""

    slug: str
    heading: str
    picture: Bars
    rows: list[tuple[str, str, int]]


@require_safe
def ratings(request: Request, slug: str) -> HttpResponse:
    """Show what mentees and mentors answer when they are asked how good it is for them."""
    scheme = gate.scheme(request.actor, slug, Access.READ_DESK).row
    if not scheme.ratings:
        raise NotFound("ratings")
    today = timezone.localdate()
    sides = (
        (Party.MENTEE, _("People who have a mentor")),
        (Party.MENTOR, _("Mentors")),
    )
    charts = [_chart(side, heading, found) for side, heading in sides if (found := averages_of(scheme, side, today))]
    context = {"scheme": scheme, "charts": charts, "least": LEAST, "aim": AIM, "earliest": next_quarter(today)}
    return render(request, "reporting/ratings.html", context)


def _chart(side: Party, heading: str, averages: tuple[Average, ...]) -> Chart:
    rows = [(_when(one), f"{one.mean:.1f}", one.answers) for one in averages]
    text = "; ".join(f"{when}: {_said(mean, answers)}" for when, mean, answers in rows)
    aim = ("wanted", round(AIM * 10), _("The aim is %(aim)s") % {"aim": AIM})
    drawn = [(when, [("offered", round(float(mean) * 10), _said(mean, answers)), aim]) for when, mean, answers in rows]
    title = _("%(heading)s: how good it is, out of 5") % {"heading": heading}
    return Chart(side.value, heading, bars(title, text, drawn, most=max(SCORES) * 10), rows)


def _said(mean: str, answers: int) -> str:
    words = ngettext("%(mean)s from %(answers)d answer", "%(mean)s from %(answers)d answers", answers)
    return words % {"mean": mean, "answers": answers}


def _when(one: Average) -> str:
    """July to September 2026."""
    first = date_format(one.first, "F" if one.first.year == one.last.year else "F Y")
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(one.last, "F Y")}

"""Mentor supply against demand: drawn, with the table beside each picture."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.records.mentorships.pairing.queries.supply import Balance, supply_of
from ithaca.records.schemes.vocabulary import PROFESSIONS, ROLES, TOPICS
from ithaca.tools.design.bars import Bars, bars

MOST = 15
"""So many areas are drawn; the table has them all."""
LONGEST = 40
"""So many letters of a name fit a telephone's width in the picture; the table has it whole."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One question: its heading, a remark, the picture and the table."""

    slug: str
    heading: str
    remark: str
    column: str
    picture: Bars
    rows: list[tuple[str, Balance]]
    more: int


@require_safe
def supply(request: Request, slug: str) -> HttpResponse:
    """Show what people waiting want, and what free mentors offer: by role, topic, profession and area."""
    scheme = gate.scheme(request.actor, slug, Access.READ_DESK).row
    found = supply_of(scheme, timezone.now())
    roles = {code: name for code, (name, _meaning) in ROLES.items()}
    charts = [
        _chart("roles", _("By role"), "", _("Role"), found.roles, roles),
        _chart("topics", _("By topic"), "", _("Topic"), found.topics, TOPICS),
        _chart("professions", _("By profession"), "", _("Profession"), found.professions, PROFESSIONS),
        _chart(
            "areas",
            _("By area"),
            _(
                "People mostly talk to someone from another area. "
                "A gap here only matters if someone would rather have a mentor from their own area."
            ),
            _("Integrated care board"),
            found.areas,
            found.area_names | {"": _("Area not known")},
        ),
    ]
    return render(
        request,
        "reporting/supply.html",
        {"scheme": scheme, "supply": found, "charts": [chart for chart in charts if chart.rows]},
    )


def _chart(
    slug: str, heading: str, remark: str, column: str, balances: Iterable[Balance], names: Mapping[str, Any]
) -> Chart:
    rows = [(str(names.get(one.code, one.code)), one) for one in balances]
    lacking = sorted((row for row in rows if row[1].short), key=lambda row: -row[1].short)
    short = [f"{name} ({one.short})" for name, one in lacking]
    told = (
        _("Too few places for: %(list)s.") % {"list": ", ".join(short[:5])} if short else _("There are enough places.")
    )
    picture = bars(
        _("%(heading)s: people waiting, and free places") % {"heading": heading},
        told,
        [(Truncator(name).chars(LONGEST), _pair(one)) for name, one in rows[:MOST]],
    )
    return Chart(slug, heading, remark, column, picture, rows, max(0, len(rows) - MOST))


def _pair(one: Balance) -> list[tuple[str, int, str]]:
    wanted = _("%(count)d waiting") % {"count": one.wanted}
    offered = ngettext("%(count)d free place", "%(count)d free places", one.offered) % {"count": one.offered}
    return [("wanted", one.wanted, wanted), ("offered", one.offered, offered)]

"""Reading signposts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from ithaca.records.schemes.models import Scheme, Signpost


@dataclass(frozen=True, slots=True)
class ShownSignpost:
    """A signpost on one day; `overdue` when its owner ought to have looked at it again by then.

    `nation` in words, empty for all.
    """

    pk: UUID
    kind: str
    kind_words: str
    name: str
    what: str
    url: str
    telephone: str
    nation: str
    overdue: bool

    @property
    def dial(self) -> str:
        """The number as a telephone wants it."""
        return "".join(mark for mark in self.telephone if mark.isdecimal() or mark == "+")


def signposts_for(profession: str, nation: str, scheme: Scheme | None, on: date) -> list[ShownSignpost]:
    """Return the signposts for someone of this profession in this nation, the most urgent kind first.

    An empty profession or nation asks for those of every one; without a scheme, only those that belong to none.
    """
    found = _live().filter(Q(scheme=None) | Q(scheme=scheme))
    for name, value in (("profession", profession), ("nation", nation)):
        if value:
            found = found.filter(**{f"{name}__in": ["", value]})
    return [_shown(row, on) for row in sorted(found, key=_by_kind)]


def signposts_named(pks: Iterable[UUID], on: date) -> list[ShownSignpost]:
    """Return these signposts, except any that has been taken down since."""
    return [_shown(row, on) for row in sorted(_live().filter(pk__in=list(pks)), key=_by_kind)]


def signposts_to_review(scheme: Scheme, on: date) -> list[Signpost]:
    """Return the scheme's signposts that nobody has checked in time, the longest overdue first."""
    return [row for row in signposts_of(scheme) if row.review_on <= on]


def signposts_of(scheme: Scheme) -> list[Signpost]:
    """Every signpost that this scheme shows, the next to be looked at first."""
    theirs = Q(profession="") | Q(profession__in=scheme.professions)
    shown = _live().filter(theirs, Q(scheme=None) | Q(scheme=scheme))
    return list(shown.order_by("review_on", "name", "nation"))


def _live() -> QuerySet[Signpost]:
    return Signpost.objects.filter(live=True)


def _by_kind(row: Signpost) -> tuple[int, str, str]:
    return Signpost.Kind.values.index(row.kind), row.name, row.nation


def _shown(row: Signpost, on: date) -> ShownSignpost:
    kind, nation = row.get_kind_display(), row.get_nation_display() if row.nation else ""
    late = row.review_on <= on
    return ShownSignpost(row.pk, row.kind, kind, row.name, row.what, row.url, row.telephone, nation, overdue=late)

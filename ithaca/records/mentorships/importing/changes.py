"""What a good row would change of what we have, cell by cell, so that it is seen before it is done."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships.importing.cells import in_words
from ithaca.records.mentorships.importing.entries import Entry
from ithaca.records.mentorships.importing.faults import Fault
from ithaca.records.mentorships.importing.known import Known
from ithaca.records.mentorships.importing.verdicts import ANSWERS, OFFER, Judgement, Verdict
from ithaca.records.mentorships.pairing.queries.requests import answers_of

NAMES = {"organisation_id": "organisation", "unlisted_practice": "practice", "held_before": "sessions"}
"""Columns that go by another name than their field."""
Change = tuple[str, Any, Any]


def altered(entry: Entry, found: Judgement, known: Known) -> list[Fault]:
    """Each cell of the row that would change something, with what it was and will be; nothing of other verdicts."""
    if found.verdict is not Verdict.CHANGED:
        return []
    told = []
    for name, before, after in _changes(found, known):
        column, heading = entry.places.get(NAMES.get(name, name), (0, ""))
        if column and before != after:
            told.append(Fault(entry.row, column, heading, _becomes(_shown(name, before), _shown(name, after))))
    if found.vouched:
        told.append(Fault(entry.row, *entry.places.get("status", (0, "")), _("Their membership is confirmed.")))
    return told


def _changes(found: Judgement, known: Known) -> Iterator[Change]:
    member = found.member
    if member is not None:
        was = {"name": member.user.name, "telephone": telephone_of(member.user)} if found.own else {}
        yield from ((name, was[name], after) for name, after in found.own.items())
        yield from ((name, getattr(member, name), after) for name, after in found.facts.items())
    standing = known.standings.get(member.pk) if member else None
    if standing is not None and found.offer is not None:
        offer = offer_of(standing)
        yield from ((name, getattr(offer, name), getattr(found.offer, name)) for name in OFFER)
        yield "capacity", standing.capacity, found.capacity
    request = known.requests.get(member.pk) if member else None
    if request is not None and found.answers is not None:
        answers = answers_of(request)
        yield from ((name, getattr(answers, name), getattr(found.answers, name)) for name in ANSWERS)
    if found.pair:
        running = next(pair for pair in known.pairs.values() if pair.pk == found.pair["pk"])
        here = known.held[running.pk]
        for name, after in found.pair.items():
            if name == "held_before":
                yield name, running.held_before + here, after + here
            elif name != "pk":
                yield name, getattr(running, name), after


def _shown(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if name in OFFER:
        return in_words(name.upper(), value)
    if isinstance(value, bool):
        return _("close by") if value else _("further away")
    return "" if value is None else str(value)


def _becomes(before: str, after: str) -> str:
    if not before:
        return _("“%(after)s” is added.") % {"after": after}
    if not after:
        return _("“%(before)s” is removed.") % {"before": before}
    return _("“%(before)s” becomes “%(after)s”.") % {"before": before, "after": after}

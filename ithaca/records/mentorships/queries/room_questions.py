"""What is asked of someone in the rooms they share and need not be answered: the small cards of "My mentoring"."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from ithaca.records.mentorships import times
from ithaca.records.mentorships.actions.rating import waits
from ithaca.records.mentorships.card import Card, about
from ithaca.records.mentorships.models import Contract, Feedback, Mentorship, Side
from ithaca.records.mentorships.queries.rooms import partner_of
from ithaca.records.stages import Party


def of_rooms(person: UUID, rows: Sequence[Mentorship], at: datetime) -> list[Card]:
    """A card for each open question, in three queries. They come after all that has to be done."""
    live = {row.pk: row for row in rows if row.stage == "active"}
    if not live:
        return []
    today = times.london_date(at)
    found = [(row, _feedback(session)) for row, session in _asked(person, live)]
    found += [(live[pk], _review(pk)) for pk in _to_review(live, today)]
    found += [(live[pk], _rating(pk)) for pk in _to_rate(person, live, today)]
    return [replace(card, about=about(row.scheme.name, _name(row, person))) for row, card in found]


def _asked(person: UUID, live: dict[UUID, Mentorship]) -> list[tuple[Mentorship, UUID]]:
    mine = [pk for pk, row in live.items() if row.scheme.feedback and row.mentee.user_id == person]
    rows = Feedback.objects.filter(mentorship__in=mine, stage="asked").order_by("stage_since", "pk")
    unwritten = Side.objects.filter(unwritten_at__isnull=False).values("mentorship")
    asked = rows.exclude(mentorship__in=unwritten).values_list("mentorship", "session")
    return [(live[pk], session) for pk, session in asked]


def _to_review(live: dict[UUID, Mentorship], today: date) -> list[UUID]:
    agreed = Contract.objects.filter(mentorship__in=live, stage="in_force", review_on__lte=today)
    return list(agreed.order_by("review_on", "pk").values_list("mentorship", flat=True))


def _to_rate(person: UUID, live: dict[UUID, Mentorship], today: date) -> list[UUID]:
    asked = Side.objects.filter(mentorship__in=live, person=person, rating_open=True).order_by("pk")
    return [one.mentorship_id for one in asked if waits(one, live[one.mentorship_id], today)]


def _feedback(session: UUID) -> Card:
    body = _("A few words are enough. You can also say “not this time”.")
    return Card(
        _("How was it?"), body, _("You, if you like"), None, f"/sessions/{session}/feedback/", _("Say how it was")
    )


def _review(room: UUID) -> Card:
    body = _("The day has come that you chose for it. You can keep everything as it is.")
    url = f"/mentorships/{room}/review/"
    return Card(_("Look again at how you work together"), body, _("Both of you, if you like"), None, url, _("Look"))


def _rating(room: UUID) -> Card:
    body = _("One question, one press. Nobody can see what you answer.")
    url = f"/mentorships/{room}/rating/"
    return Card(
        _("How good is this for you at the moment?"), body, _("You, if you like"), None, url, _("Answer or pass")
    )


def _name(row: Mentorship, person: UUID) -> str:
    return partner_of(row, Party.MENTEE if row.mentee.user_id == person else Party.MENTOR).first_name

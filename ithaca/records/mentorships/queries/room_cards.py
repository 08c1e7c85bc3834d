"""The cards of the rooms that someone shares: what happens next, and who acts. They name nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from ithaca.records.mentorships import times
from ithaca.records.mentorships.card import Card, about
from ithaca.records.mentorships.models import Contract, Mentorship
from ithaca.records.mentorships.queries.agreements import standing_among
from ithaca.records.mentorships.queries.rooms import Next, Room, room_from
from ithaca.records.mentorships.queries.sessions import meetings_among
from ithaca.records.stages import Party

WAITS_FOR_ME = (Next.SAY_WHETHER_MET, Next.BOOK_FIRST, Next.BOOK, Next.AGREE)


def of_rooms(person: UUID, rows: Sequence[Mentorship], at: datetime) -> list[Card]:
    """A card for each of a person's rooms, what waits for them first and what is over last, in two queries.

    A room that is over has one until the day to which it is kept.
    """
    if not rows:
        return []
    meetings, contracts = meetings_among(row.pk for row in rows), _by_room(rows)
    found = []
    for row in rows:
        party = Party.MENTEE if row.mentee.user_id == person else Party.MENTOR
        room = room_from(row, party, meetings[row.pk], standing_among(contracts[row.pk], party), at)
        if room.next is not Next.OVER or _kept(row, at):
            card = replace(_card(row, room, at), about=about(row.scheme.name, room.partner.first_name))
            found.append((room.next is Next.OVER, room.next not in WAITS_FOR_ME, card))
    return [card for _over, _waits, card in sorted(found, key=lambda each: each[:2])]


def rooms_of(person: UUID) -> list[Mentorship]:
    """Every mentorship of this person's, with as much as a card needs."""
    theirs = Q(mentee__user=person) | Q(mentor__user=person)
    found = Mentorship.objects.filter(theirs).select_related("mentee__user", "mentor__user", "introduction", "scheme")
    people = [f"{side}__user__{field}" for side in ("mentee", "mentor") for field in ("name", "telephone")]
    own = ("stage", "began_on", "ended_on", "held_before", "one_off", "paused_until")
    scheme = [f"scheme__{field}" for field in ("name", "allowance", "beyond_allowance", "feedback", "ratings")]
    words = ("introduction__story", "introduction__question")
    return list(found.only(*own, *scheme, *words, *people).order_by("began_on", "pk"))


def _by_room(rows: Iterable[Mentorship]) -> dict[UUID, list[Contract]]:
    found: dict[UUID, list[Contract]] = {row.pk: [] for row in rows}
    for contract in Contract.objects.filter(mentorship__in=found):
        found[contract.mentorship_id].append(contract)
    return found


def _kept(row: Mentorship, at: datetime) -> bool:
    return row.ended_on is not None and times.london_date(at) <= times.year_after(row.ended_on)


def _card(row: Mentorship, room: Room, at: datetime) -> Card:
    url, either = f"/mentorships/{row.pk}/", _("Either of you")
    agreement, book = f"{url}agreement/", f"{url}sessions/new/"
    if room.next is Next.SAY_WHETHER_MET:
        said = f"/sessions/{room.unsaid[0].pk}/"
        return Card(
            _("Did you two meet?"), _("One of you says so, that is all."), either, None, said, _("Say whether you met")
        )
    if room.next is Next.MEET:
        starts_at = room.upcoming[0].starts_at
        how = _("The room shows how to join.") if room.upcoming[0].place else _("Say in the room how to join.")
        title = _("You meet on %(when)s") % {"when": times.in_words(starts_at)}
        on = times.london_date(starts_at)
        return Card(title, how, _("Both of you"), None, url, _("Open the room"), on=on)
    if room.next is Next.BOOK_FIRST:
        body = _("Most people take an hour. You can talk about how you will work together when you meet.")
        return Card(_("Choose a time for your first session"), body, either, None, book, _("Choose a time"))
    if room.next is Next.BOOK:
        body = _("About once a month suits most people. Meet more or less often if you like.")
        return Card(_("Choose a time for your next session"), body, either, None, url, _("Open the room"))
    if room.next is Next.AGREE:
        body = _("It is one page, filled in already. When you have both agreed, you can book your next session.")
        who = _("You") if room.agreement.other_agreed else _("Both of you")
        return Card(_("Agree how you will work together"), body, who, None, agreement, _("Read the agreement"))
    if room.next is Next.WAIT_FOR_YES:
        body = _("You have agreed. When the other person has too, you can book your next session.")
        return Card(_("Waiting for the other yes"), body, _("The other person"), None, url, _("Open the room"))
    if room.next is Next.DECIDE:
        body = _("If you both say so, it goes on as a mentorship. Nobody learns of one yes alone.")
        return Card(_("Would you like to go on?"), body, either, None, url, _("Open the room"))
    if room.next is Next.USED_UP:
        body = _("You can still write to each other. The page says what is possible now.")
        return Card(_("Your funded sessions are used"), body, either, None, book, _("See what you can do"))
    if room.next is Next.GO_ON and row.paused_until and row.paused_until <= times.london_date(at):
        body = _("The day has come until which you meant to pause. Nothing happens by itself.")
        return Card(_("Would you like to go on?"), body, either, None, url, _("Open the room"))
    if room.next is Next.GO_ON:
        body = _("Nothing is expected of you. Either of you can go on whenever you like.")
        return Card(_("You are taking a pause"), body, either, None, url, _("Open the room"))
    body = _("Nothing can be added. You can still read what is there.")
    return Card(_("This has ended"), body, "", None, f"{url}closing/", _("Look back"))

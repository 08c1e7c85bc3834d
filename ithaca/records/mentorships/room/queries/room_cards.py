"""The cards of the rooms that someone shares. They name nobody."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ithaca.records import times
from ithaca.records.cards import Card, about
from ithaca.records.mentorships.models import Agreement, Feedback, Mentorship, Message, Side
from ithaca.records.mentorships.room.queries.agreements import state_among
from ithaca.records.mentorships.room.queries.pulse import waits
from ithaca.records.mentorships.room.queries.rooms import Next, Room, partner_of, room_from
from ithaca.records.mentorships.room.queries.sessions import sessions_among
from ithaca.records.mentorships.rules.stages.room import AgreementStage, FeedbackStage, MentorshipStage
from ithaca.records.stages import Party

WAITS_FOR_ME = (Next.SAY_WHETHER_MET, Next.BOOK_FIRST, Next.BOOK, Next.AGREE)


def next_steps(person: UUID, rows: Sequence[Mentorship], at: datetime) -> list[Card]:
    """Return a card for each of a person's rooms, what they can act on first and what is over last, in two queries.

    A room that is over has one until the day to which it is kept.
    """
    if not rows:
        return []
    meetings, agreements = sessions_among(row.pk for row in rows), _by_room(rows)
    found = []
    for row in rows:
        party = Party.MENTEE if row.mentee.user_id == person else Party.MENTOR
        room = room_from(row, party, meetings[row.pk], state_among(agreements[row.pk], party), at)
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


def _by_room(rows: Iterable[Mentorship]) -> dict[UUID, list[Agreement]]:
    found: dict[UUID, list[Agreement]] = {row.pk: [] for row in rows}
    for row in Agreement.objects.filter(mentorship__in=found):
        found[row.mentorship_id].append(row)
    return found


def _kept(row: Mentorship, at: datetime) -> bool:
    return row.ended_on is not None and times.london_date(at) <= times.year_after(row.ended_on)


def _card(row: Mentorship, room: Room, at: datetime) -> Card:
    url, either = reverse("meeting:room", args=[row.pk]), _("Either of you")
    agreement, book = (reverse(f"meeting:{name}", args=[row.pk]) for name in ("agreement", "session_schedule"))
    if room.next is Next.SAY_WHETHER_MET:
        said = reverse("meeting:session", args=[room.unsaid[0].pk])
        return Card(
            _("Did you meet?"), _("Only one of you needs to say."), either, None, said, _("Say whether you met")
        )
    if room.next is Next.MEET:
        starts_at = room.upcoming[0].starts_at
        how = _("Your room shows how to join.") if room.upcoming[0].place else _("Say in your room how to join.")
        title = _("You meet on %(when)s") % {"when": times.in_words(starts_at)}
        on = times.london_date(starts_at)
        return Card(title, how, _("Both of you"), None, url, _("Open your room"), on=on)
    if room.next is Next.BOOK_FIRST:
        body = _("Most people allow an hour. You can talk about how you'll work together when you meet.")
        return Card(_("Choose a time for your first session"), body, either, None, book, _("Choose a time"))
    if room.next is Next.BOOK:
        body = _("About once a month suits most people, but you can meet more or less often.")
        return Card(_("Choose a time for your next session"), body, either, None, url, _("Open your room"))
    if room.next is Next.AGREE:
        body = _("It's one page, already filled in. Once you've both agreed, you can book your next session.")
        who = _("You") if room.agreement.other_agreed else _("Both of you")
        return Card(_("Agree how you'll work together"), body, who, None, agreement, _("Read the agreement"))
    if room.next is Next.WAIT_FOR_YES:
        body = _("You've agreed. Once they've agreed too, you can book your next session.")
        return Card(
            _("Waiting for the other person to agree"), body, _("The other person"), None, url, _("Open your room")
        )
    if room.next is Next.DECIDE:
        body = _("If you both say yes, your mentoring carries on. Nobody finds out if only one of you says yes.")
        return Card(_("Would you like to carry on?"), body, either, None, url, _("Open your room"))
    if room.next is Next.USED_UP:
        body = _("You can still write to each other. See what else you can do now.")
        return Card(_("You've used your funded sessions"), body, either, None, book, _("See what you can do"))
    if room.next is Next.GO_ON and row.paused_until and row.paused_until <= times.london_date(at):
        body = _("You've reached the date you paused until. Nothing changes unless one of you carries on.")
        return Card(_("Would you like to carry on?"), body, either, None, url, _("Open your room"))
    if room.next is Next.GO_ON:
        body = _("You don't need to do anything. Either of you can carry on whenever you like.")
        return Card(_("Your mentoring is paused"), body, either, None, url, _("Open your room"))
    body = _("You can't add anything, but you can still read what's there.")
    return Card(_("Your mentoring has ended"), body, "", None, reverse("meeting:ending", args=[row.pk]), _("Look back"))


def unread_messages(person: UUID, rows: Sequence[Mentorship]) -> list[Card]:
    """Return a card for each room with messages that this person has not read, in one query. Nobody's key is needed."""
    going = {row.pk: row for row in rows if row.stage != MentorshipStage.ENDED}
    if not going:
        return []
    read_until = Side.objects.filter(mentorship=OuterRef("mentorship"), person=person).values("read_until")
    theirs = Message.objects.filter(mentorship__in=going, text__isnull=False).exclude(author=person)
    new = theirs.annotate(read=Subquery(read_until)).filter(Q(read=None) | Q(at__gt=F("read")))
    counted = new.values("mentorship").annotate(count=Count("pk"), last=Max("at")).order_by("last")
    found = []
    for one in counted:
        row = going[one["mentorship"]]
        party = Party.MENTEE if row.mentee.user_id == person else Party.MENTOR
        title = ngettext("%(count)s new message", "%(count)s new messages", one["count"]) % {"count": one["count"]}
        on, url = times.london_date(one["last"]), reverse("meeting:messages", args=[row.pk])
        whose = about(row.scheme.name, partner_of(row, party).first_name)
        found.append(Card(title, "", _("You, if you like"), None, url, _("Read"), about=whose, on=on))
    return found


def open_questions(person: UUID, rows: Sequence[Mentorship], at: datetime) -> list[Card]:
    """Return a card for each open question, in three queries. They come after all that has to be done."""
    live = {row.pk: row for row in rows if row.stage == MentorshipStage.ACTIVE}
    if not live:
        return []
    today = times.london_date(at)
    found = [(row, _feedback(session)) for row, session in _asked(person, live)]
    found += [(live[pk], _review(pk)) for pk in _to_review(live, today)]
    found += [(live[pk], _rating(pk)) for pk in _to_rate(person, live, today)]
    return [replace(card, about=about(row.scheme.name, _name(row, person))) for row, card in found]


def _asked(person: UUID, live: dict[UUID, Mentorship]) -> list[tuple[Mentorship, UUID]]:
    mine = [pk for pk, row in live.items() if row.scheme.feedback and row.mentee.user_id == person]
    rows = Feedback.objects.filter(mentorship__in=mine, stage=FeedbackStage.ASKED).order_by("stage_since", "pk")
    unwritten = Side.objects.filter(unwritten_at__isnull=False).values("mentorship")
    asked = rows.exclude(mentorship__in=unwritten).values_list("mentorship", "session")
    return [(live[pk], session) for pk, session in asked]


def _to_review(live: dict[UUID, Mentorship], today: date) -> list[UUID]:
    agreed = Agreement.objects.filter(mentorship__in=live, stage=AgreementStage.IN_FORCE, review_on__lte=today)
    return list(agreed.order_by("review_on", "pk").values_list("mentorship", flat=True))


def _to_rate(person: UUID, live: dict[UUID, Mentorship], today: date) -> list[UUID]:
    asked = Side.objects.filter(mentorship__in=live, person=person, rating_open=True).order_by("pk")
    return [one.mentorship_id for one in asked if waits(one, live[one.mentorship_id], today)]


def _feedback(session: UUID) -> Card:
    body = _("A few words are enough. You can also choose “Not this time”.")
    return Card(
        _("How was it?"),
        body,
        _("You, if you like"),
        None,
        reverse("meeting:feedback", args=[session]),
        _("Say how it was"),
    )


def _review(room: UUID) -> Card:
    body = _("It's the date you chose for your review. You can keep everything as it is.")
    url = reverse("meeting:agreement_review", args=[room])
    return Card(_("Review how you work together"), body, _("Both of you, if you like"), None, url, _("Review it"))


def _rating(room: UUID) -> Card:
    body = _("It's one quick question. Nobody can see your answer.")
    url = reverse("meeting:pulse", args=[room])
    return Card(_("How good is this for you?"), body, _("You, if you like"), None, url, _("Answer or skip"))


def _name(row: Mentorship, person: UUID) -> str:
    return partner_of(row, Party.MENTEE if row.mentee.user_id == person else Party.MENTOR).first_name

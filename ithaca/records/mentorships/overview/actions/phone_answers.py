"""What somebody said by telephone, recorded by a coordinator.

The act is the person's own: it is theirs in the stage table, and the ledger's `by` says so, while its `actor` is the
coordinator whose hand wrote it. A step of its own, `by_phone_…`, stands beside it. The person gets a letter that says
so, and how to undo it. A mentee's yes to an introduction is not among the answers: it makes a key of their own.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from ithaca.records import moves, times
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.members.stages import StandingAct
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.overview.emails import phone_answers as emails
from ithaca.records.mentorships.overview.queries.phone_answers import PREFIX
from ithaca.records.mentorships.pairing.actions import first_chats, introductions, places, requests
from ithaca.records.mentorships.pairing.emails.introductions import answer_wanted
from ithaca.records.mentorships.room.actions import nudges
from ithaca.records.mentorships.room.locks import enter
from ithaca.records.mentorships.room.queries import quiet_rooms
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, IntroductionStage, RequestAct, RequestStage
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox

MENTEE, MENTOR = Party.MENTEE, Party.MENTOR


def possible_of_introduction(row: Introduction) -> list[str]:
    """Return the answers that either person could give now without a key of theirs."""
    chat = row.stage == IntroductionStage.FIRST_CHAT
    asked = row.mentor_asked_at is not None
    found = {
        "mentee_no": row.may(introductions.no_of(row, MENTEE), MENTEE),
        "mentor_yes": row.may(IntroductionAct.MENTOR_ACCEPT, MENTOR),
        "mentor_no": asked and row.may(introductions.no_of(row, MENTOR), MENTOR),
        "mentee_goes_on": chat and row.mentee_confirmed_at is None,
        "mentor_goes_on": chat and row.mentor_confirmed_at is None,
    }
    return [answer for answer, is_open in found.items() if is_open]


def possible_of_request(row: MentoringRequest) -> list[str]:
    """Return what a mentee may do by phone: withdraw. Nothing else of a request is theirs alone to say."""
    return [RequestAct.WITHDRAW] if row.may(RequestAct.WITHDRAW, MENTEE) and row.stage != RequestStage.DRAFT else []


def possible_of_standing(row: MentorStanding) -> list[str]:
    """Return what a mentor may do by phone: go on leave, come back and stop."""
    return [
        act
        for act in (StandingAct.GO_ON_LEAVE, StandingAct.COME_BACK, StandingAct.RETIRE)
        if row.may(act, Party.COORDINATOR)
    ]


def possible_of_pair(row: Mentorship, at: datetime) -> list[str]:
    """Either of two who have been quiet for long may say that all is well."""
    return ["mentee_fine", "mentor_fine"] if quiet_rooms.to_ask([row], times.london_date(at)) else []


def record_of_introduction(row: Introduction, answer: str, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Record what the mentee or the mentor said. False when this form was handled, or it was over already.

    Raises Impossible when it is not open now, or the coordinator is one of the two.
    """
    who = row.request.membership if answer.startswith("mentee") else row.standing.membership
    by = MENTEE if answer.startswith("mentee") else MENTOR
    _not_their_own("introduction", row.stage, answer, {row.request.membership, row.standing.membership}, coordinator)

    def act() -> bool:
        if answer not in possible_of_introduction(row):
            raise Impossible("introduction", row.stage, answer, by)
        if answer == "mentor_yes":
            return introductions.mentor_accept(row, actor=coordinator, at=at, form=None)
        if answer.endswith("_goes_on"):
            return first_chats.say_yes(row, by, actor=coordinator, at=at, form=None)
        return introductions.decline(row, by, actor=coordinator, at=at, form=None)

    path = reverse("pairing:introduction", args=[row.pk])
    return _note("introduction", row.pk, answer, who, path, act, coordinator=coordinator, at=at, form=form)


def record_of_request(row: MentoringRequest, answer: str, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Record that the mentee withdraws. Otherwise as `note_introduction`."""
    _not_their_own("request", row.stage, answer, {row.membership}, coordinator)

    def act() -> bool:
        if answer not in possible_of_request(row):
            raise Impossible("request", row.stage, answer, MENTEE)
        return requests.withdraw(row, actor=coordinator, at=at, form=None)

    path = reverse("joining:home")
    return _note("request", row.pk, answer, row.membership, path, act, coordinator=coordinator, at=at, form=form)


def record_of_standing(row: MentorStanding, answer: str, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Record a mentor's leave, return or stop. Otherwise as `note_introduction`."""
    _not_their_own("standing", row.stage, answer, {row.membership}, coordinator)

    def act() -> bool:
        done = moves.move(row, StandingAct(answer), Party.COORDINATOR, at=at, actor=coordinator)
        places.resettle(row.pk, at)
        return done

    path = reverse("joining:offer", args=[row.membership_id])
    return _note("standing", row.pk, answer, row.membership, path, act, coordinator=coordinator, at=at, form=form)


@transaction.atomic
def record_of_pair(row: Mentorship, answer: str, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Record that one of the two says that all is well. Otherwise as `note_introduction`."""
    room = enter(row.pk)
    by, who = (MENTEE, room.mentee) if answer.startswith("mentee") else (MENTOR, room.mentor)
    _not_their_own("mentorship", room.stage, answer, {room.mentee, room.mentor}, coordinator)

    def act() -> bool:
        if answer not in possible_of_pair(room, at):
            raise Impossible("mentorship", room.stage, answer, by)
        return bool(nudges.say_fine(room.pk, by, actor=coordinator, at=at))

    path = reverse("meeting:room", args=[room.pk])
    return _note("mentorship", room.pk, answer, who, path, act, coordinator=coordinator, at=at, form=form)


@transaction.atomic
def send_link_again(row: Introduction, *, coordinator: UUID, at: datetime, form: UUID) -> bool:
    """Write once more to the one whose answer is wanted. Raises Impossible when nobody's is."""
    if ledger.handled(form, "introduction", row.pk, "send_link_again"):
        return False
    asked: dict[str, Membership] = {
        IntroductionStage.OFFERED_TO_MENTEE: row.request.membership,
        IntroductionStage.OFFERED_TO_MENTOR: row.standing.membership,
    }
    who = asked.get(row.stage)
    if who is None:
        raise Impossible("introduction", row.stage, "send_link_again", Party.COORDINATOR)
    by = Party.COORDINATOR
    ledger.record("introduction", row.pk, "send_link_again", by=by, at=at, actor=coordinator, form=form)
    outbox.put(answer_wanted(member(who), row), at)
    return True


@transaction.atomic
def _note(
    noun: str,
    pk: UUID,
    answer: str,
    who: Membership,
    path: str,
    act: Callable[[], bool],
    *,
    coordinator: UUID,
    at: datetime,
    form: UUID,
) -> bool:
    if ledger.handled(form, noun, pk, f"{PREFIX}{answer}"):
        return False
    if not act():
        return False
    by = Party.COORDINATOR
    ledger.record(noun, pk, f"{PREFIX}{answer}", by=by, at=at, actor=coordinator, form=form)
    outbox.put(emails.noted(member(who), who.scheme, path), at)
    return True


def _not_their_own(noun: str, stage: str, answer: str, people: set[Membership], coordinator: UUID) -> None:
    if any(member.user_id == coordinator for member in people):
        raise Impossible(noun, stage, answer, Party.COORDINATOR)

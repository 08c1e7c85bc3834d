"""How an introduction comes to its end without a mentorship: quietly, and with the next of the list in its place."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ithaca.records import moves
from ithaca.records.members.emails.addressing import coordinators, member
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import places, shortlists
from ithaca.records.mentorships.pairing.emails import first_chats as chat_emails
from ithaca.records.mentorships.pairing.emails import introductions as emails
from ithaca.records.mentorships.pairing.queries import candidates
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, RequestAct
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post import outbox
from ithaca.tools.vault import grants


def part(introduction: Introduction, request: MentoringRequest, at: datetime) -> bool:
    """End what is under way between two who have come to be kept apart since it was proposed. Within both locks.

    It ends in the words of a mentor who is not available, whatever the cause: nobody learns that somebody keeps a list.
    """
    if introduction.stage not in Introduction.OFFERS or not candidates.kept_apart(request, introduction.standing, at):
        return False
    return fail(introduction, request, IntroductionAct.LOSE_MENTOR, Party.SCHEDULE, actor=None, at=at, form=None)


def fail(
    introduction: Introduction,
    request: MentoringRequest,
    act: IntroductionAct,
    by: Party,
    *,
    actor: UUID | None,
    at: datetime,
    form: UUID | None,
    **changes: Any,
) -> bool:
    """End the introduction: its keys are destroyed and the mentor's place is free.

    The next of the shortlist that still clears is offered in its stead; when there is none, the mentee waits as if
    never called. A coordinator who takes it back takes back the list as well. Within the locks on request and
    introduction; `changes` are more fields of the introduction. False when this form was handled already.
    """
    rest = shortlists.rest_of(request)
    standings = places.hold([introduction.standing_id, *(row.standing_id for row in rest)])
    emptied = emptied_of(introduction)
    if not moves.move(introduction, act, by, at=at, actor=actor, form=form, **emptied, **changes):
        return False
    grants.destroy_grants(introduction.pk)
    places.settle(standings[introduction.standing_id], at)
    following = None
    if by is Party.COORDINATOR:
        shortlists.set_aside(rest, IntroductionAct.TAKE_BACK, by, actor=actor, at=at)
    else:
        following = shortlists.offer_next(request, rest, standings, at)
    if following is None:
        moves.move(request, RequestAct.REQUEUE, by, at=at, actor=actor)
    for letter in [*_to_mentor(introduction, by, at), *_to_mentee(introduction, following, by, at)]:
        outbox.put(letter, at)
    for to in _desk(request.membership.scheme, introduction) if following is None else ():
        outbox.put(emails.back_in_the_queue(to, introduction), at)
    return True


def abandon(introduction: Introduction, *, actor: UUID, at: datetime) -> None:
    """End an introduction whose request its mentee has just withdrawn, within the lock on the request."""
    standing = places.locked(introduction.standing_id)
    emptied = emptied_of(introduction)
    moves.move(introduction, IntroductionAct.WITHDRAW, Party.MENTEE, at=at, actor=actor, **emptied)
    grants.destroy_grants(introduction.pk)
    places.settle(standing, at)
    for letter in [*_to_mentor(introduction, Party.MENTEE, at), *_called_off(introduction, Party.MENTEE, at)]:
        outbox.put(letter, at)


def emptied_of(introduction: Introduction) -> dict[str, Any]:
    """Return the columns without what was sealed to both, whose key goes too, and the sequence that cancels a chat."""
    sequence = introduction.chat_sequence + (introduction.chat_at is not None)
    return dict.fromkeys(("story", "question", "answer", "chat", "answer_by")) | {"chat_sequence": sequence}


def _to_mentor(introduction: Introduction, by: Party, at: datetime) -> list[outbox.Letter]:
    """Return the emails to the mentor: none if never asked; only what their calendar needs if they said no."""
    if introduction.mentor_asked_at is None:
        return []
    mentor = introduction.standing.membership
    if by is Party.MENTOR:
        return _called_off(introduction, by, at)
    return [emails.no_longer_needed(mentor, introduction, at)]


def _to_mentee(
    introduction: Introduction, following: Introduction | None, by: Party, at: datetime
) -> list[outbox.Letter]:
    """Return the emails to the mentee on what became of it and what comes next; only the latter if they said no."""
    mentee = introduction.request.membership
    if following is not None and following.chosen_at is None:
        offered = emails.answer_wanted if by is Party.MENTEE else emails.another_offered
        told = [offered(member(mentee), following)]
        return [*told, *chat_emails.called_off(mentee, introduction, at)]
    if by is Party.MENTEE:
        return _called_off(introduction, by, at)
    if following is not None:
        return [emails.next_asked(mentee, introduction, following, at)]
    return [emails.did_not_go_ahead(mentee, introduction, at)]


def _called_off(introduction: Introduction, by: Party, at: datetime) -> list[outbox.Letter]:
    """For the calendar of the one who stopped it."""
    who = introduction.request.membership if by is Party.MENTEE else introduction.standing.membership
    return chat_emails.called_off(who, introduction, at)


def _desk(scheme: Scheme, introduction: Introduction) -> list[outbox.Recipient]:
    """Coordinators hear of it where they propose; never of their own match."""
    if scheme.proposing != Scheme.Proposing.COORDINATOR:
        return []
    own = {introduction.request.membership.user_id, introduction.standing.membership.user_id}
    return coordinators(scheme, own)

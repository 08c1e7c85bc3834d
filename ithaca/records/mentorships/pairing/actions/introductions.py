"""Bringing two people together: a mentor is proposed, each says yes or no, and the mentorship begins.

Every act takes its locks in one order, request, introduction, standing, so that none waits for another crosswise.
A mentor's place is held from the offer on, and an introduction that fails puts the request back at its old date.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Agreement, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.actions import places, shortlists
from ithaca.records.mentorships.pairing.actions.clear_candidate import cleared, frozen
from ithaca.records.mentorships.pairing.actions.end_introduction import abandon, fail, part
from ithaca.records.mentorships.pairing.emails import introductions as emails
from ithaca.records.mentorships.pairing.emails.first_chats import chat_to_arrange
from ithaca.records.mentorships.pairing.locks import locked, people
from ithaca.records.mentorships.pairing.queries import candidates
from ithaca.records.mentorships.rules.deadlines import EXPIRE_AFTER
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, IntroductionStage, RequestAct
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.schemes import agreement_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.vault.keyring import Keyring, unlocked


def propose(
    request: MentoringRequest,
    standing: MentorStanding,
    by: Party,
    *,
    then: Sequence[MentorStanding] = (),
    keyring: Keyring | None = None,
    actor: UUID | None,
    at: datetime,
    form: UUID,
) -> Introduction:
    """Offer a mentor to the mentee; the score, its proof and the version of the rules are frozen as they are now.

    `then` come next, in this order, if it does not go ahead: cleared and frozen now, and not offered yet. A mentee who
    names them gives each the key at once, from their `keyring`. The form's uuid becomes the introduction's, so a second
    press finds the first one's.

    Raises:
        NotPossible: one of the pairs may not be made (each reason), or `StillChecked`, `NotEnrolled`, `OwnMatch`.
        Impossible: the request is not waiting.
        Locked: a mentee names more than one without their keys.
    """
    shortlists.check_list([standing.pk, *(each.pk for each in then)])
    found = candidates.candidates(request, at)  # everyone of the scheme: before the locks, as it takes its time
    return _propose(request, [standing, *then], found, by, keyring=keyring, actor=actor, at=at, form=form)


@transaction.atomic
def _propose(
    request: MentoringRequest,
    listed: Sequence[MentorStanding],
    found: candidates.Candidates,
    by: Party,
    *,
    keyring: Keyring | None,
    actor: UUID | None,
    at: datetime,
    form: UUID,
) -> Introduction:
    request.refresh_from_db(from_queryset=MentoringRequest.objects.select_for_update())
    made = Introduction.objects.filter(pk=form, request=request).first()
    if made:
        return made
    request.TABLE.to(request.stage, RequestAct.INTRODUCE, by)
    held = places.hold(each.pk for each in listed)
    standings = [held[each.pk] for each in listed]
    for each in standings:
        places.settle(each, at)
    candidate = cleared(request, standings[0], by, actor, at)
    introduction = frozen(request, candidate, found, by, pk=form, rank=1, actor=actor, at=at)
    shortlists.suggest(request, standings[1:], found, by, first=2, keyring=keyring, actor=actor, at=at)
    moves.move(request, RequestAct.INTRODUCE, by, at=at, actor=actor)
    introduction.answer_by = timezone.localdate(at + EXPIRE_AFTER)
    letter = emails.answer_wanted(member(request.membership), introduction)
    told = () if by is Party.MENTEE else (letter,)
    moves.move(
        introduction,
        IntroductionAct.OFFER,
        by,
        at=at,
        actor=actor,
        letters=told,
        offered_at=at,
        answer_by=introduction.answer_by,
    )
    places.settle(standings[0], at)
    return introduction


@transaction.atomic
def choose(
    request: MentoringRequest,
    standing: MentorStanding,
    *,
    then: Sequence[MentorStanding] = (),
    keyring: Keyring | None,
    actor: UUID,
    at: datetime,
    form: UUID,
) -> Introduction:
    """Propose and say yes in one, in a scheme whose mentees choose; `then` are their second and third choice.

    Raises as `propose` and `mentee_accept`.
    """
    if request.membership.scheme.proposing != Scheme.Proposing.MENTEE:
        raise Impossible("request", request.stage, "choose", Party.MENTEE)
    introduction = propose(request, standing, Party.MENTEE, then=then, keyring=keyring, actor=actor, at=at, form=form)
    if introduction.stage == IntroductionStage.OFFERED_TO_MENTEE:
        mentee_accept(introduction, keyring=keyring, actor=actor, at=at, form=None)
    return introduction


@transaction.atomic
def mentee_accept(
    introduction: Introduction, *, keyring: Keyring | None, actor: UUID, at: datetime, form: UUID | None
) -> bool:
    """Record the mentee's yes: both get a key, the story is sealed to both, and the mentor is asked.

    Returns False when this form was handled already, and when the two have come to be kept apart: then it is over.
    Raises `Locked` without a keyring: only the mentee's own key can open the story and make the two a key.
    """
    ring = unlocked(keyring)
    request = locked(introduction)
    if part(introduction, request, at):
        return False
    introduction.answer_by = timezone.localdate(at + EXPIRE_AFTER)
    letter = emails.answer_wanted(member(introduction.standing.membership), introduction)
    changes = {"answer_by": introduction.answer_by, "mentor_asked_at": at}
    if not moves.move(
        introduction,
        IntroductionAct.MENTEE_ACCEPT,
        Party.MENTEE,
        at=at,
        actor=actor,
        form=form,
        letters=[letter],
        **changes,
    ):
        return False
    shortlists.give_keys(introduction, request, ring, at)
    introduction.save(update_fields=["story"])
    return True


@transaction.atomic
def mentor_accept(introduction: Introduction, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Record the mentor's yes.

    A scheme without a first chat begins the mentorship at once. False as `mentee_accept`.
    """
    request = locked(introduction)
    if part(introduction, request, at):
        return False
    scheme = request.membership.scheme
    told = [chat_to_arrange(to, introduction) for to in people(introduction)] if scheme.first_chat else []
    moved = moves.move(
        introduction,
        IntroductionAct.MENTOR_ACCEPT,
        Party.MENTOR,
        at=at,
        actor=actor,
        form=form,
        letters=told,
        answer_by=None,
    )
    if moved and not scheme.first_chat:
        confirm(introduction, Party.MENTOR, actor=actor, at=at)
    return moved


def confirm(introduction: Introduction, by: Party, *, actor: UUID, at: datetime) -> Mentorship:
    """Both have said yes, for good: the request is matched and the mentorship begins. Within the caller's locks."""
    told = [emails.confirmed(member(to), introduction) for to in people(introduction)]
    moves.move(introduction, IntroductionAct.CONFIRM, by, at=at, actor=actor, letters=told)
    moves.move(introduction.request, RequestAct.MATCH, by, at=at, actor=actor)
    rest = shortlists.rest_of(introduction.request)
    shortlists.set_aside(rest, IntroductionAct.DROP, Party.SCHEDULE, actor=None, at=at)
    mentorship = begin(introduction, at)
    places.settle(places.locked(introduction.standing_id), at)
    return mentorship


def begin(introduction: Introduction, at: datetime) -> Mentorship:
    """Open the mentorship and its agreement in the scheme's text. Its uuid is the introduction's, as its keys are."""
    mentee = introduction.request.membership
    mentorship, made = Mentorship.objects.get_or_create(
        id=introduction.pk,
        defaults={
            "scheme": mentee.scheme,
            "mentee": mentee,
            "mentor": introduction.standing.membership,
            "introduction": introduction,
            "began_on": timezone.localdate(at),
            "stage_since": at,
            "one_off": introduction.request.one_off,
        },
    )
    if made and not mentorship.one_off:  # one conversation has ground rules and no agreement
        Agreement.objects.create(mentorship=mentorship, template=agreement_of(mentee.scheme), stage_since=at)
    return mentorship


@transaction.atomic
def decline(
    introduction: Introduction,
    by: Party,
    *,
    reason: str = "",
    words: str = "",
    keyring: Keyring | None = None,
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """Either says no, at any stage, first chat included. The other learns that it did not go ahead, and no more.

    Returns False when it was over already: a second press, or the other was quicker.
    The reason (a code, and words of one's own) is sealed to its author alone. One who is locked may decline all the
    same: the code is then not kept, but words are not lost: raises `Locked`, and the page carries them.
    """
    request = locked(introduction)
    if introduction.stage in Introduction.OVER:
        return False
    act = no_of(introduction, by)
    if words:
        keyring = unlocked(keyring)
    if (reason or words) and keyring is not None:
        noted = json.dumps({"kind": reason, "words": words}, sort_keys=True)
        introduction.reason = Introduction.reason.seal(introduction, noted, keyring)
    return fail(introduction, request, act, by, actor=actor, at=at, form=form, reason=introduction.reason)


def no_of(introduction: Introduction, by: Party) -> IntroductionAct:
    """Return the act by which this party says no at the present stage; after their yes, a mentee takes it back."""
    if introduction.stage == IntroductionStage.OFFERED_TO_MENTOR and by is Party.MENTEE:
        return IntroductionAct.WITHDRAW
    if introduction.stage not in Introduction.AWAITED:
        return IntroductionAct.DECLINE
    return IntroductionAct.MENTEE_DECLINE if by is Party.MENTEE else IntroductionAct.MENTOR_DECLINE


@transaction.atomic
def take_back(introduction: Introduction, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """Take an offer back before it is answered, as a coordinator, and with it the rest of the list."""
    return fail(
        introduction, locked(introduction), IntroductionAct.TAKE_BACK, Party.COORDINATOR, actor=actor, at=at, form=form
    )


def drop(request: MentoringRequest, *, actor: UUID, at: datetime) -> None:
    """End what is under way of a request that its mentee has just withdrawn, within the lock on the request."""
    shortlists.set_aside(shortlists.rest_of(request), IntroductionAct.DROP, Party.MENTEE, actor=actor, at=at)
    live = Introduction.objects.filter(request=request, stage__in=Introduction.OFFERS)
    for introduction in live.select_related("standing__membership__user"):
        introduction.request = request
        abandon(introduction, actor=actor, at=at)

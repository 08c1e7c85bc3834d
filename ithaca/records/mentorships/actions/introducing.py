"""Bringing two people together: a mentor is proposed, each says yes or no, and the mentorship begins.

Every act takes its locks in one order, request, introduction, standing, so that none waits for another crosswise.
A mentor's place is held from the offer on, and an introduction that fails puts the request back at its old date.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships import matching
from ithaca.records.mentorships.actions import places
from ithaca.records.mentorships.letters import introducing as letters
from ithaca.records.mentorships.letters.recipients import coordinators, member
from ithaca.records.mentorships.models import Contract, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.reasons import parts_to_json
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import agreement_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.post import outbox
from ithaca.tools.vault import grants, keyless
from ithaca.tools.vault.keyring import Keyring, unlocked

EXPIRE_AFTER = timedelta(days=7)
AWAITED = ("offered_to_mentee", "offered_to_mentor", "question_asked")
"""The stages in which an answer is wanted by a date."""


OVER = ("declined_privately", "expired", "withdrawn", "mentor_unavailable", "void_conflict")
"""The stages in which it did not go ahead."""


class NotPossible(Exception):
    """This mentor cannot be proposed for this request now; nothing was done. `reasons` are a coordinator's words."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


class StillChecked(NotPossible):
    """The mentee's membership is still being checked, or has lapsed."""


class NotEnrolled(NotPossible):
    """The mentor has not signed in yet, so nothing can be sealed to them."""


class OwnMatch(NotPossible):
    """A coordinator is the mentor: nobody handles their own match."""


@transaction.atomic
def propose(
    request: MentoringRequest, standing: MentorStanding, by: Party, *, actor: UUID, at: datetime, form: UUID
) -> Introduction:
    """Offer a mentor to the mentee; the score, its parts and the version of the rules are frozen as they are now.

    The form's uuid becomes the introduction's, so a second press finds the first one's.

    Raises:
        NotPossible: the pair may not be made (each reason), or `StillChecked`, `NotEnrolled`, `OwnMatch`.
        Impossible: the request is not waiting.
    """
    request.refresh_from_db(from_queryset=MentoringRequest.objects.select_for_update())
    made = Introduction.objects.filter(pk=form, request=request).first()
    if made:
        return made
    standing = places.locked(standing.pk)
    places.settle(standing, at)
    candidate = _cleared(request, standing, by, actor, at)
    introduction = Introduction(
        id=form,
        request=request,
        standing=standing,
        score=candidate.suitability.total,
        score_parts=keyless.seal_for_server(
            "introduction.score_parts", form, parts_to_json(candidate.suitability.parts)
        ),
        rules_version=matching.policy_of(request.membership.scheme).version,
    )
    introduction.save(force_insert=True)
    ledger.record("introduction", form, "propose", by=by, at=at, actor=actor, to=introduction.stage)
    moves.move(request, "introduce", by, at=at, actor=actor)
    introduction.answer_by = timezone.localdate(at + EXPIRE_AFTER)
    letter = letters.answer_wanted(member(request.membership), introduction)
    told = () if by is Party.MENTEE else (letter,)
    moves.move(
        introduction, "offer", by, at=at, actor=actor, letters=told, offered_at=at, answer_by=introduction.answer_by
    )
    places.settle(standing, at)
    return introduction


@transaction.atomic
def choose(
    request: MentoringRequest,
    standing: MentorStanding,
    *,
    keyring: Keyring | None,
    actor: UUID,
    at: datetime,
    form: UUID,
) -> Introduction:
    """Propose and say yes in one, in a scheme whose mentees choose. Raises as `propose` and `mentee_accept`."""
    if request.membership.scheme.proposing != Scheme.Proposing.MENTEE:
        raise Impossible("request", request.stage, "choose", Party.MENTEE)
    introduction = propose(request, standing, Party.MENTEE, actor=actor, at=at, form=form)
    if introduction.stage == "offered_to_mentee":
        mentee_accept(introduction, keyring=keyring, actor=actor, at=at, form=None)
    return introduction


@transaction.atomic
def mentee_accept(
    introduction: Introduction, *, keyring: Keyring | None, actor: UUID, at: datetime, form: UUID | None
) -> bool:
    """The mentee says yes: the two get a key, the story is sealed to both, and the mentor is asked.

    Returns False when this form was handled already, and when the two have come to be kept apart: then it is over.
    Raises `Locked` without a keyring: only the mentee's own key can open the story and make the two a key.
    """
    ring = unlocked(keyring)
    request = locked(introduction)
    if part(introduction, request, at):
        return False
    introduction.answer_by = timezone.localdate(at + EXPIRE_AFTER)
    mentee, mentor = request.membership, introduction.standing.membership
    letter = letters.answer_wanted(member(mentor), introduction)
    changes = {"answer_by": introduction.answer_by, "mentor_asked_at": at}
    if not moves.move(
        introduction, "mentee_accept", Party.MENTEE, at=at, actor=actor, form=form, letters=[letter], **changes
    ):
        return False
    ring.open_relationship(introduction.pk, _bucket(at), [mentee.user_id, mentor.user_id])
    if request.story is not None:
        story = ring.open_private("request.story", request.pk, request.story)
        introduction.story = ring.seal(introduction.pk, "introduction.story", introduction.pk, story)
        introduction.save(update_fields=["story"])
    return True


@transaction.atomic
def mentor_accept(introduction: Introduction, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """The mentor says yes. A scheme without a first chat begins the mentorship at once. False as `mentee_accept`."""
    request = locked(introduction)
    if part(introduction, request, at):
        return False
    scheme = request.membership.scheme
    told = [letters.chat_to_arrange(to, introduction) for to in both(introduction)] if scheme.first_chat else []
    moved = moves.move(
        introduction, "mentor_accept", Party.MENTOR, at=at, actor=actor, form=form, letters=told, answer_by=None
    )
    if moved and not scheme.first_chat:
        confirm(introduction, Party.MENTOR, actor=actor, at=at)
    return moved


def confirm(introduction: Introduction, by: Party, *, actor: UUID, at: datetime) -> Mentorship:
    """Both have said yes, for good: the request is matched and the mentorship begins. Within the caller's locks."""
    told = [letters.confirmed(to, introduction) for to in both(introduction)]
    moves.move(introduction, "confirm", by, at=at, actor=actor, letters=told)
    moves.move(introduction.request, "match", by, at=at, actor=actor)
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
        },
    )
    if made:
        Contract.objects.create(mentorship=mentorship, template=agreement_of(mentee.scheme), stage_since=at)
    return mentorship


@transaction.atomic
def decline(
    introduction: Introduction,
    by: Party,
    *,
    reason: str = "",
    keyring: Keyring | None = None,
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """Either says no, at any stage, first chat included. The other learns that it did not go ahead, and no more.

    Returns False when it was over already: a second press, or the other was quicker.
    The reason is sealed to its author alone; one who is locked may decline all the same, and the reason is not kept.
    """
    request = locked(introduction)
    if introduction.stage in OVER:
        return False
    act = no_of(introduction, by)
    if reason and keyring is not None:
        introduction.reason = keyring.seal_private("introduction.reason", introduction.pk, reason)
    return fail(introduction, request, act, by, actor=actor, at=at, form=form, reason=introduction.reason)


def no_of(introduction: Introduction, by: Party) -> str:
    """The act by which this party says no at the present stage; after their yes, a mentee takes it back."""
    if introduction.stage == "offered_to_mentor" and by is Party.MENTEE:
        return "withdraw"
    return f"{by}_decline" if introduction.stage in AWAITED else "decline"


@transaction.atomic
def take_back(introduction: Introduction, *, actor: UUID, at: datetime, form: UUID | None) -> bool:
    """The coordinator takes an offer back before it is answered."""
    return fail(introduction, locked(introduction), "take_back", Party.COORDINATOR, actor=actor, at=at, form=form)


def drop(request: MentoringRequest, *, actor: UUID, at: datetime) -> None:
    """End what is under way of a request that its mentee has just withdrawn, within the lock on the request."""
    live = Introduction.objects.filter(request=request, stage__in=Introduction.OFFERS)
    for introduction in live.select_related("standing__membership__user"):
        introduction.request = request
        told = _told_mentor(introduction)
        moves.move(introduction, "withdraw", Party.MENTEE, at=at, actor=actor, letters=told, **_emptied())
        _clear(introduction, at)


def part(introduction: Introduction, request: MentoringRequest, at: datetime) -> bool:
    """End what is under way between two who have come to be kept apart since it was proposed. Within both locks.

    It ends in the words of a mentor who is not available, whatever the cause: nobody learns that somebody keeps a list.
    """
    if introduction.stage not in Introduction.OFFERS or not matching.kept_apart(request, introduction.standing, at):
        return False
    return fail(introduction, request, "lose_mentor", Party.SCHEDULE, actor=None, at=at, form=None)


def fail(
    introduction: Introduction,
    request: MentoringRequest,
    act: str,
    by: Party,
    *,
    actor: UUID | None,
    at: datetime,
    form: UUID | None,
    **changes: object,
) -> bool:
    """End the introduction: its keys are destroyed, the mentor's place is free, the mentee waits as if never called.

    Within the caller's lock. `changes` are more fields of the introduction.
    """
    told = [letters.back_in_the_queue(to, introduction) for to in _desk(request.membership.scheme, introduction)]
    told += _told_mentor(introduction) if by is not Party.MENTOR else []
    told += [letters.did_not_go_ahead(member(request.membership), introduction)] if by is not Party.MENTEE else []
    if not moves.move(introduction, act, by, at=at, actor=actor, form=form, letters=told, **_emptied(), **changes):
        return False
    moves.move(request, "requeue", by, at=at, actor=actor)
    _clear(introduction, at)
    return True


def _clear(introduction: Introduction, at: datetime) -> None:
    grants.destroy_grants(introduction.pk)
    places.settle(places.locked(introduction.standing_id), at)


def _emptied() -> dict[str, None]:
    """What was sealed to the two goes with their key."""
    return {"story": None, "question": None, "answer": None, "chat": None, "answer_by": None}


def _told_mentor(introduction: Introduction) -> list[outbox.Letter]:
    """A mentor who was never asked hears nothing."""
    if introduction.mentor_asked_at is None:
        return []
    return [letters.no_longer_needed(member(introduction.standing.membership), introduction)]


def both(introduction: Introduction) -> tuple[outbox.Recipient, outbox.Recipient]:
    """Where letters go to the mentee and to the mentor."""
    return member(introduction.request.membership), member(introduction.standing.membership)


def _desk(scheme: Scheme, introduction: Introduction) -> list[outbox.Recipient]:
    """Coordinators hear of it where they propose; never of their own match."""
    if scheme.proposing != Scheme.Proposing.COORDINATOR:
        return []
    own = {introduction.request.membership.user_id, introduction.standing.membership.user_id}
    return [to for to in coordinators(scheme) if to.account not in own]


def locked(introduction: Introduction) -> MentoringRequest:
    """Hold the request's lock, then the introduction's; read both afresh, with the people they belong to."""
    requests = MentoringRequest.objects.select_related("membership__scheme", "membership__user")
    request = requests.select_for_update(of=("self",)).get(pk=introduction.request_id)
    rows = Introduction.objects.select_related("standing__membership__user").select_for_update(of=("self",))
    introduction.refresh_from_db(from_queryset=rows)
    introduction.request = request
    return request


def _cleared(
    request: MentoringRequest, standing: MentorStanding, by: Party, actor: UUID, at: datetime
) -> matching.Candidate:
    """Return the mentor as a candidate who may be offered; raises NotPossible with every reason."""
    if by is Party.COORDINATOR and standing.membership.user_id == actor:
        raise OwnMatch
    if request.membership.stage not in matching.INTRODUCIBLE:
        raise StillChecked
    candidate = matching.candidate(request, standing, at)
    if candidate is None:
        raise NotPossible
    if candidate.reasons:
        raise NotPossible(*candidate.reasons)
    if not candidate.enrolled:
        raise NotEnrolled
    return candidate


def _bucket(at: datetime) -> str:
    """The month in whose bucket the keys lie at first, a year from now; what lives on then is moved on."""
    return f"{at.year + 1}-{at.month:02}"

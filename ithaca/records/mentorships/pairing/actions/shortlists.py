"""A shortlist: up to three mentors in an order, cleared and frozen together; the next is offered when one comes to no.

Its rows wait in the stage `suggested`, hold nobody's place and are seen by nobody who is in them. Whoever changes them
holds the lock on the request. Before one is offered everything is asked again: what no longer clears is passed over.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from ithaca.records import moves
from ithaca.records.members.emails.addressing import member
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import places
from ithaca.records.mentorships.pairing.actions.clear_candidate import NotPossible, cleared, frozen
from ithaca.records.mentorships.pairing.emails import introductions as emails
from ithaca.records.mentorships.pairing.locks import locked
from ithaca.records.mentorships.pairing.queries import candidates
from ithaca.records.mentorships.rules.deadlines import EXPIRE_AFTER
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, IntroductionStage
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.vault import grants
from ithaca.tools.vault.keyring import Keyring, unlocked

LONGEST = 3
"""So many mentors at most, the one who is offered included."""


class TooMany(NotPossible):
    """A list names a mentor twice, or is too long."""


def rest_of(request: MentoringRequest) -> list[Introduction]:
    """Those of a request's list that are still to come, in their order, each with its lock."""
    rows = Introduction.objects.filter(request=request, stage=IntroductionStage.SUGGESTED).select_for_update(
        of=("self",)
    )
    return list(rows.select_related("standing__membership__user").order_by("rank", "pk"))


def suggest(
    request: MentoringRequest,
    standings: Sequence[MentorStanding],
    found: candidates.Candidates,
    by: Party,
    *,
    first: int,
    keyring: Keyring | None,
    actor: UUID | None,
    at: datetime,
) -> list[Introduction]:
    """Clear and freeze these mentors in this order, from the rank `first` on; a mentee's own list gives the keys.

    Within the locks on the request and on the standings. Raises NotPossible where one of them may not be introduced.
    """
    made = []
    for rank, standing in enumerate(standings, first):
        candidate = cleared(request, standing, by, actor, at)
        row = frozen(request, candidate, found, by, pk=uuid.uuid4(), rank=rank, actor=actor, at=at)
        if by is Party.MENTEE:
            give_keys(row, request, unlocked(keyring), at)
            row.chosen_at = at
            row.save(update_fields=["chosen_at", "story"])
        made.append(row)
    return made


def give_keys(introduction: Introduction, request: MentoringRequest, ring: Keyring, at: datetime) -> None:
    """Give both a key at the mentee's yes, and seal the story to both. The caller saves `story`."""
    holders = [request.membership.user_id, introduction.standing.membership.user_id]
    ring.open_relationship(introduction.pk, f"{at.year + 1}-{at.month:02}", holders)
    if request.story is not None:
        story = MentoringRequest.story.unseal(request, ring)
        introduction.story = Introduction.story.seal(introduction, story, ring)


def offer_next(
    request: MentoringRequest, rest: Sequence[Introduction], standings: dict[UUID, MentorStanding], at: datetime
) -> Introduction | None:
    """Offer the first of the list that still clears; None when the list is spent. Within every lock.

    One whom the mentee chose is asked at once; any other is offered to the mentee first.
    """
    for row in rest:
        row.standing, row.request = standings[row.standing_id], request
        places.settle(row.standing, at)
        try:
            cleared(request, row.standing, Party.SCHEDULE, None, at)
        except NotPossible:
            moves.move(row, IntroductionAct.LOSE_MENTOR, Party.SCHEDULE, at=at, story=None)
            grants.destroy_grants(row.pk)
            continue
        row.answer_by = timezone.localdate(at + EXPIRE_AFTER)
        dates: dict[str, Any] = {"offered_at": at, "answer_by": row.answer_by}
        if row.chosen_at:
            told = [emails.answer_wanted(member(row.standing.membership), row)]
            moves.move(row, IntroductionAct.ASK_NEXT, Party.SCHEDULE, at=at, letters=told, mentor_asked_at=at, **dates)
        else:
            moves.move(row, IntroductionAct.OFFER, Party.SCHEDULE, at=at, **dates)
        places.settle(row.standing, at)
        return row
    return None


def set_aside(
    rest: Sequence[Introduction], act: IntroductionAct, by: Party, *, actor: UUID | None, at: datetime
) -> None:
    """Take these off the list, with their keys. Nobody hears of it, as nobody had heard of them."""
    for row in rest:
        moves.move(row, act, by, at=at, actor=actor, story=None)
        grants.destroy_grants(row.pk)


@transaction.atomic
def change(
    introduction: Introduction,
    then: Sequence[MentorStanding],
    by: Party,
    *,
    keyring: Keyring | None = None,
    actor: UUID,
    at: datetime,
    form: UUID | None,
) -> bool:
    """Say who comes next, in this order, if the introduction under way does not go ahead; nobody empties the list.

    Who is on the list already stays as they were frozen. Returns False when this form was handled already.

    Raises:
        NotPossible: one of them may not be introduced; `TooMany` when named twice, or too many.
        Impossible: nothing is under way any more.
        Locked: a mentee names somebody new without their keys.
    """
    found = candidates.candidates(introduction.request, at)
    request = locked(introduction)
    if ledger.handled(form, "introduction", introduction.pk, "relist"):
        return False
    if introduction.stage not in Introduction.OFFERS or by not in (Party.MENTEE, Party.COORDINATOR):
        raise Impossible("introduction", introduction.stage, "relist", by)
    wanted = [standing.pk for standing in then]
    check_list([introduction.standing_id, *wanted])
    kept = {row.standing_id: row for row in rest_of(request)}
    standings = places.hold(wanted)
    gone = [row for pk, row in kept.items() if pk not in wanted]
    set_aside(
        gone, IntroductionAct.TAKE_BACK if by is Party.COORDINATOR else IntroductionAct.DROP, by, actor=actor, at=at
    )
    for rank, pk in enumerate(wanted, 2):
        if pk in kept:
            kept[pk].rank = rank
            kept[pk].save(update_fields=["rank"])
        else:
            suggest(request, [standings[pk]], found, by, first=rank, keyring=keyring, actor=actor, at=at)
    ledger.record("introduction", introduction.pk, "relist", by=by, at=at, actor=actor, form=form)
    return True


def check_list(standings: Sequence[UUID]) -> None:
    """Raise TooMany where a list names somebody twice, or more than three."""
    if len(set(standings)) < len(standings) or len(standings) > LONGEST:
        raise TooMany

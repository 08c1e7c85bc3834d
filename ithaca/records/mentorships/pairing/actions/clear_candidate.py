"""Whether a mentor may be introduced to somebody now, and the row on which the answer is frozen."""

from datetime import datetime
from uuid import UUID

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.queries import candidates, others
from ithaca.records.mentorships.pairing.queries.score_parts import parts_to_json
from ithaca.records.mentorships.rules.stages.pairing import PROPOSE
from ithaca.records.stages import Party
from ithaca.tools.ledger import actions as ledger


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


def cleared(
    request: MentoringRequest, standing: MentorStanding, by: Party, actor: UUID | None, at: datetime
) -> candidates.Candidate:
    """Return the mentor as a candidate who may be offered; raises NotPossible with every reason.

    Within the lock on the standing, so that a place that is free stays free.
    """
    if by is Party.COORDINATOR and standing.membership.user_id == actor:
        raise OwnMatch
    if request.membership.stage not in INTRODUCIBLE:
        raise StillChecked
    candidate = candidates.candidate(request, standing, at)
    if candidate is None:
        raise NotPossible
    if candidate.reasons:
        raise NotPossible(*others.told(candidate.reasons))
    if not candidate.enrolled:
        raise NotEnrolled
    return candidate


def frozen(
    request: MentoringRequest,
    candidate: candidates.Candidate,
    found: candidates.Candidates,
    by: Party,
    *,
    pk: UUID,
    rank: int,
    actor: UUID | None,
    at: datetime,
) -> Introduction:
    """Keep a cleared candidate as an introduction that is not offered yet, with its score and its proof.

    `found` are all candidates of the request, for the proof.
    """
    suits = candidate.suitability
    introduction = Introduction(
        id=pk,
        request=request,
        standing=candidate.standing,
        rank=rank,
        score=suits.total,
        rules_version=found.rules_version,
        stage_since=at,
    )
    introduction.score_parts = Introduction.score_parts.seal(introduction, parts_to_json(suits.parts))
    introduction.others = Introduction.others.seal(introduction, others.others(found, candidate).to_json())
    introduction.save(force_insert=True)
    ledger.record("introduction", pk, PROPOSE, by=by, at=at, actor=actor, to=introduction.stage)
    return introduction

"""The only door to another person's record.

A journey obtains a record by one of the named openers, and by nothing else. A record of another scheme or pair is
`NotFound`, as one that does not exist; a step that belongs to the other party, or has gone by, is `Refused`.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db import models

from ithaca.access import policy
from ithaca.access.actor import Actor
from ithaca.access.policy import Access
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.stages import ApplicationAct, MembershipAct, StandingAct
from ithaca.records.mentorships.models import (
    Agreement,
    Attachment,
    Ending,
    Enquiry,
    Feedback,
    Goal,
    GoalStep,
    Introduction,
    MatchRun,
    MentoringRequest,
    Mentorship,
    Message,
    Note,
    Session,
    Sheet,
)
from ithaca.records.mentorships.room.queries.mediations import may_help
from ithaca.records.mentorships.rules.stages.importing import MatchRunAct, SheetAct
from ithaca.records.mentorships.rules.stages.pairing import EnquiryAct, IntroductionAct, IntroductionStage, RequestAct
from ithaca.records.mentorships.rules.stages.room import (
    AgreementAct,
    EndingAct,
    FeedbackAct,
    GoalAct,
    GoalStepAct,
    MentorshipAct,
    MentorshipStage,
    SessionAct,
)
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Act, Party

Record = TypeVar("Record", bound=models.Model)


class NotFound(Exception):
    """There is no such record for this person."""


class Refused(Exception):
    """The record is theirs to see, but this act is not open to them; `reason` says why, for a page."""

    def __init__(self, refusal: policy.Refusal) -> None:
        super().__init__(str(refusal.reason))
        self.reason = str(refusal.reason)


@dataclass(frozen=True, slots=True)
class Opened(Generic[Record]):
    """A record that the gate has opened, who the actor is to it, and the actor."""

    row: Record
    party: Party
    actor: Actor

    def may(self, act: Act) -> bool:
        """Return whether the gate would open this record for `act` now."""
        noun = getattr(getattr(type(self.row), "TABLE", None), "noun", type(self.row).__name__.lower())
        return policy.refusal(noun, act, self.party, getattr(self.row, "stage", None)) is None


def _admit(noun: str, row: Record | None, party: Party | None, actor: Actor, act: Act) -> Opened[Record]:
    if row is None or party is None:
        raise NotFound(noun)
    refusal = policy.refusal(noun, act, party, getattr(row, "stage", None))
    if refusal:
        raise Refused(refusal)
    return Opened(row, party, actor)


def _member_party(actor: Actor, membership: Membership) -> Party | None:
    if actor.user is None:
        return None
    if membership.user_id == actor.id:
        return Party.MEMBER
    return Party.COORDINATOR if membership.scheme_id in actor.coordinates else None


def _pair_party(actor: Actor, mentee: Membership, mentor: Membership | None) -> Party | None:
    """Return who the actor is to a pair. Nobody handles their own match: one of the pair is never its coordinator."""
    if actor.user is None:
        return None
    if mentee.user_id == actor.id:
        return Party.MENTEE
    if mentor is not None and mentor.user_id == actor.id:
        return Party.MENTOR
    return Party.COORDINATOR if mentee.scheme_id in actor.coordinates else None


def scheme(actor: Actor, slug: str, act: Access) -> Opened[Scheme]:
    """Open a scheme for someone who coordinates it."""
    row = Scheme.objects.filter(slug=slug).first()
    party = Party.COORDINATOR if row is not None and row.pk in actor.coordinates else None
    return _admit("scheme", row, party, actor, act)


def membership(actor: Actor, pk: UUID, act: MembershipAct | Access) -> Opened[Membership]:
    row = Membership.objects.select_related("scheme", "user", "organisation").filter(pk=pk).first()
    return _admit("membership", row, _member_party(actor, row) if row else None, actor, act)


def application(actor: Actor, pk: UUID, act: ApplicationAct | Access) -> Opened[MentorApplication]:
    found = MentorApplication.objects.select_related(
        "membership__scheme", "membership__user", "membership__organisation"
    )
    row = found.filter(pk=pk).first()
    return _admit("application", row, _member_party(actor, row.membership) if row else None, actor, act)


def standing(actor: Actor, pk: UUID, act: StandingAct | Access) -> Opened[MentorStanding]:
    row = MentorStanding.objects.select_related("membership__scheme", "membership__user").filter(pk=pk).first()
    return _admit("standing", row, _member_party(actor, row.membership) if row else None, actor, act)


def enquiry(actor: Actor, pk: UUID, act: EnquiryAct | Access) -> Opened[Enquiry]:
    row = Enquiry.objects.select_related("scheme").filter(pk=pk).first()
    party = Party.COORDINATOR if row is not None and row.scheme_id in actor.coordinates else None
    return _admit("enquiry", row, party, actor, act)


def sheet(actor: Actor, pk: UUID, act: SheetAct | Access) -> Opened[Sheet]:
    row = Sheet.objects.select_related("scheme").filter(pk=pk).first()
    party = Party.COORDINATOR if row is not None and row.scheme_id in actor.coordinates else None
    return _admit("sheet", row, party, actor, act)


def request(actor: Actor, pk: UUID, act: RequestAct | Access) -> Opened[MentoringRequest]:
    found = MentoringRequest.objects.select_related(
        "membership__scheme", "membership__user", "membership__organisation"
    )
    row = found.filter(pk=pk).first()
    return _admit("request", row, _pair_party(actor, row.membership, None) if row else None, actor, act)


def introduction(actor: Actor, pk: UUID, act: IntroductionAct | Access) -> Opened[Introduction]:
    """Open an introduction. The mentor sees it only once they were asked, the mentee only once it was offered."""
    found = Introduction.objects.select_related(
        "request__membership__scheme", "request__membership__user", "standing__membership__user"
    )
    row = found.filter(pk=pk).first()
    party = _pair_party(actor, row.request.membership, row.standing.membership) if row else None
    if row is not None and party is Party.MENTOR and row.mentor_asked_at is None:
        party = None
    never_offered = row is not None and row.offered_at is None and row.stage in (IntroductionStage.SUGGESTED, *row.OVER)
    if party is Party.MENTEE and never_offered:
        party = None
    return _admit("introduction", row, party, actor, act)


def match_run(actor: Actor, pk: UUID, act: MatchRunAct | Access) -> Opened[MatchRun]:
    row = MatchRun.objects.select_related("scheme").filter(pk=pk).first()
    party = Party.COORDINATOR if row is not None and row.scheme_id in actor.coordinates else None
    return _admit("match_run", row, party, actor, act)


def pair(actor: Actor, pk: UUID, act: Access) -> Opened[Mentorship]:
    """Open a running pair for a coordinator who is neither of the two: their names and dates, never their room."""
    row = _mentorships().exclude(stage=MentorshipStage.ENDED).filter(pk=pk).first()
    party = _pair_party(actor, row.mentee, row.mentor) if row else None
    return _admit("pair", row, party if party is Party.COORDINATOR else None, actor, act)


def mediation(actor: Actor, pk: UUID, act: Access) -> Opened[Mentorship]:
    """Open a pair who ask for a third person, for a mediator who may be that: their names, never their room."""
    row = _mentorships().filter(pk=pk, stage=MentorshipStage.MEDIATION).first()
    may = row is not None and actor.user is not None and may_help(row, actor.id)
    return _admit("mediation", row, Party.MEDIATOR if may else None, actor, act)


def mentorship(actor: Actor, pk: UUID, act: MentorshipAct | Access) -> Opened[Mentorship]:
    row = _mentorships().filter(pk=pk).first()
    return _admit("mentorship", row, _room_party(actor, row), actor, act)


def agreement(actor: Actor, pk: UUID, act: AgreementAct | Access) -> Opened[Agreement]:
    row = _within_mentorship(Agreement).select_related("template").filter(pk=pk).first()
    return _admit("contract", row, _room_party(actor, row.mentorship if row else None), actor, act)


def session(actor: Actor, pk: UUID, act: SessionAct | Access) -> Opened[Session]:
    row = _within_mentorship(Session).filter(pk=pk).first()
    return _admit("session", row, _room_party(actor, row.mentorship if row else None), actor, act)


def feedback(actor: Actor, pk: UUID, act: FeedbackAct | Access) -> Opened[Feedback]:
    row = _within_mentorship(Feedback).filter(pk=pk).first()
    return _admit("feedback", row, _room_party(actor, row.mentorship if row else None), actor, act)


def goal(actor: Actor, pk: UUID, act: GoalAct | Access) -> Opened[Goal]:
    row = _within_mentorship(Goal).filter(pk=pk).first()
    return _admit("goal", row, _room_party(actor, row.mentorship if row else None), actor, act)


def goal_step(actor: Actor, pk: UUID, act: GoalStepAct | Access) -> Opened[GoalStep]:
    row = _within_mentorship(GoalStep).filter(pk=pk).first()
    return _admit("action", row, _room_party(actor, row.mentorship if row else None), actor, act)


def attachment(actor: Actor, pk: UUID, act: Access) -> Opened[Attachment]:
    """Open a file. If its author keeps it to themselves, it doesn't exist for anyone else."""
    row = _within_mentorship(Attachment).filter(pk=pk).first() if actor.user else None
    if row is not None and row.alone and row.author != actor.id:
        row = None
    return _admit("attachment", row, _room_party(actor, row.mentorship if row else None), actor, act)


def own_message(actor: Actor, pk: UUID, act: Access) -> Opened[Message]:
    """Open a message for its author."""
    row = _within_mentorship(Message).filter(pk=pk, author=actor.id).first() if actor.user else None
    return _admit("own_message", row, _room_party(actor, row.mentorship if row else None), actor, act)


def own_note(actor: Actor, pk: UUID, act: Access) -> Opened[Note]:
    """Open a note for its author. Nobody else can ever change it."""
    row = _within_mentorship(Note).filter(pk=pk, author=actor.id).first() if actor.user else None
    return _admit("own_note", row, _room_party(actor, row.mentorship if row else None), actor, act)


def ending(actor: Actor, pk: UUID, act: EndingAct | Access) -> Opened[Ending]:
    row = _within_mentorship(Ending).filter(pk=pk).first()
    return _admit("ending", row, _room_party(actor, row.mentorship if row else None), actor, act)


def _mentorships() -> models.QuerySet[Mentorship]:
    return Mentorship.objects.select_related("scheme", "mentee__user", "mentor__user")


def _within_mentorship(model: type[Record]) -> "models.QuerySet[Record]":
    return model._default_manager.select_related(
        "mentorship__scheme", "mentorship__mentee__user", "mentorship__mentor__user"
    )


def _room_party(actor: Actor, row: Mentorship | None) -> Party | None:
    """Return who the actor is in a room. Only mentee and mentor may enter: for a coordinator it doesn't exist."""
    party = _pair_party(actor, row.mentee, row.mentor) if row else None
    return None if party is Party.COORDINATOR else party

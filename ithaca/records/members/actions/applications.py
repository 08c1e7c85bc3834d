"""What changes an application to mentor: the member offers, the coordinator checks. Nobody handles their own."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ithaca.records import moves
from ithaca.records.members import choices
from ithaca.records.members.actions.memberships import Unready, refuse_own
from ithaca.records.members.emails import applications as emails
from ithaca.records.members.emails.addressing import coordinators
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.offers import LISTED, NOTHING_YET, Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import ApplicationAct, ApplicationStage, MembershipStage
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.stages import Impossible, Party
from ithaca.records.times import working_days_after
from ithaca.tools.ledger import actions as ledger


def begin_checks(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    _move(application, ApplicationAct.CHECK, coordinator, at, form)


@transaction.atomic
def pass_check(
    application: MentorApplication, check: str, *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Record that one of the scheme's checks has passed, when, and who checked. Raises Impossible, or ValueError."""
    refuse_own("application", application.membership, coordinator, "pass_check", application.stage)
    if ledger.handled(form, "application", application.pk, "pass_check"):
        return
    if check not in application.membership.scheme.checks:
        raise ValueError("not a check of this scheme")
    application.refresh_from_db(from_queryset=MentorApplication.objects.select_for_update())
    if application.stage not in (ApplicationStage.CHECKS, ApplicationStage.CONVERSATION):
        raise Impossible("application", application.stage, "pass_check", Party.COORDINATOR)
    application.checks = application.checks | {check: {"on": at.date().isoformat(), "by": str(coordinator)}}
    application.save(update_fields=["checks"])
    by = Party.COORDINATOR
    ledger.record("application", application.pk, "pass_check", by=by, at=at, actor=coordinator, form=form)


def talk(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Go on to the conversation, as the checks on paper are done."""
    _move(
        application, ApplicationAct.TALK, coordinator, at, form, letters=[emails.time_to_talk(application.membership)]
    )


@transaction.atomic
def approve(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Make the member a mentor, with what they offer and their places. Raises Unready while a check is open."""
    if ledger.handled(form, "application", application.pk, ApplicationAct.APPROVE):
        return
    application.refresh_from_db(from_queryset=MentorApplication.objects.select_for_update())
    membership = application.membership
    unpassed = unpassed_checks(application)
    if application.may(ApplicationAct.APPROVE, Party.COORDINATOR) and unpassed:
        raise Unready([_("Not done yet: %(check)s") % {"check": choices.CHECKS.get(one, one)} for one in unpassed])
    _move(application, ApplicationAct.APPROVE, coordinator, at, form, letters=[emails.offer_approved(membership)])
    standing = MentorStanding(
        membership=membership, capacity=application.capacity, approved_on=at.date(), stage_since=at
    )
    standing.offer = MentorStanding.offer.seal(standing, offer_of(application).to_json())
    standing.save(force_insert=True)


def unpassed_checks(application: MentorApplication) -> list[str]:
    """Return the scheme's checks that have not passed, in the scheme's order."""
    return [check for check in application.membership.scheme.checks if check not in application.checks]


def defer(
    application: MentorApplication, what: Iterable[str], *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Ask for more: `what` holds codes of `choices.IMPROVEMENTS`. The member may change the offer and resend it."""
    codes = [code for code in choices.IMPROVEMENTS if code in set(what)]
    sent = [emails.offer_deferred(application.membership)]
    _move(application, ApplicationAct.DEFER, coordinator, at, form, letters=sent, to_improve=codes)


def decline(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    _move(
        application,
        ApplicationAct.DECLINE,
        coordinator,
        at,
        form,
        letters=[emails.offer_declined(application.membership)],
    )


def _move(
    application: MentorApplication, act: ApplicationAct, coordinator: UUID, at: datetime, form: UUID | None, **more: Any
) -> bool:
    refuse_own("application", application.membership, coordinator, act, application.stage)
    return moves.move(application, act, Party.COORDINATOR, at=at, actor=coordinator, form=form, **more)


WANTED = ("own_words", *(name for name, declared in LISTED.items() if declared.wanted))
"""What an offer cannot be sent without: the match needs it, and so does whoever is to choose."""


class Incomplete(Exception):
    """Questions are still open; `fields` names them."""

    def __init__(self, fields: list[str]) -> None:
        super().__init__(", ".join(fields))
        self.fields = fields


def begin(membership: Membership, *, at: datetime) -> MentorApplication:
    """Return the member's offer, or begin one. Raises Impossible unless they are an active member."""
    if membership.stage != MembershipStage.ACTIVE:
        raise Impossible("membership", membership.stage, "offer", Party.MEMBER)
    application, _ = MentorApplication.objects.get_or_create(membership=membership, defaults={"stage_since": at})
    return application


@transaction.atomic
def answer(application: MentorApplication, *, capacity: int | None = None, **answers: Any) -> None:
    """Keep the answers of one page; fields of `Offer`, and the capacity. Raises Impossible once it has been sent."""
    stands = MentorApplication.objects.select_for_update().get(pk=application.pk)
    if not stands.may(ApplicationAct.SUBMIT, Party.MEMBER):
        raise Impossible("application", stands.stage, "answer", Party.MEMBER)
    offer = replace(offer_of(stands), **answers)
    application.offer = MentorApplication.offer.seal(application, offer.to_json())
    application.capacity = stands.capacity if capacity is None else capacity
    application.save(update_fields=["offer", "capacity"])


def missing(offer: Offer) -> list[str]:
    """Return the fields that an offer still needs."""
    return [name for name in WANTED if getattr(offer, name) == getattr(NOTHING_YET, name)]


@transaction.atomic
def submit(application: MentorApplication, *, at: datetime, form: UUID | None) -> None:
    """Send the offer to the coordinators, for the first time or improved. Raises Incomplete."""
    application.refresh_from_db(from_queryset=MentorApplication.objects.select_for_update())
    if open_questions := missing(offer_of(application)):
        raise Incomplete(open_questions)
    membership = application.membership
    by = working_days_after(at.date(), WORKING_DAYS_TO_ANSWER)
    to = coordinators(membership.scheme, but=membership.user_id)
    moves.move(
        application,
        ApplicationAct.SUBMIT,
        Party.MEMBER,
        at=at,
        actor=membership.user_id,
        form=form,
        letters=[emails.offer_arrived(membership, by), *(emails.offer_to_check(one, membership, by) for one in to)],
        submitted_at=at,
        to_improve=[],
    )

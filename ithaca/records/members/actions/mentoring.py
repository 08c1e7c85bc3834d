"""Offers to mentor, and mentors' checks: what the coordinator does. Nobody handles their own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from ithaca.records import moves
from ithaca.records.members import words
from ithaca.records.members.actions.checking import Unready, not_their_own
from ithaca.records.members.emails import mentoring as emails
from ithaca.records.members.models import MentorApplication, MentorStanding
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger import actions as ledger


def begin_checks(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    _step(application, "check", coordinator, at, form)


@transaction.atomic
def pass_check(
    application: MentorApplication, check: str, *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Record that one of the scheme's checks has passed, when, and by whom. Raises Impossible, or ValueError."""
    not_their_own("application", application.membership, coordinator, "pass_check", application.stage)
    if ledger.handled(form, "application", application.pk, "pass_check"):
        return
    if check not in application.membership.scheme.checks:
        raise ValueError("not a check of this scheme")
    application.refresh_from_db(from_queryset=MentorApplication.objects.select_for_update())
    if application.stage not in ("checks", "conversation"):
        raise Impossible("application", application.stage, "pass_check", Party.COORDINATOR)
    application.checks = application.checks | {check: {"on": at.date().isoformat(), "by": str(coordinator)}}
    application.save(update_fields=["checks"])
    by = Party.COORDINATOR
    ledger.record("application", application.pk, "pass_check", by=by, at=at, actor=coordinator, form=form)


def talk(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """The paper checks are done; a conversation is left."""
    _step(application, "talk", coordinator, at, form, letters=[emails.time_to_talk(application.membership)])


@transaction.atomic
def approve(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    """Make the member a mentor, with what they offer and their places. Raises Unready while a check is open."""
    if ledger.handled(form, "application", application.pk, "approve"):
        return
    application.refresh_from_db(from_queryset=MentorApplication.objects.select_for_update())
    membership = application.membership
    unpassed = unpassed_checks(application)
    if application.may("approve", Party.COORDINATOR) and unpassed:
        raise Unready([_("Not done yet: %(check)s") % {"check": words.CHECKS.get(one, one)} for one in unpassed])
    _step(application, "approve", coordinator, at, form, letters=[emails.offer_approved(membership)])
    standing = MentorStanding(
        membership=membership, capacity=application.capacity, approved_on=at.date(), stage_since=at
    )
    standing.offer = MentorStanding.offer.seal(standing, offer_of(application).to_json())
    standing.save(force_insert=True)


def unpassed_checks(application: MentorApplication) -> list[str]:
    """The scheme's checks that have not passed, in the scheme's order."""
    return [check for check in application.membership.scheme.checks if check not in application.checks]


def defer(
    application: MentorApplication, what: Iterable[str], *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Ask for more; `what` holds codes of `words.IMPROVEMENTS`. The member may improve the offer and send it again."""
    codes = [code for code in words.IMPROVEMENTS if code in set(what)]
    sent = [emails.offer_deferred(application.membership)]
    _step(application, "defer", coordinator, at, form, letters=sent, to_improve=codes)


def decline(application: MentorApplication, *, coordinator: UUID, at: datetime, form: UUID | None) -> None:
    _step(application, "decline", coordinator, at, form, letters=[emails.offer_declined(application.membership)])


_LETTERS = {
    "pause": emails.offer_paused,
    "resume": emails.offer_resumed,
    "suspend": emails.offer_on_hold,
    "reinstate": emails.offer_resumed,
}


def hold(
    standing: MentorStanding, act: str, notice: str = "", *, coordinator: UUID, at: datetime, form: UUID | None
) -> None:
    """Pause or suspend an offer, or open it again: `pause`, `suspend`, `resume` or `reinstate`.

    While it is on hold nobody new is introduced; everything that runs goes on. The mentor sees the `notice`, a code of
    `words.NOTICES`. Whoever opens it again settles the places, in the same transaction.
    """
    not_their_own("standing", standing.membership, coordinator, act, standing.stage)
    told = [_LETTERS[act](standing.membership)]
    moves.move(standing, act, Party.COORDINATOR, at=at, actor=coordinator, form=form, letters=told, notice=notice)


def _step(
    application: MentorApplication, act: str, coordinator: UUID, at: datetime, form: UUID | None, **more: Any
) -> bool:
    not_their_own("application", application.membership, coordinator, act, application.stage)
    return moves.move(application, act, Party.COORDINATOR, at=at, actor=coordinator, form=form, **more)

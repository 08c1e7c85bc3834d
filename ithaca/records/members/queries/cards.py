"""What each stage means to the person: what happens next, who acts, and by when."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ithaca.records.cards import Card
from ithaca.records.members.choices import NOTICES
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.stages import ApplicationStage, MembershipStage, StandingStage
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.times import working_days_after


def next_of_membership(membership: Membership) -> Card:
    """Return a membership's card: about joining until it is active, then about what may run out."""
    here = reverse("joining:membership", args=[membership.pk])
    answers = reverse("joining:membership_answers", args=[membership.pk])
    by = _answer_by(membership.stage_since.date())
    you, coordinator = _("You"), _("The coordinator")
    match membership.stage:
        case MembershipStage.DRAFT:
            return Card(
                _("Finish your application to join"),
                _("We've saved your answers so far."),
                you,
                None,
                answers,
                _("Continue"),
            )
        case MembershipStage.APPLIED | MembershipStage.VERIFYING:
            return Card(
                _("Your application is with the coordinator"),
                _("They'll look at your answers, then we'll email you."),
                coordinator,
                by,
                here,
                _("View your application"),
            )
        case MembershipStage.CORRECTING:
            return Card(
                _("Please check your answers again"),
                _("Change anything that needs it, then send them again."),
                you,
                None,
                answers,
                _("Check your answers"),
            )
        case MembershipStage.ACTIVE:
            ask = reverse("pairing:request_new", args=[membership.scheme.slug])
            body = _("You can ask for a mentor, or offer to mentor, whenever you like.")
            return Card(_("You're a member"), body, "", None, ask, _("Ask for a mentor"))
        case MembershipStage.GRACE | MembershipStage.LAPSED:
            renew = reverse("joining:membership_renew", args=[membership.pk])
            return Card(
                _("Your subscribing membership has expired"),
                _("Renew it first, then give us the new date. Anything already under way can carry on."),
                you,
                None,
                renew,
                _("Enter the new date"),
            )
        case MembershipStage.SUSPENDED:
            return Card(
                _("Your membership is on hold"),
                _why(membership.notice),
                coordinator,
            )
        case MembershipStage.TURNED_DOWN:
            return Card(
                _("We couldn't accept your application"),
                _("If you think this isn't right, contact the coordinator. You can also apply again."),
                you,
                None,
                reverse("joining:join", args=[membership.scheme.slug]),
                _("Apply again"),
            )
        case _:
            return Card(
                _("You've left this scheme"),
                _("You can come back at any time. We keep your answers for a while."),
                you,
                None,
                reverse("joining:join", args=[membership.scheme.slug]),
                _("Join again"),
            )


def next_of_offer(offer: MentorApplication | MentorStanding) -> Card:
    """Return the card of an offer to mentor, before or after it is approved."""
    if isinstance(offer, MentorStanding):
        return _next_of_standing(offer)
    here = reverse("joining:offer", args=[offer.membership_id])
    answers = reverse("joining:offer_answers", args=[offer.membership_id])
    by = _answer_by(offer.stage_since.date())
    you, coordinator = _("You"), _("The coordinator")
    see = _("View your offer")
    match offer.stage:
        case ApplicationStage.DRAFT:
            saved = _("We've saved what you've written so far.")
            return Card(_("Finish your offer to mentor"), saved, you, None, answers, _("Continue"))
        case ApplicationStage.SUBMITTED:
            body = _("They'll read it and start the checks, then we'll email you.")
            return Card(_("Your offer is with the coordinator"), body, coordinator, by, here, see)
        case ApplicationStage.CHECKS:
            body = _("They're going through the scheme's checks. Your offer's page shows how far they've got.")
            return Card(_("Your offer is being checked"), body, coordinator, None, here, see)
        case ApplicationStage.CONVERSATION:
            body = _("They'll suggest a time. It's a chat, not a test.")
            return Card(_("Next, you'll talk to the coordinator"), body, coordinator, None, here, see)
        case ApplicationStage.DEFERRED:
            body = _("Tell them a little more, then send your offer again.")
            return Card(_("The coordinator would like to know more"), body, you, None, answers, _("Change your offer"))
        case ApplicationStage.DECLINED:
            body = _("Your membership stays the same. Contact the coordinator if you'd like to know more.")
            return Card(_("We can't accept your offer in this scheme"), body, _("Nobody"), None, here, "")
        case _:
            return Card(_("Your offer is approved"), "", _("Nobody"), None, here, see)


def _next_of_standing(standing: MentorStanding) -> Card:
    here = reverse("joining:offer", args=[standing.membership_id])
    mine = _("Your offer")
    nobody = _("Nobody at the moment")
    match standing.stage:
        case StandingStage.AVAILABLE:
            body = _("We'll email you as soon as somebody would like to meet you.")
            return Card(_("You're available to mentor"), body, _("The coordinator"), None, here, mine)
        case StandingStage.FULL:
            body = _(
                "We won't introduce anyone new until you have one. "
                "If we're introducing you to someone, that place counts as taken."
            )
            return Card(_("You have no free places at the moment"), body, nobody, None, here, mine)
        case StandingStage.ON_LEAVE:
            body = _("We won't introduce anyone new until you tell us you're back.")
            return Card(_("You're on leave"), body, _("You"), None, here, mine)
        case StandingStage.RETIRED:
            body = _("Thank you for everything you've done. Anyone you're mentoring now can carry on with you.")
            return Card(_("You no longer mentor in this scheme"), body, nobody, None, here, mine)
        case _:
            body = _("We won't introduce anyone new for now.") + " " + _why(standing.notice)
            return Card(_("Your offer is on hold"), body, _("The coordinator"), None, here, mine)


def _why(notice: str) -> str:
    """Say why it is on hold, in the coordinator's ready-made words."""
    ask = _("The coordinator can tell you more, and what you can do about it.")
    return f"{NOTICES[notice]}. {ask}" if notice in NOTICES else ask


def _answer_by(since: date) -> date:
    return working_days_after(since, WORKING_DAYS_TO_ANSWER)

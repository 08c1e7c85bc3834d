"""What each stage means to the person: what happens next, who acts, and by when."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ithaca.records.cards import Card
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding
from ithaca.records.members.words import NOTICES
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.times import working_days_after


def next_of_membership(membership: Membership) -> Card:
    """The card of a membership: of joining, until it is active; then of what may run out."""
    here = reverse("joining:membership", args=[membership.pk])
    answers = reverse("joining:membership_answers", args=[membership.pk])
    by = _answer_by(membership.stage_since.date())
    you, coordinator = _("You"), _("The coordinator")
    match membership.stage:
        case "draft":
            return Card(
                _("Finish your application to join"),
                _("What you have answered so far is saved."),
                you,
                None,
                answers,
                _("Go on"),
            )
        case "applied" | "verifying":
            return Card(
                _("Your application is with the coordinator"),
                _("They look at your answers. Then we write to you."),
                coordinator,
                by,
                here,
                _("See your application"),
            )
        case "correcting":
            return Card(
                _("Look at your answers again"),
                _("Change what needs changing, and send them again."),
                you,
                None,
                answers,
                _("Look at your answers"),
            )
        case "active":
            ask = reverse("pairing:request_new", args=[membership.scheme.slug])
            body = _("Your membership is in order. Ask for a mentor, or offer to mentor, whenever you like.")
            return Card(_("You are a member"), body, "", None, ask, _("Ask for a mentor"))
        case "grace" | "lapsed":
            renew = reverse("joining:membership_renew", args=[membership.pk])
            return Card(
                _("Your subscribing membership has run out"),
                _("Renew it there first, then tell us the new date here. What is under way may go on."),
                you,
                None,
                renew,
                _("Give the new date"),
            )
        case "suspended":
            return Card(
                _("Your membership is on hold"),
                _why(membership.notice),
                coordinator,
            )
        case "turned_down":
            return Card(
                _("We could not take you into this scheme"),
                _("Write to the coordinator if you think that something is not right. You may apply again."),
                you,
                None,
                reverse("joining:join", args=[membership.scheme.slug]),
                _("Apply again"),
            )
        case _:
            return Card(
                _("You have left this scheme"),
                _("You may come back at any time. Your answers are kept for a while."),
                you,
                None,
                reverse("joining:join", args=[membership.scheme.slug]),
                _("Join again"),
            )


def next_of_offer(offer: MentorApplication | MentorStanding) -> Card:
    """The card of an offer to mentor, on its way or approved."""
    if isinstance(offer, MentorStanding):
        return _next_of_standing(offer)
    here = reverse("joining:offer", args=[offer.membership_id])
    answers = reverse("joining:offer_answers", args=[offer.membership_id])
    by = _answer_by(offer.stage_since.date())
    you, coordinator = _("You"), _("The coordinator")
    see = _("See your offer")
    match offer.stage:
        case "draft":
            saved = _("What you have written so far is saved.")
            return Card(_("Finish your offer"), saved, you, None, answers, _("Go on"))
        case "submitted":
            body = _("They read it and begin the checks. Then we write to you.")
            return Card(_("Your offer is with the coordinator"), body, coordinator, by, here, see)
        case "checks":
            body = _("They go through the checks of the scheme. The page of your offer shows how far they are.")
            return Card(_("Your offer is being checked"), body, coordinator, None, here, see)
        case "conversation":
            body = _("They will suggest a time. It is a talk, not a test.")
            return Card(_("A conversation with the coordinator comes next"), body, coordinator, None, here, see)
        case "deferred":
            body = _("Say a little more, and send your offer again.")
            return Card(_("The coordinator would like to hear more"), body, you, None, answers, _("Look at your offer"))
        case "declined":
            body = _("Your membership stays as it is. Write to the coordinator if you would like to know more.")
            return Card(_("We cannot take up your offer in this scheme"), body, _("Nobody"), None, here, "")
        case _:
            return Card(_("Your offer is approved"), "", _("Nobody"), None, here, see)


def _next_of_standing(standing: MentorStanding) -> Card:
    here = reverse("joining:offer", args=[standing.membership_id])
    mine = _("My offer")
    nobody = _("Nobody, for now")
    match standing.stage:
        case "available":
            body = _("We write as soon as somebody would like to meet you.")
            return Card(_("Your offer is open"), body, _("The coordinator"), None, here, mine)
        case "full":
            body = _("A place that is kept for an introduction counts too. We introduce nobody new until one is free.")
            return Card(_("You have no free place just now"), body, nobody, None, here, mine)
        case "on_leave":
            body = _("We introduce nobody new until you say that you are back.")
            return Card(_("You are on leave"), body, _("You"), None, here, mine)
        case "retired":
            body = _("Thank you for all you have done. Running mentorships may finish.")
            return Card(_("You no longer mentor in this scheme"), body, nobody, None, here, mine)
        case _:
            body = _("We introduce nobody new for now.") + " " + _why(standing.notice)
            return Card(_("Your offer is on hold"), body, _("The coordinator"), None, here, mine)


def _why(notice: str) -> str:
    """Why it is on hold, in the coordinator's ready-made words."""
    ask = _("The coordinator can tell you more, and what can be done.")
    return f"{NOTICES[notice]}. {ask}" if notice in NOTICES else ask


def _answer_by(since: date) -> date:
    return working_days_after(since, WORKING_DAYS_TO_ANSWER)

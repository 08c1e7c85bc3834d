"""Letters about an offer to mentor. The subject lines do not say which part the reader has in the scheme."""

from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.emails.addressing import by_day, person
from ithaca.records.members.models import Membership
from ithaca.tools.post.outbox import Letter, Recipient


def offer_to_check(to: Recipient, membership: Membership, answer_by: date) -> Letter:
    """To a coordinator: somebody offers to mentor."""
    scheme = membership.scheme
    return Letter(
        to=to,
        kind="offer_to_check",
        subject=_("A new offer: an answer is wanted by %(day)s") % {"day": by_day(answer_by)},
        paragraphs=(
            _("There is a new offer in the scheme."),
            _("Please begin the checks by %(day)s.") % {"day": by_day(answer_by)},
        ),
        link_text=_("Open the desk"),
        path=f"/schemes/{scheme.slug}/desk/",
        sender=scheme.name,
    )


def offer_arrived(membership: Membership, answer_by: date) -> Letter:
    return _to_member(
        membership,
        "offer_arrived",
        _("Your offer has arrived. Thank you"),
        _("Your offer has arrived. Thank you."),
        _("The coordinator begins the checks by %(day)s.") % {"day": by_day(answer_by)},
    )


def time_to_talk(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "time_to_talk",
        _("The coordinator would like a talk with you"),
        _("The next step of your offer is a conversation with the coordinator."),
        _("They will suggest a time. You need do nothing until then."),
    )


def offer_approved(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "offer_approved",
        _("Your offer is approved"),
        _("Your offer is approved. Thank you."),
        _("We write as soon as somebody would like to meet you. You can change your offer or take leave."),
    )


def offer_deferred(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "offer_deferred",
        _("Something to look at again in your offer"),
        _("The coordinator has read your offer and would like to hear a little more."),
        _("Your page shows what. Nothing you have typed is lost."),
    )


def offer_declined(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "offer_declined",
        _("An answer to your offer"),
        _("Thank you for your offer. We cannot take it up in this scheme."),
        _("Your membership stays as it is. Your page shows whom to ask."),
    )


def offer_paused(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "offer_paused",
        _("Your offer is paused"),
        _("Your offer is paused for now: nobody new is introduced to you. Everything else goes on as it is."),
        _("Your page shows whom to ask."),
    )


def offer_on_hold(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "offer_on_hold",
        _("Your offer is on hold"),
        _("The coordinator has put your offer on hold: nobody new is introduced to you. What runs goes on."),
        _("Your page shows why, and whom to ask."),
    )


def offer_resumed(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "offer_resumed",
        _("Your offer is open again"),
        _("Your offer is open again. We write as soon as somebody would like to meet you."),
    )


def _to_member(membership: Membership, kind: str, subject: str, *paragraphs: str) -> Letter:
    return Letter(
        to=person(membership.user),
        kind=kind,
        subject=subject,
        paragraphs=paragraphs,
        link_text=_("Open your page"),
        path=f"/memberships/{membership.pk}/offer/",
        sender=membership.scheme.name,
    )

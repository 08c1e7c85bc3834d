"""Letters about joining a scheme."""

from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.emails.addressing import by_day, person
from ithaca.records.members.models import Membership
from ithaca.tools.post.outbox import Letter, Recipient


def application_to_check(to: Recipient, membership: Membership, answer_by: date) -> Letter:
    """To a coordinator: somebody wants to join."""
    scheme = membership.scheme
    return Letter(
        to=to,
        kind="application_to_check",
        subject=_("Someone would like to join: an answer is wanted by %(day)s") % {"day": by_day(answer_by)},
        paragraphs=(
            _("There is a new application to join the scheme."),
            _("Please look at it by %(day)s.") % {"day": by_day(answer_by)},
        ),
        link_text=_("Open the desk"),
        path=f"/schemes/{scheme.slug}/desk/",
        sender=scheme.name,
    )


def application_arrived(membership: Membership, answer_by: date) -> Letter:
    return _to_member(
        membership,
        "application_arrived",
        _("Your application to join has arrived"),
        _("Your application to join has arrived."),
        _("The coordinator looks at it by %(day)s, and you hear from us then.") % {"day": by_day(answer_by)},
    )


def membership_begun(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "membership_begun",
        _("You are a member"),
        _("The coordinator has looked at your answers, and you are now a member of the scheme."),
        _("The next step is yours, whenever you like. Your page shows what you can do."),
    )


def answers_to_correct(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "answers_to_correct",
        _("Something to look at again in your application"),
        _("The coordinator has looked at your application. Something in it needs another look."),
        _("Your page shows what. Nothing you have typed is lost."),
    )


def turned_down(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "turned_down",
        _("An answer to your application to join"),
        _("The coordinator has looked at your application. We cannot take you into this scheme as things stand."),
        _("Your page shows whom to ask, and what else there is."),
    )


def membership_on_hold(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "membership_on_hold",
        _("Your membership is on hold"),
        _("The coordinator has put your membership on hold. Nothing new begins meanwhile; what is under way goes on."),
        _("Your page shows why, and whom to ask."),
    )


def membership_goes_on(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "membership_goes_on",
        _("Your membership goes on"),
        _("Your membership is no longer on hold. Everything is open to you again."),
    )


def ran_out(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "ran_out",
        _("Your subscribing membership has run out"),
        _("By what you told us, your subscribing membership has run out."),
        _("Please renew it within 30 days, and tell us the new date. What is under way goes on."),
    )


def lapsed(membership: Membership) -> Letter:
    return _to_member(
        membership,
        "lapsed",
        _("Your membership has lapsed"),
        _("Your subscribing membership ran out 30 days ago, so your membership of the scheme has lapsed."),
        _("What is under way may finish. To begin anything new, renew and tell us the new date."),
    )


def _to_member(membership: Membership, kind: str, subject: str, *paragraphs: str) -> Letter:
    return Letter(
        to=person(membership.user),
        kind=kind,
        subject=subject,
        paragraphs=paragraphs,
        link_text=_("Open your page"),
        path=f"/memberships/{membership.pk}/",
        sender=membership.scheme.name,
    )

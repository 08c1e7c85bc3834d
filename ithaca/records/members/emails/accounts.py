"""Letters about an account. They come from the service, for an account belongs to no scheme."""

from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.emails.addressing import by_day
from ithaca.tools.post.outbox import Letter, Recipient

SENDER = "Ithaca"


def confirm_address(to: Recipient, path: str) -> Letter:
    return _letter(
        to,
        "confirm_address",
        _("Confirm your email address"),
        _("Someone, we hope you, gave this address when making an account."),
        _("Please confirm it within 3 days. If it was not you, do nothing."),
        link_text=_("Confirm this address"),
        path=path,
    )


def account_exists(to: Recipient, path: str) -> Letter:
    return _letter(
        to,
        "account_exists",
        _("You have an account already"),
        _("Someone, we hope you, tried to make an account with this address. There is one already."),
        _("Please sign in. If you have forgotten your password, you can choose another."),
        link_text=_("Choose another password"),
        path=path,
    )


def reset_password(to: Recipient, path: str) -> Letter:
    return _letter(
        to,
        "reset_password",
        _("Choose another password"),
        _("Someone, we hope you, asked for another password. The link works for 3 days."),
        _("If it was not you, do nothing: your password stays as it is."),
        link_text=_("Choose another password"),
        path=path,
    )


def account_changed(to: Recipient, path: str) -> Letter:
    return _letter(
        to,
        "account_changed",
        _("The way you sign in was changed"),
        _("The password, the address or another way to sign in to your account was changed."),
        _("If it was not you, please choose another password now."),
        link_text=_("Look at your account"),
        path=path,
    )


def new_key_asked(to: Recipient, first_day: date, path: str) -> Letter:
    """To whoever reads the mail of the account: there is a day in which to stop it."""
    return _letter(
        to,
        "new_key_asked",
        _("Somebody asked to begin again with a new key"),
        _("Somebody, we hope you, asked to begin again with a new key. It can be done from %(day)s, in 24 hours.")
        % {"day": by_day(first_day)},
        _("If it was not you, please stop it before then, and choose another password."),
        _("Signing in with the password you had before, or your recovery code, stops it too."),
        link_text=_("Look at it, or stop it"),
        path=path,
    )


def _letter(to: Recipient, kind: str, subject: str, *paragraphs: str, link_text: str, path: str) -> Letter:
    return Letter(to, kind, subject, paragraphs, link_text, path, SENDER)

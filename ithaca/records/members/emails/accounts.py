"""Emails about an account. They come from the service, because an account belongs to no scheme."""

from datetime import date

from ithaca.records.members.emails.addressing import by_day
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import SERVICE, Letter, Recipient


def confirm_address(to: Recipient, path: str) -> Letter:
    return letters.write("accounts/confirm_address", to, path, SERVICE)


def account_exists(to: Recipient, path: str) -> Letter:
    return letters.write("accounts/account_exists", to, path, SERVICE)


def reset_password(to: Recipient, path: str) -> Letter:
    return letters.write("accounts/reset_password", to, path, SERVICE)


def account_changed(to: Recipient, path: str) -> Letter:
    return letters.write("accounts/account_changed", to, path, SERVICE)


def new_key_asked(to: Recipient, first_day: date, path: str) -> Letter:
    """Tell whoever reads the mail of the account, while there is still a day in which to stop it."""
    return letters.write("accounts/new_key_asked", to, path, SERVICE, day=by_day(first_day))

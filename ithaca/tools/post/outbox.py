"""Putting emails into the outbox."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ithaca.tools.post.models import OutboxLetter, Silence

_holding_back = ContextVar("holding_back", default=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where an email goes, and nothing more about the person. `account` is None for someone without one.

    To someone who has asked for `discreet` letters we say only that there is a step for them.
    """

    account: UUID | None
    address: str
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose name an email ends with, and how to reach them if it can't wait: by email, or by phone too."""

    name: str
    email: str = ""
    phone: str = ""


SERVICE = Sender("Ithaca")
"""The service itself, for emails about an account, which belongs to no scheme."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar file that goes with an email: its iCalendar text and its METHOD (REQUEST or CANCEL)."""

    text: str
    method: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One email: paragraphs of plain text and one link. No names, no content.

    `kind` is the name of the file of its words; `path` is a path on this site; `sender` is the scheme.
    """

    to: Recipient
    kind: str
    subject: str
    paragraphs: tuple[str, ...]
    link_text: str
    path: str
    sender: Sender
    invitation: Invitation | None = None


@contextmanager
def held_back() -> Iterator[None]:
    """Write no emails meanwhile, as when thousands of people are imported from a spreadsheet."""
    before = _holding_back.set(True)
    try:
        yield
    finally:
        _holding_back.reset(before)


def silence(account: UUID, at: datetime) -> None:
    """Email nothing to this account until `speak`, except what its owner asks for."""
    Silence.objects.get_or_create(account=account, defaults={"since": at})


def speak(accounts: Iterable[UUID]) -> None:
    """Email these accounts again from now on."""
    Silence.objects.filter(account__in=list(accounts)).delete()


def put(letter: Letter, at: datetime, *, asked_for: bool = False) -> None:
    """Put `letter` into the outbox, inside the caller's transaction. The worker sends it.

    To a silent account only what its owner has `asked_for` is written.
    """
    if _holding_back.get() or (not asked_for and _is_silent(letter.to.account)):
        return
    if letter.to.discreet:
        letter = _discreet(letter)
    words = {"letter": letter, "link": f"{settings.BASE_URL}{letter.path}", "contact": _contact(letter.sender)}
    OutboxLetter.objects.create(
        kind=letter.kind,
        recipient=letter.to.account,
        address=letter.to.address,
        subject=letter.subject,
        text=render_to_string("post/letter.txt", words),
        html=render_to_string("post/letter.html", words),
        invitation=letter.invitation.text if letter.invitation else "",
        invitation_method=letter.invitation.method if letter.invitation else "",
        written_at=at,
        due_at=at,
    )


def _contact(sender: Sender) -> str:
    """Say who to contact if it can't wait, or nothing if the sender can't be reached."""
    if sender.phone:
        return _("If it can't wait, call %(phone)s or email %(email)s.") % {
            "phone": sender.phone,
            "email": sender.email,
        }
    return _("If it can't wait, email %(email)s.") % {"email": sender.email} if sender.email else ""


def _is_silent(account: UUID | None) -> bool:
    return account is not None and Silence.objects.filter(pk=account).exists()


def _discreet(letter: Letter) -> Letter:
    """Return the email in discreet words, for a mailbox that others may see: not from whom, nor about what."""
    return replace(
        letter,
        subject=_("There's something for you to do"),
        paragraphs=(_("Sign in to see what it is, and when it's needed by."),),
        link_text=_("Sign in"),
        path=resolve_url(settings.LOGIN_REDIRECT_URL),
        sender=SERVICE,
    )

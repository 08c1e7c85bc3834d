"""A copy of all that one may read, to keep."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting import copy_files
from ithaca.journeys.meeting.views.attachments import HARMLESS
from ithaca.journeys.meeting.views.pages import press, show, unreadable
from ithaca.records.mentorships.writing.queries import attachments, copies
from ithaca.records.mentorships.writing.queries.attachments import File
from ithaca.tools.vault.errors import Locked, NotGranted, Refused
from ithaca.tools.vault.keyring import Keyring

KINDS = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "json": "application/json",
    "zip": "application/zip",
}
MADE: dict[str, Callable[[copies.Copy], str | bytes]] = {
    "html": copy_files.page,
    "pdf": copy_files.paper,
    "json": copy_files.data,
}


def copy(request: Request, pk: UUID) -> HttpResponseBase:
    """Save a copy: a page, a paper, data, or all of it with the files. The password is asked for again."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    at, keyring = timezone.now(), request.actor.keyring
    if keyring is None or not keyring.proved_lately(at):
        raise Locked("a copy is made for whoever gave the password just now")
    kind = request.POST.get("kind", "")
    if request.method != "POST" or kind not in KINDS:
        files = attachments.files_of(room.row, keyring.owner).count()
        return show(request, room, "copy", files=files, press=press("copy"))
    try:
        found = copies.copy_of(room.row, room.party, keyring, at)
    except NotGranted:
        return unreadable(request, room)
    return _handed_over(found, kind, keyring)


def _handed_over(found: copies.Copy, kind: str, keyring: Keyring) -> HttpResponseBase:
    name = f"room-{timezone.localtime(found.made_at):%Y-%m-%d}.{kind}"
    headers = {**HARMLESS, "Content-Disposition": f'attachment; filename="{name}"', "Content-Type": KINDS[kind]}
    if kind == "zip":
        pieces = copy_files.package(found, lambda file: _held(file, keyring))
        return StreamingHttpResponse(pieces, headers=headers)
    return HttpResponse(MADE[kind](found), headers=headers)


def _held(file: File, keyring: Keyring) -> bytes | None:
    try:
        return attachments.held_by(file.pk, keyring)
    except Refused:
        return None

"""Handing over a file."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.views.pages import room_of, unreadable
from ithaca.records.mentorships.writing.queries import attachments
from ithaca.tools.files.kinds import Kind
from ithaca.tools.vault.errors import NotGranted, Tampered

HARMLESS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A file is saved, or shown as a small picture on our own page: it never runs, and no store keeps it."""


def attachment(request: Request, pk: UUID) -> HttpResponse:
    """Hand over a file that came with a message or lies beside a note, to be saved."""
    opened = gate.attachment(request.actor, pk, Access.READ)
    try:
        file, data = attachments.opened(opened.row, request.actor.keyring)
    except (NotGranted, Tampered):
        return unreadable(request, room_of(opened))
    kind = "text/plain; charset=utf-8" if file.kind is Kind.TEXT else str(file.kind)
    saved = content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    return HttpResponse(data, content_type=kind, headers={**HARMLESS, "Content-Disposition": saved})

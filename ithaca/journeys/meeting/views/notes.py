"""Notes, for both or for oneself."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.messages import ReadForm
from ithaca.journeys.meeting.forms.notes import NoteChangeForm, NoteForm
from ithaca.journeys.meeting.views.pages import NOT_SAVED, not_saved, press, room_of, show, unreadable
from ithaca.journeys.meeting.views.saving import typed_again
from ithaca.records.mentorships.models import Mentorship, Note
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.mentorships.writing.actions import notes as notes_actions
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.records.mentorships.writing.queries import notes as notes_queries
from ithaca.records.mentorships.writing.queries.notes import NotePlace
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.vault.errors import NotGranted, Tampered
from ithaca.tools.vault.keyring import unlocked


def notes(request: Request, pk: UUID) -> HttpResponse:
    """Show every note that one may read, the newest first."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    rows = notes_queries.notes_of(room.row, request.actor.id)
    page = Paginator(rows, messages_queries.PAGE).get_page(request.GET.get("page"))
    try:
        found = notes_queries.shown(list(page), request.actor.keyring)
    except (NotGranted, Tampered):
        return unreadable(request, room)
    sides = sides_queries.sides_of(room.row, request.actor.id)
    return show(
        request,
        room,
        "notes",
        page=page,
        notes=found,
        sides=sides,
        news=notes_queries.new_among(found, sides.notes_read_until),
        newest=max(map(notes_queries.changed_at, found)).isoformat() if found else "",
    )


def read(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has read the notes that were on the page."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    form = ReadForm(request.POST)
    form.is_valid()
    seen = form.cleaned_data.get("seen")
    if request.method == "POST" and seen is not None:
        notes_actions.read(room.row, request.actor.id, seen, timezone.now())
    return redirect("meeting:notes", pk)


def new(request: Request, pk: UUID) -> HttpResponse:
    """Write a note."""
    room = gate.mentorship(request.actor, pk, Access.WRITE)
    if request.method != "POST":
        if room.row.stage == MentorshipStage.ENDED or not sides_queries.record_wanted(room.row):
            return redirect("meeting:notes", pk)
        place = goals.place_beside(room.row, request.GET.get("beside", ""))
        whose = "both" if place or request.GET.get("for") == "both" else "me"
        return _show_form(request, room, NoteForm(initial={"whose": whose, "place": place}))
    form = NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show_form(request, room, form, status=422)
    if form.cautions() or form.parted:
        return _show_form(request, room, form, caution=form.cautions())
    text, place = form.cleaned_data["text"], form.cleaned_data["place"]
    is_the_mentors = room.party is Party.MENTOR and not form.alone
    try:
        notes_actions.write(
            pk,
            text,
            form.alone,
            room.party,
            files=form.cleaned_data["enclosed"],
            spot=NotePlace(place, is_the_mentors and form.cleaned_data["experience"]),
            keyring=request.actor.keyring,
            at=timezone.now(),
            form=form.form_id,
        )
    except OtherWords:
        return _show_form(request, room, typed_again(NoteForm, request), status=409, twice=True)
    except NOT_SAVED as why:
        return not_saved(request, room, text, why)
    messages.success(request, _("Saved."))
    return redirect(_page_of(place, room.row))


def change(request: Request, pk: UUID) -> HttpResponse:
    """Change one's own note."""
    try:
        opened = gate.own_note(request.actor, pk, Access.EDIT)
    except NotFound:
        if request.POST.get("text"):  # what was typed for a note that is gone comes back to whoever typed it
            return render(request, "meeting/note_gone.html", {"written": request.POST["text"]}, status=404)
        raise
    room, text = room_of(opened), request.POST.get("text", "")
    try:
        if request.method != "POST":
            return _show_change(request, opened, room)
        return _change(request, opened, room)
    except (NotGranted, Tampered) as why:
        return not_saved(request, room, text, why) if text else unreadable(request, room)


def _show_change(request: Request, opened: Opened[Note], room: Opened[Mentorship]) -> HttpResponse:
    note = notes_queries.shown_one(opened.row, unlocked(request.actor.keyring))
    if room.row.stage == MentorshipStage.ENDED:
        return redirect("meeting:notes", room.row.pk)
    whose = "me" if note.alone else "both"
    first = {"text": note.text, "version": note.version, "whose": whose, "place": note.place}
    return _show_form(request, room, NoteChangeForm(initial=first, attached=note.files), note=note)


def _change(request: Request, opened: Opened[Note], room: Opened[Mentorship]) -> HttpResponse:
    keys = unlocked(request.actor.keyring)
    note = notes_queries.shown_one(opened.row, keys)
    form = NoteChangeForm(request.POST, request.FILES, attached=note.files)
    if {"text", "enclosed"} & set(form.errors):
        return _show_form(request, room, form, status=422, note=note)
    if form.cautions() or form.parted:
        return _show_form(request, room, form, note=note, caution=form.cautions())
    text = form.cleaned_data["text"]
    try:
        notes_actions.change(
            opened.row,
            text,
            form.cleaned_data.get("version", -1),
            opened.party,
            files=form.cleaned_data["enclosed"],
            without=form.cleaned_data.get("without", ()),
            keyring=keys,
            at=timezone.now(),
            form=form.form_id,
        )
    except ChangedMeanwhile:  # the note as it is now comes above what was typed, ready to be sent over it
        opened.row.refresh_from_db(fields=["text", "version"])
        note = notes_queries.shown_one(opened.row, keys)
        again = typed_again(NoteChangeForm, request, version=str(note.version), attached=note.files)
        return _show_form(request, room, again, status=409, note=note, meanwhile=True)
    except NOT_SAVED as why:
        return not_saved(request, room, text, why)
    messages.success(request, _("Saved."))
    return redirect(_page_of(note.place, room.row))


def delete(request: Request, pk: UUID) -> HttpResponse:
    """Destroy one's own note, after being asked once."""
    opened = gate.own_note(request.actor, pk, Access.EDIT)
    room = room_of(opened)
    if request.method == "POST":
        notes_actions.delete(opened.row, opened.party)
        messages.success(request, _("We've deleted the note."))
        return redirect("meeting:notes", room.row.pk)
    try:
        note = notes_queries.shown_one(opened.row, unlocked(request.actor.keyring))
    except (NotGranted, Tampered):
        return unreadable(request, room)
    return show(request, room, "note_delete", note=note, form=press("delete"))


def _show_form(
    request: Request, room: Opened[Mentorship], form: NoteForm, status: int = 200, **more: Any
) -> HttpResponse:
    typed = str(form["place"].value() or "")
    place = typed if maps.is_place(typed) else ""
    return show(
        request,
        room,
        "note_form",
        status=status,
        form=form,
        where=maps.in_words(place),
        beside=goals.words_at(room.row, typed, request.actor.keyring),
        back_to=_page_of(place, room.row),
        **more,
    )


def _page_of(place: str, mentorship: Mentorship) -> str:
    """Where a note at `place` is shown, if its scheme has such places; otherwise with all the others.

    A fragment stays in the browser, so no log has it.
    """
    kind, _dot, rest = place.partition(".")
    if place in maps.PLACES and mentorship.scheme.maps:
        return f"{reverse(f'meeting:map_{kind}', args=[mentorship.pk])}#{rest}"
    anchors = {"goal": "goal", "action": "goal-step"}  # what is sealed with a note calls a step by its old name
    if kind in anchors and mentorship.scheme.goals:
        return f"{reverse('meeting:goals', args=[mentorship.pk])}#{anchors[kind]}-{rest}"
    return reverse("meeting:notes", args=[mentorship.pk])

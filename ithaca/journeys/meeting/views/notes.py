"""Notes, for both or for oneself, and looking for words."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.access import gate
from ithaca.access.gate import NotFound, Opened
from ithaca.journeys.http import Request
from ithaca.journeys.meeting import words
from ithaca.journeys.meeting.views.messages import anew
from ithaca.journeys.meeting.views.showing import NOT_KEPT, kept_for_you, press, show, unreadable
from ithaca.journeys.meeting.writing_forms import NoteChangeForm, NoteForm, SearchForm, SeenUntilForm
from ithaca.records.mentorships.models import Mentorship, Note
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.rules import maps
from ithaca.records.mentorships.writing.actions import notes as notes_actions
from ithaca.records.mentorships.writing.actions.messages import OtherWords
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.records.mentorships.writing.queries import notes as notes_queries
from ithaca.records.mentorships.writing.queries import search as search_queries
from ithaca.records.mentorships.writing.queries.notes import NotePlace
from ithaca.records.stages import Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.vault.errors import NotGranted, Tampered
from ithaca.tools.vault.keyring import unlocked


def notes(request: Request, pk: UUID) -> HttpResponse:
    """Every note that one may read, the newest first."""
    opened = gate.mentorship(request.actor, pk, "read")
    page = Paginator(notes_queries.notes_of(opened.row, request.actor.id), messages_queries.PAGE).get_page(
        request.GET.get("page")
    )
    try:
        found = notes_queries.shown(list(page), request.actor.keyring)
    except (NotGranted, Tampered):
        return unreadable(request, opened)
    sides = sides_queries.sides_of(opened.row, request.actor.id)
    return show(
        request,
        "notes",
        opened.row,
        opened.party,
        page=page,
        leaves=found,
        sides=sides,
        news=notes_queries.new_among(found, sides.notes_read_until),
        newest=max(map(notes_queries.changed_at, found)).isoformat() if found else "",
    )


def read(request: Request, pk: UUID) -> HttpResponse:
    """Say that one has read the notes that were on the page."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = SeenUntilForm(request.POST)
    form.is_valid()
    seen = form.cleaned_data.get("seen")
    if request.method == "POST" and seen is not None:
        notes_actions.read(opened.row, request.actor.id, seen, timezone.now())
    return redirect("meeting:notes", pk)


def new(request: Request, pk: UUID) -> HttpResponse:
    """Write a note."""
    opened = gate.mentorship(request.actor, pk, "write")
    if request.method != "POST":
        if opened.row.stage == "ended" or not sides_queries.record_wanted(opened.row):
            return redirect("meeting:notes", pk)
        place = goals.place_beside(opened.row, request.GET.get("beside", ""))
        whose = "both" if place or request.GET.get("for") == "both" else "me"
        return _ask(request, opened, NoteForm(initial={"whose": whose, "place": place}))
    form = NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, opened, form, status=422)
    if form.cautions() or form.parted:
        return _ask(request, opened, form, caution=form.cautions())
    text, place = form.cleaned_data["text"], form.cleaned_data["place"]
    is_the_mentors = opened.party is Party.MENTOR and not form.alone
    try:
        notes_actions.write(
            pk,
            text,
            form.alone,
            opened.party,
            files=form.cleaned_data["enclosed"],
            spot=NotePlace(place, is_the_mentors and form.cleaned_data["experience"]),
            keyring=request.actor.keyring,
            at=timezone.now(),
            form=form.form_id,
        )
    except OtherWords:
        return _ask(request, opened, anew(NoteForm, request), status=409, twice=True)
    except NOT_KEPT as why:
        return kept_for_you(request, opened, text, why)
    messages.success(request, _("Saved."))
    return redirect(words.page_of(place, opened.row))


def change(request: Request, pk: UUID) -> HttpResponse:
    """Change one's own note."""
    try:
        opened = gate.own_note(request.actor, pk, "edit")
    except NotFound:
        if request.POST.get("text"):  # what was typed for a note that is gone comes back to whoever typed it
            return render(request, "meeting/note_gone.html", {"written": request.POST["text"]}, status=404)
        raise
    room = Opened(opened.row.mentorship, opened.party, opened.actor)
    try:
        return _change(request, opened, room)
    except (NotGranted, Tampered) as why:
        written = request.POST.get("text", "")
        return kept_for_you(request, room, written, why) if written else unreadable(request, room)


def _change(request: Request, opened: Opened[Note], room: Opened[Mentorship]) -> HttpResponse:
    keys = unlocked(request.actor.keyring)
    found = notes_queries.shown_one(opened.row, keys)
    if request.method != "POST":
        if room.row.stage == "ended":
            return redirect("meeting:notes", room.row.pk)
        whose = "me" if found.alone else "both"
        first = {"text": found.text, "version": found.version, "whose": whose, "place": found.place}
        return _ask(request, room, NoteChangeForm(initial=first, attached=found.files), note=found)
    form = NoteChangeForm(request.POST, request.FILES, attached=found.files)
    if {"text", "enclosed"} & set(form.errors):
        return _ask(request, room, form, status=422, note=found)
    if form.cautions() or form.parted:
        return _ask(request, room, form, note=found, caution=form.cautions())
    text, version = form.cleaned_data["text"], form.cleaned_data.get("version", -1)
    try:
        notes_actions.change(
            opened.row,
            text,
            version,
            opened.party,
            files=form.cleaned_data["enclosed"],
            without=form.cleaned_data.get("without", ()),
            keyring=keys,
            at=timezone.now(),
            form=form.form_id,
        )
    except ChangedMeanwhile:
        return _changed_meanwhile(request, opened, room)
    except NOT_KEPT as why:
        return kept_for_you(request, room, text, why)
    messages.success(request, _("Saved."))
    return redirect(words.page_of(found.place, room.row))


def _changed_meanwhile(request: Request, opened: Opened[Note], room: Opened[Mentorship]) -> HttpResponse:
    """Show the note as it stands now above what was typed, ready to be sent over it."""
    opened.row.refresh_from_db(fields=["text", "version"])
    found = notes_queries.shown_one(opened.row, unlocked(request.actor.keyring))
    again = anew(NoteChangeForm, request, version=str(found.version), attached=found.files)
    return _ask(request, room, again, status=409, note=found, meanwhile=True)


def delete(request: Request, pk: UUID) -> HttpResponse:
    """Destroy one's own note, after being asked once."""
    opened = gate.own_note(request.actor, pk, "edit")
    room = opened.row.mentorship
    if request.method == "POST":
        notes_actions.delete(opened.row, opened.party)
        messages.success(request, _("We’ve deleted the note."))
        return redirect("meeting:notes", room.pk)
    try:
        found = notes_queries.shown_one(opened.row, unlocked(request.actor.keyring))
    except (NotGranted, Tampered):
        return unreadable(request, Opened(room, opened.party, opened.actor))
    return show(request, "note_delete", room, opened.party, note=found, form=press("delete"))


def search(request: Request, pk: UUID) -> HttpResponse:
    """Look for words. They travel in the form's body, so that no address, log or history holds them."""
    opened = gate.mentorship(request.actor, pk, "read")
    form = SearchForm(request.POST) if request.method == "POST" else SearchForm()
    found: search_queries.SearchResult | None = None
    aims: tuple[goals.ShownGoal | goals.ShownGoalStep, ...] = ()
    if form.is_bound and form.is_valid():
        sought, keyring = form.cleaned_data["words"], request.actor.keyring
        try:
            found = search_queries.search(opened.row, sought, keyring)
            aims = goals.search(opened.row, sought, keyring) if opened.row.scheme.goals else ()
        except (NotGranted, Tampered):
            return unreadable(request, opened)
    status = 422 if form.is_bound and found is None else 200
    context = {"form": form, "found": found, "aims": aims, "total": (found.total if found else 0) + len(aims)}
    return show(request, "search", opened.row, opened.party, status=status, **context)


def _ask(request: Request, opened: Opened[Mentorship], form: NoteForm, status: int = 200, **more: Any) -> HttpResponse:
    place = str(form["place"].value() or "")
    return show(
        request,
        "note_form",
        opened.row,
        opened.party,
        status=status,
        form=form,
        where=maps.in_words(place) if maps.is_place(place) else "",
        beside=goals.words_at(opened.row, place, request.actor.keyring),
        back_to=words.page_of(place if maps.is_place(place) else "", opened.row),
        **more,
    )

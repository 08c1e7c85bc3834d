"""Looking for words in all that one may read here."""

from uuid import UUID

from django.http import HttpResponse

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting.forms.search import SearchForm
from ithaca.journeys.meeting.views.pages import show, unreadable
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.mentorships.writing.queries import search as search_queries
from ithaca.tools.vault.errors import NotGranted, Tampered


def search(request: Request, pk: UUID) -> HttpResponse:
    """Look for words. They travel in the form's body, so that no address, log or history holds them."""
    room = gate.mentorship(request.actor, pk, Access.READ)
    if request.method != "POST":
        return show(request, room, "search", form=SearchForm())
    form = SearchForm(request.POST)
    if not form.is_valid():
        return show(request, room, "search", status=422, form=form)
    words, keyring = form.cleaned_data["words"], request.actor.keyring
    try:
        found = search_queries.search(room.row, words, keyring)
        goals_found = goals.search(room.row, words, keyring) if room.row.scheme.goals else ()
    except (NotGranted, Tampered):
        return unreadable(request, room)
    total = found.total + len(goals_found)
    return show(request, room, "search", form=form, found=found, goals_found=goals_found, total=total)

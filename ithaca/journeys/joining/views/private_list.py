"""People to avoid being matched with: a person's own list, which nobody else can read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from ithaca.journeys.http import Request
from ithaca.journeys.joining.forms.private_list import PrivateListForm
from ithaca.journeys.signing_in.ways import way_on
from ithaca.records.members.actions import private_lists
from ithaca.records.members.models import Organisation, User
from ithaca.records.members.private_lists import Entry
from ithaca.records.members.queries import organisations
from ithaca.records.members.queries.private_lists import entries_of
from ithaca.tools.design.forms import Form
from ithaca.tools.vault.keyring import Keyring, unlocked


@never_cache
def show(request: Request) -> HttpResponse:
    """Show the list and a form to add to it. A practice is searched for, then chosen, on the same page."""
    user, keyring = _own(request)
    form = PrivateListForm(request.POST if request.method == "POST" else None)
    found: list[Organisation] = []
    if form.is_valid():
        given = form.cleaned_data
        practice = organisations.by_code(given["organisation"]) if given["organisation"] else None
        if given["practice"] and practice is None:
            found = organisations.search(given["practice"])
            practice = found[0] if len(found) == 1 else None
        if practice is not None or not given["practice"]:
            entry = Entry(
                id=str(form.form_id),
                email=given["email"].lower(),
                name=given["name"],
                organisation=practice.code if practice else "",
                practice=practice.name if practice else "",
            )
            private_lists.add(user, keyring, entry)
            messages.success(request, _("Saved. We won't introduce you to this person."))
            return redirect(request.get_full_path())
        if not found:
            form.add_error(
                "practice", _("We can't find a practice with that name, postcode or code. Check it and try again.")
            )
    back = way_on(request) if "next" in request.GET else reverse("joining:account")
    page = {"form": form, "found": found, "entries": entries_of(user.pk, keyring), "back": back}
    return render(request, "joining/keep_away.html", page, status=422 if form.is_bound and form.errors else 200)


@require_POST
def remove(request: Request, entry: UUID) -> HttpResponse:
    """Remove one person from the list."""
    user, keyring = _own(request)
    if Form(request.POST).is_valid():
        private_lists.remove(user, keyring, str(entry))
    return redirect("joining:keep_away")


def _own(request: Request) -> tuple[User, Keyring]:
    user = request.actor.user
    if user is None:
        raise LookupError("a route for people who have signed in")
    return user, unlocked(request.actor.keyring)

"""Spreadsheets: a coordinator brings over what they have, and takes with them what we have."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.acts import button, pressed
from ithaca.journeys.coordinating.sheet_forms import KINDS, Headings, Upload
from ithaca.journeys.http import Request
from ithaca.records.members.queries.arrivals import untold
from ithaca.records.mentorships.importing import downloads
from ithaca.records.mentorships.importing.actions import sheets as sheets_actions
from ithaca.records.mentorships.importing.columns import columns_of
from ithaca.records.mentorships.importing.faults import Fault
from ithaca.records.mentorships.importing.queries.sheets import (
    changes_of,
    faults_of,
    matched_of,
    samples_of,
    sheets_of,
    table_of,
)
from ithaca.records.mentorships.models import Sheet
from ithaca.records.mentorships.rules.stages.importing import SheetAct, SheetStage
from ithaca.records.stages import Party
from ithaca.tools.design.forms import Form
from ithaca.tools.sheets import writing

FAULTS_SHOWN = 200
FEW = 3
Opened = gate.Opened[Sheet]


@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: Request, slug: str) -> HttpResponse:
    """Choose a kind and a file; take a template or what we have; see the sheets that were brought before."""
    scheme = gate.scheme(request.actor, slug, Access.USE_SHEETS).row
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if form.is_bound and form.is_valid():
        made = sheets_actions.upload(
            scheme,
            form.cleaned_data["kind"],
            form.table,
            coordinator=request.actor.id,
            at=timezone.now(),
            form=form.form_id,
        )
        if form.table.other_sheets:
            messages.info(
                request,
                _(
                    "Your workbook has more than one sheet, and we've read the first. If you meant another, move it to"
                    " the front and upload the file again."
                ),
            )
        return redirect("coordinating:sheet", made.pk)
    page = {
        "scheme": scheme,
        "form": form,
        "kinds": [(code, words) for code, (words, _hint) in KINDS.items()],
        "sheets": [(sheet, KINDS[sheet.kind][0]) for sheet in sheets_of(scheme)],
        "untold": untold(scheme, request.actor.id).count(),
    }
    return render(request, "coordinating/sheets.html", page, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: Request, pk: UUID) -> HttpResponse:
    """One sheet where it stands: its headings to match, what a dry run found, how far it is, what came of it."""
    opened = gate.sheet(request.actor, pk, Access.READ)
    if (
        request.method == "POST"
        or opened.row.stage == SheetStage.UPLOADED
        or (opened.may(SheetAct.CHECK) and "headings" in request.GET)
    ):
        return _headings(request, opened)
    return _page(request, opened)


def _headings(request: Request, opened: Opened) -> HttpResponse:
    """Say what each column is. Nothing is written by it but the memory of these headings."""
    row = opened.row
    if not opened.may(SheetAct.CHECK):
        return redirect("coordinating:sheet", row.pk) if request.method != "POST" else _page(request, opened, 409)
    rows, head = table_of(row)
    facts: dict[str, Any] = {
        "kind": row.kind,
        "headings": rows[head],
        "guessed": matched_of(row),
        "columns": columns_of(row.kind, row.scheme),
    }
    form = Headings(request.POST, **facts) if request.method == "POST" else Headings(**facts)
    if form.is_bound and form.is_valid():
        sheets_actions.check(row, form.matched, coordinator=request.actor.id, at=timezone.now(), form=form.form_id)
        return redirect("coordinating:sheet", row.pk)
    samples = [samples_of(rows, head, number) for number in range(len(rows[head]))]
    fields = [bound for bound in form if bound.name.startswith("column-")]
    page = {
        "scheme": row.scheme,
        "sheet": row,
        "kind": KINDS[row.kind][0],
        "form": form,
        "columns": list(zip(fields, samples, strict=True)),
        "head": head + 1,
        "wanted": list(form.keys.values()),
        SheetAct.SET_ASIDE: button(SheetAct.SET_ASIDE),
    }
    return render(request, "coordinating/sheet_headings.html", page, status=422 if form.is_bound else 200)


@require_POST
def confirm(request: Request, pk: UUID) -> HttpResponse:
    """Bring the good rows over. It goes on in the background; the page can be left."""
    opened = gate.sheet(request.actor, pk, Access.READ)
    form = pressed(request, SheetAct.CONFIRM, Form)
    form.full_clean()
    try:
        sheets_actions.confirm(opened.row, coordinator=request.actor.id, at=timezone.now(), form=form.form_id)
    except sheets_actions.NothingToDo:
        return _page(request, opened, 422)
    return redirect("coordinating:sheet", pk)


@require_POST
def set_aside(request: Request, pk: UUID) -> HttpResponse:
    """Do nothing with it, and destroy what it held."""
    opened = gate.sheet(request.actor, pk, Access.READ)
    form = pressed(request, SheetAct.SET_ASIDE, Form)
    form.full_clean()
    sheets_actions.set_aside(
        opened.row, Party.COORDINATOR, coordinator=request.actor.id, at=timezone.now(), form=form.form_id
    )
    messages.success(
        request, _("You've discarded the spreadsheet, and we've destroyed what was in it. Nothing was changed.")
    )
    return redirect("coordinating:sheets", opened.row.scheme.slug)


@require_safe
def faults(request: Request, pk: UUID) -> HttpResponse:
    """Everything that is wrong with a sheet, as a sheet."""
    row = gate.sheet(request.actor, pk, Access.READ).row
    lines: list[list[writing.Cell]] = [
        [fault.row, fault.letter, fault.heading, fault.reason] for fault in faults_of(row)
    ]
    headings = [_("Row"), _("Column"), _("Heading"), _("What's wrong")]
    return _file(writing.to_csv(headings, lines), writing.CSV_TYPE, "to-mend.csv")


@require_safe
def download(request: Request, slug: str, kind: str, extension: str) -> HttpResponse:
    """Send what we have, in the columns of a spreadsheet."""
    return _sheet_file(request, slug, kind, extension, filled=True)


@require_safe
def template(request: Request, slug: str, kind: str, extension: str) -> HttpResponse:
    """Send the headings alone, to start from."""
    return _sheet_file(request, slug, kind, extension, filled=False)


def _sheet_file(request: Request, slug: str, kind: str, extension: str, *, filled: bool) -> HttpResponse:
    scheme = gate.scheme(request.actor, slug, Access.USE_SHEETS).row
    if kind not in KINDS or extension not in ("csv", "xlsx"):
        raise Http404
    headings = downloads.headings(kind, scheme)
    rows = downloads.rows(kind, scheme, request.actor.id) if filled else iter(())
    name = f"{kind}.{extension}" if filled else f"{kind}-template.{extension}"
    if extension == "csv":
        return _file(writing.to_csv(headings, rows), writing.CSV_TYPE, name)
    return _file(writing.to_xlsx(headings, rows, str(KINDS[kind][0])), writing.XLSX_TYPE, name)


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _page(request: Request, opened: Opened, status: int = 200) -> HttpResponse:
    row = opened.row
    found = faults_of(row)
    page = {
        "scheme": row.scheme,
        "sheet": row,
        "kind": KINDS[row.kind][0],
        "faults": _gathered(found)[:FAULTS_SHOWN],
        "faults_total": len(found),
        "changes": [(one.place, one.heading, one.reason) for one in changes_of(row)[:FAULTS_SHOWN]],
        "without_code": row.kind != "pairs"
        and row.stage == SheetStage.CHECKED
        and "organisation" not in matched_of(row),
        "good": row.added + row.changed,
        "forms": {act: button(act) for act in (SheetAct.CONFIRM, SheetAct.SET_ASIDE) if opened.may(act)},
        "untold": untold(row.scheme, request.actor.id).count() if row.stage == SheetStage.DONE else 0,
    }
    return render(request, "coordinating/sheet.html", page, status=status)


def _gathered(found: list[Fault]) -> list[tuple[str, str, str]]:
    """(place, heading, what is wrong). What many rows lack because no column says it is told once, before the rest."""
    lacking = Counter(fault.reason for fault in found if not fault.column)
    many = {reason: count for reason, count in lacking.items() if count > FEW}
    once = [
        (
            ngettext("%(count)d row", "%(count)d rows", count) % {"count": count},
            "",
            _("%(reason)s No column in your spreadsheet has it.") % {"reason": reason},
        )
        for reason, count in many.items()
    ]
    each = [fault for fault in found if fault.column or fault.reason not in many]
    return once + [(fault.place, fault.heading, fault.reason) for fault in each]

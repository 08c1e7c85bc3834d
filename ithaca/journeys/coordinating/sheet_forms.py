"""What a coordinator fills in to bring a spreadsheet over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.records.mentorships.importing.columns import Column
from ithaca.tools.design.forms import Form, radios
from ithaca.tools.sheets.limits import UnreadableSheetError
from ithaca.tools.sheets.uploads import Table, read

KINDS = {
    "members": (gettext_lazy("Members"), gettext_lazy("People who belong to the scheme.")),
    "mentors": (gettext_lazy("Mentors"), gettext_lazy("Members who mentor, and what they offer.")),
    "waiting": (
        gettext_lazy("People waiting for a mentor"),
        gettext_lazy("They keep their place in the queue, counted from the day they asked."),
    ),
    "pairs": (
        gettext_lazy("Current mentorships"),
        gettext_lazy("People who are already meeting. Import members and mentors first."),
    ),
}
KEYS = {"members": ("email",), "mentors": ("email",), "waiting": ("email",), "pairs": ("mentee", "mentor")}
"""The columns by which we know who a row is about."""


class Upload(Form):
    """A kind and a file."""

    kind = radios(KINDS, label=gettext_lazy("Who is in your spreadsheet?"))
    file = forms.FileField(
        label=gettext_lazy("Your spreadsheet"),
        help_text=gettext_lazy("An Excel workbook (.xlsx) or a CSV file, up to 10,000 rows and 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv"}),
    )

    table: Table

    def clean_file(self) -> Any:
        """Read it, in memory; what cannot be read is said here."""
        file = self.cleaned_data["file"]
        try:
            self.table = read(file.read())
        except UnreadableSheetError as error:
            raise ValidationError(str(error)) from error
        return file


class Headings(Form):
    """What each column of the file is: one select a column."""

    def __init__(
        self,
        *args: Any,
        kind: str,
        headings: Sequence[str],
        guessed: Sequence[str],
        columns: Sequence[Column],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        self.keys = {column.name: str(column.title) for column in columns if column.name in KEYS[kind]}
        self.titles = {column.name: str(column.title) for column in columns}
        offered = [("", _("Leave this column out")), *self.titles.items()]
        for number, heading in enumerate(headings):
            self.fields[f"column-{number}"] = forms.ChoiceField(
                label=heading or _("Column %(number)d, without a heading") % {"number": number + 1},
                choices=offered,
                required=False,
                initial=guessed[number],
                error_messages={"invalid_choice": _("Choose one of the answers")},
            )

    @property
    def matched(self) -> list[str]:
        """Return the name of the column that each place in the file means."""
        return [str(self.cleaned_data[name]) for name in self.fields if name.startswith("column-")]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name in [name for name in self.fields if name.startswith("column-")]:
            meant = given.get(name, "")
            if meant and meant in taken:
                said = {"title": self.titles[meant], "heading": taken[meant]}
                self.add_error(name, _("You've already chosen “%(title)s” for “%(heading)s”") % said)
            elif meant:
                taken[meant] = str(self.fields[name].label)
        for key, title in self.keys.items():
            if key not in taken and not self.errors:
                self.add_error(
                    None,
                    _("Choose which column is “%(title)s”. Without it we can't tell who is who.") % {"title": title},
                )
        return given

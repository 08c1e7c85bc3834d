"""The form of an agreement: a box for each clause, one for a clause of their own, and a day to look at it again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from ithaca.journeys.meeting.forms.cautious import LONGEST, CautiousForm
from ithaca.journeys.meeting.forms.days_ahead import FARTHEST
from ithaca.journeys.meeting.forms.versioned import VersionedForm
from ithaca.records.mentorships.room.queries.agreements import Clause, ShownAgreement
from ithaca.records.mentorships.rules import clauses
from ithaca.tools.design.forms import DateField

HEADING_LONGEST = 100
NEW = "new"
"""What stands for the key of a clause that is being added."""


@dataclass(frozen=True, slots=True)
class Box:
    """The fields of one clause: `heading` when it is their own, `out` when it can be left out."""

    text: BoundField
    out: BoundField | None
    heading: BoundField | None
    now: str


class AgreementForm(CautiousForm, VersionedForm):
    """One box for each clause of an agreement, which can be left out, and one for a clause more."""

    def __init__(self, *args: Any, agreement: ShownAgreement, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": agreement.version}, **kwargs)
        self.agreement = agreement
        self.today = today
        self.clauses = [clause for clause in agreement.clauses if not (clause.is_own and clause.left_out)]
        for clause in self.clauses:
            self._add(clause)
        self.fields[f"heading-{NEW}"] = _heading(_("What is it about?"), "")
        self.fields[f"clause-{NEW}"] = forms.CharField(
            label=_("What do you want to agree?"),
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages=_plainly(_("What do you want to agree?")),
        )
        self.fields["review_on"] = DateField(
            label=_("When will you review this together?"),
            help_text=_("For example, 27 3 2027. You can leave this blank."),
            required=False,
            initial=agreement.review_on,
        )

    def _add(self, clause: Clause) -> None:
        if clause.is_own:
            self.fields[f"heading-{clause.key}"] = _heading(_("What it's about"), clause.heading)
        text = clause.text or clause.scheme_text
        self.fields[f"clause-{clause.key}"] = forms.CharField(
            label=clause.heading,
            initial=text,
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": max(3, min(10, len(text) // 60 + 2))}),
            error_messages=_plainly(clause.heading),
        )
        if clause.key not in clauses.ALWAYS:
            self.fields[f"out-{clause.key}"] = forms.BooleanField(
                label=_("Leave out “%(heading)s”") % {"heading": clause.heading},
                initial=clause.left_out,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for clause in self.clauses:
            name = f"clause-{clause.key}"
            empty = name in self.data and name not in self.errors and not cleaned.get(name)
            if empty and not cleaned.get(f"out-{clause.key}"):
                self.add_error(name, _plainly(clause.heading)["required"])
        if bool(cleaned.get(f"heading-{NEW}")) != bool(cleaned.get(f"clause-{NEW}")) and f"clause-{NEW}" in cleaned:
            missing = "heading" if cleaned.get(f"clause-{NEW}") else "clause"
            self.add_error(f"{missing}-{NEW}", _("Write both what it's about and what you want to agree"))
        again = cleaned.get("review_on")
        if again and again != self.agreement.review_on and not self.today < again <= self.today + FARTHEST:
            self.add_error("review_on", _("Choose a date in the future, within the next 2 years"))
        return cleaned

    @property
    def texts(self) -> dict[str, str]:
        """The text of each clause, as `rules.clauses` has it. Only of a valid form."""
        found = {clause.key: self._kept(clause) for clause in self.clauses}
        heading, text = self.cleaned_data[f"heading-{NEW}"], self.cleaned_data[f"clause-{NEW}"]
        new = {clauses.next_own(self.agreement.texts): clauses.own(heading, text)} if text else {}
        return found | new

    def _kept(self, clause: Clause) -> str:
        if f"clause-{clause.key}" not in self.data:  # an older page, without this clause: it stays as it is
            return clauses.own(clause.heading, clause.text) if clause.is_own else clause.text
        text: str = self.cleaned_data[f"clause-{clause.key}"]
        if self.cleaned_data.get(f"out-{clause.key}"):
            return ""
        return clauses.own(self.cleaned_data[f"heading-{clause.key}"], text) if clause.is_own else text

    def written(self) -> str:
        """Everything in the boxes, to be copied. Only of a valid form."""
        every = [(clause.heading, self.cleaned_data[f"clause-{clause.key}"]) for clause in self.clauses]
        every.append((self.cleaned_data[f"heading-{NEW}"], self.cleaned_data[f"clause-{NEW}"]))
        return "\n\n".join(f"{heading}\n{text}" for heading, text in every if text)

    def boxes(self) -> Iterator[Box]:
        """Return the fields of each clause, and what it says now."""
        for clause in self.clauses:
            heading = self[f"heading-{clause.key}"] if clause.is_own else None
            out = self[f"out-{clause.key}"] if f"out-{clause.key}" in self.fields else None
            yield Box(self[f"clause-{clause.key}"], out, heading, clause.text)

    def one_more(self) -> Box:
        """Return the fields of a clause of their own."""
        return Box(self[f"clause-{NEW}"], None, self[f"heading-{NEW}"], "")


def sent_again(posted: QueryDict, agreement: ShownAgreement) -> QueryDict:
    """Return what was typed, as a form about the agreement as it is now.

    What was typed for a clause of their own that the other took out meanwhile goes into the box for one more.
    """
    again = posted.copy()
    again["version"] = str(agreement.version)
    again.pop("once", None)
    there = {clause.key: clause for clause in agreement.clauses if not clause.left_out}
    for key, clause in there.items():
        again.setdefault(f"heading-{key}", clause.heading)
        again.setdefault(f"clause-{key}", clause.text)
    for name in posted:
        key = name.removeprefix("clause-")
        if key != name and key.startswith(clauses.OWN) and key not in there:
            typed = (str(again.get(f"clause-{NEW}", "")), str(posted[name]))
            again[f"clause-{NEW}"] = "\n\n".join(text for text in typed if text)
            again[f"heading-{NEW}"] = again.get(f"heading-{NEW}") or posted.get(f"heading-{key}", "")
    return again


def _heading(label: str, initial: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        initial=initial,
        max_length=HEADING_LONGEST,
        required=False,
        error_messages=_plainly(label, HEADING_LONGEST),
    )


def _plainly(heading: str, most: int = LONGEST) -> dict[str, str]:
    """Return the errors of a clause, with its heading: a field that joins its form late gets no words from it."""
    found = {
        "required": _("Write something for “%(heading)s”, or choose to leave it out"),
        "max_length": _("“%(heading)s” must be %(most)d characters or fewer"),
        "null_characters_not_allowed": _("“%(heading)s” has a hidden character that we can't save. Type it again."),
    }
    return {code: words % {"heading": heading, "most": most} for code, words in found.items()}

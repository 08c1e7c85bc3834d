"""Forms for a session: when and how to meet, one of the proposed times, a change of either."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.journeys.meeting.forms.days_ahead import FARTHEST
from ithaca.journeys.meeting.forms.versioned import VersionedForm
from ithaca.records import times
from ithaca.records.mentorships.room.actions.sessions import Plan
from ithaca.records.mentorships.room.queries.free_times import Proposal
from ithaca.records.mentorships.room.queries.sessions import ShownSession
from ithaca.records.schemes.vocabulary import WAYS
from ithaca.records.times import Moment, NoSuchTime
from ithaca.tools.design.forms import DateField, Form, radios
from ithaca.tools.design.templatetags.design import clock

LENGTHS = {"60": gettext_lazy("1 hour"), "90": gettext_lazy("1 hour 30 minutes")}
TIMES = ("%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p", "%I:%M %p", "%I.%M %p", "%I %p")


class SessionForm(Form):
    """When and how to meet, by the clock of London.

    A time that a person may not have meant (a Sunday, a bank holiday, an hour that comes twice) is cautioned against
    once: the form comes back with `cautions`, and the same time sent again is taken. `set_for` is what the two know
    already, and needs no caution.
    """

    day = DateField(label=gettext_lazy("Which day?"), help_text=gettext_lazy("For example, 27 3 2027"))
    clock = forms.TimeField(
        label=gettext_lazy("What time does it start?"),
        help_text=gettext_lazy("For example, 4:30pm or 16:30"),
        input_formats=TIMES,
        widget=forms.TimeInput(attrs={"class": "nhsuk-input--width-5", "autocomplete": "off"}, format="%H:%M"),
        error_messages={
            "required": gettext_lazy("Enter the time it starts, like 4:30pm"),
            "invalid": gettext_lazy("Enter a real time, like 4:30pm or 16:30"),
        },
    )
    minutes = radios(LENGTHS, label=gettext_lazy("How long?"), initial="60")
    way = radios(WAYS, label=gettext_lazy("How will you meet?"))
    place = forms.CharField(
        label=gettext_lazy("Where, or how to join"),
        help_text=gettext_lazy(
            "An address, a link or a phone number. You can leave this blank and add it later. "
            "We don't put it in your calendar or in any email."
        ),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, at: datetime, set_for: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.set_for = set_for
        self.moment: Moment | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, typed = cleaned.get("day"), cleaned.get("clock")
        if day is None or typed is None:
            return cleaned
        try:
            self.moment = times.moment(day, typed)
        except NoSuchTime:
            self.add_error(
                "clock", _("The clocks go forward that night, so this time doesn't exist. Choose 2am or later.")
            )
            return cleaned
        if self.moment.at <= self.at:
            self.add_error("day", _("Choose a date and time in the future"))
        elif self.moment.at > self.at + FARTHEST:
            self.add_error("day", _("Choose a date within the next 2 years"))
        return cleaned

    @property
    def plan(self) -> Plan:
        """What was asked for. Only of a valid form."""
        found = self.cleaned_data
        assert self.moment is not None  # noqa: S101 - a valid form has its moment
        return Plan(self.moment.at, int(found["minutes"]), found["way"], found["place"])

    @property
    def heeded(self) -> str:
        """The time that the cautions on the page are about."""
        return f"{self.moment.at:%Y-%m-%dT%H:%M}" if self.moment else ""

    def cautions(self) -> list[str]:
        """Return what the person may not have thought of; nothing if they have seen it and sent the same time again."""
        if self.moment is None or self.moment.at == self.set_for or self.data.get("heeded") == self.heeded:
            return []
        return list(self._cautions(self.moment))

    def _cautions(self, moment: Moment) -> Iterator[str]:
        day = times.london_date(moment.at)
        if self.set_for is None or day != times.london_date(self.set_for):
            holiday = times.bank_holiday(day)
            if holiday:
                yield _("That day is a bank holiday: %(name)s.") % {"name": holiday}
            elif day.weekday() == 6:
                yield _("That day is a Sunday.")
        if moment.comes_twice:
            yield _("The clocks go back that night, so %(time)s comes twice. We'll use the earlier one.") % {
                "time": clock(moment.at)
            }


class ProposedTimesForm(Form):
    """One of the times that suit both, or the one who said when they can, to be set with one press."""

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposal = proposal
        words = {at.isoformat(): times.in_words(at) for at in proposal.times}
        self.fields["when"] = radios(
            words,
            label=_("Times that suit you both") if proposal.both_said else _("Times that usually suit one of you"),
            error_messages={
                "required": _("Choose one of the times"),
                "invalid_choice": _("That time is taken or has passed. Choose another."),
            },
        )

    @property
    def plan(self) -> Plan:
        """What was chosen, arranged as the two do as a rule. Only of a valid form."""
        chosen = datetime.fromisoformat(self.cleaned_data["when"])
        return Plan(chosen, self.proposal.minutes, self.proposal.way, self.proposal.place)


class SessionMoveForm(SessionForm, VersionedForm):
    """A session's new time or place, by one who saw its `version`."""


def as_typed(session: ShownSession) -> dict[str, Any]:
    """Return a session as the form's first answers."""
    local = session.starts_at.astimezone(times.LONDON)
    return {
        "day": local.date(),
        "clock": local.time(),
        "minutes": str(session.minutes),
        "way": session.way,
        "place": session.place,
        "version": session.version,
    }


def as_last_time(sessions: Sequence[ShownSession]) -> dict[str, Any]:
    """How they usually meet: as they arranged it last, the earliest session first."""
    return {name: as_typed(sessions[-1])[name] for name in ("minutes", "way", "place")} if sessions else {}

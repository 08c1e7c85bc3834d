"""What a coordinator fills in: mostly a button, sometimes a choice of kind ready-made words."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ithaca.records.members.choices import CORRECTIONS, IMPROVEMENTS, NOTICES
from ithaca.records.mentorships.rules.stages.pairing import RequestAct
from ithaca.records.schemes.queries.signposts import ShownSignpost
from ithaca.tools.design.forms import Form, checkboxes, radios


class AskToCorrect(Form):
    """What the person is asked to look at again."""

    what = checkboxes(CORRECTIONS, label=_("What should they check again?"))

    def leave_out(self, codes: Collection[str]) -> None:
        """Do not offer what this person was never asked for."""
        field = cast(forms.MultipleChoiceField, self.fields["what"])
        field.choices = [(code, words) for code, words in CORRECTIONS.items() if code not in codes]


class Place(Form):
    """Which organisation in the list an unlisted practice is, by its code."""

    code = forms.CharField(
        label=_("ODS code of the organisation"),
        help_text=_("A letter and some numbers, like A81001."),
        max_length=10,
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-10"}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).strip().upper()


class FindMember(Form):
    """A name to search for. It is sent as a form, so that no name appears in an address."""

    called = forms.CharField(
        label=_("Find a member by name or organisation"), help_text=_("You can type just part of it."), max_length=80
    )


class Defer(Form):
    """What more the coordinator would like to hear before they approve."""

    what = checkboxes(IMPROVEMENTS, label=_("What would you like to hear more about?"))


class Hold(Form):
    """Why something is on hold, in words that the person sees."""

    notice = radios(NOTICES, label=_("Why is it on hold? They'll see this"))


class Told(Form):
    """What somebody said by telephone; `words` are the answers to choose from."""

    answer = radios({}, label=_("What did they tell you?"))

    def __init__(self, *args: Any, words: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(words)

    def offer(self, words: Mapping[str, Any]) -> None:
        """Show these answers to choose from: a form that comes back takes more of them than can be said now."""
        cast(forms.ChoiceField, self.fields["answer"]).choices = list(words.items())


class Otherwise(Form):
    """An answer without a mentor; `open_acts` are the stage table's acts that are open now."""

    WORDS: ClassVar[dict[str, Any]] = {
        RequestAct.SIGNPOST: (
            _("Point them to other help"),
            _("Another kind of help would suit them better. Call them first to tell them."),
        ),
        RequestAct.FIND_INELIGIBLE: (
            _("This scheme isn't for them"),
            _("Call them first to tell them, and say who could help."),
        ),
        RequestAct.CLOSE_UNPLACED: (
            _("Close it for now"),
            _("A mentor is unlikely soon. They can reopen it and go back to their old place in the queue."),
        ),
    }
    ACTS: ClassVar = (RequestAct.SIGNPOST, RequestAct.FIND_INELIGIBLE, RequestAct.CLOSE_UNPLACED)
    act = radios(WORDS, label=_("What's your answer?"), reveals={RequestAct.SIGNPOST: "signposts"})
    signposts = checkboxes(
        {},
        label=_("Which of these could help them?"),
        help_text=_("We'll show the ones you choose on their page. Only they can see which."),
        required=False,
    )

    def __init__(
        self, *args: Any, open_acts: Sequence[str] = (), signs: Sequence[ShownSignpost] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = cast(forms.ChoiceField, self.fields["act"])
        choice.choices = [(code, words) for code, (words, _hint) in self.WORDS.items() if code in open_acts]
        self._signs = [(str(sign.pk), f"{sign.name}, {sign.nation}" if sign.nation else sign.name) for sign in signs]
        cast(forms.ChoiceField, self.fields["signposts"]).choices = self._signs

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("act") != RequestAct.SIGNPOST:
            found["signposts"] = []
        elif self._signs and not found.get("signposts") and "signposts" not in self.errors:
            self.add_error("signposts", _("Choose at least one that could help them"))
        return found


class Propose(Form):
    """One of the mentors on the page."""

    standing = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose one of the mentors"), "invalid": _("Choose one of the mentors")},
    )


class InOrder(Form):
    """Up to three mentors in an order: the first is offered now, the next by itself when that does not go ahead."""

    first = forms.ChoiceField(label=_("First mentor"))
    second = forms.ChoiceField(label=_("If that doesn't go ahead"), required=False)
    third = forms.ChoiceField(label=_("And after that"), required=False)

    def __init__(self, *args: Any, mentors: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose a mentor")), *((str(standing), name) for standing, name in mentors)]
        for name, field in self.fields.items():
            if name != "once":
                cast(forms.ChoiceField, field).choices = choices

    def clean(self) -> dict[str, Any]:
        """Each mentor once."""
        found: dict[str, Any] = super().clean() or {}
        said = [name for name in self.fields if name != "once" and found.get(name)]
        for place, name in enumerate(said):
            if found[name] in [found[before] for before in said[:place]]:
                self.add_error(name, _("Choose each mentor only once"))
        return found

    @property
    def standings(self) -> list[UUID]:
        """The mentors in their order, of a valid form; an order with a gap closes up."""
        said = [self.cleaned_data[name] for name in self.fields if name != "once"]
        return [UUID(standing) for standing in said if standing]


class ComesNext(InOrder):
    """Who comes next if the introduction under way does not go ahead; both empty: nobody by itself."""

    first = None  # type: ignore[assignment]  # Django's way of leaving a parent's field out
    second = forms.ChoiceField(label=_("The next"), required=False)
    third = forms.ChoiceField(label=_("And after that"), required=False)

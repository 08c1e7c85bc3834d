"""Forms never lose what was typed, and say at the field what to do."""

import datetime
import uuid

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from ithaca.tools.design.catalogue import SampleForm
from ithaca.tools.design.fields import wrong_parts
from ithaca.tools.design.forms import DateField, Form, checkboxes, choices, radios


class Story(Form):
    story = forms.CharField(label="What brings you here?", max_length=10, widget=forms.Textarea)


def sent(**values: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(values)
    return data


def test_the_hidden_uuid_comes_back_as_it_was_sent() -> None:
    first = Story()
    shown = first["once"].value()
    again = Story(sent(once=str(shown), story="short"))
    assert again.is_valid()
    assert str(again.form_id) == str(shown)


@pytest.mark.parametrize("mangled", ["", "nonsense", "\x00", "12345678-1234-1234-1234-12345678901g"])
def test_a_mangled_uuid_loses_nothing(mangled: str) -> None:
    form = Story(sent(once=mangled, story="short"))
    assert form.is_valid()
    assert isinstance(form.form_id, uuid.UUID)


def test_a_new_line_counts_once_as_the_browser_counts_it() -> None:
    form = Story(sent(story="12345\r\n890"))
    assert form.is_valid()
    assert form.cleaned_data["story"] == "12345\n890"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Fill in “What brings you here?”"),
        ("12345678901", "“What brings you here?” must be 10 characters or fewer. You've written 11."),
        ("a\x00b", "“What brings you here?” has a hidden character that we can't save. Type it again."),
    ],
)
def test_an_error_names_its_field(typed: str, said: str) -> None:
    form = Story(sent(story=typed))
    assert form.errors["story"] == [said]


def test_emoji_are_welcome() -> None:
    assert Story(sent(story="👋🏽 hello")).is_valid()


def test_a_label_may_hold_a_per_cent_sign() -> None:
    class Share(Form):
        share = forms.CharField(label="100 % sure?", max_length=3)

    assert Share(sent(share="long")).errors["share"] == [
        "“100 % sure?” must be 3 characters or fewer. You've written 4."
    ]


def test_a_message_of_its_own_is_kept() -> None:
    class Own(Form):
        name = forms.CharField(error_messages={"required": "Tell us your name"})
        since = DateField()

    assert Own(sent()).errors == {"name": ["Tell us your name"], "since": ["Enter a date"]}


def wrong(*typed: str) -> list[int]:
    with pytest.raises(forms.ValidationError) as caught:
        DateField().clean(list(typed))
    parts: list[int] = caught.value.params["parts"]
    return parts


def test_a_date_is_read_with_its_month_in_numbers_or_by_name() -> None:
    read = DateField().clean
    assert read(["27", "3", "2027"]) == read([" 27", "March", "2027 "]) == read(["27", "mar", "2027"])
    assert read(["27", "3", "2027"]) == datetime.date(2027, 3, 27)
    assert DateField(required=False).clean(["", "", ""]) is None


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        (("", "", ""), [0, 1, 2]),
        (("27", "", "2027"), [1]),
        (("27", "", ""), [1, 2]),
        (("32", "3", "2027"), [0]),
        (("27", "13", "2027"), [1]),
        (("0", "0", "2027"), [0, 1]),
        (("27", "3", "27"), [2]),
        (("27", "3", "99999"), [2]),
        (("27", "3", "1066"), [2]),
        (("31", "2", "2027"), [0]),
        (("x", "3", "2027"), [0]),
        (("٣", "3", "2027"), [0]),
        (("27", "\x00", "2027"), [1]),
    ],
)
def test_a_wrong_date_says_which_part_to_mend(typed: tuple[str, ...], parts: list[int]) -> None:
    assert wrong(*typed) == parts


class Since(Form):
    since = DateField()


@given(st.lists(st.text(), min_size=3, max_size=3))
def test_whatever_is_typed_is_a_date_or_an_error_at_a_part(typed: list[str]) -> None:
    form = Since(sent(**{f"since_{i}": part for i, part in enumerate(typed)}))
    if form.is_valid():
        assert isinstance(form.cleaned_data["since"], datetime.date)
    else:
        assert set(wrong_parts(form["since"])) <= {0, 1, 2}


def test_a_vocabulary_gives_choices_and_hints() -> None:
    words = {"guide": ("Guide", "Thinks with you"), "mirror": "Mirror"}
    assert choices(words) == [("guide", "Guide"), ("mirror", "Mirror")]
    assert choices(words, ["mirror"]) == [("mirror", "Mirror")]
    assert radios(words, hints={"mirror": "Shows you"}).hints == {"guide": "Thinks with you", "mirror": "Shows you"}  # type: ignore[attr-defined]
    assert isinstance(checkboxes(words).clean(["guide"]), list)


@given(
    st.dictionaries(st.sampled_from([*SampleForm.base_fields, "since_0", "since_1", "since_2"]), st.text(max_size=80))
)
def test_no_form_stumbles_over_what_it_is_sent(data: dict[str, str]) -> None:
    form = SampleForm(sent(**data))
    assert form.is_valid() is False
    assert "once" not in form.errors

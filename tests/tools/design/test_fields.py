"""Fields as a person meets them: label, hint, error, and what was typed."""

import re
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines

from ithaca.tools.design.catalogue import SampleForm
from ithaca.tools.design.forms import DateField, Form, checkboxes, grid, radios

WAYS = {"video": "Video call", "phone": ("Telephone", "You give a number")}


class Everything(Form):
    name = forms.CharField(label="Name", max_length=20, help_text="As <you> like")
    story = forms.CharField(label="Story", max_length=500, widget=forms.Textarea)
    secret = forms.CharField(label="Secret", widget=forms.PasswordInput)
    way = radios(WAYS, label="Way", reveals={"phone": "number"})
    number = forms.CharField(label="Number", required=False)
    days = checkboxes({"mon": "Monday", "tue": "Tuesday"}, label="Days")
    area = forms.ChoiceField(label="Area", choices=[("", "Choose"), ("n", "North")])
    since = DateField(label="Since")
    years = forms.IntegerField(label="Years")
    agreed = forms.BooleanField(label="Agreed")
    sheet = forms.FileField(label="Sheet")


def page(source: str, **context: Any) -> str:
    return re.sub(r"\s+", " ", engines["django"].from_string(source).render(context))


def sent(*pairs: tuple[str, str]) -> Everything:
    data = QueryDict(mutable=True)
    for key, value in pairs:
        data.appendlist(key, value)
    return Everything(data)


def test_what_was_typed_comes_back() -> None:
    form = sent(
        ("name", 'a "name" <b> that is too long'),
        ("story", "first\r\nthird"),
        ("way", "phone"),
        ("number", "01632 960001"),
        ("days", "tue"),
        ("area", "n"),
        ("since_0", "31"),
        ("since_1", "Feb"),
        ("since_2", "27"),
        ("years", "two"),
        ("agreed", "on"),
    )
    html = engines["django"].from_string("{% all_fields form %}").render({"form": form})
    assert 'value="a &#34;name&#34; &lt;b&gt; that is too long"' in html
    assert ">first\nthird</textarea>" in html
    assert re.search(r'value="phone"\s+checked', html)
    assert 'value="01632 960001"' in html
    assert re.search(r'name="days" type="checkbox" value="tue" checked', html)
    assert re.search(r'<option value="n" selected', html)
    assert [re.search(rf'name="since_{i}"[^>]*value="([^"]*)"', html).group(1) for i in range(3)] == ["31", "Feb", "27"]
    assert 'value="two"' in html
    assert re.search(r'name="agreed" type="checkbox" value="on" checked', html)


def test_a_password_never_comes_back() -> None:
    assert "hunter2" not in page("{% all_fields form %}", form=sent(("secret", "hunter2")))


def test_choices_are_radios_or_checkboxes_as_one_or_many_may_be_chosen() -> None:
    html = page("{% field form.way %}{% field form.days %}", form=Everything())
    assert html.count('type="radio"') == 2
    assert html.count('type="checkbox"') == 2
    assert "You give a number" in html


def test_a_revealed_field_stands_inside_its_choice_and_only_there() -> None:
    html = page("{% all_fields form %}", form=Everything())
    assert html.count('name="number"') == 1
    assert html.index('id="conditional-id_way-2"') < html.index('name="number"') < html.index('name="days"')


@pytest.mark.parametrize(
    ("field", "target"),
    [
        ("name", "id_name"),
        ("story", "id_story"),
        ("way", "id_way"),
        ("days", "id_days"),
        ("area", "id_area"),
        ("since", "id_since_2"),
        ("years", "id_years"),
        ("agreed", "id_agreed"),
        ("sheet", "id_sheet"),
    ],
)
def test_an_error_leads_to_the_input_that_wants_mending(field: str, target: str) -> None:
    form = sent(("since_0", "3"), ("since_1", "4"), ("since_2", "27"), ("years", "x"))
    summary = page("{% error_summary form %}", form=form)
    html = page("{% all_fields form %}", form=form)
    assert f'href="#{target}"' in summary
    tag = re.search(rf'<(input|textarea|select)[^>]* id="{target}"', html)
    assert tag is not None, f"nothing has the id {target}"


def test_only_the_wrong_part_of_a_date_is_marked() -> None:
    form = sent(("since_0", "3"), ("since_1", "13"), ("since_2", "2027"))
    html = page("{% field form.since %}", form=form)
    assert [bool(re.search(rf'nhsuk-input--error[^>]*id="id_since_{i}"', html)) for i in range(3)] == [
        False,
        True,
        False,
    ]


def test_hints_and_errors_are_announced_with_their_input() -> None:
    html = page("{% field form.name %}", form=sent())
    assert 'aria-describedby="id_name-hint id_name-error"' in html
    assert "As &lt;you&gt; like" in html


def test_a_label_becomes_the_main_heading_when_asked() -> None:
    for name in ("name", "story", "way", "since"):
        html = page("{% field bound heading=True %}", bound=Everything()[name])
        assert html.count("<h1") == 1, name
    assert "<h1" not in page("{% field form.name %}", form=Everything())


def test_who_reads_it_is_part_of_what_is_announced() -> None:
    html = page('{% field form.story read_by="you and your mentor" sealed=True %}', form=Everything())
    hint = re.search(r'id="id_story-hint">(.*?)</div>', html)
    assert hint is not None
    assert "Only you and your mentor can read this" in hint.group(1)
    assert "ithaca-padlock" in hint.group(1)
    assert "padlock" not in page('{% read_by "the coordinator" %}')


def test_numbers_are_typed_as_text_with_a_number_pad() -> None:
    html = page("{% field form.years %}", form=Everything())
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html


def test_the_widget_says_what_browsers_may_fill_in() -> None:
    html = page("{% field form.name %}{% field form.password %}", form=SampleForm())
    assert 'autocomplete="name"' in html
    assert 'autocomplete="new-password"' in html


def test_nothing_cuts_off_what_is_typed() -> None:
    assert not re.search(r"\smaxlength=", page("{% all_fields form %}", form=Everything()))


def test_a_form_of_others_names_the_field_too() -> None:
    class Foreign(forms.Form):
        login = forms.EmailField(label="Email")

    assert "Fill in “Email”" in page("{% error_summary form %}", form=Foreign({}))


def test_no_summary_where_nothing_is_wrong() -> None:
    assert page("{% error_summary form %}", form=Everything()).strip() == ""


class Week(Form):
    slots = grid(
        {f"{day}-{part}": f"{day} {part}" for day in ("mon", "tue") for part in ("am", "pm")},
        {"mon": "Monday", "tue": "Tuesday"},
        {"am": "morning", "pm": "afternoon"},
        label="When?",
    )


def test_a_table_of_checkboxes_has_headings_keeps_what_was_ticked_and_is_led_to_by_its_error() -> None:
    drawn = page("{% field form.slots %}", form=Week(initial={"slots": ["tue-pm"]}))
    assert [drawn.count(f'scope="{scope}"') for scope in ("col", "row")] == [2, 2]
    assert re.findall(r'value="(\S+)"[^>]*checked', drawn) == ["tue-pm"]
    assert len(set(re.findall(r'id="([^"]+)"', drawn))) == len(re.findall(r'id="([^"]+)"', drawn)) == 4
    empty = Week(QueryDict())
    assert 'href="#id_slots"' in page("{% error_summary form %}", form=empty)
    assert 'id="id_slots"' in page("{% field form.slots %}", form=empty)
    assert "Error" in page("{% field form.slots %}", form=empty)

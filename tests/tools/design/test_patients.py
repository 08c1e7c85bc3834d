"""NHS numbers are recognised by their check digit, however they are written."""

from hypothesis import given
from hypothesis import strategies as st

from ithaca.tools.design.patients import is_nhs_number, nhs_numbers

NINE = st.lists(st.integers(0, 9), min_size=9, max_size=9).filter(lambda digits: len(set(digits)) > 1)
GAPS = st.sampled_from(["", " ", "-", " - ", "\u00a0"])


def check_digit(nine: list[int]) -> int:
    """As the data dictionary says it: eleven less the remainder; eleven counts as nought, ten is no number at all."""
    total = 0
    for place, digit in enumerate(nine, start=1):
        total += digit * (11 - place)
    left = 11 - total % 11
    return 0 if left == 11 else left


def test_a_number_from_the_data_dictionary() -> None:
    assert nhs_numbers("Spoke about 943 476 5919 today") == ("9434765919",)
    assert not nhs_numbers("Ring me on 01632 960 123")


@given(
    NINE, GAPS, GAPS, st.sampled_from(["", "on 12 ", "NHS-no: ", "seen 3 times, "]), st.sampled_from(["", ".", " 2"])
)
def test_each_is_found_however_it_is_written(nine: list[int], one: str, two: str, before: str, after: str) -> None:
    last = check_digit(nine)
    digits = "".join(map(str, nine))
    written = f"{digits[:3]}{one}{digits[3:6]}{two}{digits[6:]}{last if last < 10 else 0}"
    found = f"{digits}{last if last < 10 else 0}" in nhs_numbers(before + written + after)
    assert found == (last < 10)


@given(NINE, st.integers(1, 9))
def test_another_last_digit_is_none(nine: list[int], off: int) -> None:
    last = check_digit(nine)
    if last < 10:
        assert not is_nhs_number("".join(map(str, nine)) + str((last + off) % 10))


@given(st.text())
def test_any_text_can_be_looked_at(text: str) -> None:
    assert all(is_nhs_number(found) for found in nhs_numbers(text))


def test_a_longer_number_is_none() -> None:
    assert not nhs_numbers("94347659190")
    assert not nhs_numbers("0000000000")

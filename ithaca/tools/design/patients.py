"""Numbers in a text that may be a patient's: the ten digits of an NHS number, whose last one checks the others."""

import re
from collections.abc import Iterator

_RUN = re.compile(r"[0-9]+(?:[ \u00a0\u2013-]{1,3}[0-9]+)*")
WEIGHTS = range(10, 1, -1)


def nhs_numbers(text: str) -> tuple[str, ...]:
    """Return every NHS number in the text, as ten digits, in order. Spaces and hyphens between digits don't hide one.

    Of all numbers of ten digits about one in eleven passes the check, so what is found is likely, never certain.
    """
    groups = (re.split(r"\D+", run.group()) for run in _RUN.finditer(text))
    return tuple(digits for found in groups for digits in _of_ten(found) if is_nhs_number(digits))


def is_nhs_number(digits: str) -> bool:
    """Return whether this is an NHS number: nine digits weighted 10 to 2, and a check digit modulo 11 (never 10)."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()) or len(set(digits)) == 1:
        return False
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False)) % 11
    return rest != 10 and rest % 11 == int(digits[9])


def _of_ten(groups: list[str]) -> Iterator[str]:
    """Yield neighbouring groups that have ten digits together, wherever they begin."""
    for start in range(len(groups)):
        joined = ""
        for group in groups[start:]:
            joined += group
            if len(joined) >= 10:
                break
        if len(joined) == 10:
            yield joined

"""What one cell means. Each reader takes its text, which is not empty, and returns a value or raises Wrong."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from ithaca.records.schemes import vocabulary
from ithaca.records.schemes.models import Scheme
from ithaca.tools.sheets.limits import FORMULA

Reader = Callable[[str, Scheme], Any]
LONGEST = 2_000
MOST_SESSIONS = 1_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]+([A-Za-z]{3,9})[\s\-/.,]+(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_SERIAL = re.compile(r"[2-9]\d{4}")
_EXCEL_EPOCH = date(1899, 12, 30)
_CODE = re.compile(r"[0-9A-Z]{3,10}")
_HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ONCE_CALLED = {
    "WAYS": {"telephone": "phone"},
    "REASONS": {"i am under pressure": "under_pressure", "i am new in post": "new_in_post"},
}
"""Words that our own spreadsheets had before: a coordinator may upload an old one."""


class Wrong(Exception):
    """The cell cannot be taken; the message says why."""


def plain(text: str) -> str:
    """Small letters and digits only, accents gone: how headings and words are compared."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]+", " ", "".join(sign for sign in bare if not unicodedata.combining(sign))).strip()


def check(text: str) -> str:
    """Check what every cell must be: words, not a formula, not endless. Raises Wrong."""
    if FORMULA in text:
        raise Wrong(_("This cell has a formula or a spreadsheet error in it. Put its value there instead."))
    if len(text) > LONGEST:
        raise Wrong(_("This is longer than %(count)d characters. Shorten it.") % {"count": LONGEST})
    if _HIDDEN.search(text):
        raise Wrong(_("There's a hidden character here. Type it again."))
    return text


def words(most: int) -> Reader:
    """Return a reader of short texts of up to `most` characters."""

    def read(text: str, _scheme: Scheme) -> str:
        found = " ".join(text.split())
        if len(found) > most:
            raise Wrong(_("This is longer than %(count)d characters. Shorten it.") % {"count": most})
        return found

    return read


def email(text: str, _scheme: Scheme) -> str:
    found = text.strip("<>").removeprefix("mailto:").lower()
    try:
        validate_email(found)
    except ValidationError:
        raise Wrong(_("This isn't an email address. Use one like name@example.com.")) from None
    if len(found) > 254:
        raise Wrong(_("This is longer than %(count)d characters. Shorten it.") % {"count": 254})
    return found


def telephone(text: str, _scheme: Scheme) -> str:
    digits = sum(sign.isdigit() for sign in text)
    if not set(text) <= set("0123456789+()- ") or not 7 <= digits <= 15:
        raise Wrong(_("This isn't a phone number. Use one like 01632 960 001."))
    return text


def day(text: str, _scheme: Scheme) -> date:
    """Read a date as people write it here, day first; or as Excel stores it, as a number of days."""
    try:
        if _SERIAL.fullmatch(text):
            return _within(_EXCEL_EPOCH + timedelta(days=int(text)))
        if found := _ISO.fullmatch(text):
            return _within(date(int(found[1]), int(found[2]), int(found[3])))
        if found := _NUMBERS.fullmatch(text):
            return _within(date(_year(found[3]), int(found[2]), int(found[1])))
        if (found := _WORDS.fullmatch(text)) and found[2][:3].lower() in _MONTHS:
            return _within(date(_year(found[3]), _MONTHS.index(found[2][:3].lower()) + 1, int(found[1])))
    except ValueError:
        pass
    raise Wrong(_("“%(text)s” isn't a date. Write it as day/month/year, like 27/03/2026.") % {"text": text[:30]})


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text) if int(text) < 70 else 1900 + int(text)


def _within(found: date) -> date:
    if not 1950 <= found.year <= 2100:
        raise ValueError
    return found


def count(least: int, most: int) -> Reader:
    """Return a reader of whole numbers from `least` to `most`."""

    def read(text: str, _scheme: Scheme) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and least <= int(text) <= most):
            raise Wrong(
                _("“%(text)s” isn't a whole number from %(least)d to %(most)d.")
                % {"text": text[:30], "least": least, "most": most}
            )
        return int(text)

    return read


def organisation(text: str, _scheme: Scheme) -> str:
    """Read an ODS code by its form; whether there is such an organisation is asked for all rows together."""
    code = text.upper()
    if not _CODE.fullmatch(code):
        raise Wrong(_("“%(text)s” isn't an ODS code. Use one like A81001.") % {"text": text[:30]})
    return code


def profession(text: str, scheme: Scheme) -> str:
    extra = {"manager": "practice_manager", "pm": "practice_manager", "doctor": "gp", "general practitioner": "gp"}
    extra |= {"general practice nurse": "nurse", "practice nurse": "nurse", "gpn": "nurse"}
    table = _table(tuple(scheme.professions), "PROFESSIONS")
    found = table.get(plain(text)) or extra.get(plain(text), "")
    if found not in scheme.professions:
        raise Wrong(_none_of(text, _offered(vocabulary.PROFESSIONS, scheme.professions)))
    return found


def status(text: str, _scheme: Scheme) -> str:
    """Whether the coordinator vouches for the person, or the application is still to be checked."""
    vouched = ("active", "yes", "y", "true", "1", "current", "member", "confirmed", "subscribing", "paid")
    waits = ("applied", "applicant", "new", "to check", "to be checked", "pending", "no", "n", "false", "0")
    meaning = dict.fromkeys(vouched, "active") | dict.fromkeys(waits, "applied")
    if plain(text) not in meaning:
        raise Wrong(_none_of(text, [_("active"), _("applied")]))
    return meaning[plain(text)]


def near(text: str, _scheme: Scheme) -> bool:
    meaning = {"near": True, "close": True, "close by": True, "yes": True, "far": False, "further away": False}
    meaning |= {"away": False, "no": False}
    if plain(text) not in meaning:
        raise Wrong(_none_of(text, [_("close by"), _("further away")]))
    return meaning[plain(text)]


def choices(vocabulary_name: str, of_scheme: str = "") -> Reader:
    """Several words of a vocabulary, with semicolons, commas or lines between them; returns their codes in order."""

    def read(text: str, scheme: Scheme) -> tuple[str, ...]:
        every: Mapping[str, Any] = getattr(vocabulary, vocabulary_name)
        codes = tuple(getattr(scheme, of_scheme)) if of_scheme else tuple(every)
        table = _table(codes, vocabulary_name)
        found = set()
        for part in re.split(r"[;|\n]", text):
            found |= _codes(part, table, lambda wrong: _none_of(wrong, _offered(every, codes)))
        return tuple(code for code in codes if code in found)

    return read


def _codes(part: str, table: Mapping[str, str], refusal: Callable[[str], str]) -> set[str]:
    """Find the codes in a part; a word may itself have commas, so the longest stretch that is a word counts."""
    pieces = part.split(",")
    found, start = set(), 0
    while start < len(pieces):
        for stop in range(len(pieces), start, -1):
            stretch = plain(",".join(pieces[start:stop]))
            if not stretch or stretch in table:
                found |= {table[stretch]} if stretch else set()
                start = stop
                break
        else:
            raise Wrong(refusal(pieces[start].strip()))
    return found


@cache
def _table(codes: tuple[str, ...], vocabulary_name: str) -> dict[str, str]:
    every: Mapping[str, Any] = getattr(vocabulary, vocabulary_name)
    once = {word: code for word, code in _ONCE_CALLED.get(vocabulary_name, {}).items() if code in codes}
    return once | {plain(name): code for code in codes for name in (code, _word(every, code))}


def _word(every: Mapping[str, Any], code: str) -> str:
    word = every.get(code, code)
    return str(word[0] if isinstance(word, tuple) else word)


def _offered(every: Mapping[str, Any], codes: Any) -> list[str]:
    return [_word(every, code) for code in codes]


def _none_of(text: str, offered: list[str]) -> str:
    return _("“%(text)s” isn't one of these: %(words)s.") % {"text": text[:40], "words": "; ".join(offered)}


def in_words(vocabulary_name: str, codes: Any) -> str:
    """Codes as the words that `choices` reads."""
    every: Mapping[str, Any] = getattr(vocabulary, vocabulary_name)
    return "; ".join(_word(every, code) for code in codes)

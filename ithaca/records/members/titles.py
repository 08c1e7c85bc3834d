"""Names that arrive in capital letters, as people write them."""

import re
from functools import cache

_SMALL = frozenset("a an and at by for from in of on or the to under upon with".split())
_ALWAYS = frozenset(
    """A&E AQP APMS BMI CAMHS CIC ED ENT GP GPS HIV HMYOI IAPT ICB II III IRC IUC IV MIU OOH RAF SAS UCC UK UTC WIC
    YOI""".split()
)
_SHORTENED = frozenset("blvd ctr dr drs grp hlth ltd mr mrs ms prct pvt rd rds sq st str".split())
_NO_VOWEL = re.compile(r"[^AEIOUY\W\d]{2,5}")
_WORD = re.compile(r"A&E\b|[^\W\d_]+(?:['’][^\W\d_]+)*|[\d]+|[^\w]+|_", re.UNICODE)
_DOCTORS = frozenset({"dr", "drs", "doctor", "doctors"})


@cache
def titled(shouted: str) -> str:
    """Return a name in capitals as people write it: "ST ANDREW'S GP SURGERY" as "St Andrew's GP Surgery".

    A name that has small letters already is left as it is.
    """
    if any(letter.islower() for letter in shouted):
        return shouted.strip()
    parts = _WORD.findall(" ".join(shouted.split()))
    out: list[str] = []
    after_doctor = False
    for place, part in enumerate(parts):
        if not part[0].isalpha():
            out.append(part)
            continue
        follows = parts[place + 1] if place + 1 < len(parts) else ""
        before = parts[place - 1] if place else ""
        initial = len(part) == 1 and follows.startswith(".")
        out.append(
            _word(part, first=not out or before[-1:] in "(/", initials=initial or (after_doctor and len(part) < 3))
        )
        after_doctor = part.lower() in _DOCTORS or (after_doctor and len(part) < 3)
    return "".join(out)


def _word(word: str, first: bool, initials: bool) -> str:
    """One word: initials and abbreviations (no vowel) stay, small words are small, "MCKAY" has two capitals."""
    low = word.lower()
    if initials or word in _ALWAYS or (_NO_VOWEL.fullmatch(word) and low not in _SHORTENED):
        return word
    if low in _SMALL and not first:
        return low
    if re.match(r"[od]['’]\w{3}", low):
        return low[0].upper() + low[1] + low[2:].capitalize()
    if re.match(r"mc[^aeiou]\w|mc[aeiou]\w{3}", low):
        return "Mc" + low[2:].capitalize()
    return low.capitalize()

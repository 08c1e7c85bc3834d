"""A recovery code that a person can print, read aloud and type: 160 random bits. And words to compare keys by.

The code is 8 groups of 4 out of 32 signs (Crockford's base 32: no I, L, O or U). Reading is tolerant: small letters,
spaces, any dashes, and O for 0, I or L for 1.
"""

import secrets
from uuid import UUID

from . import kernel
from .errors import WrongSecret

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_BYTES = 20
_SIGNS = CODE_BYTES * 8 // 5
_GROUP = 4
_MISREAD = str.maketrans("OIL", "011")
_DASHES = frozenset("-‐‑‒–—―−")

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORDS = 4


def new_code() -> str:
    """Return a fresh code as it is printed: "XXXX-XXXX-…", 39 characters."""
    return written(secrets.token_bytes(CODE_BYTES))


def written(code: bytes) -> str:
    """Return the printed form of 20 bytes."""
    number = int.from_bytes(code, "big")
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(_SIGNS)))
    return "-".join(signs[start : start + _GROUP] for start in range(0, _SIGNS, _GROUP))


def tidy(typed: str) -> str:
    """Return what was typed as the alphabet has it, without spaces and dashes; for a whole code or a part of one."""
    kept = (sign for sign in typed.upper() if not sign.isspace() and sign not in _DASHES)
    return "".join(kept).translate(_MISREAD)


def read(typed: str) -> bytes:
    """Return the 20 bytes of a typed code.

    Raises:
        WrongSecret: too short, too long, or a sign that no code has.
    """
    signs = tidy(typed)
    if len(signs) != _SIGNS or not set(signs) <= set(ALPHABET):
        raise WrongSecret("not a recovery code")
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    return number.to_bytes(CODE_BYTES, "big")


def spoken(owner: UUID, public_key: bytes) -> str:
    """Return four made-up words (64 bits) by which two people compare a public key over the telephone."""
    digest = kernel.derive(public_key, "spoken fingerprint", owner)
    return " ".join(_word(int.from_bytes(digest[2 * word : 2 * word + 2], "big")) for word in range(_WORDS))


def _word(number: int) -> str:
    """Return 16 bits as consonant, vowel, consonant, vowel, consonant."""
    return (
        _CONSONANTS[number >> 12]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )

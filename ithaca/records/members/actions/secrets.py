"""The secrets of a second step at sign-in, which the server itself must read: sealed as T1s, as text."""

from uuid import UUID

from ithaca.tools.vault.keyless import seal_as_text, unseal_as_text

_KIND = "user.second_step"
_NOBODY = UUID(int=0)
"""allauth does not say whose secret it hands over, so the seal cannot name the person."""


def seal_secret(text: str) -> str:
    return seal_as_text(_KIND, _NOBODY, text)


def unseal_secret(sealed: str) -> str:
    """Unseal a secret. Raises vault.Tampered if it isn't what was sealed here."""
    return unseal_as_text(_KIND, _NOBODY, sealed)

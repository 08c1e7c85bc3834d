"""The secrets of a second step at sign-in, which the server itself must read: sealed as T1s, as text."""

import base64
from uuid import UUID

from ithaca.tools.vault.fields import Sealed
from ithaca.tools.vault.keyless import open_for_server, seal_for_server
from ithaca.tools.vault.tiers import Tier

_KIND = "user.second_step"
_NOBODY = UUID(int=0)
"""allauth does not say whose secret it hands over, so the seal cannot name the person."""


def seal_secret(text: str) -> str:
    return base64.b64encode(bytes(seal_for_server(_KIND, _NOBODY, text))).decode("ascii")


def unseal_secret(sealed: str) -> str:
    """Raises vault.Tampered when it is not what was sealed here."""
    return open_for_server(_KIND, _NOBODY, Sealed(base64.b64decode(sealed), Tier.T1S, _KIND))

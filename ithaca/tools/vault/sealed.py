"""Ciphertext as a value: what a sealed field holds."""

from dataclasses import dataclass

from .tiers import Tier


@dataclass(frozen=True, repr=False)
class Sealed:
    """Ciphertext, with its tier and the kind of thing it is. It prints as "[sealed]" and says nothing else."""

    data: bytes
    tier: Tier
    kind: str

    def __repr__(self) -> str:
        return "[sealed]"

    __str__ = __repr__

    def __bytes__(self) -> bytes:
        return self.data

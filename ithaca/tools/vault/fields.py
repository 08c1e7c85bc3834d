"""A model field that holds ciphertext only. Nothing decrypts by itself: a keyring is asked, with all the facts."""

import base64
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup, Transform
from django.db.models.query_utils import DeferredAttribute

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


class _SealedAttribute(DeferredAttribute):
    """Refuses anything but what was sealed for this very field."""

    field: "SealedField"

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self.field.checked(value)


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # generic in the stubs only
    """Holds a `Sealed` of one tier and kind, or None where null is allowed; assigning anything else raises TypeError.

    The kind is part of what the ciphertext is bound to, so a column's contents open in no other column.
    Only `isnull` can be asked of it. It is never editable, and never part of a form.
    """

    descriptor_class = _SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, tier: Tier, kind: str, **options: Any) -> None:
        if tier is Tier.T1:
            raise TypeError("plain text needs no seal")
        self.tier = tier
        self.kind = kind
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Carry tier and kind into migrations, so that changing either is seen."""
        name, path, args, options = super().deconstruct()
        return name, path, list(args), {**options, "tier": self.tier, "kind": self.kind}

    def checked(self, value: object) -> Sealed | None:
        """Return the value if it was sealed for this field.

        Raises:
            TypeError: plain text, bytes, or something sealed for another tier or kind.
        """
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError(f"{self.name} takes what the vault has sealed, never {type(value).__name__}")
        if (value.tier, value.kind) != (self.tier, self.kind):
            raise TypeError(f"{self.name} takes {self.tier.value} {self.kind}, not {value.tier.value} {value.kind}")
        return value

    def get_default(self) -> None:
        """Return None: an empty seal does not exist."""

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | None:
        """Wrap what the database gave."""
        return None if value is None else Sealed(bytes(value), self.tier, self.kind)

    def get_db_prep_value(self, value: object, connection: Any, prepared: bool = False) -> Any:
        """Unwrap for the database."""
        sealed = self.checked(value)
        return None if sealed is None else connection.Database.Binary(sealed.data)

    def to_python(self, value: object) -> Sealed | None:
        """Read what `value_to_string` wrote (dumps), or pass on what is sealed."""
        if isinstance(value, str):
            return Sealed(base64.b64decode(value, validate=True), self.tier, self.kind)
        return self.checked(value)

    def value_to_string(self, obj: models.Model) -> str:
        """Return the ciphertext as base64, for dumps."""
        sealed = self.value_from_object(obj)
        return "" if sealed is None else base64.b64encode(sealed.data).decode("ascii")

    def get_lookup(self, lookup_name: str) -> "type[Lookup[Any]] | None":
        """Allow `isnull` alone: ciphertext is never compared."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_transform(self, lookup_name: str) -> type[Transform] | None:
        """Allow nothing."""
        return None

"""Model fields that hold ciphertext only. Nothing decrypts by itself: a field opens its own row when it is asked.

A field is declared with what its ciphertext is bound to, and with how its row names that:

    text = SealedForPair(kind="note.text", relationship="mentorship_id", author="author", alone="alone")

It is then sealed and opened by naming the field and the row:

    row.text = Note.text.seal(row, "We talked about the rota.", keys)
    Note.text.unseal(row, keys)

A null field opens to an empty text, and needs no key for that. Outside the vault `unseal` is the only way in, and
docs/decrypts.md lists where it is used.
"""

import base64
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload
from uuid import UUID

from django.db import models
from django.db.models.lookups import Lookup, Transform
from django.db.models.query_utils import DeferredAttribute

from . import directory, envelopes, server_keys
from .envelopes import Place
from .errors import Tampered
from .keyring import Keyring, unlocked
from .sealed import Sealed as Sealed
from .tiers import Tier

Content = TypeVar("Content", str, bytes)


class _SealedAttribute(DeferredAttribute):
    """Gives the field on the class and the ciphertext on a row; refuses anything but what was sealed for this field."""

    field: "SealedField"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        return self.field if instance is None else super().__get__(instance, cls)

    def __set__(self, instance: models.Model, value: object) -> None:
        instance.__dict__[self.field.attname] = self.field.checked(value)


class SealedField(models.BinaryField):  # type: ignore[type-arg]  # generic in the stubs only
    """The column: a `Sealed` of one tier and kind, or None where null is allowed; anything else raises TypeError.

    The kind is part of what the ciphertext is bound to, so a column's contents open in no other column.
    Only `isnull` can be asked of it. It is never editable, and never part of a form.
    Migrations know this class alone; a model declares one of those below, which say how it is sealed.
    """

    descriptor_class = _SealedAttribute
    empty_strings_allowed = False

    def __init__(self, *args: Any, tier: Tier, kind: str, **options: Any) -> None:
        if tier is Tier.T1:
            raise TypeError("plain text needs no seal")
        self.tier = tier
        self.kind = kind
        super().__init__(*args, **options)

    if TYPE_CHECKING:  # what `_SealedAttribute` gives: the field on the class, the ciphertext on a row

        @overload  # type: ignore[override]  # a plain field gives its descriptor on the class
        def __get__(self, instance: None, owner: Any) -> Self: ...
        @overload
        def __get__(self, instance: models.Model, owner: Any) -> Any: ...
        @overload
        def __get__(self, instance: Any, owner: Any) -> Self: ...
        def __get__(self, instance: Any, owner: Any) -> Any: ...

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Carry tier and kind into migrations, so that changing either is seen; how it is sealed is no column's."""
        name, _path, args, options = super().deconstruct()
        path = f"{SealedField.__module__}.{SealedField.__qualname__}"
        return name, path, list(args), {**options, "tier": self.tier, "kind": self.kind}

    def clone(self) -> "SealedField":
        """Return the column without the way to seal it, for migrations."""
        _name, _path, args, options = self.deconstruct()
        return SealedField(*args, **options)

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

    # --- for the fields below ---

    def _sealed(self, data: bytes) -> Sealed:
        return Sealed(data, self.tier, self.kind)

    def _held(self, row: models.Model) -> bytes | None:
        """Return the ciphertext in this field of a row; raises TypeError for another model's row."""
        sealed = self.checked(self.value_from_object(self._ours(row)))
        return None if sealed is None else sealed.data

    def _uuid(self, row: models.Model, path: str) -> UUID:
        """Return what a row names by an attribute, or a path of them; raises TypeError when that is no uuid."""
        found = attrgetter(path)(self._ours(row))
        if not isinstance(found, UUID):
            raise TypeError(f"{self.kind} is bound to the uuid that {path} names, and this row names none")
        return found

    def _ours(self, row: models.Model) -> models.Model:
        if not isinstance(row, self.model):
            raise TypeError(f"{self.kind} is not a field of {type(row).__name__}")
        return row


class _InAName(SealedField):
    """What its author has sealed: T3. `author` is the attribute of a row, or the path, that names them.

    Where a row does not name them, it is empty, and whoever seals is the author.
    """

    def __init__(self, *, kind: str, author: str, item: str = "pk", **options: Any) -> None:
        super().__init__(tier=Tier.T3, kind=kind, **options)
        self.author = author
        self.item = item

    def _own(self, row: models.Model, keys: Keyring | None) -> Keyring:
        """Return the author's own keys; nobody seals in another's name, as it would never open."""
        found = unlocked(keys)
        if self.author and self._uuid(row, self.author) != found.owner:
            raise ValueError(f"{self.kind} is sealed by its author alone")
        return found

    def _author(self, row: models.Model) -> UUID:
        if attrgetter(self.author)(self._ours(row)) is None:
            raise Tampered("it names no author")
        return self._uuid(row, self.author)

    def _alone(self, row: models.Model, keys: Keyring) -> Place:
        return Place(keys.owner, 0, self.kind, self._uuid(row, self.item))


class SealedForAuthor(_InAName):
    """A text that its author alone opens (T3)."""

    def __init__(self, *, kind: str, author: str = "", **options: Any) -> None:
        super().__init__(kind=kind, author=author, **options)

    def seal(self, row: models.Model, text: str, keys: Keyring | None) -> Sealed:
        """Return the text sealed for this row.

        Raises:
            Locked: the keyring is None.
            ValueError: these are not the author's keys.
        """
        own = self._own(row, keys)
        return self._sealed(envelopes.seal_private(own.uk.private, self._alone(row, own), text))

    def unseal(self, row: models.Model, keys: Keyring | None) -> str:
        """Return the text; empty, whatever the keys, when there is none.

        Raises:
            Locked: the keyring is None.
            Tampered: it was moved or altered, or is somebody else's.
        """
        if (data := self._held(row)) is None:
            return ""
        own = unlocked(keys)
        return envelopes.open_private(own.uk.private, self._alone(row, own), data)


class _ForPair(_InAName):
    """What the two of a relationship open, or its author alone in a row that says so.

    `relationship` is the attribute of a row, or the path, that names the relationship; `alone` that of the flag.
    """

    def __init__(self, *, kind: str, relationship: str, author: str, alone: str = "", **options: Any) -> None:
        super().__init__(kind=kind, author=author, **options)
        self.relationship = relationship
        self.alone = alone

    def _seal(
        self,
        row: models.Model,
        content: Content,
        keys: Keyring | None,
        shared: Callable[[bytes, Place, UUID, Content], bytes],
        private: Callable[[bytes, Place, Content], bytes],
    ) -> Sealed:
        own = self._own(row, keys)
        if self._is_alone(row):
            return self._sealed(private(own.uk.private, self._alone(row, own), content))
        relationship = self._uuid(row, self.relationship)
        held = own.key_for(relationship)
        return self._sealed(shared(held.key, self._place(row, relationship, held.epoch), own.owner, content))

    def _unseal(
        self,
        row: models.Model,
        data: bytes,
        keys: Keyring | None,
        shared: Callable[[bytes, Place, UUID, bytes], Content],
        private: Callable[[bytes, Place, bytes], Content],
    ) -> Content:
        own = unlocked(keys)
        if self._is_alone(row):
            return private(own.uk.private, self._alone(row, own), data)
        relationship = self._uuid(row, self.relationship)
        held = own.key_for(relationship, envelopes.epoch_of(data))
        return shared(held.key, self._place(row, relationship, held.epoch), self._author(row), data)

    def _place(self, row: models.Model, relationship: UUID, epoch: int) -> Place:
        return Place(relationship, epoch, self.kind, self._uuid(row, self.item))

    def _is_alone(self, row: models.Model) -> bool:
        return bool(self.alone and attrgetter(self.alone)(row))


class SealedForPair(_ForPair):
    """A text that the two of a relationship open (T3), or its author alone in a row that says so."""

    def seal(self, row: models.Model, text: str, keys: Keyring | None) -> Sealed:
        """Return the text sealed for this row, in its author's name.

        Raises:
            Locked: the keyring is None.
            NotGranted, Tampered: as the vault says.
            ValueError: these are not the author's keys.
        """
        return self._seal(row, text, keys, envelopes.seal_item, envelopes.seal_private)

    def unseal(self, row: models.Model, keys: Keyring | None) -> str:
        """Return the text; empty, whatever the keys, when there is none.

        Raises:
            Locked: the keyring is None.
            NotGranted: these keys do not open what is between the two.
            Tampered: it was moved, altered or written by another, or is its author's alone.
        """
        data = self._held(row)
        return "" if data is None else self._unseal(row, data, keys, envelopes.open_item, envelopes.open_private)


class SealedFileForPair(_ForPair):
    """A file that the two of a relationship open (T3), or its author alone in a row that says so."""

    def seal(self, row: models.Model, content: bytes, keys: Keyring | None) -> Sealed:
        """Return the file sealed for this row, in its author's name; raises as a text does."""
        return self._seal(row, content, keys, envelopes.seal_file, envelopes.seal_private_file)

    def unseal(self, row: models.Model, keys: Keyring | None) -> bytes:
        """Return the file; empty, whatever the keys, when there is none. Raises as a text does."""
        data = self._held(row)
        return b"" if data is None else self._unseal(row, data, keys, envelopes.open_file, envelopes.open_private_file)


class SealedForMailbox(SealedField):
    """A text that anyone may seal and a mailbox's holders open (T2). `mailbox` is the attribute that names it."""

    def __init__(self, *, kind: str, mailbox: str, item: str = "pk", **options: Any) -> None:
        super().__init__(tier=Tier.T2, kind=kind, **options)
        self.mailbox = mailbox
        self.item = item

    def seal(self, row: models.Model, text: str) -> Sealed:
        """Return the text sealed for this row; the writer needs no account.

        Raises:
            NotEnrolled: the mailbox has no key pair yet.
            Tampered: its public key was swapped.
        """
        address = directory.address_of(self._uuid(row, self.mailbox))
        pepper, item = server_keys.current().pepper, self._uuid(row, self.item)
        return self._sealed(envelopes.seal_letter(pepper, address, self.kind, item, text))

    def unseal(self, row: models.Model, keys: Keyring | None) -> str:
        """Return the text; empty, whatever the keys, when there is none.

        Raises:
            Locked: the keyring is None.
            NotGranted: these keys do not open the mailbox.
            NotEnrolled, Tampered: it was moved or altered.
        """
        data = self._held(row)
        if data is None:
            return ""
        address, private = unlocked(keys).open_mailbox(self._uuid(row, self.mailbox), envelopes.epoch_of(data))
        pepper, item = server_keys.current().pepper, self._uuid(row, self.item)
        return envelopes.open_letter(pepper, address, private, self.kind, item, data)


class SealedForServer(SealedField):
    """A text that jobs may read and a stolen database may not (T1s). Nobody's key is needed."""

    def __init__(self, *, kind: str, item: str = "pk", **options: Any) -> None:
        super().__init__(tier=Tier.T1S, kind=kind, **options)
        self.item = item

    def seal(self, row: models.Model, text: str) -> Sealed:
        """Return the text sealed for this row."""
        key = server_keys.current().t1s
        return self._sealed(envelopes.seal_for_server(key, self.kind, self._uuid(row, self.item), text))

    def unseal(self, row: models.Model) -> str:
        """Return the text, empty when there is none; raises Tampered."""
        data = self._held(row)
        if data is None:
            return ""
        return envelopes.open_for_server(server_keys.current().t1s, self.kind, self._uuid(row, self.item), data)

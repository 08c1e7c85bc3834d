"""An unlocked person's keys: what they can open, and to whom they can give it. Lives for one request, never stored."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from . import directory, grants, kernel, recovery, server_keys, slots
from .envelopes import Address, Purpose
from .errors import AlreadyMade, Locked, NotGranted, WrongSecret
from .grants import Held
from .models import Slot
from .slots import UserKey

PROVED_FOR = timedelta(minutes=5)
_MAILBOX_CODE = "mailbox-"


@dataclass(frozen=True, repr=False)
class Keyring:
    """What one person can open. `proved_at` is when they last gave a secret in this browser."""

    uk: UserKey
    proved_at: datetime | None = None
    _opened: dict[tuple[Purpose, UUID, int | None], Held] = field(default_factory=dict, compare=False)

    @property
    def owner(self) -> UUID:
        """Whose keys these are."""
        return self.uk.owner

    def proved_lately(self, at: datetime) -> bool:
        """Say whether a secret was given in the last five minutes, as export, disclosure and key changes ask."""
        return self.proved_at is not None and self.proved_at <= at <= self.proved_at + PROVED_FOR

    # --- relationships ---

    def open_relationship(self, relationship: UUID, month: str, holders: Iterable[UUID]) -> None:
        """Make a relationship's key and grant it to oneself and the holders, in the bucket of a month (YYYY-MM).

        Raises:
            AlreadyMade: it has a key.
            NotEnrolled: a holder has no key pair yet; then nothing is made.
        """
        with transaction.atomic():
            if grants.epochs_of(relationship):
                raise AlreadyMade("the relationship has a key")
            self._make(Purpose.RELATIONSHIP, relationship, Held(0, kernel.random_key(), month), holders)

    def new_epoch(self, relationship: UUID, holders: Iterable[UUID]) -> int:
        """Begin a new key for what is written from now on, and return its epoch.

        Raises:
            NotGranted: one does not hold the newest epoch, having been left out of it or never let in.
            NotEnrolled: a holder has no key pair yet; then nothing is made.
        """
        with transaction.atomic():
            newest = max(grants.epochs_of(relationship), default=0)
            month = self.key_for(relationship, newest).month
            self._make(Purpose.RELATIONSHIP, relationship, Held(newest + 1, kernel.random_key(), month), holders)
        return newest + 1

    def grant_to(self, relationship: UUID, holder: UUID) -> None:
        """Give another every key of the relationship that one holds; raises NotGranted, NotEnrolled, Tampered."""
        self._share(Purpose.RELATIONSHIP, relationship, holder)

    def key_for(self, relationship: UUID, epoch: int | None = None) -> Held:
        """Return a relationship's key, the newest unless an epoch is named; raises NotGranted, Tampered."""
        return self._key(Purpose.RELATIONSHIP, relationship, epoch)

    # --- mailboxes ---

    def make_mailbox(self, mailbox: UUID, holders: Iterable[UUID]) -> int:
        """Make a mailbox's key pair, or its next epoch, for oneself and the holders; return the epoch.

        Whoever is not among the holders opens nothing that is written from now on.

        Raises:
            NotGranted: it has an epoch, and one does not hold it.
            NotEnrolled: a holder has no key pair yet; then nothing is made.
        """
        with transaction.atomic():
            addresses = directory.addresses_of(mailbox)
            if addresses:
                self.open_mailbox(mailbox)
            epoch = addresses[0].epoch + 1 if addresses else 0
            private = kernel.new_private_key()
            directory.publish_mailbox(mailbox, epoch, kernel.public_key(private))
            self._make(Purpose.MAILBOX, mailbox, Held(epoch, private, server_keys.STANDING), holders)
        return epoch

    def share_mailbox(self, mailbox: UUID, holder: UUID) -> None:
        """Give another every key of the mailbox that one holds; raises NotGranted, NotEnrolled, Tampered."""
        self._share(Purpose.MAILBOX, mailbox, holder)

    def open_mailbox(self, mailbox: UUID, epoch: int | None = None) -> tuple[Address, bytes]:
        """Return an address of the mailbox, the newest unless one is named, and its private key.

        Raises:
            NotGranted: one does not hold it.
            NotEnrolled: there is no such mailbox or epoch.
            Tampered: its address was swapped, or the grant is not as it was given.
        """
        address = directory.address_of(mailbox, epoch)
        return address, self._key(Purpose.MAILBOX, mailbox, address.epoch).key

    def new_mailbox_code(self, mailbox: UUID) -> str:
        """Return a fresh recovery code, to be printed, for every epoch of the mailbox that one holds.

        It replaces the last code; that one still opens the epochs one does not hold, so that nothing is lost.
        Raises NotGranted when one does not hold the newest epoch.
        """
        self.open_mailbox(mailbox)
        code = recovery.new_code()
        with transaction.atomic():
            for epoch in grants.epochs_of(mailbox, self.owner):
                slots.wrap(mailbox, f"{_MAILBOX_CODE}{epoch}", code, self.open_mailbox(mailbox, epoch)[1])
        return code

    def recover_mailbox(self, mailbox: UUID, code: str) -> None:
        """Give oneself every epoch of the mailbox that a printed code opens; raises WrongSecret, Tampered."""
        kinds = Slot.objects.filter(owner=mailbox, kind__startswith=_MAILBOX_CODE).values_list("kind", flat=True)
        opened = []
        for kind in kinds:
            with suppress(WrongSecret):
                private = slots.unwrap(mailbox, kind, code)
                opened.append(Held(int(kind.removeprefix(_MAILBOX_CODE)), private, server_keys.STANDING))
        if not opened:
            raise WrongSecret("opens no epoch of this mailbox")
        with transaction.atomic():
            for held in opened:
                grants.give(self.uk, Purpose.MAILBOX, mailbox, held, self.owner)

    # --- how ---

    def _key(self, purpose: Purpose, thing: UUID, epoch: int | None) -> Held:
        wanted = (purpose, thing, epoch)
        if wanted not in self._opened:
            self._opened[wanted] = grants.receive(self.uk, purpose, thing, epoch)
        return self._opened[wanted]

    def _make(self, purpose: Purpose, thing: UUID, held: Held, holders: Iterable[UUID]) -> None:
        """Grant a new key to oneself and the holders, in one order always, so that requests never lock crosswise."""
        for holder in sorted({self.owner, *holders}):
            grants.give(self.uk, purpose, thing, held, holder, anew=True)
        self._opened.pop((purpose, thing, None), None)

    def _share(self, purpose: Purpose, thing: UUID, holder: UUID) -> None:
        epochs = grants.epochs_of(thing, self.owner)
        if not epochs:
            raise NotGranted("one cannot give what one does not hold")
        with transaction.atomic():
            for epoch in epochs:
                grants.give(self.uk, purpose, thing, self._key(purpose, thing, epoch), holder)


def unlocked(keyring: Keyring | None) -> Keyring:
    """Return the keyring; raises Locked when there is none."""
    if keyring is None:
        raise Locked("this needs an unlocked key")
    return keyring

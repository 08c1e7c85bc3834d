"""Random lives of keys. After every step, each person opens exactly what they should: no less, no more.

The model beside the vault keeps sets of who holds what. It knows nothing of keys.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ithaca.tools.vault import grants, server_keys, slots, unlocking
from ithaca.tools.vault.errors import AlreadyMade, NotEnrolled, NotGranted, Tampered, WrongSecret
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.slots import SlotKind
from ithaca.tools.vault.unlocking import Unlocked

from .conftest import NOW
from .rows import Writing, letter, message, note

MONTHS = ("2027-06", "2027-07", "2027-08")
PEOPLE = 3
anyone = st.integers(0, PEOPLE - 1)
members = st.runner().flatmap(lambda lives: st.sampled_from([who for who in range(PEOPLE) if lives.enrolled(who)]))
pairs = st.runner().flatmap(lambda lives: st.sampled_from(lives.pairs))
months = st.sampled_from(MONTHS)


@dataclass
class Person:
    """A person as the model sees them. `life` counts their keys: what was private under an earlier one is gone."""

    owner: UUID = field(default_factory=uuid4)
    life: int = 0
    secrets: dict[SlotKind, str] = field(default_factory=dict)
    spent: list[tuple[SlotKind, str]] = field(default_factory=list)
    notes: list[tuple[int, Writing, str]] = field(default_factory=list)
    sessions: list[Unlocked] = field(default_factory=list)


@dataclass
class Thing:
    """A relationship or a mailbox: by epoch, who holds its key, and the rows sealed with it, with their texts."""

    month: str
    name: UUID = field(default_factory=uuid4)
    holders: list[set[int]] = field(default_factory=list)
    texts: list[tuple[int, Writing, str]] = field(default_factory=list)


class KeyLives(RuleBasedStateMachine):
    """Three people, their secrets, relationships, one mailbox, three months."""

    def __init__(self) -> None:
        super().__init__()
        self.around = ExitStack()
        self.around.enter_context(transaction.atomic())
        folder = self.around.enter_context(TemporaryDirectory())
        self.around.enter_context(override_settings(SERVER_KEYS=f"{folder}/server-keys.json"))
        self.people = [Person() for _ in range(PEOPLE)]
        self.pairs: list[Thing] = []
        self.desk: Thing | None = None
        self.destroyed: set[str] = set()
        self.told = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.around.close()

    # --- secrets ---

    def fresh(self) -> str:
        self.told += 1
        return f"secret {self.told}"

    def enrolled(self, who: int) -> bool:
        return bool(self.people[who].secrets)

    def keyring(self, who: int, kind: SlotKind | None = None) -> Keyring:
        """Open the person's key by a secret they know."""
        person = self.people[who]
        kind = kind if kind in person.secrets else next(iter(person.secrets))
        return Keyring(slots.open_with(person.owner, kind, person.secrets[kind]))

    def replace(self, who: int, kind: SlotKind, secret: str) -> None:
        person = self.people[who]
        if kind in person.secrets:
            person.spent.append((kind, person.secrets[kind]))
        person.secrets[kind] = secret

    @initialize()
    def two_are_there(self) -> None:
        for who in (0, 1):
            self.enrol(who)

    @rule(who=anyone)
    def enrol(self, who: int) -> None:
        person, secret = self.people[who], self.fresh()
        if self.enrolled(who):
            with pytest.raises(AlreadyMade):
                slots.enrol(person.owner, secret, NOW)
            return
        slots.enrol(person.owner, secret, NOW)
        self.replace(who, SlotKind.PASSWORD, secret)

    @rule(who=members)
    def change_password(self, who: int) -> None:
        keyring, new = self.keyring(who), self.fresh()
        slots.change_password(keyring.owner, keyring.uk, new)
        self.replace(who, SlotKind.PASSWORD, new)

    @rule(who=members)
    def add_phrase(self, who: int) -> None:
        keyring, new = self.keyring(who), self.fresh()
        slots.add_slot(keyring.owner, keyring.uk, SlotKind.PHRASE, new)
        self.replace(who, SlotKind.PHRASE, new)

    @rule(who=members)
    def print_code(self, who: int) -> None:
        keyring = self.keyring(who)
        self.replace(who, SlotKind.RECOVERY, slots.new_recovery_code(keyring.owner, keyring.uk))

    @rule(who=members)
    def reset_and_recover(self, who: int) -> None:
        """A reset changes how one signs in; the key waits for the code, and is then sealed under the new password."""
        person = self.people[who]
        if SlotKind.RECOVERY not in person.secrets:
            return
        new = self.fresh()
        taken = slots.take(person.owner, slots.hold(person.owner, new, NOW), NOW)
        assert taken is not None
        with pytest.raises(WrongSecret):
            slots.open_with(person.owner, SlotKind.PASSWORD, taken)
        keyring = self.keyring(who, SlotKind.RECOVERY)
        slots.change_password(person.owner, keyring.uk, taken)
        self.replace(who, SlotKind.PASSWORD, new)

    @rule(who=members)
    def start_again(self, who: int) -> None:
        person, secret = self.people[who], self.fresh()
        slots.start_again(person.owner, secret, NOW)
        person.spent += person.secrets.items()
        person.secrets = {SlotKind.PASSWORD: secret}
        person.life += 1
        person.sessions = []
        for thing in [*self.pairs, *([self.desk] if self.desk else [])]:
            for holders in thing.holders:
                holders.discard(who)

    # --- relationships ---

    @rule(who=members, other=anyone, month=months)
    def open_relationship(self, who: int, other: int, month: str) -> None:
        keyring, pair = self.keyring(who), Thing(month)
        if not self.enrolled(other) or month in self.destroyed:
            with pytest.raises((NotEnrolled, NotGranted)), transaction.atomic():
                keyring.open_relationship(pair.name, month, [self.people[other].owner])
            return
        keyring.open_relationship(pair.name, month, [self.people[other].owner])
        pair.holders.append({who, other})
        self.pairs.append(pair)

    @precondition(lambda self: self.pairs)
    @rule(who=members, other=members, pair=pairs)
    def grant(self, who: int, other: int, pair: Thing) -> None:
        keyring = self.keyring(who)
        held = [holders for holders in pair.holders if who in holders]
        if not held or pair.month in self.destroyed:
            with pytest.raises(NotGranted), transaction.atomic():
                keyring.grant_to(pair.name, self.people[other].owner)
            return
        keyring.grant_to(pair.name, self.people[other].owner)
        for holders in held:
            holders.add(other)

    @precondition(lambda self: self.pairs)
    @rule(who=members, pair=pairs)
    def revoke(self, who: int, pair: Thing) -> None:
        grants.destroy_grant(pair.name, self.people[who].owner)
        for holders in pair.holders:
            holders.discard(who)

    @precondition(lambda self: self.pairs)
    @rule(pair=pairs)
    def end(self, pair: Thing) -> None:
        grants.destroy_grants(pair.name)
        for holders in pair.holders:
            holders.clear()

    @precondition(lambda self: self.pairs)
    @rule(who=members, other=members, pair=pairs)
    def new_epoch(self, who: int, other: int, pair: Thing) -> None:
        keyring = self.keyring(who)
        newest = next((epoch for epoch in range(len(pair.holders) - 1, -1, -1) if pair.holders[epoch]), None)
        if newest is None or who not in pair.holders[newest] or pair.month in self.destroyed:
            with pytest.raises(NotGranted), transaction.atomic():
                keyring.new_epoch(pair.name, [self.people[other].owner])
            return
        if newest < len(pair.holders) - 1:
            return  # a later epoch that nobody holds any more: its texts are lost and its number is free again
        keyring.new_epoch(pair.name, [self.people[other].owner])
        pair.holders.append({who, other})

    @precondition(lambda self: self.pairs)
    @rule(month=months, pair=pairs)
    def rewrap(self, month: str, pair: Thing) -> None:
        if not any(pair.holders):
            return
        if {month, pair.month} & self.destroyed:
            with pytest.raises(NotGranted), transaction.atomic():
                grants.rewrap_bucket(pair.name, month)
            return
        grants.rewrap_bucket(pair.name, month)
        pair.month = month

    @precondition(lambda self: len(self.destroyed) < 2)
    @rule(month=months)
    def destroy_bucket(self, month: str) -> None:
        server_keys.destroy_bucket(month)
        self.destroyed.add(month)

    @precondition(lambda self: self.pairs)
    @rule(who=members, pair=pairs)
    def write(self, who: int, pair: Thing) -> None:
        keyring = self.keyring(who)
        epoch = max((epoch for epoch, holders in enumerate(pair.holders) if who in holders), default=None)
        if epoch is None or pair.month in self.destroyed:
            with pytest.raises(NotGranted):
                message(keyring, pair.name, "never")
            return
        text = self.fresh()
        pair.texts.append((epoch, message(keyring, pair.name, text), text))

    @rule(who=members)
    def note(self, who: int) -> None:
        person, text = self.people[who], self.fresh()
        person.notes.append((person.life, note(self.keyring(who), text), text))

    # --- the mailbox ---

    @rule(who=members, other=members)
    def renew_desk(self, who: int, other: int) -> None:
        keyring = self.keyring(who)
        if self.desk is None:
            self.desk = Thing("standing")
        elif who not in self.desk.holders[-1]:
            with pytest.raises(NotGranted), transaction.atomic():
                keyring.make_mailbox(self.desk.name, [self.people[other].owner])
            return
        keyring.make_mailbox(self.desk.name, [self.people[other].owner])
        self.desk.holders.append({who, other})

    @precondition(lambda self: self.desk)
    @rule()
    def letter(self) -> None:
        assert self.desk
        text = self.fresh()
        self.desk.texts.append((len(self.desk.holders) - 1, letter(self.desk.name, text), text))

    # --- sessions ---

    @rule(who=members)
    def sign_in(self, who: int) -> None:
        keyring = self.keyring(who)
        self.people[who].sessions.append(unlocking.begin(keyring.owner, keyring.uk, NOW))

    @rule(who=members)
    def sign_out(self, who: int) -> None:
        if not self.people[who].sessions:
            return
        gone = self.people[who].sessions.pop()
        unlocking.end(gone.token)
        assert unlocking.resume(*gone, NOW) is None

    # --- what must always hold ---

    @invariant()
    def each_opens_what_they_should_and_nothing_else(self) -> None:
        for who, person in enumerate(self.people):
            if not self.enrolled(who):
                continue
            keyring = self.keyring(who)
            self.secrets_open_one_key(person, keyring)
            for pair in self.pairs:
                for epoch, row, text in pair.texts:
                    lost = who not in pair.holders[epoch] or pair.month in self.destroyed
                    self.tries(lost, text, Writing.message.unseal, row, keyring)
            for life, row, text in person.notes:
                self.tries(life != person.life, text, Writing.note.unseal, row, keyring)
            if self.desk:
                for epoch, row, text in self.desk.texts:
                    lost = who not in self.desk.holders[epoch]
                    self.tries(lost, text, Writing.request.unseal, row, keyring)

    @staticmethod
    def secrets_open_one_key(person: Person, keyring: Keyring) -> None:
        for kind, secret in person.secrets.items():
            assert slots.open_with(person.owner, kind, secret) == keyring.uk
        for kind, secret in person.spent:
            with pytest.raises(WrongSecret):
                slots.open_with(person.owner, kind, secret)
        for session in person.sessions:
            resumed = unlocking.resume(*session, NOW + timedelta(minutes=5))
            assert resumed is not None
            assert resumed.uk == keyring.uk

    @staticmethod
    def tries(lost: bool, text: str, unseal: Callable[..., str], row: Writing, keyring: Keyring) -> None:
        if lost:
            with pytest.raises((NotGranted, Tampered)):
                unseal(row, keyring)
        else:
            assert unseal(row, keyring) == text


def test_nothing_reachable_is_lost_and_nothing_is_opened_without_right(db: None) -> None:
    lives = settings(max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(KeyLives, settings=lives)

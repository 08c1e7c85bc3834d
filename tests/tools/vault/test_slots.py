"""Enrolling, opening, changing, losing and recovering: what a person's secrets do."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.tools.vault import directory, kernel, slots, unlocking
from ithaca.tools.vault.errors import AlreadyMade, NotEnrolled, NotGranted, WrongSecret
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import Slot
from ithaca.tools.vault.slots import SlotKind

from .conftest import NOW, Cast
from .rows import Writing, message, note

PASSWORD, PHRASE, RECOVERY = SlotKind


def test_enrolling_makes_a_key_that_the_password_opens(db: None) -> None:
    owner = uuid4()
    assert not directory.enrolled(owner)
    uk = slots.enrol(owner, "open sesame", NOW)
    assert directory.enrolled(owner)
    assert directory.public_key_of(owner) == kernel.public_key(uk.private)
    assert slots.open_with(owner, PASSWORD, "open sesame") == uk
    with pytest.raises(WrongSecret):
        slots.open_with(owner, PASSWORD, "open sesam")


def test_nobody_enrols_twice(cast: Cast) -> None:
    with pytest.raises(AlreadyMade):
        slots.enrol(cast.ada.owner, "another", NOW)
    assert slots.open_with(cast.ada.owner, PASSWORD, "ada's") == cast.ada.uk


def test_one_who_signs_in_without_a_password_enrols_with_a_phrase(db: None) -> None:
    owner = uuid4()
    uk = slots.enrol(owner, "a quiet harbour", NOW, PHRASE)
    assert slots.has_slot(owner, PHRASE)
    assert not slots.has_slot(owner, PASSWORD)
    assert slots.open_with(owner, PHRASE, "a quiet harbour") == uk
    with pytest.raises(WrongSecret):
        slots.open_with(owner, PASSWORD, "a quiet harbour")


def test_a_changed_password_opens_the_same_key_and_the_old_one_nothing(cast: Cast) -> None:
    slots.change_password(cast.ada.owner, cast.ada.uk, "new")
    assert slots.open_with(cast.ada.owner, PASSWORD, "new") == cast.ada.uk
    with pytest.raises(WrongSecret):
        slots.open_with(cast.ada.owner, PASSWORD, "ada's")


def test_any_slot_opens_the_same_key(cast: Cast) -> None:
    slots.add_slot(cast.ada.owner, cast.ada.uk, PHRASE, "a quiet harbour")
    code = slots.new_recovery_code(cast.ada.owner, cast.ada.uk)
    for kind, secret in ((PASSWORD, "ada's"), (PHRASE, "a quiet harbour"), (RECOVERY, code.lower())):
        assert slots.open_with(cast.ada.owner, kind, secret) == cast.ada.uk


def test_a_new_recovery_code_replaces_the_last(cast: Cast) -> None:
    first = slots.new_recovery_code(cast.ada.owner, cast.ada.uk)
    second = slots.new_recovery_code(cast.ada.owner, cast.ada.uk)
    assert slots.open_with(cast.ada.owner, RECOVERY, second) == cast.ada.uk
    for typed in (first, "not a code"):
        with pytest.raises(WrongSecret):
            slots.open_with(cast.ada.owner, RECOVERY, typed)


def test_the_table_keeps_the_cost_that_was_paid(cast: Cast, settings: object) -> None:
    """A dearer setting is for new slots; the old ones still open."""
    settings.ARGON2 = {"time_cost": 2, "memory_cost": 16, "parallelism": 1}
    assert slots.open_with(cast.ada.owner, PASSWORD, "ada's") == cast.ada.uk
    slots.change_password(cast.ada.owner, cast.ada.uk, "new")
    assert Slot.objects.get(owner=cast.ada.owner, kind=PASSWORD).params == [2, 16, 1]


# --- between the password and the end of signing in -----------------------------------------------


def test_what_is_held_at_sign_in_opens_the_key_once_sign_in_is_complete(cast: Cast) -> None:
    held = slots.hold(cast.ada.owner, "ada's", NOW)
    taken = slots.take(cast.ada.owner, held, NOW + timedelta(minutes=5))
    assert taken is not None
    assert slots.open_with(cast.ada.owner, PASSWORD, taken) == cast.ada.uk


def test_what_is_held_at_first_sign_in_enrols(db: None) -> None:
    owner = uuid4()
    taken = slots.take(owner, slots.hold(owner, "open sesame", NOW), NOW)
    assert taken is not None
    uk = slots.enrol(owner, taken, NOW)
    assert slots.open_with(owner, PASSWORD, "open sesame") == uk


def test_what_is_held_lasts_five_minutes_for_one_person(cast: Cast) -> None:
    held = slots.hold(cast.ada.owner, "ada's", NOW)
    assert slots.take(cast.ada.owner, held, NOW + timedelta(minutes=5, seconds=1)) is None
    assert slots.take(cast.ada.owner, held, NOW - timedelta(seconds=1)) is None
    assert slots.take(cast.ben.owner, held, NOW) is None
    for altered in (held[:-8], "B" + held[1:], "", "é"):
        assert slots.take(cast.ada.owner, altered, NOW) is None


def test_what_is_held_shows_nothing_of_the_password(cast: Cast) -> None:
    held = slots.hold(cast.ada.owner, "ada's", NOW)
    taken = slots.take(cast.ada.owner, held, NOW)
    assert taken is not None
    assert taken.key.hex() not in repr(taken) + held
    assert repr(taken.key) not in repr(taken)


def test_a_wrong_password_that_is_held_opens_nothing(cast: Cast) -> None:
    taken = slots.take(cast.ada.owner, slots.hold(cast.ada.owner, "ben's", NOW), NOW)
    assert taken is not None
    with pytest.raises(WrongSecret):
        slots.open_with(cast.ada.owner, PASSWORD, taken)


def test_what_is_held_for_one_is_no_slot_of_anothers(cast: Cast) -> None:
    taken = slots.take(cast.ada.owner, slots.hold(cast.ada.owner, "ada's", NOW), NOW)
    assert taken is not None
    with pytest.raises(WrongSecret):
        slots.change_password(cast.ben.owner, cast.ben.uk, taken)
    with pytest.raises(WrongSecret):
        slots.open_with(cast.ben.owner, PASSWORD, taken)


# --- forgetting -----------------------------------------------------------------------------------


def test_after_a_reset_the_new_password_opens_nothing_until_the_key_is_opened_otherwise(cast: Cast) -> None:
    code = slots.new_recovery_code(cast.ada.owner, cast.ada.uk)
    held = slots.hold(cast.ada.owner, "new for signing in", NOW)
    taken = slots.take(cast.ada.owner, held, NOW)
    assert taken is not None
    with pytest.raises(WrongSecret):
        slots.open_with(cast.ada.owner, PASSWORD, taken)
    assert slots.open_with(cast.ada.owner, PASSWORD, "ada's") == cast.ada.uk
    uk = slots.open_with(cast.ada.owner, RECOVERY, code)
    slots.change_password(cast.ada.owner, uk, taken)
    assert slots.open_with(cast.ada.owner, PASSWORD, "new for signing in") == cast.ada.uk
    with pytest.raises(WrongSecret):
        slots.open_with(cast.ada.owner, PASSWORD, "ada's")


def test_with_every_secret_lost_the_partner_gives_access_back_but_private_notes_are_gone(cast: Cast) -> None:
    shared, private = message(cast.ada, cast.pair, "shared"), note(cast.ada, "mine")
    before = directory.words_of(cast.ada.owner)

    ada = Keyring(slots.start_again(cast.ada.owner, "new", NOW))
    assert directory.words_of(ada.owner) != before
    with pytest.raises(NotGranted):
        Writing.message.unseal(shared, ada)
    # Ben still reads what the key that is gone had granted him.
    ben = Keyring(cast.ben.uk)
    assert Writing.message.unseal(shared, ben) == "shared"

    ben.grant_to(cast.pair, ada.owner)
    assert Writing.message.unseal(shared, ada) == "shared"
    with pytest.raises(Exception, match="does not open"):
        Writing.note.unseal(private, ada)


def test_starting_again_ends_every_old_secret_and_session(cast: Cast) -> None:
    slots.add_slot(cast.ada.owner, cast.ada.uk, PHRASE, "a quiet harbour")
    session = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    slots.start_again(cast.ada.owner, "new", NOW)
    for kind, secret in ((PASSWORD, "ada's"), (PHRASE, "a quiet harbour")):
        with pytest.raises(WrongSecret):
            slots.open_with(cast.ada.owner, kind, secret)
    assert unlocking.resume(*session, NOW) is None


def test_erasing_a_person_leaves_the_partner_what_they_had(cast: Cast) -> None:
    row = message(cast.ada, cast.pair, "shared")
    slots.erase(cast.ada.owner)
    assert not directory.enrolled(cast.ada.owner)
    assert Keyring(cast.ben.uk).key_for(cast.pair)
    assert Writing.message.unseal(row, Keyring(cast.ben.uk)) == "shared"
    with pytest.raises(NotEnrolled):
        cast.ben.grant_to(cast.pair, cast.ada.owner)

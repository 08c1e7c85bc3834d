"""What the pair, the staff and outsiders can open, and how keys are given and taken."""

from uuid import uuid4

import pytest

from ithaca.tools.vault import directory, grants, slots
from ithaca.tools.vault.envelopes import Purpose
from ithaca.tools.vault.errors import AlreadyMade, NotEnrolled, NotGranted, WrongSecret
from ithaca.tools.vault.grants import Held
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import Grant

from .conftest import MONTH, NOW, Cast, person
from .rows import Writing, letter, message, note


def again(keyring: Keyring) -> Keyring:
    """The same person, a request later."""
    return Keyring(keyring.uk)


def test_the_pair_read_one_another_and_nobody_else_does(cast: Cast) -> None:
    row = message(cast.ben, cast.pair, "hello Ada")
    for reader in (cast.ada, cast.ben):
        assert Writing.message.unseal(row, reader) == "hello Ada"
    for act in (
        lambda: Writing.message.unseal(row, cast.cleo),
        lambda: message(cast.cleo, cast.pair, "me too"),
        lambda: cast.cleo.grant_to(cast.pair, cast.cleo.owner),
        lambda: cast.cleo.new_epoch(cast.pair, []),
    ):
        with pytest.raises(NotGranted):
            act()


def test_nobody_opens_a_relationship_over_another(cast: Cast) -> None:
    with pytest.raises(AlreadyMade):
        cast.cleo.open_relationship(cast.pair, MONTH, [])
    assert grants.holders_of(cast.pair) == {cast.ada.owner, cast.ben.owner}


def test_of_two_requests_that_make_a_key_at_once_the_first_stands(cast: Cast) -> None:
    """The second comes past the question whether there is a key, and must not write over it."""
    before = again(cast.ben).key_for(cast.pair).key
    theirs = Held(0, bytes(32), MONTH)
    with pytest.raises(AlreadyMade):
        grants.give(cast.ada.uk, Purpose.RELATIONSHIP, cast.pair, theirs, cast.ben.owner, anew=True)
    assert again(cast.ben).key_for(cast.pair).key == before


def test_a_holder_without_a_key_stops_the_whole_opening(cast: Cast) -> None:
    relationship = uuid4()
    with pytest.raises(NotEnrolled):
        cast.ada.open_relationship(relationship, MONTH, [cast.ben.owner, uuid4()])
    assert grants.epochs_of(relationship) == []


def test_all_who_are_ranked_are_granted_and_one_who_declines_is_not(cast: Cast) -> None:
    relationship = uuid4()
    cast.ada.open_relationship(relationship, MONTH, [cast.ben.owner, cast.cleo.owner])
    story = message(cast.ada, relationship, "my story")
    assert Writing.message.unseal(story, cast.cleo) == "my story"
    grants.destroy_grant(relationship, cast.cleo.owner)
    with pytest.raises(NotGranted):
        Writing.message.unseal(story, again(cast.cleo))
    assert Writing.message.unseal(story, again(cast.ben)) == "my story"


def test_a_keyring_asks_for_a_key_once(cast: Cast, django_assert_num_queries: object) -> None:
    row = message(cast.ada, cast.pair, "hello")
    ben = again(cast.ben)
    with django_assert_num_queries(1):
        for _ in range(5):
            Writing.message.unseal(row, ben)


def test_a_new_epoch_shuts_out_whoever_is_not_among_its_holders(cast: Cast) -> None:
    cast.ada.grant_to(cast.pair, cast.cleo.owner)
    old = message(cast.ada, cast.pair, "before")
    assert cast.ada.new_epoch(cast.pair, [cast.ben.owner]) == 1
    assert cast.ada.key_for(cast.pair, 0).key != cast.ada.key_for(cast.pair, 1).key
    new = message(cast.ada, cast.pair, "after")
    assert [Writing.message.unseal(row, again(cast.ben)) for row in (old, new)] == ["before", "after"]
    assert Writing.message.unseal(old, again(cast.cleo)) == "before"
    with pytest.raises(NotGranted):
        Writing.message.unseal(new, again(cast.cleo))


def test_who_was_left_behind_an_epoch_cannot_take_the_next(cast: Cast) -> None:
    """Cleo holds the first epoch only; what she begins must not become what the pair writes with."""
    cast.ada.grant_to(cast.pair, cast.cleo.owner)
    cast.ada.new_epoch(cast.pair, [cast.ben.owner])
    with pytest.raises(NotGranted):
        again(cast.cleo).new_epoch(cast.pair, [cast.ada.owner, cast.ben.owner])


def test_giving_gives_every_epoch_one_holds(cast: Cast) -> None:
    old = message(cast.ada, cast.pair, "before")
    cast.ada.new_epoch(cast.pair, [cast.ben.owner])
    new = message(cast.ada, cast.pair, "after")
    cast.ben.grant_to(cast.pair, cast.cleo.owner)
    assert Writing.message.unseal(old, cast.cleo) == "before"
    assert Writing.message.unseal(new, cast.cleo) == "after"


def test_destroyed_grants_open_for_nobody(cast: Cast) -> None:
    row = message(cast.ada, cast.pair, "hello")
    grants.destroy_grants(cast.pair)
    for reader in (again(cast.ada), again(cast.ben)):
        with pytest.raises(NotGranted):
            Writing.message.unseal(row, reader)


def test_a_private_note_is_its_authors_alone(cast: Cast) -> None:
    row = note(cast.ada, "mine")
    assert Writing.note.unseal(row, cast.ada) == "mine"
    assert Writing.note.unseal(row, again(cast.ada)) == "mine"


# --- mailboxes --------------------------------------------------------------------------------------


def test_anyone_writes_to_a_mailbox_and_its_holders_alone_read(cast: Cast) -> None:
    desk = uuid4()
    with pytest.raises(NotEnrolled):
        letter(desk, "ask for Ada")
    assert cast.ada.make_mailbox(desk, [cast.ben.owner]) == 0
    row = letter(desk, "ask for Ada")
    for reader in (cast.ada, cast.ben):
        assert Writing.request.unseal(row, reader) == "ask for Ada"
    with pytest.raises(NotGranted):
        Writing.request.unseal(row, cast.cleo)
    cast.ben.share_mailbox(desk, cast.cleo.owner)
    assert Writing.request.unseal(row, cast.cleo) == "ask for Ada"


def test_a_leaver_reads_nothing_that_is_written_after(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [cast.ben.owner, cast.cleo.owner])
    before = letter(desk, "before")
    assert cast.ada.make_mailbox(desk, [cast.ben.owner]) == 1
    after = letter(desk, "after")
    for reader in (cast.ada, cast.ben):
        assert Writing.request.unseal(before, reader) == "before"
        assert Writing.request.unseal(after, reader) == "after"
    with pytest.raises(NotGranted):
        Writing.request.unseal(after, cast.cleo)
    with pytest.raises(NotGranted):
        cast.cleo.make_mailbox(desk, [cast.cleo.owner])
    grants.destroy_grant(desk, cast.cleo.owner)
    with pytest.raises(NotGranted):
        Writing.request.unseal(before, again(cast.cleo))


def test_an_outsider_neither_shares_nor_renews_a_mailbox(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    for act in (
        lambda: cast.cleo.share_mailbox(desk, cast.cleo.owner),
        lambda: cast.cleo.make_mailbox(desk, []),
        lambda: cast.cleo.new_mailbox_code(desk),
    ):
        with pytest.raises(NotGranted):
            act()
    assert directory.address_of(desk).epoch == 0


def test_the_printed_code_gives_a_mailbox_back_with_all_its_epochs(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    before = letter(desk, "before")
    cast.ada.make_mailbox(desk, [])
    after = letter(desk, "after")
    first, second = cast.ada.new_mailbox_code(desk), cast.ada.new_mailbox_code(desk)
    Grant.objects.all().delete()
    with pytest.raises(WrongSecret):
        cast.cleo.recover_mailbox(desk, first)
    cast.cleo.recover_mailbox(desk, second.lower().replace("-", " "))
    assert Writing.request.unseal(before, cast.cleo) == "before"
    assert Writing.request.unseal(after, cast.cleo) == "after"


def test_a_newcomers_code_leaves_the_old_one_what_the_newcomer_never_held(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    before = letter(desk, "before")
    first = cast.ada.new_mailbox_code(desk)
    cast.ada.make_mailbox(desk, [cast.ben.owner])
    after = letter(desk, "after")
    second = cast.ben.new_mailbox_code(desk)
    Grant.objects.all().delete()
    cast.cleo.recover_mailbox(desk, second)
    assert Writing.request.unseal(after, cast.cleo) == "after"
    with pytest.raises(NotGranted):
        Writing.request.unseal(before, cast.cleo)
    cast.cleo.recover_mailbox(desk, first)
    assert Writing.request.unseal(before, cast.cleo) == "before"


def test_a_mailbox_without_a_code_is_not_recovered(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    with pytest.raises(WrongSecret):
        cast.cleo.recover_mailbox(desk, "0" * 32)


def test_one_person_may_be_in_many_pairs(cast: Cast) -> None:
    dan = person("dan's")
    other = uuid4()
    cast.ben.open_relationship(other, MONTH, [dan.owner])
    row = message(cast.ben, other, "for Dan")
    assert Writing.message.unseal(row, dan) == "for Dan"
    with pytest.raises(NotGranted):
        Writing.message.unseal(row, cast.ada)


def test_a_keyring_after_starting_again_is_another(cast: Cast) -> None:
    assert slots.start_again(cast.ada.owner, "new", NOW) != cast.ada.uk

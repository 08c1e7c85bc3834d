"""A field seals and opens its own row: with the right keys, in the right name, and not by itself."""

from uuid import uuid4

import pytest

from ithaca.tools.vault import envelopes, keyless
from ithaca.tools.vault.errors import Locked, NotGranted, Tampered
from ithaca.tools.vault.fields import SealedField, SealedForPair
from ithaca.tools.vault.sealed import Sealed

from .conftest import Cast
from .rows import FIELDS, Elsewhere, Writing, put, written_by

TEXT = "“naïve” 🧵"
FILE = bytes(range(256)) * 20


def test_a_text_of_the_two_opens_for_both(cast: Cast) -> None:
    row = written_by(cast.ada.owner, cast.pair)
    row.message = Writing.message.seal(row, TEXT, cast.ada)
    assert [Writing.message.unseal(row, keys) for keys in (cast.ada, cast.ben)] == [TEXT, TEXT]
    with pytest.raises(NotGranted):
        Writing.message.unseal(row, cast.cleo)


def test_a_file_of_the_two_opens_for_both(cast: Cast) -> None:
    row = written_by(cast.ada.owner, cast.pair)
    row.file = Writing.file.seal(row, FILE, cast.ada)
    assert [Writing.file.unseal(row, keys) for keys in (cast.ada, cast.ben)] == [FILE, FILE]
    with pytest.raises(NotGranted):
        Writing.file.unseal(row, cast.cleo)


def test_a_row_that_is_its_authors_alone_opens_for_nobody_else(cast: Cast) -> None:
    row = written_by(cast.ada.owner, cast.pair, alone=True)
    row.message, row.file = Writing.message.seal(row, TEXT, cast.ada), Writing.file.seal(row, FILE, cast.ada)
    assert (Writing.message.unseal(row, cast.ada), Writing.file.unseal(row, cast.ada)) == (TEXT, FILE)
    for unseal in (Writing.message.unseal, Writing.file.unseal):
        with pytest.raises(Tampered):
            unseal(row, cast.ben)


def test_a_flag_that_was_turned_opens_nothing(cast: Cast) -> None:
    for alone in (False, True):
        row = written_by(cast.ada.owner, cast.pair, alone=alone)
        row.message, row.file = Writing.message.seal(row, TEXT, cast.ada), Writing.file.seal(row, FILE, cast.ada)
        row.alone = not alone
        for unseal in (Writing.message.unseal, Writing.file.unseal):
            for keys in (cast.ada, cast.ben):
                with pytest.raises((Tampered, NotGranted)):
                    unseal(row, keys)


def test_a_private_text_opens_for_its_author_alone(cast: Cast) -> None:
    row = written_by(cast.ada.owner, cast.pair)
    row.note = Writing.note.seal(row, TEXT, cast.ada)
    row.reason = Writing.reason.seal(row, TEXT, cast.ben)
    assert Writing.note.unseal(row, cast.ada) == Writing.reason.unseal(row, cast.ben) == TEXT
    for unseal, keys in ((Writing.note.unseal, cast.ben), (Writing.reason.unseal, cast.ada)):
        with pytest.raises(Tampered):
            unseal(row, keys)


def test_what_anyone_seals_to_a_mailbox_opens_for_its_holders(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [cast.ben.owner])
    row = Writing(desk=desk)
    row.request = Writing.request.seal(row, TEXT)
    assert [Writing.request.unseal(row, keys) for keys in (cast.ada, cast.ben)] == [TEXT, TEXT]
    with pytest.raises(NotGranted):
        Writing.request.unseal(row, cast.cleo)


def test_what_is_for_the_server_opens_without_anybodys_key_where_its_item_is(db: None) -> None:
    row, desk = Writing(), uuid4()
    row.topics = Writing.topics.seal(row, TEXT)
    row.desk = desk
    row.headings = Writing.headings.seal(row, TEXT)
    assert Writing.topics.unseal(row) == Writing.headings.unseal(row) == TEXT
    assert Writing.headings.unseal(put(Writing(desk=desk), Writing.headings, row.headings.data)) == TEXT
    with pytest.raises(Tampered):
        Writing.topics.unseal(put(Writing(desk=desk), Writing.topics, row.topics.data))


def test_without_a_key_it_stays_shut(cast: Cast) -> None:
    desk = uuid4()
    cast.ada.make_mailbox(desk, [])
    row = written_by(cast.ada.owner, cast.pair, desk=desk)
    row.message, row.file = Writing.message.seal(row, TEXT, cast.ada), Writing.file.seal(row, FILE, cast.ada)
    row.note, row.request = Writing.note.seal(row, TEXT, cast.ada), Writing.request.seal(row, TEXT)
    for field in (Writing.message, Writing.file, Writing.note, Writing.request):
        with pytest.raises(Locked):
            field.unseal(row, None)
    for field in (Writing.message, Writing.note, Writing.reason):
        with pytest.raises(Locked):
            field.seal(row, TEXT, None)


@pytest.mark.parametrize("keys", ["none", "somebody's"])
def test_an_empty_field_opens_to_nothing_for_anyone(cast: Cast, keys: str) -> None:
    """No key is asked for: where nothing was written, nobody has to unlock."""
    ring = None if keys == "none" else cast.cleo
    row = written_by(cast.ada.owner, cast.pair)
    texts = (Writing.message, Writing.note, Writing.reason, Writing.request)
    assert [field.unseal(row, ring) for field in texts] == [""] * 4
    assert (Writing.file.unseal(row, ring), Writing.topics.unseal(row)) == (b"", "")


def test_an_empty_text_is_not_an_empty_field(cast: Cast) -> None:
    row = written_by(cast.ada.owner, cast.pair)
    row.message, row.topics = Writing.message.seal(row, "", cast.ada), Writing.topics.seal(row, "")
    assert None not in (row.message, row.topics)
    assert (Writing.message.unseal(row, cast.ben), Writing.topics.unseal(row)) == ("", "")


def test_nobody_seals_in_anothers_name(cast: Cast) -> None:
    for alone in (False, True):
        row = written_by(cast.ben.owner, cast.pair, alone=alone)
        for field in (Writing.message, Writing.note):
            with pytest.raises(ValueError, match="author"):
                field.seal(row, TEXT, cast.ada)
        with pytest.raises(ValueError, match="author"):
            Writing.file.seal(row, FILE, cast.ada)


def test_a_row_without_an_author_opens_for_nobody(cast: Cast) -> None:
    row = written_by(cast.ada.owner, cast.pair)
    row.message = Writing.message.seal(row, TEXT, cast.ada)
    row.author = None
    with pytest.raises(Tampered):
        Writing.message.unseal(row, cast.ada)


def test_a_field_knows_its_own_rows_only(cast: Cast) -> None:
    row = Elsewhere(pair=cast.pair, author=cast.ada.owner)
    for act in (
        lambda: Writing.message.seal(row, TEXT, cast.ada),
        lambda: Writing.message.unseal(row, cast.ada),
        lambda: Writing.note.unseal(row, cast.ada),
        lambda: Writing.request.seal(row, TEXT),
        lambda: Writing.topics.seal(row, TEXT),
        lambda: Writing.topics.unseal(row),
    ):
        with pytest.raises(TypeError):
            act()


@pytest.mark.parametrize("fact", ["pair", "id", "author"])
def test_what_it_is_bound_to_is_a_uuid(cast: Cast, fact: str) -> None:
    """The same uuid as text would be another binding, and would never open again."""
    row = written_by(cast.ada.owner, cast.pair)
    setattr(row, fact, str(getattr(row, fact)))
    with pytest.raises(TypeError):
        Writing.message.seal(row, TEXT, cast.ada)


def test_it_is_bound_to_what_a_path_leads_to(cast: Cast) -> None:
    """A fact of another row is as good as one of its own."""
    field = SealedForPair(kind="reply", relationship="behind.pair", author="behind.author", item="behind.pk")
    field.set_attributes_from_name("reply")
    field.model = Writing
    row = written_by(cast.ben.owner, uuid4())
    row.behind = behind = written_by(cast.ada.owner, cast.pair)
    row.reply = field.seal(row, TEXT, cast.ada)
    assert field.unseal(row, cast.ben) == TEXT
    place = envelopes.Place(cast.pair, 0, "reply", behind.pk)
    assert envelopes.open_item(cast.ben.key_for(cast.pair).key, place, cast.ada.owner, row.reply.data) == TEXT


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.kind)
def test_it_is_the_same_column_in_a_migration_however_it_is_sealed(field: SealedField) -> None:
    _name, path, args, options = field.deconstruct()
    assert path == "ithaca.tools.vault.fields.SealedField"
    assert (args, options) == ([], {"tier": field.tier, "kind": field.kind, "null": True})
    clone = field.clone()
    assert type(clone) is SealedField
    assert clone.deconstruct()[1:] == (path, args, options)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.kind)
def test_nothing_opens_by_being_read(cast: Cast, field: SealedField) -> None:
    row = put(written_by(cast.ada.owner, cast.pair), field, b"ciphertext")
    value = getattr(row, field.name)
    assert isinstance(value, Sealed)
    assert {str(value), repr(value), f"{value}"} == {"[sealed]"}
    assert getattr(Writing, field.name) is field


def test_a_text_for_a_page_opens_as_its_kind_for_its_item_only(db: None) -> None:
    item = uuid4()
    held = keyless.seal_as_text("page", item, TEXT)
    assert keyless.unseal_as_text("page", item, held) == TEXT
    last = "A" if held[-5] != "A" else "B"
    for kind, what, altered in (
        ("page", uuid4(), held),
        ("other", item, held),
        ("page", item, held[:-5] + last + held[-4:]),
        ("page", item, "not base64!"),
        ("page", item, "é"),
        ("page", item, ""),
    ):
        with pytest.raises(Tampered):
            keyless.unseal_as_text(kind, what, altered)

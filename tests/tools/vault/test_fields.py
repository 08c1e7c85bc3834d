"""The sealed field: ciphertext in, ciphertext out, and nothing else gets in."""

import pickle
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from ithaca.tools.vault.fields import Sealed, SealedField, SealedForServer
from ithaca.tools.vault.tiers import Tier


@pytest.fixture
def note(db: None) -> Iterator[type[models.Model]]:
    """A model with one sealed field, and a second that may be empty."""
    with isolate_apps("ithaca.tools.vault"):

        class Note(models.Model):
            id = models.UUIDField(primary_key=True, default=uuid4)
            text = SealedForServer(kind="note.text")
            other = SealedForServer(kind="note.other", null=True)

            class Meta:
                app_label = "vault"

        with connection.cursor() as cursor:
            cursor.execute(*connection.SchemaEditorClass(connection).table_sql(Note))
        yield Note


def written(note: type[models.Model]) -> models.Model:
    """Return a row, not yet saved, that keeps a secret."""
    row = note()
    row.text = note.text.seal(row, "a secret")
    return row


def test_what_is_saved_comes_back_sealed(note: type[models.Model]) -> None:
    row = written(note)
    row.save()
    back = note.objects.get(pk=row.pk)
    assert back.other is None
    assert note.text.unseal(back) == "a secret"
    assert note.objects.values_list("text", flat=True).get() == row.text


def test_the_database_gets_ciphertext_only(note: type[models.Model]) -> None:
    written(note).save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM vault_note")
        (stored,) = cursor.fetchone()
    assert b"a secret" not in bytes(stored)
    assert len(bytes(stored)) > 256


@pytest.mark.parametrize("value", ["a secret", "", b"a secret", 1, Sealed(b"", Tier.T1S, "note.other")])
def test_nothing_else_is_taken(note: type[models.Model], value: object) -> None:
    with pytest.raises(TypeError):
        note(text=value)
    row = written(note)
    with pytest.raises(TypeError):
        row.text = value
    with pytest.raises(TypeError):
        note.objects.update(text=value)


def test_a_seal_of_another_tier_is_not_taken(note: type[models.Model]) -> None:
    with pytest.raises(TypeError, match="T1s"):
        note(text=Sealed(b"", Tier.T3, "note.text"))


def test_it_prints_nothing(note: type[models.Model]) -> None:
    row = written(note)
    assert {repr(row.text), str(row.text), f"{row.text}", f"{row.text!r:>3}"} == {"[sealed]"}


def test_it_is_not_asked_about_but_whether_it_is_there(note: type[models.Model]) -> None:
    written(note).save()
    assert note.objects.filter(other__isnull=True).count() == 1
    for query in ("text", "text__contains", "text__startswith", "text__length"):
        with pytest.raises(FieldError):
            note.objects.filter(**{query: written(note).text}).exists()


def test_it_is_in_no_form(note: type[models.Model]) -> None:
    assert not note._meta.get_field("text").editable


def test_a_dump_carries_ciphertext_and_loads_again(note: type[models.Model]) -> None:
    row = written(note)
    dumped = serializers.serialize("json", [row], fields=["text"])
    assert "a secret" not in dumped
    field = note._meta.get_field("text")
    assert field.to_python(field.value_to_string(row)) == row.text


def test_an_empty_field_is_empty_in_a_dump_and_after(note: type[models.Model]) -> None:
    row = written(note)
    dumped = serializers.serialize("python", [row])
    assert dumped[0]["fields"]["other"] is None


def test_a_migration_carries_tier_and_kind() -> None:
    written = MigrationWriter.serialize(SealedField(tier=Tier.T2, kind="enquiry.letter"))[0]
    assert "Tier['T2']" in written
    assert "enquiry.letter" in written


def test_plain_text_needs_no_seal() -> None:
    with pytest.raises(TypeError):
        SealedField(tier=Tier.T1, kind="name")


def test_a_seal_survives_a_pickle_and_compares_by_what_it_is(note: type[models.Model]) -> None:
    one = written(note).text
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
    assert one != Sealed(one.data, one.tier, "another")

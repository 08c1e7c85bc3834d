"""Private exclusions: kept by their owner alone, compared by anyone, listed by nobody."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.members.actions import keys, private_lists
from ithaca.records.members.models import Exclusion, User
from ithaca.records.members.private_lists import Entry, plain_name
from ithaca.records.members.queries.exclusions import shunned_pairs
from ithaca.records.members.queries.private_lists import entries_of
from ithaca.tools.vault.errors import Tampered
from tests.cast import NOW, PASSWORD, Cast, keyring_of, make_cast, make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def avoid(owner: User, **who: Any) -> Entry:
    entry = Entry(id=str(uuid4()), **who)
    private_lists.add(owner, keyring_of(owner), entry)
    return entry


def shunned(person: UUID, others: list[UUID]) -> set[UUID]:
    """Those of `others` who must not be paired with this person."""
    return {other for _, other in shunned_pairs([person], others)}


BY = {
    "address": {"email": "Omar.Reed@Practice.example"},
    "name and practice": {"name": "Dr. Omar J. REED", "organisation": "Z90002", "practice": "Practice Z90002"},
}


@pytest.mark.parametrize("who", BY.values(), ids=BY)
def test_either_side_is_kept_away(cast: Cast, who: dict[str, str]) -> None:
    others = [cast.mentor.pk, cast.stranger.pk]
    assert shunned(cast.mentee.pk, others) == set()
    avoid(cast.mentee, **who)
    assert shunned(cast.mentee.pk, others) == {cast.mentor.pk}
    assert shunned(cast.mentor.pk, [cast.mentee.pk, cast.stranger.pk]) == {cast.mentee.pk}


def test_a_name_alone_at_another_practice_is_somebody_else(cast: Cast) -> None:
    avoid(cast.mentee, name="Omar Reed", organisation="Z90003", practice="Practice Z90003")
    assert shunned(cast.mentee.pk, [cast.mentor.pk]) == set()


def test_one_persons_list_keeps_nobody_else_away(cast: Cast) -> None:
    avoid(cast.mentee, email=cast.mentor.email)
    assert shunned(cast.stranger.pk, [cast.mentor.pk, cast.mentee.pk]) == set()


def test_someone_who_joins_later_is_recognised(cast: Cast) -> None:
    avoid(cast.mentee, name="Later Comer", organisation="Z90001", practice="Practice Z90001")
    late = make_person("Later Comer")
    make_member(cast.scheme, late, cast.mentee_member.organisation)
    assert shunned(cast.mentee.pk, [late.pk]) == {late.pk}


def test_a_change_of_address_and_practice_does_not_undo_it(cast: Cast) -> None:
    avoid(cast.mentee, email=cast.mentor.email)
    User.objects.filter(pk=cast.mentor.pk).update(email="new@elsewhere.example", name="Other Name")
    assert shunned(cast.mentee.pk, [cast.mentor.pk]) == {cast.mentor.pk}


def test_taking_someone_out_keeps_what_another_entry_needs(cast: Cast) -> None:
    first = avoid(cast.mentee, email=cast.mentor.email)
    second = avoid(cast.mentee, **BY["name and practice"])
    private_lists.remove(cast.mentee, keyring_of(cast.mentee), first.id)
    assert shunned(cast.mentee.pk, [cast.mentor.pk]) == {cast.mentor.pk}
    private_lists.remove(cast.mentee, keyring_of(cast.mentee), second.id)
    assert shunned(cast.mentee.pk, [cast.mentor.pk]) == set()
    assert not Exclusion.objects.exists()
    assert entries_of(cast.mentee.pk, keyring_of(cast.mentee)) == ()


def test_whoever_begins_again_with_a_new_key_is_still_kept_away(cast: Cast) -> None:
    avoid(cast.mentee, email=cast.mentor.email)
    keys.ask_for_new_key(cast.mentee, PASSWORD, "/", NOW - timedelta(hours=24))
    keys.start_again(cast.mentee, PASSWORD, NOW)
    assert entries_of(cast.mentee.pk, keyring_of(cast.mentee)) == ()
    assert shunned(cast.mentee.pk, [cast.mentor.pk]) == {cast.mentor.pk}


def test_adding_twice_keeps_one(cast: Cast) -> None:
    entry, keys = Entry(id=str(uuid4()), email="x@y.example"), keyring_of(cast.mentee)
    private_lists.add(cast.mentee, keys, entry)
    private_lists.add(cast.mentee, keys, entry)
    assert len(entries_of(cast.mentee.pk, keys)) == 1


def test_nobody_else_reads_the_list_and_no_name_is_stored(cast: Cast) -> None:
    avoid(cast.mentee, email=cast.mentor.email, **BY["name and practice"])
    with pytest.raises(Tampered):
        entries_of(cast.mentee.pk, keyring_of(cast.coordinator))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_exclusion")
        marks = str(cursor.fetchall())
        cursor.execute("SELECT entries FROM members_privatelist")
        sealed = bytes(cursor.fetchone()[0])
    for known in (cast.mentee.pk, cast.mentor.pk):
        assert known.hex not in marks.replace("-", "")
    assert b"Reed" not in sealed
    assert b"omar" not in sealed.lower()


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    avoid(cast.mentee, email=cast.mentor.email)
    people = [make_person(f"Person {number}") for number in range(12)]
    for number, user in enumerate(people):
        make_member(cast.scheme, user, make_organisation(f"Z91{number:03}"))

    def count(others: list[User]) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            shunned(cast.mentee.pk, [user.pk for user in others])
        return len(queries)

    assert count(people[:1]) == count(people) == 4


def test_pairs_are_those_of_each_one_alone(cast: Cast) -> None:
    avoid(cast.mentee, email=cast.mentor.email)
    avoid(cast.stranger, email=cast.mentee.email)
    everyone = [cast.mentee.pk, cast.mentor.pk, cast.stranger.pk, cast.coordinator.pk]
    pairs = shunned_pairs(everyone, everyone)
    assert pairs == {(one, other) for one in everyone for other in shunned(one, everyone)}
    assert len(pairs) == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dr José O'Neill", "jose  oneill", True),
        ("Mary Ann Smith", "Mary Smith", True),
        ("Mary Smith", "Martha Smith", False),
        ("Dr Smith", "Smith", True),
        ("Prof", "prof", True),
        ("! !", "", True),
    ],
)
def test_names_are_compared_without_their_trimmings(one: str, other: str, same: bool) -> None:
    assert (plain_name(one) == plain_name(other)) is same


@given(st.text(min_size=1) | st.lists(st.sampled_from(["!", "Dr", "Ann", "ß", "´"])).map(" ".join))
def test_a_plain_name_is_plain_already(name: str) -> None:
    assert plain_name(plain_name(name)) == plain_name(name)

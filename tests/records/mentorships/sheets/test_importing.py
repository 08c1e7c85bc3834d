"""A coordinator's spreadsheet: tried without writing, brought over by the pages' own rules, and never twice."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from ithaca.records.members.actions import arrivals, private_lists
from ithaca.records.members.models import Arrival, Membership, MentorStanding, User
from ithaca.records.members.private_lists import Entry
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships.importing import downloads
from ithaca.records.mentorships.importing.actions import sheets as sheets_actions
from ithaca.records.mentorships.importing.queries.sheets import changes_of, faults_of, matched_of
from ithaca.records.mentorships.models import Agreement, MentoringRequest, Mentorship, Note, Sheet
from ithaca.records.mentorships.pairing.actions import conflicts
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.room.actions import room_keys as room_keys_actions
from ithaca.records.mentorships.room.actions import sessions
from ithaca.records.mentorships.room.queries import room_keys
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.sheets import uploads, writing
from ithaca.tools.vault import grants, slots
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.keyring import Keyring
from tests.cast import NOW, TODAY, Cast, keyring_of, make_cast, make_member, make_organisation
from tests.records.mentorships.sheets import rosters
from tests.records.mentorships.sheets.rosters import MEMBERS, MENTORS, PAIRS, WAITING, brought, counts, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def codes() -> list[str]:
    return rosters.organisations(8)


def everything() -> list[Any]:
    """Every row that an import could write, but for the sheets themselves."""
    models = (User, Membership, MentorStanding, MentoringRequest, Mentorship, Agreement, Arrival, OutboxLetter)
    return [list(model.objects.order_by("pk").values()) for model in models]


def places_of(sheet: Sheet) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.letter, fault.reason) for fault in faults_of(sheet)]


# --- members --------------------------------------------------------------------------------------


def test_members_come_in_as_by_their_own_application_and_nobody_is_told(cast: Cast, codes: list[str]) -> None:
    rows = [MEMBERS, *(rosters.person(number, codes[number]) for number in range(3))]
    before = everything()
    sheet = tried(cast, "members", rows)
    assert counts(sheet) == {"added": 3, "changed": 0, "unchanged": 0, "broken": 0}
    assert everything() == before, "a dry run writes nothing"
    sheets_actions.confirm(sheet, coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
    sheets_actions.run(sheet.pk)
    member = Membership.objects.get(user__email="p1@roster.example")
    assert (member.stage, member.organisation_id, member.valid_until) == ("active", codes[1], date(2027, 12, 31))
    assert not member.user.has_usable_password()
    assert OutboxLetter.objects.count() == 0
    assert Arrival.objects.filter(told_at=None).count() == 3
    sheet.refresh_from_db()
    assert (sheet.stage, sheet.done, counts(sheet)["added"], sheet.rows) == ("done", 3, 3, None)


@pytest.mark.parametrize("kind", ["members", "mentors", "waiting", "pairs"])
def test_the_same_file_twice_changes_nothing_and_says_so(cast: Cast, codes: list[str], kind: str) -> None:
    people = [MEMBERS, *(rosters.person(number, codes[number]) for number in range(2))]
    mentors = [MENTORS, *(rosters.mentor(number, codes[number]) for number in range(2, 4))]
    sheets = {
        "members": people,
        "mentors": mentors,
        "waiting": [WAITING, rosters.waiting(5, codes[5])],
        "pairs": [PAIRS, rosters.pair(0, 2, asked_on="01/08/2026"), rosters.pair(1, 3)],
    }
    if kind == "pairs":
        brought(cast, "members", people)
        brought(cast, "mentors", mentors)
    first = brought(cast, kind, sheets[kind])
    assert counts(first)["added"] == len(sheets[kind]) - 1
    before = everything()
    again = tried(cast, kind, sheets[kind])
    assert counts(again) == {"added": 0, "changed": 0, "unchanged": len(sheets[kind]) - 1, "broken": 0}
    with pytest.raises(sheets_actions.NothingToDo):
        sheets_actions.confirm(again, coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
    assert everything() == before


def test_a_worker_that_is_killed_goes_on_where_it_stopped(
    cast: Cast, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets_actions, "AT_ONCE", 2)
    sheet = tried(cast, "members", [MEMBERS, *(rosters.person(number, codes[number]) for number in range(5))])
    sheets_actions.confirm(sheet, coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
    entries = sheets_actions.entries_of(sheet, matched_of(sheet))
    assert sheets_actions._some_more(sheet.pk, entries, NOW)
    sheet.refresh_from_db()
    assert (sheet.stage, sheet.done, sheet.added) == ("running", 2, 2)
    sheets_actions.take_in.enqueue(str(sheet.pk))
    sheets_actions.take_in.enqueue(str(sheet.pk))
    sheet.refresh_from_db()
    assert (sheet.stage, sheet.done, counts(sheet)["added"]) == ("done", 5, 5)


def test_what_changed_is_changed_and_an_empty_cell_says_nothing(cast: Cast, codes: list[str]) -> None:
    brought(cast, "members", [MEMBERS, rosters.person(0, codes[0]), rosters.person(1, codes[1])])
    sheet = brought(cast, "members", [["email", "valid until", "ODS"], ["P0@Roster.example", "30/06/2028", ""]])
    assert counts(sheet) == {"added": 0, "changed": 1, "unchanged": 0, "broken": 0}
    member = Membership.objects.get(user__email="p0@roster.example")
    assert (member.valid_until, member.organisation_id, member.stage) == (date(2028, 6, 30), codes[0], "active")


def test_a_name_in_two_columns_is_put_together(cast: Cast, codes: list[str]) -> None:
    headings = ["Surname", "Forename", *MEMBERS[1:]]
    rows = [["Bell", "Ada", *rosters.person(0, codes[0])[1:]], ["", "", *rosters.person(1, codes[1])[1:]]]
    sheet = brought(cast, "members", [headings, *rows])
    assert User.objects.get(email="p0@roster.example").name == "Ada Bell"
    assert places_of(sheet) == [(3, "B", "Add a name.")]
    assert not {"First name", "Family name"} & set(downloads.headings("members", cast.scheme))


def test_what_would_be_changed_is_told_cell_by_cell(cast: Cast, codes: list[str], people: list[str]) -> None:
    def told(kind: str, rows: list[list[str]]) -> list[tuple[str, str]]:
        return [(change.place, change.reason) for change in changes_of(tried(cast, kind, rows))]

    email, mentor = "p0@roster.example", "p5@roster.example"
    member = Membership.objects.get(user__email=email)
    was = member.user.name
    assert told("members", [["Email", "Surname"], [email, "Bell"], ["p1@roster.example", ""]]) == [
        ("Row 2, column B", f"“{was}” becomes “Bell”.")
    ]
    assert told("members", [["Email", "In post since"], [email, "1/2/2024"]]) == [
        ("Row 2, column B", "“01/02/2024” is added.")
    ]
    assert told("mentors", [["Email", "How many people", "Topics"], [mentor, "4", "leading and managing staff"]]) == [
        ("Row 2, column B", "“3” becomes “4”."),
        (
            "Row 2, column C",
            "“Leading and managing staff; Money, contracts and claims” becomes “Leading and managing staff”.",
        ),
    ]
    brought(cast, "pairs", [PAIRS, rosters.pair(0, 5)])
    assert told("pairs", [PAIRS, rosters.pair(0, 5, sessions="6")]) == [("Row 2, column D", "“4” becomes “6”.")]


def test_one_who_is_still_to_be_checked_waits_on_the_desk(cast: Cast, codes: list[str]) -> None:
    rows = [[*MEMBERS, "Status"], [*rosters.person(0, codes[0]), "applied"], [*rosters.person(1, codes[1]), ""]]
    brought(cast, "members", rows)
    assert Membership.objects.get(user__email="p0@roster.example").stage == "applied"
    assert counts(tried(cast, "members", rows))["unchanged"] == 2
    rows[1][-1] = "active"
    assert counts(brought(cast, "members", rows))["changed"] == 1
    assert Membership.objects.get(user__email="p0@roster.example").stage == "active"


def test_what_someone_who_has_signed_in_says_of_themselves_stays_theirs(cast: Cast) -> None:
    rows = [["Email", "Name", "Telephone"], [cast.stranger.email, "Somebody Else", "01632 960 999"]]
    sheet = tried(cast, "members", rows)
    assert counts(sheet)["unchanged"] == 1
    mentors = [["Email", "Topics", "Places"], [cast.mentor.email, "Money, contracts and claims", "4"]]
    assert counts(tried(cast, "mentors", mentors))["unchanged"] == 1


def test_nobody_brings_themselves_over(cast: Cast, codes: list[str]) -> None:
    row = rosters.person(0, codes[0])
    row[1] = cast.coordinator.email
    sheet = tried(cast, "members", [MEMBERS, row])
    assert places_of(sheet) == [(2, "B", "This is you. Another coordinator can do this for you.")]


FAULTS: dict[str, tuple[int, str, str]] = {
    # column: (place in the row, what stands there, a few words of what is said)
    "no address": (1, "", "Add an email address"),
    "not an address": (1, "p0(at)roster", "isn't an email address"),
    "no name": (0, "", "Add a name"),
    "a formula": (0, "\ue000", "formula"),
    "an endless name": (0, "N" * 121, "longer than 120"),
    "a hidden sign": (0, "Na\x07me", "hidden character"),
    "an unknown practice": (2, "Z99999", "No organisation has the code Z99999"),
    "no code": (2, "the surgery", "isn't an ODS code"),
    "no practice": (2, "", "Add the practice's ODS code"),
    "no number": (3, "", "Add a membership number"),
    "no date": (4, "", "Add the date the membership is valid until"),
    "month first": (4, "12/31/2027", "isn't a date"),
    "no such day": (4, "31/02/2027", "isn't a date"),
    "in words": (4, "soon", "isn't a date"),
    "run out": (4, "31/12/2025", "has passed"),
}


def test_every_fault_is_told_at_its_place_and_all_of_them_at_once(cast: Cast, codes: list[str]) -> None:
    rows = [["Our members 2026"], [], MEMBERS]
    for number, (column, text, _words) in enumerate(FAULTS.values()):
        row = rosters.person(number, codes[number % 8])
        row[column] = text
        rows += [row, []]
    told = faults_of(tried(cast, "members", rows))
    assert len(told) == len(FAULTS)
    for number, ((column, _text, words), fault) in enumerate(zip(FAULTS.values(), told, strict=True)):
        assert (fault.row, fault.column, fault.heading) == (4 + 2 * number, column + 1, MEMBERS[column])
        assert words in fault.reason


def test_twins_in_one_sheet_are_told(cast: Cast, codes: list[str]) -> None:
    first, shared = rosters.person(0, codes[0]), rosters.person(1, codes[1])
    shared[1] = first[1]
    reasons = [reason for _row, _letter, reason in places_of(tried(cast, "members", [MEMBERS, first, first, shared]))]
    assert reasons == [
        "This person is already in row 2.",
        "Row 2 has this address too, for someone else. Each person needs their own.",
    ]


@pytest.mark.parametrize(
    "typed", ["27/03/2027", "27.3.2027", "27-03-27", "2027-03-27", "27 March 2027", "27th Mar 2027", "46473"]
)
def test_dates_are_read_as_people_and_excel_write_them(cast: Cast, codes: list[str], typed: str) -> None:
    row = rosters.person(0, codes[0])
    row[4] = typed
    brought(cast, "members", [MEMBERS, row])
    assert Membership.objects.get(user__email=row[1]).valid_until == date(2027, 3, 27)


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        (["E-mail Address", "FULL NAME", "Practice Code", "Member No.", "Expiry date"], "abcde"),
        (["valid untill", "Emial", "name:", "ods_code", "Membreship number"], "eabcd"),
        (["Protégé e-mail", "Shoe size"], "--"),
    ],
)
def test_headings_are_guessed_by_name_by_likeness_and_never_twice(cast: Cast, headings: list[str], meant: str) -> None:
    names = {
        "a": "email",
        "b": "name",
        "c": "organisation",
        "d": "subscriber_number",
        "e": "valid_until",
        "-": "",
    }
    sheet = rosters.uploaded(cast, "members", [headings, ["x"] * len(headings)])
    assert matched_of(sheet) == [names[letter] for letter in meant]


def test_corrected_headings_are_remembered_for_the_scheme_and_kind(cast: Cast) -> None:
    rows = [["Who is it", "Shoe size", "Email"], ["Ada", "38", "ada@a.example"]]
    sheet = rosters.uploaded(cast, "members", rows)
    sheets_actions.check(sheet, ["name", "", "email"], coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
    assert matched_of(rosters.uploaded(cast, "members", rows)) == ["name", "", "email"]
    assert matched_of(rosters.uploaded(cast, "mentors", rows))[0] == ""
    assert matched_of(rosters.uploaded(cast, "members", rows, cast.other_scheme))[0] == ""


def test_merged_headings_above_the_real_ones_are_passed_over(cast: Cast, codes: list[str]) -> None:
    rows = [["Contact", "", "Where", "Association", ""], MEMBERS, rosters.person(0, codes[0])]
    assert counts(tried(cast, "members", rows)) == {"added": 1, "changed": 0, "unchanged": 0, "broken": 0}


# --- mentors and those who wait -------------------------------------------------------------------


def test_mentors_get_a_standing_with_what_the_sheet_says(cast: Cast, codes: list[str]) -> None:
    brought(cast, "mentors", [MENTORS, rosters.mentor(0, codes[0])])
    standing = MentorStanding.objects.get(membership__user__email="p0@roster.example")
    offer = offer_of(standing)
    assert (standing.stage, standing.capacity) == ("available", 3)
    assert (offer.roles, offer.topics) == (("guide", "sounding_board"), ("staff", "finance"))


@pytest.mark.parametrize("typed", ["0", "5", "many", "-1", "2.5", "9999999", "0000021"])
def test_a_capacity_that_is_nonsense_is_told(cast: Cast, codes: list[str], typed: str) -> None:
    row = rosters.mentor(0, codes[0])
    row[7] = typed
    [(at, letter, reason)] = places_of(tried(cast, "mentors", [MENTORS, row]))
    assert (at, letter) == (2, "H")
    assert "whole number from 1 to 4" in reason


def test_a_word_that_is_none_of_ours_is_told_with_those_that_are(cast: Cast, codes: list[str]) -> None:
    row = rosters.mentor(0, codes[0])
    row[5] = "Guide; Guru"
    [(_at, letter, reason)] = places_of(tried(cast, "mentors", [MENTORS, row]))
    assert letter == "F"
    assert "“Guru” isn't one of these: Guide; Confidant;" in reason


def test_those_who_wait_keep_the_place_of_the_day_they_asked(cast: Cast, codes: list[str]) -> None:
    brought(cast, "waiting", [WAITING, rosters.waiting(0, codes[0]), rosters.waiting(1, codes[1], "01/02/2026")])
    waiting = list(MentoringRequest.objects.filter(stage="waiting").order_by("asked_on"))
    assert [request.asked_on for request in waiting] == [date(2026, 2, 1), date(2026, 2, 3)]
    assert answers_of(waiting[0]).reasons == ("new_in_post",)
    moved = tried(cast, "waiting", [WAITING, rosters.waiting(0, codes[0], "01/01/2026")])
    assert "a place in the queue never changes" in places_of(moved)[0][2]


def test_an_old_list_does_not_put_back_who_has_had_an_answer(cast: Cast, codes: list[str]) -> None:
    rows = [WAITING, rosters.waiting(0, codes[0])]
    brought(cast, "waiting", rows)
    MentoringRequest.objects.update(stage="matched")
    assert counts(tried(cast, "waiting", rows))["unchanged"] == 1


# --- running pairs --------------------------------------------------------------------------------


@pytest.fixture
def people(cast: Cast, codes: list[str]) -> list[str]:
    brought(cast, "members", [MEMBERS, *(rosters.person(number, codes[number]) for number in range(3))])
    brought(cast, "mentors", [MENTORS, rosters.mentor(5, codes[5])])
    return codes


def test_a_running_pair_begins_when_it_began_with_its_sessions_counted(cast: Cast, people: list[str]) -> None:
    brought(cast, "pairs", [PAIRS, rosters.pair(0, 5, asked_on="01/08/2026")])
    room = Mentorship.objects.get(mentee__user__email="p0@roster.example")
    assert (room.stage, room.began_on, room.held_before) == ("active", date(2026, 9, 1), 4)
    assert (room.introduction, room.asked_on) == (None, date(2026, 8, 1))
    assert Agreement.objects.get(mentorship=room).stage == "draft"
    changed = brought(cast, "pairs", [PAIRS, rosters.pair(0, 5, sessions="5")])
    room.refresh_from_db()
    assert (counts(changed)["changed"], room.held_before, room.asked_on) == (1, 5, date(2026, 8, 1))


def test_the_sessions_so_far_count_towards_the_allowance(cast: Cast, people: list[str]) -> None:
    brought(cast, "pairs", [PAIRS, rosters.pair(0, 5, sessions="4")])
    cast.scheme.allowance = 6
    cast.scheme.save()
    room = Mentorship.objects.get(mentee__user__email="p0@roster.example")
    assert sessions.allowance_of(room).used == 4


def test_pairs_never_take_more_places_than_there_are(cast: Cast, people: list[str]) -> None:
    MentorStanding.objects.filter(membership__user__email="p5@roster.example").update(capacity=2)
    sheet = brought(cast, "pairs", [PAIRS, *(rosters.pair(number, 5) for number in range(3))])
    assert counts(sheet) == {"added": 2, "changed": 0, "unchanged": 0, "broken": 1}
    assert "This mentor isn't available for them." in places_of(sheet)[0][2]
    assert MentorStanding.objects.get(membership__user__email="p5@roster.example").stage == "full"


def test_what_keeps_two_apart_in_private_reads_as_a_mentor_without_a_place(cast: Cast, people: list[str]) -> None:
    """A full mentor, a list on either side, a declared conflict: a coordinator is told the same in all four worlds."""
    rows = [PAIRS, rosters.pair(0, 5)]
    mentors = MentorStanding.objects.filter(membership__user__email="p5@roster.example")
    mentors.update(capacity=0)
    full = places_of(tried(cast, "pairs", rows))
    assert "This mentor isn't available for them." in full[0][2]
    mentors.update(capacity=2)
    (mentee, mentee_keys), (mentor, mentor_keys) = (
        (User.objects.get(email=address), sign_up(address)) for address in ("p0@roster.example", "p5@roster.example")
    )
    for keeper, keys, other in ((mentee, mentee_keys, mentor), (mentor, mentor_keys, mentee)):
        checked, entry = tried(cast, "pairs", rows), Entry(id=str(uuid4()), email=other.email)
        assert counts(checked)["added"] == 1
        private_lists.add(keeper, keys, entry)
        assert places_of(tried(cast, "pairs", rows)) == full
        sheets_actions.confirm(checked, coordinator=cast.coordinator.pk, at=NOW, form=uuid4())
        sheets_actions.run(checked.pk)
        assert places_of(Sheet.objects.get(pk=checked.pk)) == full, "also when it came after the check"
        private_lists.remove(keeper, keys, entry.id)
    code = str(mentors.get().membership.organisation_id)
    conflicts.declare_organisation(
        mentee.pk, code, "A practice", "past_employer", keyring=mentee_keys, at=NOW, form=uuid4()
    )
    assert places_of(tried(cast, "pairs", rows)) == full
    assert not Mentorship.objects.exists()


PAIR_FAULTS = {
    "unknown": (rosters.pair(9, 5), "A", "Nobody in this scheme"),
    "no mentor": (rosters.pair(0, 1), "B", "isn't a mentor"),
    "one person": (rosters.pair(5, 5), "B", "the same person"),
    "to come": (rosters.pair(0, 5, began_on="01/09/2030"), "C", "in the future"),
    "not begun": (rosters.pair(0, 5, began_on=""), "C", "Add the day they began"),
    "sessions": (rosters.pair(0, 5, sessions="lots"), "D", "whole number"),
    "asked later": (rosters.pair(0, 5, asked_on="01/10/2026"), "E", "began before this day"),
}


def test_what_is_wrong_with_pairs_is_told_at_its_place(cast: Cast, people: list[str]) -> None:
    for name, (row, letter, words) in PAIR_FAULTS.items():
        [(at, found, reason)] = places_of(tried(cast, "pairs", [PAIRS, row]))
        assert (at, found) == (2, letter), name
        assert words in reason, name
    Membership.objects.filter(user__email__in=["p0@roster.example", "p5@roster.example"]).update(organisation=people[0])
    assert "same organisation" in places_of(tried(cast, "pairs", [PAIRS, rosters.pair(0, 5)]))[0][2]


def sign_up(email: str) -> Keyring:
    user = User.objects.get(email=email)
    return Keyring(slots.enrol(user.pk, "long-enough-words-1", NOW))


def test_the_keys_of_a_pair_are_made_by_the_mentee_once_the_mentor_has_signed_in(cast: Cast, people: list[str]) -> None:
    brought(cast, "pairs", [PAIRS, rosters.pair(0, 5)])
    room = Mentorship.objects.get(mentee__user__email="p0@roster.example")
    mentee = sign_up("p0@roster.example")
    assert room_keys_actions.make_keys(mentee, NOW) == 0
    assert room_keys.awaits_keys(room)
    mentor = sign_up("p5@roster.example")
    assert room_keys_actions.make_keys(mentor, NOW) == 0, "only the mentee makes them"
    assert room_keys_actions.make_keys(mentee, NOW) == 1
    assert room_keys_actions.make_keys(mentee, NOW) == 0
    assert not room_keys.awaits_keys(room)
    note = Note(mentorship=room, author=mentee.owner)
    note.text = Note.text.seal(note, "hello", mentee)
    assert Note.text.unseal(note, mentor) == "hello"
    with pytest.raises(NotGranted):
        keyring_of(cast.coordinator).key_for(room.pk)
    assert grants.holders_of(room.pk) == {mentee.owner, mentor.owner}


# --- what we have, taken out and brought back -----------------------------------------------------


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_what_is_downloaded_and_uploaded_again_changes_nothing(cast: Cast, people: list[str], extension: str) -> None:
    brought(cast, "waiting", [WAITING, rosters.waiting(6, people[6])])
    brought(cast, "pairs", [PAIRS, rosters.pair(0, 5, asked_on="01/08/2026")])
    Membership.objects.filter(user__email="p2@roster.example").update(
        stage="grace", valid_until=TODAY - timedelta(days=3), unlisted_practice="", took_up_post_on=date(2025, 1, 2)
    )
    User.objects.filter(email="p2@roster.example").update(name="=HYPERLINK(1)")
    before = everything()
    for kind in ("members", "mentors", "waiting", "pairs"):
        headings = downloads.headings(kind, cast.scheme)
        rows = list(downloads.rows(kind, cast.scheme, cast.coordinator.pk))
        data = writing.to_csv(headings, rows) if extension == "csv" else writing.to_xlsx(headings, rows, kind)
        sheet = tried(cast, kind, uploads.read(data).rows)
        assert counts(sheet) == {"added": 0, "changed": 0, "unchanged": len(rows), "broken": 0}, places_of(sheet)
        assert rows
        if kind != "pairs":
            names = [row[headings.index("Practice")] for row in rows]
            assert f"Practice {people[6 if kind == 'waiting' else 5]}" in names, "a code alone says little to a reader"
    assert everything() == before


def test_a_coordinators_own_row_is_not_in_what_she_downloads(cast: Cast) -> None:
    make_member(cast.scheme, cast.coordinator, make_organisation("Z90099"))
    assert cast.coordinator.email not in str(list(downloads.rows("members", cast.scheme, cast.coordinator.pk)))
    assert cast.coordinator.email in str(list(downloads.rows("members", cast.scheme, cast.deputy.pk)))


# --- kept sealed, and not for long ----------------------------------------------------------------


def test_a_sheet_lies_sealed_and_is_destroyed_after_a_week(cast: Cast, codes: list[str]) -> None:
    sheet = tried(cast, "members", [MEMBERS, ["Canary Name", "canary@roster.example", codes[0], "S", "31/12/2020"]])
    with connection.cursor() as cursor:
        cursor.execute("SELECT rows, matched, faults FROM mentorships_sheet")
        stored = b"".join(bytes(cell) for cell in cursor.fetchone())
    assert b"anary" not in stored
    assert sheets_actions.destroy_old(NOW + timedelta(days=6)) == 0
    assert sheets_actions.destroy_old(NOW + timedelta(days=8)) == 1
    sheet.refresh_from_db()
    assert (sheet.stage, sheet.rows, sheet.matched, sheet.faults) == ("set_aside", None, None, None)


# --- writing to them ------------------------------------------------------------------------------


def test_each_is_written_to_once_when_the_coordinator_says_so(cast: Cast, codes: list[str]) -> None:
    row = rosters.person(1, codes[1])
    row[1] = cast.outsider.email
    brought(cast, "members", [MEMBERS, rosters.person(0, codes[0]), row])
    assert arrivals.write_all(cast.scheme, cast.coordinator.pk) == 2
    assert arrivals.write_all(cast.scheme, cast.coordinator.pk) == 0
    new, known = (OutboxLetter.objects.get(address=address) for address in ("p0@roster.example", cast.outsider.email))
    assert (new.kind, known.kind) == ("welcome", "you_are_a_member")
    assert "Person" not in new.subject + new.text
    token = new.text.partition("/welcome/")[2].partition("/")[0]
    user = arrivals.claim(token, "three-words-of-mine", at=timezone.now())
    assert user.check_password("three-words-of-mine")
    with pytest.raises(arrivals.Gone):
        arrivals.claim(token, "another-word-of-mine", at=timezone.now())


def test_no_job_writes_to_somebody_who_has_not_been_told(cast: Cast, codes: list[str]) -> None:
    from ithaca.records.members.jobs import run_out
    from ithaca.records.mentorships.pairing.jobs import send_word

    brought(cast, "waiting", [WAITING, rosters.waiting(0, codes[0])])
    later = NOW + timedelta(days=500)
    run_out(later)
    send_word(later)
    assert not OutboxLetter.objects.filter(address="p0@roster.example").exists()
    arrivals.write_all(cast.scheme, cast.coordinator.pk)
    assert OutboxLetter.objects.filter(address="p0@roster.example").count() == 1

"""The pages of a spreadsheet: from the file to the letters, with every wrong turn."""

import csv
import io
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ithaca.records.members.models import Membership
from ithaca.records.mentorships.models import Mentorship, Sheet
from ithaca.tools.post.models import OutboxLetter
from tests.cast import Cast, keyring_of, make_cast, sign_in
from tests.journeys.coordinating.world import DESK, once
from tests.records.mentorships.sheets import rosters
from tests.records.mentorships.sheets.rosters import MEMBERS, PAIRS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def cora(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.coordinator)


def file_of(rows: list[list[str]], name: str = "ours.csv") -> SimpleUploadedFile:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    return SimpleUploadedFile(name, out.getvalue().encode("cp1252"))


def upload(browser: Client, cast: Cast, rows: list[list[str]], kind: str = "members") -> Any:
    data = {"kind": kind, "file": file_of(rows), **once()}
    return browser.post(reverse("coordinating:sheets", args=[cast.scheme.slug]), data)


def matched(browser: Client, page: str) -> dict[str, str]:
    """The selects of the page as they stand."""
    answer = browser.get(page)
    return {bound.name: bound.value() or "" for bound in answer.context["form"] if bound.name.startswith("column-")}


def test_from_the_file_to_the_letters(cast: Cast, cora: Client, django_capture_on_commit_callbacks: Any) -> None:
    codes = rosters.organisations(3)
    good, broken = rosters.person(0, codes[0]), rosters.person(1, "Z99999")
    page = upload(cora, cast, [["Our list"], MEMBERS, good, broken])["Location"]
    assert "Check what each column is" in cora.get(page).text
    assert "p0@roster.example" in cora.get(page).text, "a few cells show what a column holds"
    answer = cora.post(page, {**matched(cora, page), **once()}, follow=True)
    assert "Row 4, column C" in answer.text
    assert "No organisation has the code Z99999. Check it." in answer.text
    assert "Import the 1 good row" in answer.text
    assert not Membership.objects.filter(user__email="p0@roster.example").exists()
    mend = cora.get(f"{page}faults/")
    assert list(csv.reader(io.StringIO(mend.content.decode("utf-8-sig"))))[1][:3] == ["4", "C", "ODS code"]
    with django_capture_on_commit_callbacks(execute=True):
        cora.post(f"{page}confirm/", once())
    done = cora.get(page)
    assert "Import finished" in done.text
    assert "1 person hasn't been emailed yet" in done.text
    assert not OutboxLetter.objects.exists()
    arrivals = reverse("coordinating:arrivals", args=[cast.scheme.slug])
    assert "p0@roster.example" in cora.get(arrivals).text
    desk = reverse("coordinating:desk", args=[cast.scheme.slug])
    assert "1 person not emailed yet" in cora.get(desk).text
    with django_capture_on_commit_callbacks(execute=True):
        cora.post(arrivals, once())
    assert "You've emailed everyone who was added from a spreadsheet" in cora.get(arrivals).text
    letter = OutboxLetter.objects.get(address="p0@roster.example")
    _choose_password(letter)


def _choose_password(letter: OutboxLetter) -> None:
    """The one who came chooses a password, signs in and is at home."""
    found = re.search(r"/welcome/[^/\s]+/", letter.text)
    assert found
    browser = Client()
    link = found[0]
    assert "Choose a password" in browser.get(link).text
    assert browser.post(link, {"password": "short", **once()}).status_code == 422
    answer = browser.post(link, {"password": "three-words-of-mine", **once()}, follow=True)
    assert "We've set your password" in unescape(answer.text)
    assert "_auth_user_id" not in browser.session, "a link never signs anybody in"
    sign = {"login": "p0@roster.example", "password": "three-words-of-mine"}
    assert browser.post("/accounts/login/", sign, follow=True).redirect_chain[-1][0] == "/my-mentoring/"
    assert browser.get(link).status_code == 410


def test_what_is_no_sheet_is_refused_at_its_field(cast: Cast, cora: Client) -> None:
    address = reverse("coordinating:sheets", args=[cast.scheme.slug])
    for data, words in (
        (b"%PDF-1.4", "This isn't a spreadsheet"),
        (b"", "The file is empty"),
        (b"\xd0\xcf\x11\xe0" * 9, "old Excel file"),
    ):
        answer = cora.post(address, {"kind": "members", "file": SimpleUploadedFile("a.csv", data), **once()})
        assert answer.status_code == 422
        assert words in unescape(answer.text)
        assert answer.text.count("There is a problem") == 1
    assert cora.post(address, once()).status_code == 422
    assert not Sheet.objects.exists()


def test_one_column_cannot_be_two_things_and_somebody_must_be_known_by_it(cast: Cast, cora: Client) -> None:
    page = upload(cora, cast, [["First", "Second"], ["a@a.example", "b"]])["Location"]
    both = cora.post(page, {"column-0": "email", "column-1": "email", **once()})
    assert both.status_code == 422
    assert "You've already chosen “Email” for “First”" in unescape(both.text)
    none = cora.post(page, {"column-0": "", "column-1": "name", **once()})
    assert none.status_code == 422
    assert "Choose which column is “Email”" in unescape(none.text)
    assert Sheet.objects.get().stage == "uploaded"


def test_a_sheet_with_nothing_new_says_so_and_can_be_set_aside(cast: Cast, cora: Client) -> None:
    page = upload(cora, cast, [["Email"], [cast.stranger.email]])["Location"]
    answer = cora.post(page, {"column-0": "email", **once()}, follow=True)
    assert "There's nothing to import" in answer.text
    assert cora.post(f"{page}confirm/", once()).status_code == 422
    cora.post(f"{page}set-aside/", once())
    sheet = Sheet.objects.get()
    assert (sheet.stage, sheet.rows) == ("set_aside", None)
    assert "we've destroyed what was in it" in cora.get(page).text
    assert cora.post(f"{page}confirm/", once()).status_code == 409
    assert cora.post(page, {"column-0": "email", **once()}).status_code == 409


def test_pressing_twice_brings_over_once(cast: Cast, cora: Client) -> None:
    codes = rosters.organisations(1)
    data = {"kind": "members", **once()}
    address = reverse("coordinating:sheets", args=[cast.scheme.slug])
    pages = {
        cora.post(address, {**data, "file": file_of([MEMBERS, rosters.person(0, codes[0])])})["Location"]
        for _ in range(2)
    }
    assert len(pages) == 1
    page = pages.pop()
    cora.post(page, {**matched(cora, page), **once()})
    form = once()
    assert [cora.post(f"{page}confirm/", form).status_code for _ in range(2)] == [302, 302]


def test_only_two_hundred_faults_are_shown_and_all_can_be_downloaded(cast: Cast, cora: Client) -> None:
    rows = [MEMBERS, *(rosters.person(number, "Z99999") for number in range(230))]
    page = upload(cora, cast, rows)["Location"]
    answer = cora.post(page, {**matched(cora, page), **once()}, follow=True)
    assert "Here are the first 200 of 230" in answer.text
    assert answer.text.count("No organisation has the code") == 200
    assert cora.get(f"{page}faults/").content.count(b"No organisation has the code") == 230


def test_what_no_column_says_is_told_once_and_not_for_every_row(cast: Cast, cora: Client) -> None:
    codes = rosters.organisations(9)
    rows = [MEMBERS[:4], *(rosters.person(number, codes[number])[:4] for number in range(9))]
    page = upload(cora, cast, rows)["Location"]
    answer = cora.post(page, {**matched(cora, page), **once()}, follow=True)
    said = "Add the date the membership is valid until. No column in your spreadsheet has it."
    assert answer.text.count(said) == 1
    assert "9 rows" in answer.text
    assert cora.get(f"{page}faults/").content.decode().count("Add the date the membership is valid until.") == 9


@pytest.mark.parametrize("player", ["mentee", "stranger", "outsider"])
def test_nobody_else_gets_at_sheets(cast: Cast, client: Client, player: str) -> None:
    sheet = rosters.tried(cast, "members", [MEMBERS, rosters.person(0, "Z99999")])
    sign_in(client, cast.people[player])
    slug = cast.scheme.slug
    for name, args in {
        "sheets": (slug,),
        "sheet_download": (slug, "members", "csv"),
        "sheet_template": (slug, "members", "xlsx"),
        "arrivals": (slug,),
        "sheet": (sheet.pk,),
        "sheet_faults": (sheet.pk,),
    }.items():
        assert client.get(reverse(DESK[name], args=args)).status_code == 404, name
    for act in ("sheet", "sheet_confirm", "sheet_set_aside"):
        assert client.post(reverse(DESK[act], args=[sheet.pk]), once()).status_code == 404, act
    sheet.refresh_from_db()
    assert sheet.stage == "checked"


def test_templates_and_what_we_have_come_in_both_forms(cast: Cast, cora: Client) -> None:
    for kind in ("members", "mentors", "waiting", "pairs"):
        for extension in ("csv", "xlsx"):
            for name in ("sheet_download", "sheet_template"):
                answer = cora.get(reverse(DESK[name], args=[cast.scheme.slug, kind, extension]))
                assert answer.status_code == 200
                assert "attachment" in answer["Content-Disposition"]
    page = cora.get(reverse("coordinating:sheet_download", args=[cast.scheme.slug, "members", "csv"]))
    assert cast.stranger.email in page.content.decode("utf-8-sig")
    assert cora.get(reverse("coordinating:sheet_download", args=[cast.scheme.slug, "notes", "csv"])).status_code == 404


def test_a_pair_that_waits_for_its_keys_is_told_and_gets_them_when_the_mentee_signs_in(cast: Cast) -> None:
    rosters.brought(cast, "pairs", [PAIRS, [cast.mentee.email, cast.mentor.email, "01/09/2026", "3", ""]])
    room = Mentorship.objects.get()
    address = reverse("meeting:room", args=[room.pk])
    mentor = sign_in(Client(), cast.mentor)
    assert "Your room isn't quite ready" in mentor.get(address).text
    sign_in(Client(), cast.mentee)
    assert "Your room isn't quite ready" not in mentor.get(address).text
    assert keyring_of(cast.mentor).key_for(room.pk).epoch == 0
    assert OutboxLetter.objects.filter(kind="room_opened", address=cast.mentor.email).count() == 1

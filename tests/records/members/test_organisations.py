"""Reading practices and networks from the files of the Organisation Data Service."""

import time
from datetime import date
from pathlib import Path

import pytest

from ithaca.journeys.operating.demo.seeding import DATA
from ithaca.records.members.actions.organisations import BadFileError, import_networks, import_organisations
from ithaca.records.members.models import Area, Organisation, Placement
from ithaca.records.members.titles import titled
from ithaca.tools.sheets.reading import UnreadableSheetError, read_csv

REAL = Path(__file__).parents[4] / "shared" / "data" / "epraccur.csv"
TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.django_db


def sample() -> list[list[str]]:
    return read_csv(DATA / "organisations.csv")


def placed(code: str, kind: str) -> list[tuple[str, date, date | None]]:
    """Where an organisation lay, the earliest first."""
    found = Placement.objects.filter(organisation=code, area__kind=kind).order_by("since")
    return list(found.values_list("area", "since", "until"))


def test_practices_come_with_their_names_places_and_areas() -> None:
    done = import_organisations(sample(), TODAY)
    assert (done.read, done.added, done.moved) == (60, 60, 0)
    practice = Organisation.objects.get(code="Z90008")
    assert (practice.name, practice.is_open) == ("St Mentor's Surgery", True)
    assert practice.address.endswith(", Fenwick Isle")
    assert [area for area, _, until in placed("Z90001", "icb") if until is None] == ["QWO"]
    assert Area.objects.get(code="QWO").name == "West Yorkshire"


def test_every_column_is_read_from_its_place() -> None:
    row = [f"column {number}" for number in range(27)]
    row[0], row[2], row[3], row[14] = "Z1", "Y2", "Q3", "S14"
    row[9], row[12], row[25] = "zz9 9zz", "C", "25"
    row[10], row[11], row[15], row[16] = "20011010", "20111111", "20151015", "20161016"
    import_organisations([row], TODAY)
    assert Organisation.objects.values().get() == {
        "code": "Z1",
        "name": "column 1",
        "address": "column 4, column 5, column 6, column 7, column 8",
        "postcode": "ZZ9 9ZZ",
        "setting": "25",
        "opened_on": date(2001, 10, 10),
        "closed_on": date(2011, 11, 11),
        "is_open": False,
    }
    for kind, area in (("region", "Y2"), ("icb", "Q3"), ("sub_icb", "S14")):
        assert placed("Z1", kind) == [(area, date(2015, 10, 15), date(2016, 10, 16))]


def test_every_column_of_a_network_is_read_from_its_place() -> None:
    import_organisations(sample(), TODAY)
    row = [f"column {number}" for number in range(11)]
    row[0], row[4], row[8], row[9] = "Z90001", "U4", "20180808", "20190909"
    import_networks([row], TODAY)
    assert placed("Z90001", "pcn") == [("U4", date(2018, 8, 8), date(2019, 9, 9))]
    assert Area.objects.get(code="U4").name == "column 5"


def test_closed_and_dormant_practices_are_kept_as_closed() -> None:
    import_organisations(sample(), TODAY)
    assert Organisation.objects.filter(is_open=False).count() == 7
    closed = Organisation.objects.get(code="Z90012")
    assert closed.closed_on == date(2022, 3, 31)
    assert [until for _, _, until in placed("Z90012", "sub_icb")] == [date(2022, 3, 31)]


def test_the_same_file_again_changes_nothing() -> None:
    import_organisations(sample(), TODAY)
    before = list(Placement.objects.values_list("pk", "since", "until"))
    assert import_organisations(sample(), date(2027, 1, 1)).nothing
    assert list(Placement.objects.values_list("pk", "since", "until")) == before


def test_a_practice_that_moves_keeps_where_it_was() -> None:
    rows = sample()
    import_organisations(rows, TODAY)
    was = placed("Z90001", "sub_icb")[0]
    rows[0][14], rows[0][15] = "15F", "20260401"
    done = import_organisations(rows, TODAY)
    assert (done.moved, done.placed) == (1, 1)
    assert placed("Z90001", "sub_icb") == [
        ("36J", was[1], date(2026, 4, 1)),
        ("15F", date(2026, 4, 1), None),
    ]
    assert import_organisations(rows, TODAY).nothing


def test_a_board_that_merges_without_a_new_date_changes_on_the_day_of_the_import() -> None:
    rows = sample()
    import_organisations(rows, TODAY)
    rows[0][3] = "QNX"
    assert import_organisations(rows, TODAY).moved == 1
    assert placed("Z90001", "icb")[-1] == ("QNX", TODAY, None)
    assert placed("Z90001", "icb")[0][2] == TODAY


def test_none_of_the_services_words_for_nowhere_is_a_place() -> None:
    rows = sample()
    rows[0][2], rows[0][3] = "Y99", "Q99"
    import_organisations(rows, TODAY)
    assert placed("Z90001", "icb") == []
    assert not Area.objects.filter(code__in=["Y99", "Q99"]).exists()


def test_every_fault_is_named_by_row_and_column_and_nothing_is_written() -> None:
    rows = sample()
    rows[2][10] = "2020-13-45"
    rows[4][0] = ""
    rows[5][1] = "x" * 121
    rows[6] = rows[6][:9]
    rows[8][12] = "Q"
    rows[9][0] = rows[7][0]
    rows[10][6] = "nul\0byte"
    with pytest.raises(BadFileError) as caught:
        import_organisations(rows, TODAY)
    assert [(fault.row, fault.column) for fault in caught.value.faults] == [
        (3, 11),
        (5, 1),
        (6, 2),
        (7, 10),
        (9, 13),
        (10, 1),
        (11, 7),
    ]
    assert not Organisation.objects.exists()
    assert not Area.objects.exists()


def test_networks_are_a_second_file_and_know_only_our_practices() -> None:
    import_organisations(sample(), TODAY)
    rows = read_csv(DATA / "networks.csv")
    rows.append(["Z99999", "ELSEWHERE", "", "", "UZ9001", "BRADWARDE PCN", "", "", "20190701", "", ""])
    done = import_networks([["Partner Organisation Code", *[""] * 10], *rows], TODAY)
    assert (done.read, done.placed, done.unknown) == (55, 54, 1)
    assert placed("Z90001", "pcn") == [("UZ9001", date(2019, 7, 1), None)]
    assert import_networks(rows, TODAY).nothing


@pytest.mark.parametrize(
    ("shouted", "said"),
    [
        ("QUEENS PARK MEDICAL CENTRE", "Queens Park Medical Centre"),
        ("ST ANDREW'S GP SURGERY", "St Andrew's GP Surgery"),
        ("DR JF MARK'S PRACTICE", "Dr JF Mark's Practice"),
        ("THE HOUSE ON THE HILL", "The House on the Hill"),
        ("MCKENZIE HOUSE (O'CONNELL)", "McKenzie House (O'Connell)"),
        ("STOCKTON-ON-TEES PCN HUB", "Stockton-on-Tees PCN Hub"),
        ("Already Written", "Already Written"),
        ("", ""),
    ],
)
def test_names_in_capitals_are_written_as_people_write_them(shouted: str, said: str) -> None:
    assert titled(shouted) == said


def test_a_file_that_is_no_sheet_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSheetError, match="can't read"):
        read_csv(tmp_path / "nothing.csv")


def test_a_sheet_may_come_from_an_old_machine(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_bytes("Ynys Môn,1\r\n".encode("cp1252"))
    (tmp_path / "new.csv").write_bytes(b"\xef\xbb\xbf" + "Ynys Môn,1\r\n".encode())
    assert read_csv(tmp_path / "old.csv") == read_csv(tmp_path / "new.csv") == [["Ynys Môn", "1"]]


@pytest.mark.skipif(not REAL.exists(), reason="the real file lies outside the project")
def test_the_real_file_is_read_whole() -> None:
    rows = read_csv(REAL)
    started = time.process_time()
    done = import_organisations(rows, TODAY)
    assert done.added == len(rows) > 15_000
    assert time.process_time() - started < 10
    assert import_organisations(rows, TODAY).nothing
    assert Organisation.objects.get(code="A81002").name == "Queens Park Medical Centre"

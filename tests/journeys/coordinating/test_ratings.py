"""The page of averages: of closed quarters and of five answers or more, for the scheme's coordinators alone."""

from datetime import date

import pytest
from django.test import Client

from ithaca.records.mentorships.models import PulseCheck
from ithaca.records.schemes.models import Scheme
from tests.cast import Cast, make_cast, sign_in
from tests.journeys.meeting import typed

PATH = "/schemes/managers/ratings/"


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def count(cast: Cast, quarter: date, side: str, **scores: int) -> None:
    for name, answers in scores.items():
        PulseCheck.objects.create(
            scheme=cast.scheme, side=side, quarter=quarter, score=int(name.removeprefix("s")), answers=answers
        )


def test_the_page_says_from_when_there_will_be_something(cast: Cast) -> None:
    count(cast, date(2026, 10, 1), "mentee", s4=9)
    client = sign_in(Client(), cast.coordinator)
    page = typed.see(client, PATH)
    assert "There's no average yet. The earliest day for the next one is Friday 1 January 2027." in page
    assert "<table" not in page
    assert PATH in typed.see(client, "/schemes/managers/desk/")


def test_averages_are_drawn_beside_their_table_and_small_quarters_wait(cast: Cast) -> None:
    count(cast, date(2025, 10, 1), "mentee", s1=2, s2=1)
    count(cast, date(2026, 1, 1), "mentee", s3=6)
    count(cast, date(2026, 7, 1), "mentee", s5=4)
    count(cast, date(2026, 7, 1), "mentor", s5=3, s4=7)
    page = typed.see(sign_in(Client(), cast.coordinator), PATH)
    assert "October 2025 to March 2026" in page
    assert "2.4 from 9 answers" in page
    assert "July to September 2026" in page
    assert "4.3 from 10 answers" in page
    assert "The aim is 4.3" in page
    assert page.count("<svg") >= 2
    assert "5.0" not in page, "four answers are too few"


def test_nobody_else_finds_it_nor_where_the_scheme_does_not_ask(cast: Cast) -> None:
    for player in ("mentee", "mentor", "outsider"):
        assert sign_in(Client(), cast.people[player]).get(PATH).status_code == 404
    Scheme.objects.update(ratings=False)
    coordinator = sign_in(Client(), cast.coordinator)
    assert coordinator.get(PATH).status_code == 404
    assert PATH not in typed.see(coordinator, "/schemes/managers/desk/")

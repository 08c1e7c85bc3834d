"""Deputies and days away, and the key that two hold."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Enquiry
from ithaca.records.mentorships.pairing.actions import enquiries
from ithaca.records.mentorships.rules.answers import EnquiryText
from ithaca.records.schemes.models import Absence, Appointment
from ithaca.records.schemes.queries.absences import on_duty
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import directory, grants
from ithaca.tools.vault.errors import NotGranted
from tests.cast import Cast, keyring_of, make_cast, make_person, sign_in
from tests.journeys.coordinating.world import DESK, once
from tests.records.mentorships import pairs

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def cora(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.coordinator)


def at(cast: Cast, name: str, *args: Any) -> str:
    return reverse(DESK[name], args=[cast.scheme.slug, *args])


def typed(first: date, last: date) -> dict[str, Any]:
    days = {"first_day": first, "last_day": last}
    parts = {"0": "day", "1": "month", "2": "year"}
    return {f"{name}_{n}": getattr(day, part) for name, day in days.items() for n, part in parts.items()} | once()


def away(cast: Cast, person: Any, days: int = 5) -> None:
    today = timezone.localdate()
    Absence.objects.create(scheme=cast.scheme, person=person.pk, first_day=today, last_day=today + timedelta(days=days))


def appointed(cast: Cast, person: Any) -> Appointment:
    return Appointment.objects.get(scheme=cast.scheme, person=person.pk)


# --- deputies -------------------------------------------------------------------------------------


def test_a_coordinator_adds_a_deputy_who_then_sees_the_desk_and_ends_it_again(cast: Cast, cora: Client) -> None:
    stella = Client()
    sign_in(stella, cast.stranger)
    desk = at(cast, "desk")
    assert stella.get(desk).status_code == 404
    answer = cora.post(at(cast, "team"), {"email": cast.stranger.email.upper(), **once()}, follow=True)
    assert f"{cast.stranger.name} is now a deputy" in answer.text
    assert stella.get(desk).status_code == 200
    assert OutboxLetter.objects.get(kind="asked_to_deputise").address == cast.stranger.email
    end = at(cast, "team_end", appointed(cast, cast.stranger).pk)
    assert "They're no longer a deputy" in unescape(cora.post(end, once(), follow=True).text)
    assert stella.get(desk).status_code == 404
    cora.post(at(cast, "team"), {"email": cast.stranger.email, **once()})
    assert stella.get(desk).status_code == 200, "back on the same day"


def test_nobody_unknown_becomes_a_deputy(cast: Cast, cora: Client) -> None:
    answer = cora.post(at(cast, "team"), {"email": "nobody@nowhere.example", **once()})
    assert answer.status_code == 422
    assert "Nobody here has this address" in answer.text


def test_a_deputy_appoints_nobody_and_ends_nobody_but_themselves(cast: Cast, client: Client) -> None:
    sign_in(client, cast.deputy)
    assert "Add a deputy" not in client.get(at(cast, "team")).text
    assert client.post(at(cast, "team"), {"email": cast.stranger.email, **once()}).status_code == 409
    assert client.post(at(cast, "team_end", appointed(cast, cast.coordinator).pk), once()).status_code == 409
    assert client.post(at(cast, "team_end", appointed(cast, cast.deputy).pk), once()).status_code == 302
    assert client.get(at(cast, "desk")).status_code == 404


def test_the_last_coordinator_stays(cast: Cast, cora: Client) -> None:
    answer = cora.post(at(cast, "team_end", appointed(cast, cast.coordinator).pk), once())
    assert answer.status_code == 422
    assert "A scheme needs a coordinator" in answer.text


@pytest.mark.parametrize("player", ["mentee", "stranger", "outsider"])
def test_to_everyone_else_there_is_no_team(cast: Cast, client: Client, player: str) -> None:
    sign_in(client, cast.people[player])
    pk = appointed(cast, cast.deputy).pk
    assert client.get(at(cast, "team")).status_code == 404
    for name, args in {"team": (), "team_end": (pk,), "team_away": (), "team_there": (pk,)}.items():
        assert client.post(at(cast, name, *args), once()).status_code == 404
    for name in ("mailbox_share", "mailbox_renew"):
        assert client.post(at(cast, name), once()).status_code == 404


# --- away -----------------------------------------------------------------------------------------


def test_who_is_away_says_so_and_members_see_who_answers(cast: Cast, cora: Client) -> None:
    first = timezone.localdate()
    answer = cora.post(at(cast, "team_away"), typed(first, date(2026, 12, 7)), follow=True)
    assert "We've saved your days away" in unescape(answer.text)
    mina = sign_in(Client(), cast.mentee)
    home = mina.get("/my-mentoring/").text
    assert "Cora (The managers scheme) is away until Monday 7 December 2026. Dev will reply in the meantime." in home
    request = pairs.wait(cast)
    page = reverse("pairing:request", args=[request.pk])
    assert "is away until Monday 7 December 2026" in mina.get(page).text, "the next step is the coordinator's"
    pairs.propose(cast, request, cast.standing)
    assert "is away until" not in mina.get(page).text, "the next step is the mentee's"
    otto = sign_in(Client(), cast.outsider)
    assert "is away until" not in otto.get("/my-mentoring/").text
    cora.post(at(cast, "team_there", Absence.objects.get().pk), once())
    assert "is away until" not in mina.get("/my-mentoring/").text


def test_it_is_said_when_nobody_is_there(cast: Cast, cora: Client) -> None:
    today = timezone.localdate()
    away(cast, cast.coordinator, days=9)
    assert "Everyone is away" not in cora.get(at(cast, "team")).text
    for first, last in ((2, 4), (7, 30)):
        days = {"first_day": today + timedelta(days=first), "last_day": today + timedelta(days=last)}
        Absence.objects.create(scheme=cast.scheme, person=cast.deputy.pk, **days)
    until = today + timedelta(days=4)
    expected = f"Everyone is away from {today + timedelta(days=2):%-d %B} to {until:%A %-d %B %Y}"
    assert expected in cora.get(at(cast, "team")).text


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 12, 5), date(2026, 12, 1), "can't be before the first"),
        (date(2026, 10, 1), date(2026, 10, 5), "has passed"),
        (date(2026, 12, 1), date(2028, 12, 1), "more than a year"),
        (date(2026, 12, 9), date(2026, 12, 12), "already said you're away on some of these days"),
    ],
)
def test_days_away_that_cannot_be_are_told_at_their_place(
    cast: Cast, cora: Client, first: date, last: date, words: str
) -> None:
    days = {"first_day": date(2026, 12, 10), "last_day": date(2026, 12, 20)}
    Absence.objects.create(scheme=cast.scheme, person=cast.coordinator.pk, **days)
    answer = cora.post(at(cast, "team_away"), typed(first, last))
    assert answer.status_code == 422
    assert words in unescape(answer.text)
    assert Absence.objects.count() == 1


def test_one_takes_back_ones_own_days_only(cast: Cast, cora: Client) -> None:
    away(cast, cast.deputy)
    cora.post(at(cast, "team_there", Absence.objects.get().pk), once())
    assert Absence.objects.exists()


def test_letters_go_to_those_who_are_there_then_to_the_deputies_then_to_all(cast: Cast) -> None:
    cora, dev = cast.coordinator, cast.deputy
    assert set(on_duty(cast.scheme)) == {cora.pk, dev.pk}
    away(cast, dev)
    assert on_duty(cast.scheme) == [cora.pk]
    assert on_duty(cast.scheme, {cora.pk}) == [dev.pk], "nobody handles their own"
    away(cast, cora)
    assert on_duty(cast.scheme) == [dev.pk], "the deputy when nobody is there"
    enquiries.receive(
        cast.scheme, EnquiryText("Ada", "phone", "01632 960 123", "Tuesday"), at=timezone.now(), form=once()["once"]
    )
    assert list(OutboxLetter.objects.values_list("address", flat=True)) == [dev.email]
    Appointment.objects.filter(person=dev.pk).delete()
    assert on_duty(cast.scheme) == [cora.pk], "all when there is no deputy"
    Absence.objects.filter(person=cora.pk).update(last_day=timezone.localdate() - timedelta(days=1))
    assert on_duty(cast.scheme) == [cora.pk]


# --- the key --------------------------------------------------------------------------------------


def enquired(cast: Cast) -> Enquiry:
    """Return what somebody wrote to the mailbox just now."""
    enquiry = Enquiry(scheme=cast.scheme)
    enquiry.letter = Enquiry.letter.seal(enquiry, "Hello")
    return enquiry


def reads(person: User, enquiry: Enquiry) -> bool:
    try:
        return Enquiry.letter.unseal(enquiry, keyring_of(person)) == "Hello"
    except NotGranted:
        return False


def test_the_key_is_shared_with_one_who_came_later(cast: Cast, cora: Client) -> None:
    letter = enquired(cast)
    added = cora.post(at(cast, "team"), {"email": cast.stranger.email, **once()}, follow=True)
    page = at(cast, "mailbox")
    assert f'Share the key<span class="nhsuk-u-visually-hidden"> {cast.stranger.name}' in added.text
    assert "You don't need to do anything else" not in cora.get(page).text
    assert f"Share the key with {cast.stranger.name}" in cora.get(page).text
    assert not reads(cast.stranger, letter)
    cora.post(at(cast, "mailbox_share"), {"person": cast.stranger.pk, **once()})
    assert reads(cast.stranger, letter)
    assert "Share the key with " not in cora.get(page).text
    assert "Share the key" not in cora.get(at(cast, "team")).text


def test_the_key_goes_to_nobody_outside_the_team(cast: Cast, cora: Client) -> None:
    answer = cora.post(at(cast, "mailbox_share"), {"person": cast.stranger.pk, **once()})
    assert answer.status_code == 422
    assert cast.stranger.pk not in grants.holders_of(cast.scheme.pk)


def test_one_who_does_not_hold_it_cannot_share_it(cast: Cast) -> None:
    late = make_person("Late Comer")
    duty = {"duty": "coordinator", "since": timezone.localdate()}
    Appointment.objects.create(scheme=cast.scheme, person=late.pk, **duty)
    browser = sign_in(Client(), late)
    assert "You don't have the key yourself" in browser.get(at(cast, "mailbox")).text
    answer = browser.post(at(cast, "mailbox_share"), {"person": late.pk, **once()})
    assert answer.status_code == 422
    assert "You don't have the key yourself" in answer.text


def test_one_who_leaves_reads_no_more_and_a_new_key_is_made(cast: Cast, cora: Client) -> None:
    before = enquired(cast)
    cora.post(at(cast, "team"), {"email": cast.stranger.email, **once()})
    cora.post(at(cast, "mailbox_share"), {"person": cast.stranger.pk, **once()})
    cora.post(at(cast, "team_end", appointed(cast, cast.deputy).pk), once())
    assert not reads(cast.deputy, before)
    page = at(cast, "mailbox")
    assert "Someone who had the key has left" in cora.get(page).text
    cora.post(at(cast, "mailbox_renew"), once())
    assert [address.epoch for address in directory.addresses_of(cast.scheme.pk)] == [1, 0]
    assert "Someone who had the key has left" not in cora.get(page).text
    after = enquired(cast)
    for person in (cast.coordinator, cast.stranger):
        assert reads(person, before)
        assert reads(person, after)
    assert not reads(cast.deputy, after)


def test_with_one_holder_left_the_page_warns_and_no_new_key_is_made(cast: Cast, cora: Client) -> None:
    cora.post(at(cast, "team_end", appointed(cast, cast.deputy).pk), once())
    assert "Only one of you has the key" in cora.get(at(cast, "mailbox")).text
    answer = cora.post(at(cast, "mailbox_renew"), once())
    assert answer.status_code == 422
    assert "You need two people who have signed in" in answer.text


def test_the_last_holder_does_not_leave(cast: Cast, cora: Client) -> None:
    cora.post(at(cast, "team"), {"email": cast.stranger.email, **once()})
    duty = {"duty": "coordinator", "since": timezone.localdate()}
    Appointment.objects.create(scheme=cast.scheme, person=cast.stranger.pk, **duty)
    cora.post(at(cast, "team_end", appointed(cast, cast.deputy).pk), once())
    answer = cora.post(at(cast, "team_end", appointed(cast, cast.coordinator).pk), once())
    assert answer.status_code == 422
    assert "Nobody else has the key" in answer.text


def test_a_locked_coordinator_unlocks_first(cast: Cast, client: Client) -> None:
    sign_in(client, cast.coordinator, locked=True)
    answer = client.post(at(cast, "mailbox_renew"), once())
    assert answer.status_code == 422
    assert 'type="password"' in answer.text
    assert [address.epoch for address in directory.addresses_of(cast.scheme.pk)] == [0]


# --- those who help two people to talk ------------------------------------------------------------


def test_a_coordinator_adds_and_ends_those_who_help_two_people_to_talk(cast: Cast, cora: Client) -> None:
    page, form = at(cast, "mediators"), once() | {"email": cast.stranger.email.upper()}
    assert "There's nobody yet." in cora.get(page).text
    for _press in range(2):
        assert f"We can ask {cast.stranger.name} from now on" in cora.post(page, form, follow=True).text
    assert OutboxLetter.objects.get().kind == "asked_to_mediate"
    stella = sign_in(Client(), cast.stranger)
    assert stella.get("/mediations/").status_code == 200
    assert stella.get(at(cast, "desk")).status_code == 404, "it opens no desk"
    assert "Nobody here has this address" in cora.post(page, once() | {"email": "x@nowhere.example"}).text
    dev = sign_in(Client(), cast.deputy)
    assert "Add someone" not in dev.get(page).text
    assert dev.post(page, once() | {"email": cast.mentee.email}).status_code == 409
    end = at(cast, "mediator_end", appointed(cast, cast.stranger).pk)
    assert dev.post(end, once()).status_code == 409
    assert stella.get(page).status_code == 404
    assert stella.post(end, once()).status_code == 404
    assert "We won't ask them any more" in unescape(cora.post(end, once(), follow=True).text)
    assert cora.post(end, once()).status_code == 404
    assert stella.get("/mediations/").status_code == 404

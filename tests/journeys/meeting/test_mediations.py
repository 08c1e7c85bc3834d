"""A third person to help two people talk: asked for by either, told no more than two names, and nothing to the desk."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from ithaca.records.members.actions import private_lists
from ithaca.records.members.models import Membership, User
from ithaca.records.members.private_lists import Entry
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.pairing.actions import conflicts
from ithaca.records.mentorships.room.queries.mediations import helpers_for
from ithaca.records.schemes.models import Appointment
from ithaca.tools.ledger import actions as ledger
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, keyring_of, make_person, sign_in
from tests.journeys.meeting import typed
from tests.room import STORY, Room, plan

MEDIATOR = Appointment.Duty.MEDIATOR


def appoint(room: Room, user: User) -> User:
    since = TODAY - timedelta(days=9)
    Appointment.objects.create(scheme=room.cast.scheme, person=user.pk, duty=MEDIATOR, since=since)
    return user


@pytest.fixture
def ruth(room: Room) -> User:
    """A mediator of the scheme who is no member of it."""
    return appoint(room, make_person("Ruth Quinn"))


def path(room: Room, tail: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{tail}"


def stage() -> str:
    return Mentorship.objects.get().stage


def letters() -> list[tuple[str, str]]:
    return sorted(OutboxLetter.objects.values_list("kind", "address"))


@pytest.mark.parametrize("who", ["mentee", "mentor"])
def test_either_asks_and_both_see_who_will_be_in_touch_while_sessions_go_on(room: Room, ruth: User, who: str) -> None:
    asker, other = ("mentee", "mentor") if who == "mentee" else ("mentor", "mentee")
    clients = {name: sign_in(Client(), room.cast.people[name]) for name in (asker, other)}
    assert path(room, "third-person/") in typed.see(clients[asker], path(room))
    assert "The scheme has one person who does this" in typed.see(clients[asker], path(room, "third-person/"))
    assert stage() == "active", "reading asks nobody"
    form = typed.press()
    for _press in range(2):
        assert clients[asker].post(path(room, "third-person/"), form).status_code == 302
    assert stage() == "mediation"
    told = room.cast.people[other]
    assert told is not None
    assert letters() == [("help_wanted", ruth.email), ("third_person_asked", told.email)]
    for name in (asker, other):
        page = typed.see(clients[name], path(room))
        assert "Ruth Quinn will be in touch with each of you by Wednesday 25 November 2026." in page
        assert "We've sorted it out" in page
    room.schedule(plan(3))
    assert clients[other].post(path(room, "third-person/settle/"), form := typed.press()).status_code == 302
    assert clients[other].post(path(room, "third-person/settle/"), form).status_code == 302
    assert stage() == "active"
    assert "Ruth Quinn" not in typed.see(clients[asker], path(room))
    assert [kind for kind, _address in letters()].count("settled") == 1
    assert ("no_more_wanted", ruth.email) in letters()
    steps = Step.objects.filter(noun="mentorship", to__in=["mediation", "active"]).order_by("at", "act")
    assert sorted(steps.values_list("act", "by")) == [("ask_mediation", asker), ("settle", other)]


def test_a_mediator_learns_two_names_and_how_to_reach_them_and_takes_it_up_once(room: Room, ruth: User) -> None:
    sam, mentee = appoint(room, make_person("Sam Vale")), sign_in(Client(), room.mentee)
    number = User.telephone.seal(room.mentor, "020 7946 0999")
    User.objects.filter(pk=room.mentor.pk).update(telephone=number)
    helpers = {user: sign_in(Client(), user) for user in (ruth, sam)}
    assert "Nobody is asking for help at the moment." in typed.see(helpers[ruth], "/mediations/")
    assert 'href="/mediations/"' in typed.see(helpers[ruth], "/my-mentoring/")
    assert "/mediations/" not in typed.see(mentee, "/my-mentoring/")
    mentee.post(path(room, "third-person/"), typed.press())
    assert "Ruth Quinn or Sam Vale will be in touch" in typed.see(mentee, path(room))
    page = typed.see(helpers[sam], "/mediations/")
    for said in ("Mina Patel and Omar Reed", room.mentee.email, room.mentor.email, "020 7946 0999", "25 November"):
        assert said in page
    assert STORY not in page
    assert path(room) not in page
    for client in helpers.values():
        assert client.get(path(room)).status_code == 404, "no door to the room"
        assert client.get(f"/pairs/{room.mentorship.pk}/").status_code == 404
    take_up, form = f"/mediations/{room.mentorship.pk}/take-up/", typed.press()
    for _press in range(2):
        assert helpers[ruth].post(take_up, form).status_code == 302
    assert helpers[sam].post(take_up, typed.press()).status_code == 409, "another was quicker"
    assert Step.objects.filter(act="take_up_mediation").values_list("by", "actor").get() == ("mediator", ruth.pk)
    assert "Nobody is asking for help at the moment." in typed.see(helpers[sam], "/mediations/")
    assert "They can see that you'll be in touch." in typed.see(helpers[ruth], "/mediations/")
    assert "Ruth Quinn will be in touch" in typed.see(mentee, path(room))
    mentee.post(path(room, "end/"), typed.press())
    assert [address for kind, address in letters() if kind == "no_more_wanted"] == [ruth.email]
    assert helpers[ruth].post(take_up, typed.press()).status_code == 404
    assert "Nobody is asking for help at the moment." in typed.see(helpers[ruth], "/mediations/")


def test_where_nobody_can_help_the_page_says_whom_to_ask(room: Room, mentee: Client) -> None:
    page = typed.see(mentee, path(room, "third-person/"))
    assert f"Email {room.cast.scheme.contact_email}" in page
    refused = mentee.post(path(room, "third-person/"), typed.press())
    assert refused.status_code == 409
    assert f"Email {room.cast.scheme.contact_email}" in typed.text(refused)
    assert (stage(), letters()) == ("active", [])


def made_the_match(room: Room, user: User) -> None:
    ledger.record("introduction", room.mentorship.pk, "propose", by="coordinator", at=NOW, actor=user.pk)


def brought_them_in(room: Room, user: User) -> None:
    ledger.record("mentorship", room.mentorship.pk, "bring_in", by="coordinator", at=NOW, actor=user.pk)


def works_with_the_mentor(room: Room, user: User) -> None:
    where, elsewhere = room.cast.mentor_member.organisation, room.cast.other_scheme
    Membership.objects.create(scheme=elsewhere, user=user, stage="active", organisation=where)


def is_kept_away_from(room: Room, user: User) -> None:
    private_lists.add(room.mentee, keyring_of(room.mentee), Entry(id=str(uuid4()), email=user.email))


def is_declared(room: Room, user: User) -> None:
    ring = keyring_of(room.mentor)
    conflicts.declare_person(room.mentor.pk, user.email, "family", keyring=ring, at=NOW, form=uuid4())


def has_stopped(room: Room, user: User) -> None:
    Appointment.objects.filter(person=user.pk).update(until=TODAY - timedelta(days=1))


def is_one_of_them(room: Room, user: User) -> None:
    Appointment.objects.filter(person=user.pk).update(person=room.mentor.pk)


@pytest.mark.parametrize(
    "why_not",
    [
        made_the_match,
        brought_them_in,
        works_with_the_mentor,
        is_kept_away_from,
        is_declared,
        has_stopped,
        is_one_of_them,
    ],
)
def test_who_is_not_apart_from_both_is_not_asked(room: Room, ruth: User, why_not: object) -> None:
    assert helpers_for(room.mentorship) == [ruth]
    why_not(room, ruth)  # type: ignore[operator]  # one of the functions above
    assert helpers_for(room.mentorship) == []


def test_to_others_there_is_no_page_and_the_desk_shows_a_pair_that_goes_on(
    room: Room, ruth: User, mentee: Client
) -> None:
    """Two worlds for the coordinator: in one the two have asked, taken it up and settled it, in the other nothing."""
    Mentorship.objects.update(began_on=TODAY - timedelta(days=75), stage_since=NOW - timedelta(days=75))
    desk, slug = sign_in(Client(), room.cast.coordinator), room.cast.scheme.slug
    for name in ("mentee", "mentor", "coordinator", "deputy", "stranger", "outsider"):
        client = sign_in(Client(), room.cast.people[name])  # none is a visitor
        assert client.get("/mediations/").status_code == 404, name

    def seen() -> list[str]:
        pages = [f"/schemes/{slug}/desk/{page}" for page in ("", "mentorships/", "mentors/", "quiet/")]
        pages += [f"/schemes/{slug}/sheets/pairs.csv", f"/introductions/{room.mentorship.pk}/desk/"]
        strip = r'nonce="[^"]*"|value="[0-9a-zA-Z-]{36,64}"'
        return [re.sub(strip, "", desk.get(page).content.decode()) for page in pages]

    before = seen()
    assert "Mina Patel" in before[3]
    mentee.post(path(room, "third-person/"), typed.press())
    during = seen()
    sign_in(Client(), ruth).post(f"/mediations/{room.mentorship.pk}/take-up/", typed.press())
    assert seen() == during
    assert during[1:3] + during[4:] == before[1:3] + before[4:], "only the queue of the quiet is shorter"
    assert "Mina Patel" not in during[3]
    mentee.post(path(room, "third-person/settle/"), typed.press())
    assert seen() == before

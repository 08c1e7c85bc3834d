"""The demonstration: whole, made once, and nowhere else."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from ithaca.journeys.operating.demo import words
from ithaca.journeys.operating.demo.seeding import seed
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding, Organisation, User
from ithaca.records.mentorships.matching.queries.best_match import best
from ithaca.records.mentorships.models import (
    Agreement,
    Enquiry,
    Feedback,
    Goal,
    GoalStep,
    Introduction,
    MentoringRequest,
    Mentorship,
    Session,
)
from ithaca.records.mentorships.room.queries.pulse import averages_of
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post import outbox
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, make_person

pytestmark = pytest.mark.django_db


def stages(model: Any) -> Counter[str]:
    return Counter(model.objects.values_list("stage", flat=True))


def test_it_shows_people_at_every_point_of_the_way(client: Client) -> None:
    assert seed(datetime.now(UTC))
    assert Scheme.objects.count() == 3
    assert Organisation.objects.filter(memberships__isnull=False).distinct().count() >= 45
    assert 75 <= Membership.objects.values("user").distinct().count() <= 90
    assert stages(Enquiry)["received"] == 9
    assert set(stages(Membership)) >= {"applied", "active"}
    assert set(stages(MentorApplication)) >= {"submitted", "checks", "approved"}
    assert set(stages(MentorStanding)) >= {"available", "full", "on_leave"}
    assert set(stages(MentoringRequest)) >= {"submitted", "waiting", "introducing", "matched"}
    assert set(stages(Introduction)) >= {"offered_to_mentee", "offered_to_mentor", "first_chat", "confirmed"}
    assert set(stages(Mentorship)) >= {"active", "paused", "ended"}
    assert set(stages(Agreement)) >= {"draft", "agreed_by_one", "in_force", "ended"}
    assert set(stages(Session)) >= {"scheduled", "held"}
    assert set(stages(Goal)) >= {"drafted", "in_progress", "revised"}
    assert set(stages(GoalStep)) >= {"committed", "done", "not_done"}
    assert set(stages(Feedback)) >= {"asked", "given"}
    assert all(averages_of(scheme, Party.MENTOR, datetime.now(UTC).date()) for scheme in Scheme.objects.all())
    assert len(set(MentoringRequest.objects.filter(stage="waiting").values_list("asked_on", flat=True))) > 5
    ours = Mentorship.objects.filter(mentee__user__email=words.MENTEE.email, mentor__user__email=words.MENTOR.email)
    assert ours.filter(stage="active").count() == 2
    for one in words.SIGN_INS:
        browser = Client()
        signed_in = browser.post("/accounts/login/", {"login": one.email, "password": one.password})
        assert signed_in.status_code == 302, one.email
        assert browser.get("/my-mentoring/").status_code == 200
    everyone_is_matched_as_well_as_can_be()
    before = OutboxLetter.objects.count()
    assert not seed(datetime.now(UTC))
    assert OutboxLetter.objects.count() == before


def everyone_is_matched_as_well_as_can_be() -> None:
    for scheme in Scheme.objects.all():
        found = best(scheme, datetime.now(UTC))
        waiting = MentoringRequest.objects.filter(stage="waiting", membership__scheme=scheme)
        assert found.proved, scheme
        told = {one.request for one in (*found.pairs, *found.waiting)}
        assert told == set(waiting.values_list("pk", flat=True)) != set()
        assert all(part.points for one in found.pairs for part in one.parts if part.matched)


def test_it_leaves_an_installation_alone_where_anybody_is() -> None:
    make_person("Ada Real")
    assert not seed(NOW)
    assert User.objects.count() == 1


def test_only_a_demonstration_has_it(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo")


def letter() -> OutboxLetter:
    calendar = outbox.Invitation("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "REQUEST")
    to = outbox.Recipient(None, "ada@practice.example")
    outbox.put(
        outbox.Letter(to, "test", "A <b>step</b>", ("Please look.",), "Look", "/", outbox.Sender("Us"), calendar), NOW
    )
    return OutboxLetter.objects.get()


def test_the_letters_can_be_read_in_the_demonstration(client: Client, settings: Any) -> None:
    settings.DEMO = True
    found = letter()
    assert words.MENTEE.email in client.get("/demo/").content.decode()
    assert "A &lt;b&gt;step&lt;/b&gt;" in client.get("/demo/letters/").content.decode()
    assert "ada@practice.example" not in client.get("/demo/letters/", {"to": "ben@x.example"}).content.decode()
    page = client.get(f"/demo/letters/{found.pk}/").content.decode()
    assert "Please look." in page
    assert "sandbox" in page
    assert client.get(f"/demo/letters/{uuid4()}/").status_code == 404


def test_a_letters_html_is_shown_where_nothing_runs(client: Client, settings: Any) -> None:
    settings.DEMO = True
    shown = client.get(f"/demo/letters/{letter().pk}/as-html/")
    rules = shown["Content-Security-Policy"]
    assert "default-src 'none'" in rules
    assert "sandbox" in rules
    assert shown["X-Frame-Options"] == "SAMEORIGIN"


def test_its_calendar_file_can_be_opened(client: Client, settings: Any) -> None:
    settings.DEMO = True
    shown = client.get(f"/demo/letters/{letter().pk}/invitation.ics")
    assert shown["Content-Type"].startswith("text/calendar; method=REQUEST")
    assert shown.content.startswith(b"BEGIN:VCALENDAR")


@pytest.mark.parametrize(
    "tail", ["", "letters/", "letters/{pk}/", "letters/{pk}/as-html/", "letters/{pk}/invitation.ics"]
)
def test_elsewhere_there_are_no_such_pages(client: Client, settings: Any, tail: str) -> None:
    settings.DEMO = False
    assert client.get("/demo/" + tail.format(pk=letter().pk)).status_code == 404

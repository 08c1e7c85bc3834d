"""Two who found each other register together; one conversation; and someone one has heard of."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.records.members.actions import invitations
from ithaca.records.members.models import PersonalInvitation
from ithaca.records.members.queries.standings import listed_named, standing_at
from ithaca.records.mentorships.models import Agreement, Finding, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import findings, introductions, requests
from ithaca.records.mentorships.pairing.queries.findings import finding_at_desk, finding_of
from ithaca.records.mentorships.room.actions import mentorships, sessions
from ithaca.records.mentorships.room.queries.room_cards import next_steps, rooms_of
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, Cast, make_cast, make_mentor
from tests.records.mentorships.pairs import accept_as_mentee, accept_as_mentor, another_member, ask, fresh, wait

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NEW = "someone.new@elsewhere.example"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def find(request: MentoringRequest, address: str, at=NOW) -> None:
    findings.find(request, address, at=at, form=uuid4())


def token() -> str:
    text = OutboxLetter.objects.filter(kind="wanted_as_mentor").latest("written_at").text
    return text.split("/invitations/")[1].split("/")[0]


def test_a_mentor_of_the_scheme_is_introduced_once_both_are_in_order(cast):
    request = ask(cast.mentee_member)
    find(request, f" {cast.mentor.email.upper()} ")
    assert OutboxLetter.objects.filter(kind="wanted_as_mentor").count() == 0
    assert jobs.settle_findings(NOW) == 0, "the coordinator has not read the request yet"
    requests.take_in(request, actor=cast.coordinator.pk, at=NOW, form=uuid4())
    type(cast.mentee_member).objects.filter(pk=cast.mentee_member.pk).update(stage="verifying")
    assert jobs.settle_findings(NOW) == 0, "the membership is still being checked"
    type(cast.mentee_member).objects.filter(pk=cast.mentee_member.pk).update(stage="active")
    assert [jobs.settle_findings(NOW) for _ in range(2)] == [1, 0]
    made = Introduction.objects.get()
    assert (made.standing, made.stage, fresh(request).asked_on) == (cast.standing, "offered_to_mentee", TODAY)
    steps = Step.objects.filter(subject__in=(made.pk, request.pk), by=Party.SCHEDULE)
    assert set(steps.values_list("actor", flat=True)) == {None}, "nobody proposed them but the clock"
    accept_as_mentee(cast, made)
    accept_as_mentor(fresh(made))
    assert Mentorship.objects.get(pk=made.pk).mentor == cast.mentor_member


def test_a_stranger_gets_a_link_offers_is_checked_and_is_introduced(cast):
    request = wait(cast)
    find(request, NEW)
    letter = OutboxLetter.objects.get(kind="wanted_as_mentor")
    assert (letter.address, letter.recipient) == (NEW, None)
    assert cast.mentee.name.split()[0] not in letter.text + letter.html + letter.subject
    assert NEW.encode() not in bytes(Finding.objects.get().address)
    assert not finding_of(request).lost
    came = another_member(cast.scheme, "Nora New", "Z95001")
    invitations.use(token(), came.user, at=NOW)
    assert finding_at_desk(request).taken_up
    assert jobs.settle_findings(NOW) == 0, "not approved yet"
    standing = make_mentor(came, capacity=1)
    assert jobs.settle_findings(NOW) == 1
    assert Introduction.objects.get().standing == standing
    assert finding_at_desk(request).mentor == "Nora New"


def test_the_rules_of_independence_hold_for_friends_too_and_the_queue_is_not_harmed(cast):
    type(cast.mentor_member).objects.filter(pk=cast.mentor_member.pk).update(
        organisation=cast.mentee_member.organisation
    )
    request = wait(cast)
    find(request, cast.mentor.email)
    assert jobs.settle_findings(NOW) == 0
    assert (fresh(request).stage, Introduction.objects.count()) == ("waiting", 0)


def test_a_full_mentor_takes_nobody_more_because_of_an_old_friend(cast):
    cast.standing.capacity = 1
    cast.standing.save()
    other = another_member(cast.scheme, "First One", "Z95003")
    first = wait(cast, other)
    find(first, cast.mentor.email)
    second = wait(cast, at=NOW + DAY)
    find(second, cast.mentor.email)
    assert jobs.settle_findings(NOW + DAY) == 1
    assert Introduction.objects.get().request == first


@pytest.mark.parametrize("how", ["declined", "expired"])
def test_an_invitation_that_came_to_nothing_is_told_once_and_the_place_stays(cast, how):
    request = wait(cast)
    find(request, NEW)
    at = NOW + 31 * DAY if how == "expired" else NOW
    if how == "declined":
        for _ in range(2):
            invitations.decline(token(), at=NOW)
        with pytest.raises(invitations.Gone):
            invitations.use(token(), cast.stranger, at=NOW)
    assert [jobs.settle_findings(at) for _ in range(2)] == [1, 0]
    assert OutboxLetter.objects.filter(kind="found_did_not_answer", recipient=cast.mentee.pk).count() == 1
    assert finding_of(request).lost
    assert (fresh(request).stage, fresh(request).asked_on) == ("waiting", TODAY)
    find(request, "another@elsewhere.example", at)
    assert not finding_of(request).lost


def test_what_is_answered_where_it_stands(cast):
    request = wait(cast)
    with pytest.raises(findings.OwnAddress):
        find(request, cast.mentee.email.upper())
    for number in range(3):
        find(request, f"{number}@elsewhere.example")
    with pytest.raises(findings.TooMany):
        find(request, NEW)
    find(request, NEW, NOW + DAY)
    open_links = PersonalInvitation.objects.filter(expires_at__gt=NOW + DAY, declined_at=None)
    assert open_links.count() == 1, "a link to somebody named before works no longer"
    requests.withdraw(request, actor=cast.mentee.pk, at=NOW + DAY, form=uuid4())
    assert (Finding.objects.count(), open_links.count()) == (0, 0)
    with pytest.raises(Impossible):
        find(request, NEW, NOW + 2 * DAY)


def test_asking_anew_buys_no_more_letters_to_strangers(cast):
    for number in range(3):
        request = wait(cast)
        find(request, f"{number}@elsewhere.example")
        requests.withdraw(request, actor=cast.mentee.pk, at=NOW, form=uuid4())
    with pytest.raises(findings.TooMany):
        find(wait(cast), NEW)


def test_a_second_press_writes_no_second_letter(cast):
    request, form = wait(cast), uuid4()
    for _ in range(2):
        findings.find(request, NEW, at=NOW, form=form)
    assert OutboxLetter.objects.filter(kind="wanted_as_mentor").count() == 1


# --- one conversation -----------------------------------------------------------------------------


def conversation(cast: Cast) -> Mentorship:
    MentoringRequest.objects.filter(pk=wait(cast).pk).update(one_off=True)
    request = MentoringRequest.objects.get()
    made = introductions.propose(
        request, cast.standing, Party.COORDINATOR, actor=cast.coordinator.pk, at=NOW, form=uuid4()
    )
    accept_as_mentee(cast, made)
    accept_as_mentor(fresh(made))
    return Mentorship.objects.get(pk=made.pk)


def yes(room: Mentorship, cast: Cast, party: Party) -> bool:
    actor = cast.mentee.pk if party is Party.MENTEE else cast.mentor.pk
    return mentorships.say_yes(room.pk, party, actor=actor, at=NOW + 9 * DAY, form=uuid4())


def test_one_conversation_has_one_session_and_no_agreement_until_both_want_more(cast):
    room = conversation(cast)
    assert (room.one_off, Agreement.objects.count()) == (True, 0)
    plan = sessions.Plan(NOW + 7 * DAY, 60, "phone", "01632 960 000")
    session = sessions.schedule(room.pk, plan, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    later = sessions.Plan(NOW + 20 * DAY, 60, "phone", "01632 960 000")
    with pytest.raises(sessions.AgreementFirst):
        sessions.schedule(room.pk, later, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4())
    sessions.say(session, True, Party.MENTEE, actor=cast.mentee.pk, at=NOW + 8 * DAY, form=uuid4())
    (card,) = next_steps(cast.mentor.pk, rooms_of(cast.mentor.pk), NOW + 9 * DAY)
    assert card.title == "Would you like to carry on?"
    letters = OutboxLetter.objects.count()
    assert [yes(room, cast, Party.MENTEE), yes(room, cast, Party.MENTEE)] == [False, False]
    assert OutboxLetter.objects.count() == letters, "nobody learns of one yes alone"
    assert yes(room, cast, Party.MENTOR)
    assert (fresh(room).one_off, Agreement.objects.filter(mentorship=room).count()) == (False, 1)
    told = OutboxLetter.objects.filter(kind="both_go_on").values_list("recipient", flat=True)
    assert set(told) == {cast.mentee.pk, cast.mentor.pk}
    (card,) = next_steps(cast.mentee.pk, rooms_of(cast.mentee.pk), NOW + 9 * DAY)
    assert card.title == "Agree how you'll work together"
    assert yes(room, cast, Party.MENTEE), "once more changes nothing"
    assert Agreement.objects.count() == 1


def test_what_is_asked_for_may_be_changed_until_two_are_introduced(cast):
    request = wait(cast)
    requests.change_kind(request, request.version, one_off=True)
    assert fresh(request).one_off
    MentoringRequest.objects.update(stage="introducing")
    with pytest.raises(Impossible):
        requests.change_kind(request, fresh(request).version, one_off=False)


# --- someone one has heard of ---------------------------------------------------------------------


def test_only_those_who_agreed_are_found_by_name(cast):
    assert listed_named(cast.scheme, "omar", cast.mentee.pk) == []
    cast.standing.listed = True
    cast.standing.save()
    assert listed_named(cast.scheme, "omar", cast.mentee.pk) == [cast.standing]
    assert listed_named(cast.scheme, "omar", cast.mentor.pk) == [], "not oneself"
    assert listed_named(cast.scheme, "", cast.mentee.pk) == [], "the whole list is shown to nobody"
    assert listed_named(cast.other_scheme, "omar", cast.mentee.pk) == []
    type(cast.standing).objects.update(stage="retired")
    assert listed_named(cast.scheme, "omar", cast.mentee.pk) == []
    assert standing_at(cast.scheme, cast.mentor.email) is None

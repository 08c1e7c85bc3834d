"""Whatever people do, in whatever order: no mentor is overfull, and nobody loses their place in the queue."""

import threading
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from ithaca.records import moves
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import clear_candidate, introductions, places
from ithaca.records.mentorships.pairing.actions import requests as requests_actions
from ithaca.records.stages import Impossible, Party
from ithaca.tools.vault import grants
from ithaca.tools.vault.errors import NotGranted
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import another_member, another_mentor, asked, fresh, propose, wait

ANY = st.integers(0, 11)
MENTEE = "request__membership__user__email"
PARTIES = st.sampled_from([Party.MENTEE, Party.MENTOR])


class Pairing(RuleBasedStateMachine):
    """Four people wait, two mentors have one and two places; everyone acts at random. `ANY` picks one of a list."""

    def __init__(self, cast: Cast, members: list[Membership]) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.cast, self.members, self.at = cast, members, NOW
        self.rings = {member.user_id: keyring_of(member.user) for member in members}
        self.asked_on = {row.pk: row.asked_on for row in MentoringRequest.objects.all()}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    # --- what there is, in an order that is the same when a case is played again: uuids are not ---

    def waiting(self) -> list[MentoringRequest]:
        return list(MentoringRequest.objects.filter(stage="waiting").order_by("membership__user__email"))

    def live(self, *stages: str) -> list[Introduction]:
        return list(Introduction.objects.filter(stage__in=stages or Introduction.OFFERS).order_by(MENTEE))

    def active(self) -> list[Mentorship]:
        return list(Mentorship.objects.filter(stage="active").order_by("mentee__user__email"))

    # --- what people do ---

    @precondition(lambda self: self.waiting())
    @rule(which=ANY, mentor=st.booleans())
    def propose(self, which: int, mentor: bool) -> None:
        standings = list(MentorStanding.objects.order_by("capacity"))
        with suppress(clear_candidate.NotPossible):
            propose(self.cast, one(self.waiting(), which), standings[mentor], self.at)

    @precondition(lambda self: self.live("offered_to_mentee"))
    @rule(which=ANY)
    def mentee_says_yes(self, which: int) -> None:
        introduction = one(self.live("offered_to_mentee"), which)
        user = introduction.request.membership.user_id
        introductions.mentee_accept(introduction, keyring=self.rings[user], actor=user, at=self.at, form=uuid4())

    @precondition(lambda self: self.live("offered_to_mentor"))
    @rule(which=ANY)
    def mentor_says_yes(self, which: int) -> None:
        introductions.mentor_accept(one(self.live("offered_to_mentor"), which), actor=uuid4(), at=self.at, form=uuid4())

    @precondition(lambda self: self.live())
    @rule(which=ANY, by=PARTIES)
    def somebody_says_no(self, which: int, by: Party) -> None:
        with suppress(Impossible):
            introductions.decline(one(self.live(), which), by, actor=uuid4(), at=self.at, form=uuid4())

    @precondition(lambda self: self.live())
    @rule(which=ANY)
    def the_coordinator_takes_it_back(self, which: int) -> None:
        introductions.take_back(one(self.live(), which), actor=uuid4(), at=self.at, form=uuid4())

    @precondition(lambda self: self.live())
    @rule(which=ANY)
    def one_who_is_introduced_withdraws_and_asks_again(self, which: int) -> None:
        request = one(self.live(), which).request
        requests_actions.withdraw(request, actor=request.membership.user_id, at=self.at, form=uuid4())
        again = wait(self.cast, request.membership, self.at)
        self.asked_on[again.pk] = again.asked_on

    @precondition(lambda self: self.active())
    @rule(which=ANY)
    def a_mentorship_ends_and_its_mentee_asks_again(self, which: int) -> None:
        mentorship = one(self.active(), which)
        moves.move(mentorship, "end", Party.MENTEE, at=self.at)
        places.settle(places.locked(mentorship.introduction.standing_id), self.at)
        again = wait(self.cast, mentorship.mentee, self.at)
        self.asked_on[again.pk] = again.asked_on

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)
        jobs.remind_of_answers(self.at)
        jobs.expire_offers(self.at)

    @precondition(lambda self: self.live())
    @rule(which=ANY)
    def a_mentor_goes_on_leave_and_comes_back(self, which: int) -> None:
        standing = one(self.live(), which).standing
        moves.move(standing, "go_on_leave", Party.MEMBER, at=self.at)
        jobs.release_lost_mentors(self.at)
        moves.move(standing, "come_back", Party.MEMBER, at=self.at)

    # --- what always holds ---

    @invariant()
    def no_mentor_has_more_than_their_places(self) -> None:
        for standing in MentorStanding.objects.all():
            offers = Introduction.objects.filter(standing=standing, stage__in=Introduction.OFFERS).count()
            assert (
                offers + Mentorship.objects.filter(mentor=standing.membership, stage="active").count()
                <= standing.capacity
            )

    @invariant()
    def nobody_loses_their_place_in_the_queue(self) -> None:
        assert self.asked_on == dict(MentoringRequest.objects.values_list("pk", "asked_on"))

    @invariant()
    def a_request_is_being_introduced_exactly_when_it_has_a_live_introduction(self) -> None:
        introducing_now = MentoringRequest.objects.filter(stage="introducing").values_list("pk", flat=True)
        assert {row.request_id for row in self.live()} == set(introducing_now)

    @invariant()
    def keys_live_as_long_as_the_introduction_or_the_mentorship(self) -> None:
        for introduction in Introduction.objects.all():
            has_keys = bool(grants.holders_of(introduction.pk))
            assert has_keys == (introduction.stage in ("offered_to_mentor", "accepted", "confirmed"))


def one(rows: list[Any], which: int) -> Any:
    return rows[which % len(rows)]


@pytest.mark.django_db
@pytest.mark.parametrize("examples", [12, pytest.param(60, marks=pytest.mark.proof)])
def test_no_order_of_acts_overfills_a_mentor_or_loses_a_place_in_the_queue(examples):
    cast = make_cast()
    another_mentor(cast.scheme, "Nia Ward", "Z92000", capacity=1)
    members = [cast.mentee_member, *(another_member(cast.scheme, f"Person {n}", f"Z9100{n}") for n in range(3))]
    for member in members:
        wait(cast, member)
    run_state_machine_as_test(
        lambda: Pairing(cast, members),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # to shrink a failure takes minutes: remove this to have it small
        ),
    )


@pytest.mark.django_db
def test_a_stage_follows_the_places_after_leave_and_after_a_change_of_capacity():
    cast = make_cast()
    asked(cast)
    MentorStanding.objects.update(capacity=1)
    assert [jobs.settle_places(NOW) for _ in range(2)] == [1, 0]
    assert fresh(cast.standing).stage == "full"
    MentorStanding.objects.update(capacity=2)
    assert jobs.settle_places(NOW) == 1
    assert fresh(cast.standing).stage == "available"
    MentorStanding.objects.update(stage="on_leave", capacity=1)
    assert jobs.settle_places(NOW) == 0


def at_once(*acts):
    """Run the acts in threads that start together; return what each came to."""
    gate, came_to = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            came_to[place] = acts[place]()
        except Exception as refusal:
            came_to[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came_to


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_five_at_once_for_the_last_place_make_one_offer():
    cast = make_cast()
    MentorStanding.objects.update(capacity=1)
    members = [another_member(cast.scheme, f"Person {n}", f"Z9100{n}") for n in range(5)]
    requests = [wait(cast, member) for member in members]
    came_to = at_once(*[lambda request=request: propose(cast, request, cast.standing) for request in requests])
    made = [one for one in came_to if isinstance(one, Introduction)]
    assert len(made) == 1
    assert all(isinstance(one, Introduction | clear_candidate.NotPossible) for one in came_to), came_to
    assert Introduction.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_yes_and_a_withdrawal_at_once_end_in_one_of_the_two():
    cast = make_cast()
    introduction = asked(cast)
    request = introduction.request
    at_once(
        lambda: introductions.mentor_accept(fresh(introduction), actor=cast.mentor.pk, at=NOW, form=uuid4()),
        lambda: requests_actions.withdraw(fresh(request), actor=cast.mentee.pk, at=NOW, form=uuid4()),
        lambda: jobs.expire_offers(NOW + timedelta(days=9)),
    )
    stages = (fresh(introduction).stage, fresh(request).stage)
    assert stages in {
        ("confirmed", "matched"),
        ("withdrawn", "withdrawn"),
        ("expired", "waiting"),
        ("expired", "withdrawn"),
    }
    assert Mentorship.objects.exists() == (stages[0] == "confirmed")
    if stages[0] != "confirmed":
        with pytest.raises(NotGranted):
            keyring_of(cast.mentor).key_for(introduction.pk)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_windows_that_begin_at_once_begin_one_request():
    cast = make_cast()
    came_to = at_once(
        *[lambda: requests_actions.begin(fresh(cast.mentee_member), at=NOW, form=uuid4()) for _ in range(4)]
    )
    assert {one.pk for one in came_to} == {MentoringRequest.objects.get().pk}

"""Whatever people do, in whatever order: no mentor is overfull, and nobody loses their place in the queue."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ithaca.records import moves
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships import jobs
from ithaca.records.mentorships.actions import asking, introducing, places
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.stages import Impossible, Party
from ithaca.tools.vault import grants
from ithaca.tools.vault.errors import NotGranted
from tests.cast import NOW, keyring_of, make_cast
from tests.records.mentorships.pairs import another_member, another_mentor, asked, fresh, propose, wait

WHO = st.integers(0, 3)
MENTORS = st.integers(0, 1)
PARTIES = st.sampled_from([Party.MENTEE, Party.MENTOR])


class Pairing(RuleBasedStateMachine):
    """Four people ask, two mentors have one and two places; everyone acts at random."""

    @initialize()
    def people(self) -> None:
        self.cast = make_cast()
        self.at = NOW
        self.members = [self.cast.mentee_member]
        self.members += [another_member(self.cast.scheme, f"Person {n}", f"Z9100{n}") for n in range(3)]
        self.rings = {member.user_id: keyring_of(member.user) for member in self.members}
        self.standings = [self.cast.standing, another_mentor(self.cast.scheme, "Nia Ward", "Z92000", capacity=1)]
        self.asked_on = {}

    @rule(who=WHO)
    def ask(self, who: int) -> None:
        member = self.members[who]
        if not MentoringRequest.objects.filter(membership=member).exclude(stage__in=["matched", "withdrawn"]).exists():
            request = wait(self.cast, member, self.at)
            self.asked_on[request.pk] = request.asked_on

    @rule(who=WHO, mentor=MENTORS)
    def propose(self, who: int, mentor: int) -> None:
        request = MentoringRequest.objects.filter(membership=self.members[who], stage="waiting").first()
        if request:
            with expected(introducing.NotPossible):
                propose(self.cast, request, fresh(self.standings[mentor]), self.at)

    @rule(who=WHO)
    def accept(self, who: int) -> None:
        introduction = self._live(who)
        if introduction and introduction.stage == "offered_to_mentee":
            user = self.members[who].user_id
            introducing.mentee_accept(introduction, keyring=self.rings[user], actor=user, at=self.at, form=uuid4())
        elif introduction:
            actor = introduction.standing.membership.user_id
            introducing.mentor_accept(introduction, actor=actor, at=self.at, form=uuid4())

    @rule(who=WHO, by=PARTIES)
    def decline(self, who: int, by: Party) -> None:
        introduction = self._live(who)
        if introduction:
            with expected(Impossible):
                introducing.decline(introduction, by, actor=uuid4(), at=self.at, form=uuid4())

    @rule(who=WHO)
    def take_back(self, who: int) -> None:
        introduction = self._live(who)
        if introduction:
            introducing.take_back(introduction, actor=self.cast.coordinator.pk, at=self.at, form=uuid4())

    @rule(who=WHO)
    def withdraw(self, who: int) -> None:
        request = MentoringRequest.objects.filter(membership=self.members[who]).exclude(
            stage__in=["matched", "withdrawn"]
        )
        for row in request:
            asking.withdraw(row, actor=self.members[who].user_id, at=self.at, form=uuid4())

    @rule(who=WHO)
    def end(self, who: int) -> None:
        for mentorship in Mentorship.objects.filter(mentee=self.members[who], stage="active"):
            with transaction.atomic():
                standing = places.locked(mentorship.introduction.standing_id)
                moves.move(mentorship, "end", Party.MENTEE, at=self.at)
                places.settle(standing, self.at)

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)
        jobs.remind_of_answers(self.at)
        jobs.expire_offers(self.at)

    @rule(mentor=MENTORS)
    def leave_or_come_back(self, mentor: int) -> None:
        standing = fresh(self.standings[mentor])
        moves.move(standing, "come_back" if standing.stage == "on_leave" else "go_on_leave", Party.MEMBER, at=self.at)
        jobs.release_lost_mentors(self.at)

    @invariant()
    def no_mentor_has_more_than_their_places(self) -> None:
        standings = list(MentorStanding.objects.all())
        taken = places.taken(standings)
        for standing in standings:
            assert taken[standing.pk] <= standing.capacity
            if standing.stage == "full":
                assert taken[standing.pk] == standing.capacity

    @invariant()
    def nobody_loses_their_place_in_the_queue(self) -> None:
        for request in MentoringRequest.objects.exclude(stage="draft"):
            assert request.asked_on == self.asked_on[request.pk]

    @invariant()
    def a_request_is_being_introduced_exactly_when_it_has_a_live_introduction(self) -> None:
        live = set(Introduction.objects.filter(stage__in=Introduction.OFFERS).values_list("request", flat=True))
        assert live == set(MentoringRequest.objects.filter(stage="introducing").values_list("pk", flat=True))

    @invariant()
    def keys_live_as_long_as_the_introduction_or_the_mentorship(self) -> None:
        for introduction in Introduction.objects.all():
            has_keys = bool(grants.holders_of(introduction.pk))
            assert has_keys == (introduction.stage in ("offered_to_mentor", "accepted", "confirmed"))

    def _live(self, who: int) -> Introduction | None:
        found = Introduction.objects.filter(request__membership=self.members[who], stage__in=Introduction.OFFERS)
        return found.first()


class expected:  # noqa: N801 - reads as a statement
    """Let these refusals pass, and leave the database as it was."""

    def __init__(self, *refusals: type[Exception]) -> None:
        self.refusals = refusals

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        return kind is not None and issubclass(kind, self.refusals)


@pytest.mark.django_db
def test_no_order_of_acts_overfills_a_mentor_or_loses_a_place_in_the_queue():
    class Isolated(Pairing):
        def __init__(self) -> None:
            super().__init__()
            self.point = transaction.atomic()
            self.point.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.point.__exit__(None, None, None)

    run_state_machine_as_test(
        Isolated,
        settings=settings(
            max_examples=12, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


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
    assert all(isinstance(one, Introduction | introducing.NotPossible) for one in came_to), came_to
    assert Introduction.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_yes_and_a_withdrawal_at_once_end_in_one_of_the_two():
    cast = make_cast()
    introduction = asked(cast)
    request = introduction.request
    at_once(
        lambda: introducing.mentor_accept(fresh(introduction), actor=cast.mentor.pk, at=NOW, form=uuid4()),
        lambda: asking.withdraw(fresh(request), actor=cast.mentee.pk, at=NOW, form=uuid4()),
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
        *[lambda: asking.begin_request(fresh(cast.mentee_member), at=NOW, form=uuid4()) for _ in range(4)]
    )
    assert {one.pk for one in came_to} == {MentoringRequest.objects.get().pk}

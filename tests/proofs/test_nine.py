"""Nine processes released by a barrier, time and again, on the same offers and places, on either database.

No place is given twice, no step is lost or taken twice, and every loser is told in words of ours.
"""

import multiprocessing
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connection

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.models import Agreement, ConflictDeclaration, Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.records.mentorships.pairing.actions import places as places_actions
from ithaca.records.mentorships.pairing.queries import places
from ithaca.records.stages import Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault.models import Grant
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.proofs.nine import Act, Said, Where, live
from tests.records.mentorships.pairs import another_member, another_mentor, fresh, wait

pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
NINE = 9


class Nine:
    """The processes, and what they came to in all."""

    def __init__(self, where: Where) -> None:
        context = multiprocessing.get_context("forkserver")  # a fresh interpreter, from which nine are forked
        context.set_forkserver_preload(["tests.proofs.ready"])
        self.barrier = context.Barrier(NINE)
        self.came_to: Counter[str] = Counter()
        self.pipes, self.processes = [], []
        for _process in range(NINE):
            ours, theirs = context.Pipe()
            process = context.Process(target=live, args=(where, self.barrier, theirs), daemon=True)
            process.start()
            theirs.close()
            self.pipes.append(ours)
            self.processes.append(process)

    def at_once(self, acts: list[Act]) -> list[Said]:
        """Each act by a process of its own, all released together."""
        assert len(acts) == NINE
        for pipe, act in zip(self.pipes, acts, strict=True):
            pipe.send(act)
        said = [pipe.recv() for pipe in self.pipes]
        self.came_to.update(f"{act.name}: {one[0]}" for act, one in zip(acts, said, strict=True))
        assert not [one for one in said if one[0] == "FAULT"], said
        return said

    def stop(self) -> None:
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(30)
            assert process.exitcode == 0


@contextmanager
def nine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Nine]:
    monkeypatch.setenv("TEST_DATA", str(settings.DATA_DIR))
    found = Nine(Where(str(connection.settings_dict["NAME"]), str(settings.SERVER_KEYS)))
    try:
        yield found
        found.stop()
    finally:
        for process in found.processes:
            process.kill()


class World:
    """Nine people who wait and four mentors with a place each; put back as it was before every round."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        members = [another_member(cast.scheme, f"Person {n}", f"Z9100{n}") for n in range(NINE)]
        self.requests = [wait(cast, member) for member in members]
        self.rings = {member.user_id: keyring_of(member.user) for member in members}
        others = [another_mentor(cast.scheme, f"Mentor {n}", f"Z9200{n}") for n in range(3)]
        self.standings = [cast.standing, *others]
        self.before = {row.pk: (row.answers, row.story, row.asked_on) for row in self.requests}

    def begin(self) -> None:
        for model in (Grant, ConflictDeclaration, Agreement, Mentorship, Introduction, Step, OutboxLetter):
            model.objects.all().delete()
        for pk, (answers, story, asked_on) in self.before.items():
            rows = MentoringRequest.objects.filter(pk=pk)
            rows.update(stage="waiting", answers=answers, story=story, asked_on=asked_on)
        MentorStanding.objects.update(capacity=1, stage="available")

    def offer(self, which: int, *listed: int, asked: bool = False) -> Introduction:
        """The request is offered these mentors, the first of them now."""
        request, (first, *then) = fresh(self.requests[which]), [self.standings[n] for n in listed]
        by = {"actor": self.cast.coordinator.pk, "at": NOW, "form": uuid4()}
        made = introductions.propose(request, first, Party.COORDINATOR, then=then, **by)
        if asked:
            mentee = request.membership.user_id
            introductions.mentee_accept(made, keyring=self.rings[mentee], actor=mentee, at=NOW, form=uuid4())
        return made

    def check(self) -> None:
        """What holds whoever was quicker."""
        taken = places.taken(MentorStanding.objects.all())
        for standing in MentorStanding.objects.all():
            assert taken[standing.pk] <= standing.capacity
            assert (standing.stage == "full") == (taken[standing.pk] >= standing.capacity)
        alive = list(Introduction.objects.filter(stage__in=Introduction.OFFERS).values_list("request", flat=True))
        assert len(alive) == len(set(alive))
        introducing_now = MentoringRequest.objects.filter(stage="introducing").values_list("pk", flat=True)
        assert set(alive) == set(introducing_now)
        assert not Introduction.objects.filter(stage="suggested").exclude(request__in=alive).exists()
        for pk, asked_on in MentoringRequest.objects.filter(pk__in=self.before).values_list("pk", "asked_on"):
            assert asked_on == self.before[pk][2]
        for model, noun in ((Introduction, "introduction"), (MentoringRequest, "request")):
            self.check_steps(noun, dict(model.objects.values_list("pk", "stage")))

    def check_steps(self, noun: str, stages: dict[UUID, str]) -> None:
        """The steps of every record make one chain that ends where the record stands: none is lost, none twice."""
        steps: dict[UUID, list[tuple[str, str]]] = {}
        for subject, frm, to in Step.objects.filter(noun=noun).exclude(to="").values_list("subject", "frm", "to"):
            steps.setdefault(subject, []).append((frm, to))
        for subject, edges in steps.items():
            ends = Counter(to for _frm, to in edges)
            ends.subtract(frm for frm, _to in edges)
            left = {stage: count for stage, count in ends.items() if count and stage}
            start = "waiting" if noun == "request" else ""
            expected = {stages[subject]: 1, start: -1} if start and stages[subject] != start else {stages[subject]: 1}
            if start and stages[subject] == start:
                expected = {}
            assert left == expected, (noun, edges, stages[subject])


def act(name: str, subject: Any, person: UUID, form: UUID | None = None, **more: Any) -> Act:
    return Act(name, subject.pk, form or uuid4(), person, **more)


@pytest.mark.parametrize("times", [60, pytest.param(200, marks=pytest.mark.evidence)])
def test_nine_at_once(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(make_cast())
    rounds = [last_place, one_introduction, one_form, one_request, crosswise]
    with nine(monkeypatch) as processes:
        for number in range(times):
            world.begin()
            rounds[number % len(rounds)](world, processes)
            world.check()
    sys.stdout.write(f"{connection.vendor}: {times} rounds of {NINE}\n")
    for what, count in sorted(processes.came_to.items()):
        sys.stdout.write(f"  {what}: {count}\n")


def last_place(world: World, processes: Nine) -> None:
    """The same mentor's last place is proposed to nine."""
    cora, mentor = world.cast.coordinator.pk, world.standings[0].pk
    said = processes.at_once([act("propose", request, cora, other=mentor) for request in world.requests])
    assert Counter(one for one, _words in said) == {"Introduction": 1, "NotPossible": NINE - 1}
    assert OutboxLetter.objects.count() == 1


def one_introduction(world: World, processes: Nine) -> None:
    """The same introduction is accepted, declined, asked about, withdrawn, taken back, voided and let expire."""
    made = world.offer(0, 0, 1, asked=True)
    mentee, mentor, cora = made.request.membership.user_id, world.cast.mentor.pk, world.cast.coordinator.pk
    acts = [
        act("mentor_accept", made, mentor),
        act("mentor_accept", made, mentor),
        act("mentor_decline", made, mentor),
        act("ask", made, mentor),
        act("know", made, mentor),
        act("mentee_decline", made, mentee),
        act("withdraw", made.request, mentee),
        act("take_back", made, cora),
        act("expire", made, cora),
    ]
    processes.at_once(acts)
    began = Mentorship.objects.count()
    assert began == (fresh(made).stage == "confirmed") == Agreement.objects.count()
    assert fresh(made).stage in (*Introduction.OVER, "confirmed")


def one_form(world: World, processes: Nine) -> None:
    """Nine tabs send one form: a coordinator's proposal, then a mentor's yes."""
    cora, mentor, form = world.cast.coordinator.pk, world.cast.mentor.pk, uuid4()
    once = [act("propose", world.requests[0], cora, form, other=world.standings[0].pk)] * NINE
    assert {one for one, _words in processes.at_once(once)} == {"Introduction"}
    assert (Introduction.objects.count(), OutboxLetter.objects.count()) == (1, 1)
    made = Introduction.objects.get()
    mentee = world.requests[0].membership.user_id
    introductions.mentee_accept(made, keyring=world.rings[mentee], actor=mentee, at=NOW, form=uuid4())
    said = processes.at_once([act("mentor_accept", made, mentor, uuid4())] * NINE)
    assert Counter(one for one, _words in said) == {"True": 1, "False": NINE - 1}
    assert (Mentorship.objects.count(), OutboxLetter.objects.filter(kind="confirmed").count()) == (1, 2)


def one_request(world: World, processes: Nine) -> None:
    """Nine tabs propose four mentors for one request."""
    cora = world.cast.coordinator.pk
    acts = [act("propose", world.requests[0], cora, other=world.standings[n % 4].pk) for n in range(NINE)]
    said = processes.at_once(acts)
    assert Counter(one for one, _words in said) == {"Introduction": 1, "Impossible": NINE - 1}


def crosswise(world: World, processes: Nine) -> None:
    """Three whose lists name one another's mentors all come to a no at once: each place goes to one of them at most."""
    MentorStanding.objects.update(capacity=4)
    made = [world.offer(which, which, 3, (which + 1) % 3) for which in range(3)]
    for standing in world.standings:
        MentorStanding.objects.filter(pk=standing.pk).update(capacity=1)
        places_actions.resettle(standing.pk, NOW)
    cora = world.cast.coordinator.pk
    acts = [act("mentee_decline", row, row.request.membership.user_id) for row in made]
    acts += [act("expire", made[0], cora) for _again in range(3)]
    acts += [act("propose", request, cora, other=world.standings[3].pk) for request in world.requests[3:6]]
    processes.at_once(acts)
    assert {fresh(row).stage for row in made} <= {"declined_privately", "expired"}
    # Whoever got the free place may have been called after the job's day, and lost it again to the same job.
    assert Introduction.objects.filter(standing=world.standings[3], offered_at__isnull=False).exists()

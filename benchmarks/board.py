"""The match board of a large scheme: how long the run takes, and its pages as ratios to an empty signed-in view.

    python -m benchmarks.board [waiting] [mentors] [rounds]

In-process on a throw-away SQLite database, as `benchmarks.pages`: the pages take turns, each counts by its median
round after one that does not count, and the clock is the processor's. The run is measured by the wall too, as a
coordinator waits for it, twice: the first time it is cold, and loads (on a new machine: compiles) what it needs.
"""

import random
import re
import statistics
import sys
import time
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from benchmarks.pages.__main__ import add_empty_view, prepare

SEED = 26
A_ROUND = 2  # requests of one page in one round


def fill(waiting: int, mentors: int) -> Any:
    """A scheme in which so many wait and so many offer two places, with answers at random."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from ithaca.records.members.models import Membership, MentorStanding, User
    from ithaca.records.members.offers import Offer
    from ithaca.records.mentorships.models import MentoringRequest
    from ithaca.records.mentorships.rules.answers import Answers
    from ithaca.records.schemes.vocabulary import REASONS, ROLES, SLOTS, TOPICS
    from ithaca.tools.vault.models import KeyPair
    from tests.cast import TODAY, make_cast, make_organisation

    cast, dice, now = make_cast(), random.Random(SEED), timezone.now()
    places = [make_organisation(f"ZB{n:04}", f"Q{n % 42:02}", f"S{n % 106:03}") for n in range(400)]

    def some(codes: Any, least: int, most: int) -> tuple[str, ...]:
        return tuple(dice.sample(sorted(codes), dice.randint(least, most)))

    def said() -> dict[str, Any]:
        return {
            "reasons": some(REASONS, 1, 2),
            "roles": some(ROLES, 2, 4),
            "topics": some(TOPICS, 2, 4),
            "slots": some(SLOTS, 3, 7),
            "ways": some(("video", "phone", "in_person"), 1, 3),
            "languages": ("en",),
        }

    unusable = make_password(None)
    people = [
        User(id=uuid4(), email=f"p{n}@many.example", name=f"Person {n:05}", password=unusable)
        for n in range(waiting + mentors)
    ]
    User.objects.bulk_create(people, batch_size=500)
    members = [
        Membership(scheme=cast.scheme, user=user, stage="active", profession="practice_manager", organisation=where)
        for user, where in zip(people, dice.choices(places, k=len(people)), strict=True)
    ]
    Membership.objects.bulk_create(members, batch_size=500)
    requests, standings = [], []
    for member in members[:waiting]:
        text, asked_on = Answers(**said()).to_json(), TODAY - timedelta(days=dice.randint(1, 200))
        request = MentoringRequest(membership=member, stage="waiting", asked_on=asked_on)
        request.answers = MentoringRequest.answers.seal(request, text)
        requests.append(request)
    for member in members[waiting:]:
        standing = MentorStanding(membership=member, capacity=2, approved_on=TODAY)
        standing.offer = MentorStanding.offer.seal(standing, Offer(**said()).to_json())
        standings.append(standing)
    MentoringRequest.objects.bulk_create(requests, batch_size=500)
    MentorStanding.objects.bulk_create(standings, batch_size=500)
    # a mentor who has never signed in is left out: give them the public half of somebody's keys
    pattern = KeyPair.objects.get(pk=cast.mentor.pk)
    shared = {"public_key": pattern.public_key, "attestation": pattern.attestation, "created_at": now}
    keys = [KeyPair(owner=user.pk, **shared) for user in people[waiting:]]
    KeyPair.objects.bulk_create(keys, batch_size=500)
    print(f"{waiting} wait, {mentors} offer two places each; made at {now:%H:%M}")
    return cast


def run_once(cast: Any, temperature: str, before: UUID | None = None) -> Any:
    """Have the match worked out as the worker would; the run, and print how long it took, cold or warm.

    `before` is the run it takes the place of: without it a second one would only find the first.
    """
    from django.utils import timezone

    from ithaca.records.mentorships.matching.actions import carry_out_match_run, match_runs

    match_runs.AT_ONCE = 0
    run = match_runs.begin(cast.scheme, seen=before, actor=cast.coordinator.pk, clock=timezone.now, form=uuid4())
    assert run.pk != before
    wall, cpu = time.perf_counter(), time.process_time()
    carry_out_match_run.carry_on(run.pk, timezone.now)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    run.refresh_from_db()
    print(f"the run, {temperature}: {run.stage}, {wall:.2f} s, {cpu:.2f} CPU s")
    return run


def measure(cast: Any, run: Any, rounds: int) -> None:
    """Print a table: page, status, queries, milliseconds of CPU, ratio."""
    from django.db import connection
    from django.test import Client

    from ithaca.records.mentorships.matching.queries.match_runs import answer_of

    answer = answer_of(run)
    pair = answer.pairs[0]
    board, person = f"/schemes/{cast.scheme.slug}/board/", f"/match-runs/{run.pk}/requests/{pair.request}/"
    client = Client(SERVER_NAME="localhost")
    client.force_login(cast.coordinator)
    other = re.findall(r'<option value="([0-9a-f-]{36})"', client.get(person).text)[0]
    pages = {
        "an empty signed-in view": "/empty/",
        "the board, first page": board,
        "the board, page 20": f"{board}?page=20",
        "the board, who waits": f"{board}?show=waiting",
        "one person": person,
        "what follows from a change": f"{person}change/?kind=fixed&whom={other}",
        "supply against demand": f"/schemes/{cast.scheme.slug}/supply/",
        "the desk": f"/schemes/{cast.scheme.slug}/desk/",
    }
    took: dict[str, list[float]] = {}
    facts: dict[str, tuple[int, int, int]] = {}
    for number in range(rounds + 1):
        for name, address in pages.items():
            if number == 0:
                client.get(address)
                queries: list[str] = []
                with connection.execute_wrapper(
                    lambda go, sql, *rest, kept=queries: (kept.append(sql), go(sql, *rest))[1]
                ):
                    shown = client.get(address)
                facts[name] = shown.status_code, len(queries), len(shown.content) // 1024
                continue
            start = time.process_time()
            for _ in range(A_ROUND):
                client.get(address)
            took.setdefault(name, []).append((time.process_time() - start) / A_ROUND)
    base = statistics.median(took["an empty signed-in view"])
    print(f"{'page':30} {'status':>6} {'queries':>7} {'KB':>5} {'ms':>8} {'ratio':>7}")
    for name in pages:
        median = statistics.median(took[name])
        status, count, size = facts[name]
        print(f"{name:30} {status:6} {count:7} {size:5} {1000 * median:8.1f} {base / median:7.3f}")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    waiting, mentors, rounds = [*given, *(2000, 600, 5)[len(given) :]]
    prepare()
    add_empty_view()
    crowd = fill(waiting, mentors)
    first = run_once(crowd, "cold")
    measure(crowd, run_once(crowd, "warm", first.pk), rounds)

"""One of nine processes that act on the same offers and places at the same moment: each has Django of its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any
from uuid import UUID

Said = tuple[str, str]
"""What an act came to: the name of what it returned or raised, and its words if it is no refusal of ours."""


@dataclass(frozen=True)
class Where:
    """The database and the server's keys of the test."""

    database: str
    server_keys: str


@dataclass(frozen=True)
class Act:
    """What one process does in one round: a name from `ACTS`, on whom, and the form's uuid."""

    name: str
    subject: UUID
    form: UUID
    person: UUID
    other: UUID | None = None
    days: int = 0


def live(where: Where, barrier: Barrier, pipe: Connection) -> None:
    """Do what comes through the pipe, each time together with the eight others, and say what it came to."""
    from django.conf import settings
    from django.db import connection

    connection.settings_dict["NAME"] = where.database
    settings.SERVER_KEYS = where.server_keys
    acts, refusals = _acts()
    while (act := pipe.recv()) is not None:
        barrier.wait()
        try:
            said = (str(acts[act.name](act)), "")
        except refusals as refusal:
            said = (type(refusal).__name__, "")
        except Exception as fault:
            said = ("FAULT", f"{act.name}: {type(fault).__name__}: {fault}")
        pipe.send(said)
    connection.close()


def _acts() -> tuple[dict[str, Callable[[Act], Any]], tuple[type[Exception], ...]]:
    """Every act by its name, and the refusals that a page tells clearly. Imported once Django is there."""
    from ithaca.records.members.models import MentorStanding, User
    from ithaca.records.mentorships.models import Introduction, MentoringRequest
    from ithaca.records.mentorships.pairing import jobs
    from ithaca.records.mentorships.pairing.actions import conflicts, introductions, questions, requests
    from ithaca.records.mentorships.pairing.actions.clear_candidate import NotPossible
    from ithaca.records.stages import Impossible, Party
    from ithaca.tools.vault.keyring import Keyring
    from tests.cast import NOW, keyring_of

    def request(act: Act) -> MentoringRequest:
        return MentoringRequest.objects.select_related("membership__scheme").get(pk=act.subject)

    def row(act: Act) -> Introduction:
        found = Introduction.objects.select_related("request__membership__scheme", "standing__membership__user")
        return found.get(pk=act.subject)

    def propose(act: Act) -> str:
        standing = MentorStanding.objects.select_related("membership__user").get(pk=act.other)
        by = {"actor": act.person, "at": NOW, "form": act.form}
        return type(introductions.propose(request(act), standing, Party.COORDINATOR, **by)).__name__

    def declines(party: Party) -> Callable[[Act], bool]:
        return lambda act: introductions.decline(
            row(act), party, actor=act.person, at=NOW + timedelta(hours=act.days), form=act.form
        )

    @cache
    def ring(person: UUID) -> Keyring:
        return keyring_of(User.objects.get(pk=person))

    def ask(act: Act) -> bool:
        keys = replace(ring(act.person), _opened={})
        return questions.ask(row(act), "Why now?", keyring=keys, actor=act.person, at=NOW, form=act.form)

    plain = {"at": NOW + timedelta(hours=1)}
    acts: dict[str, Callable[[Act], Any]] = {
        "propose": propose,
        "mentor_accept": lambda act: introductions.mentor_accept(row(act), actor=act.person, form=act.form, **plain),
        "mentor_decline": declines(Party.MENTOR),
        "mentee_decline": declines(Party.MENTEE),
        "withdraw": lambda act: requests.withdraw(request(act), actor=act.person, form=act.form, **plain),
        "take_back": lambda act: introductions.take_back(row(act), actor=act.person, form=act.form, **plain),
        "know": lambda act: conflicts.know_too_well(
            row(act), Party.MENTOR, "family", keyring=None, actor=act.person, form=act.form, **plain
        ),
        "ask": ask,
        "expire": lambda act: jobs.expire_offers(NOW + timedelta(days=9)),
    }
    return acts, (NotPossible, Impossible)

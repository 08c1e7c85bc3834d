"""Members and mentors of the demonstration, made by the same actions as everybody else."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from ithaca.journeys.operating.demo import words
from ithaca.records.members.actions import applications, demo_accounts, memberships
from ithaca.records.members.models import Membership, MentorStanding, Organisation, User
from ithaca.records.members.stages import ApplicationStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REASONS, REGISTERS, ROLES, SLOTS
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True)
class Person:
    """An account of the demonstration, and its open keys."""

    user: User
    keyring: Keyring

    @property
    def id(self) -> UUID:
        return self.user.pk


class Cast:
    """Makes people whose names and places differ, always in the same order."""

    def __init__(self, at: datetime, practices: Sequence[Organisation]) -> None:
        self.at = at
        self.dice = random.Random("Ithaca")  # noqa: S311 - a fixed order, not a secret
        self._names = self._all_names()
        self._practices = list(practices)
        self._next = 0

    def _all_names(self) -> Iterator[str]:
        """Yield names: every first name once, then again with another last name. No name comes twice."""
        named: set[str] = set()
        while True:
            firsts, lasts = list(words.FIRST_NAMES), list(words.LAST_NAMES)
            self.dice.shuffle(firsts)
            self.dice.shuffle(lasts)
            names = dict.fromkeys(f"{first} {last}" for first, last in zip(firsts, lasts, strict=False))
            yield from (name for name in names if name not in named)
            named.update(names)

    def ago(self, days: float, hour: int = 10) -> datetime:
        """Return the moment `days` ago, at half past `hour` if that is a day ago or more."""
        then = self.at - timedelta(days=days)
        return then.replace(hour=hour, minute=30, second=0, microsecond=0) if days >= 1 else then

    def anyone(self) -> Person:
        """Make someone who can't sign in."""
        name = next(self._names)
        return self._person(name, f"{name.lower().replace(' ', '.')}@ithaca.example", None)

    def known(self, sign_in: words.SignIn) -> Person:
        """Make someone who can sign in."""
        return self._person(sign_in.name, sign_in.email, sign_in.password)

    def _person(self, name: str, email: str, password: str | None) -> Person:
        user = demo_accounts.make_account(name, email, password, self.ago(900))
        return Person(user, demo_accounts.make_keys(user, password, self.ago(900)))

    def practice(self) -> Organisation:
        """Return another practice each time, until all have had their turn."""
        self._next += 1
        return self._practices[self._next % len(self._practices)]

    def some(self, codes: Sequence[str], least: int, most: int) -> tuple[str, ...]:
        """Return between `least` and `most` of these codes, in their own order."""
        chosen = set(self.dice.sample(list(codes), min(len(codes), self.dice.randint(least, most))))
        return tuple(code for code in codes if code in chosen)

    def wishes(self, scheme: Scheme) -> dict[str, Any]:
        """Return answers to the questions that a mentee and a mentor are both asked."""
        return {
            "reasons": self.some(list(REASONS), 1, 2),
            "roles": self.some(list(ROLES), 2, 4),
            "topics": self.some(scheme.topics, 2, 4),
            "slots": self.some(list(SLOTS), 4, 7),
            "ways": self.some(["video", "phone", "in_person"], 2, 3),
            "languages": ("en",),
        }


def join(cast: Cast, scheme: Scheme, person: Person, days: float, profession: str = "") -> Membership:
    """Apply to a scheme `days` ago."""
    at = cast.ago(days)
    profession = profession or cast.dice.choice(scheme.professions)
    membership = memberships.start(scheme, person.user, at=at, form=uuid4())
    answers: dict[str, Any] = {
        "profession": profession,
        "organisation": cast.practice(),
        "took_up_post_on": cast.ago(days + cast.dice.randint(60, 900)).date(),
    }
    if scheme.joining == Scheme.Joining.SUBSCRIPTION:
        answers |= {
            "subscriber_number": f"PMC-{cast.dice.randint(10000, 99999)}",
            "subscriber_name": person.user.name,
            "valid_until": (cast.at + timedelta(days=cast.dice.randint(60, 400))).date(),
        }
    if profession in REGISTERS:
        number = cast.dice.randint(1000, 9999)
        answers["registration_number"] = f"900{number}" if REGISTERS[profession] == "GMC" else f"99Z{number}E"
    memberships.answer(membership, **answers)
    memberships.apply(membership, at=at, form=None)
    return membership


def confirm(cast: Cast, membership: Membership, coordinator: Person, days: float) -> None:
    """Check the application as the coordinator, and confirm it."""
    at, who = cast.ago(days, hour=14), coordinator.id
    memberships.verify(membership, coordinator=who, at=at, form=None)
    if membership.profession in REGISTERS:
        memberships.check_registration(membership, at.date(), coordinator=who, at=at, form=None)
    memberships.confirm(membership, coordinator=who, at=at, form=None)


def offer(
    cast: Cast, membership: Membership, coordinator: Person, days: float, until: str = ApplicationStage.APPROVED
) -> None:
    """Offer to mentor and go through the checks, as far as `until`: "submitted", "checks" or "approved"."""
    application = applications.begin(membership, at=cast.ago(days))
    own_words = cast.dice.choice(words.OWN_WORDS)
    capacity = cast.dice.choice((1, 2, 2, 3))
    applications.answer(application, capacity=capacity, own_words=own_words, **cast.wishes(membership.scheme))
    applications.submit(application, at=cast.ago(days), form=None)
    if until == ApplicationStage.SUBMITTED:
        return
    who = coordinator.id
    applications.begin_checks(application, coordinator=who, at=cast.ago(days - 1), form=None)
    checks = membership.scheme.checks if until == ApplicationStage.APPROVED else membership.scheme.checks[:1]
    for check in checks:
        applications.pass_check(application, check, coordinator=who, at=cast.ago(days - 1), form=None)
    if until == ApplicationStage.APPROVED:
        applications.talk(application, coordinator=who, at=cast.ago(days - 2), form=None)
        applications.approve(application, coordinator=who, at=cast.ago(days - 3), form=None)


def mentor(cast: Cast, scheme: Scheme, person: Person, coordinator: Person, days: float) -> MentorStanding:
    """Add a member who has been approved as a mentor."""
    membership = join(cast, scheme, person, days)
    confirm(cast, membership, coordinator, days - 1)
    offer(cast, membership, coordinator, days - 2)
    return membership.standing

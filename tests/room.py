"""A room two people share, for the tests of what happens in it: its keys, the story and a draft agreement."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps

from ithaca.access.actor import Actor
from ithaca.records.members.models import User
from ithaca.records.mentorships.models import Agreement, Introduction, MentoringRequest, Mentorship, Session
from ithaca.records.mentorships.room.actions import agreements, sessions
from ithaca.records.mentorships.room.actions.sessions import Plan
from ithaca.records.schemes.queries.schemes import agreement_of
from ithaca.records.stages import Party
from ithaca.tools.vault import server_keys
from ithaca.tools.vault.fields import SealedField
from tests.cast import NOW, TODAY, Cast, actor_of, keyring_of

STORY = "A new post, and nobody to ask."


@dataclass(frozen=True)
class Room:
    """The pair and what they share. `mentee` and `mentor` are the accounts of `cast`."""

    cast: Cast
    mentorship: Mentorship

    @property
    def mentee(self) -> User:
        return self.cast.mentee

    @property
    def mentor(self) -> User:
        return self.cast.mentor

    def who(self, party: Party) -> User:
        return self.mentee if party is Party.MENTEE else self.mentor

    def actor(self, party: Party) -> Actor:
        return actor_of(self.who(party))

    def agreement(self) -> Agreement:
        """The words that stand: those that wait for a yes, or those in force, or the last; read afresh."""
        rows = Agreement.objects.filter(mentorship=self.mentorship)
        return rows.exclude(stage__in=["ended", "superseded"]).order_by("number").last() or rows.latest("number")

    def schedule(self, plan: Plan, by: Party = Party.MENTEE, form: UUID | None = None, at: datetime = NOW) -> Session:
        return sessions.schedule(self.mentorship.pk, plan, by, actor=self.who(by).pk, at=at, form=form)

    def change(
        self, texts: dict[str, str], by: Party, version: int | None = None, form: UUID | None = None
    ) -> Agreement:
        agreement = self.agreement()
        seen = agreement.version if version is None else version
        return agreements.change(agreement, texts, seen, by, keyring=keyring_of(self.who(by)), at=NOW, form=form)

    def agree(self, by: Party, version: int | None = None, form: UUID | None = None, at: datetime = NOW) -> None:
        agreement = self.agreement()
        seen = agreement.version if version is None else version
        agreements.agree(agreement, seen, by, actor=self.who(by).pk, at=at, form=form)

    def agree_both(self) -> Agreement:
        self.agree(Party.MENTEE)
        self.agree(Party.MENTOR)
        return self.agreement()


def plan(days: float = 7, minutes: int = 60, way: str = "video", place: str = "https://meet.example/abc") -> Plan:
    """A plan to meet so many days after NOW."""
    return Plan(NOW + timedelta(days=days), minutes, way, place)


def make_room(cast: Cast) -> Room:
    """Open a room as a mentor's yes would, without walking there."""
    request, introduction = uuid4(), uuid4()
    MentoringRequest.objects.create(
        id=request, membership=cast.mentee_member, stage="matched", asked_on=TODAY - timedelta(days=30)
    )
    keys = keyring_of(cast.mentee)
    keys.open_relationship(introduction, server_keys.STANDING, [cast.mentee.pk, cast.mentor.pk])
    row = Introduction(
        id=introduction,
        request_id=request,
        standing=cast.standing,
        stage="confirmed",
        score=10,
        rules_version="1",
        mentor_asked_at=NOW,
    )
    row.score_parts = Introduction.score_parts.seal(row, "[]")
    row.story = Introduction.story.seal(row, STORY, keys)
    row.save()
    mentorship = Mentorship.objects.create(
        id=introduction,
        scheme=cast.scheme,
        mentee=cast.mentee_member,
        mentor=cast.mentor_member,
        introduction_id=introduction,
        began_on=TODAY,
    )
    Agreement.objects.create(mentorship=mentorship, template=agreement_of(cast.scheme))
    return Room(cast, mentorship)


def models_of_a_room() -> list[Any]:
    """Every model whose rows lead to one mentorship, found by their keys, and the two it came from."""
    ours = list(apps.get_app_config("mentorships").get_models())
    leads: set[Any] = {Mentorship}
    for _again in ours:
        leads |= {model for model in ours if any(field.related_model in leads for field in model._meta.fields)}
    return [model for model in ours if model in leads | {Introduction, MentoringRequest}]


def columns() -> set[str]:
    """Every sealed column of a room."""
    return {
        f"{model.__name__}.{field.name}"
        for model in models_of_a_room()
        for field in model._meta.fields
        if isinstance(field, SealedField)
    }


def sealed() -> set[str]:
    """The sealed columns of a room that hold something."""
    return {
        f"{model.__name__}.{field.name}"
        for model in models_of_a_room()
        for field in model._meta.fields
        if isinstance(field, SealedField) and model.objects.filter(**{f"{field.name}__isnull": False}).exists()
    }

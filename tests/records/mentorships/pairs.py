"""A request that waits and a mentor who is free: what the tests of pairing begin with."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions, requests
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import NOW, Cast, keyring_of, make_member, make_mentor, make_organisation, make_person

STORY = "I became the manager in spring, and I do not sleep."


def ask(member: Membership, at: datetime = NOW, story: str = STORY, **answers: Any) -> MentoringRequest:
    """A request as its author sends it in."""
    request = requests.begin(member, at=at, form=uuid4())
    said = {"reasons": ("new_in_post",), "roles": ("guide", "challenger"), "topics": ("staff",), "slots": ("mon-am",)}
    requests.change_answers(request, request.version, **(said | {"ways": ("video",), "languages": ("en",)} | answers))
    if story:
        requests.change_story(request, request.version, story, keyring=keyring_of(member.user))
    requests.submit(request, actor=member.user_id, at=at, form=uuid4())
    return fresh(request)


def wait(cast: Cast, member: Membership | None = None, at: datetime = NOW, **answers: Any) -> MentoringRequest:
    """A request that waits for a mentor."""
    request = ask(member or cast.mentee_member, at, **answers)
    if request.stage == "submitted":
        requests.take_in(request, actor=cast.coordinator.pk, at=at, form=uuid4())
    return fresh(request)


def propose(cast: Cast, request: MentoringRequest, standing: MentorStanding, at: datetime = NOW) -> Introduction:
    return introductions.propose(request, standing, Party.COORDINATOR, actor=cast.coordinator.pk, at=at, form=uuid4())


def offered(cast: Cast, at: datetime = NOW) -> Introduction:
    """An introduction that waits for the mentee's answer."""
    return fresh(propose(cast, wait(cast, at=at), cast.standing, at))


def asked(cast: Cast, at: datetime = NOW) -> Introduction:
    """An introduction that waits for the mentor's answer."""
    introduction = offered(cast, at)
    accept_as_mentee(cast, introduction, at)
    return fresh(introduction)


def accept_as_mentee(cast: Cast, introduction: Introduction, at: datetime = NOW) -> bool:
    user = introduction.request.membership.user
    return introductions.mentee_accept(introduction, keyring=keyring_of(user), actor=user.pk, at=at, form=uuid4())


def accept_as_mentor(introduction: Introduction, at: datetime = NOW) -> bool:
    actor = introduction.standing.membership.user_id
    return introductions.mentor_accept(introduction, actor=actor, at=at, form=uuid4())


def fresh(row: Any) -> Any:
    """The row as the database has it."""
    return type(row).objects.get(pk=row.pk)


def another_member(scheme: Scheme, name: str, code: str, stage: str = "active") -> Membership:
    """One more member, at a practice of their own in an area of its own."""
    return make_member(scheme, make_person(name), make_organisation(code, f"Q{code}"), stage)


def another_mentor(scheme: Scheme, name: str, code: str, capacity: int = 2) -> MentorStanding:
    return make_mentor(another_member(scheme, name, code), capacity)

"""Offering to mentor, the checks, and what an approved mentor may change."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.members.actions import applications, standings
from ithaca.records.members.actions.memberships import Unready
from ithaca.records.members.models import MentorApplication, MentorStanding
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.stages import Impossible
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db
SAID: dict[str, Any] = {
    "own_words": "Calm. 🙂",
    "roles": ("guide",),
    "topics": ("staff",),
    "slots": ("mon-am",),
    "ways": ("phone",),
    "languages": ("en", "cy"),
}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> MentorApplication:
    application = applications.begin(cast.mentee_member, at=NOW)
    applications.answer(application, capacity=3, **SAID)
    return application


@pytest.fixture
def sent(draft: MentorApplication) -> MentorApplication:
    applications.submit(draft, at=NOW, form=uuid4())
    return draft


def coordinate(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"coordinator": cast.coordinator.pk, "at": NOW, "form": uuid4(), **more}


def pass_all(cast: Cast, application: MentorApplication) -> None:
    applications.begin_checks(application, **coordinate(cast))
    for check in cast.scheme.checks:
        applications.pass_check(application, check, **coordinate(cast))


@given(
    st.text(),
    st.lists(st.sampled_from(["guide", "reflector"]), unique=True),
    st.lists(st.sampled_from(["mon-am", "fri-eve"]), unique=True),
)
def test_an_offer_comes_back_as_it_was_kept(words: str, roles: list[str], slots: list[str]) -> None:
    offer = Offer(own_words=words, roles=tuple(roles), slots=tuple(slots))
    assert Offer.from_json(offer.to_json()) == offer


def test_each_page_adds_to_the_draft_and_takes_nothing_away(cast: Cast) -> None:
    application = applications.begin(cast.mentee_member, at=NOW)
    for name, value in SAID.items():
        applications.answer(MentorApplication.objects.get(pk=application.pk), **{name: value})
    assert offer_of(MentorApplication.objects.get(pk=application.pk)) == Offer(**SAID)


def test_an_offer_is_sealed_in_the_database(draft: MentorApplication) -> None:
    assert b"Calm" not in bytes(MentorApplication.objects.get(pk=draft.pk).offer or b"")


def test_only_an_active_member_may_offer(cast: Cast) -> None:
    cast.mentee_member.stage = "lapsed"
    with pytest.raises(Impossible):
        applications.begin(cast.mentee_member, at=NOW)


def test_an_unfinished_offer_is_not_sent(cast: Cast) -> None:
    application = applications.begin(cast.mentee_member, at=NOW)
    applications.answer(application, own_words="Calm.")
    with pytest.raises(applications.Incomplete) as refused:
        applications.submit(application, at=NOW, form=uuid4())
    assert refused.value.fields == ["roles", "topics", "slots", "ways", "languages"]


def test_sending_twice_writes_once(cast: Cast, draft: MentorApplication) -> None:
    form = uuid4()
    applications.submit(draft, at=NOW, form=form)
    applications.submit(draft, at=NOW, form=form)
    kinds = sorted(OutboxLetter.objects.values_list("kind", flat=True))
    assert kinds == ["offer_arrived", "offer_to_check", "offer_to_check"]


def test_what_was_sent_is_not_changed_until_it_comes_back(cast: Cast, sent: MentorApplication) -> None:
    with pytest.raises(Impossible):
        applications.answer(sent, own_words="Other")
    applications.defer(sent, ["own_words", "nonsense"], **coordinate(cast))
    assert sent.to_improve == ["own_words"]
    applications.answer(sent, own_words="Better")
    applications.submit(sent, at=NOW, form=uuid4())
    sent.refresh_from_db()
    assert (sent.stage, sent.to_improve, offer_of(sent).own_words) == ("submitted", [], "Better")


def test_approval_waits_for_every_check_of_the_scheme(cast: Cast, sent: MentorApplication) -> None:
    applications.begin_checks(sent, **coordinate(cast))
    applications.pass_check(sent, "experience", **coordinate(cast))
    with pytest.raises(Unready) as refused:
        applications.approve(sent, **coordinate(cast))
    assert len(refused.value.reasons) == 2
    assert not MentorStanding.objects.filter(membership=sent.membership).exists()
    with pytest.raises(ValueError, match="not a check"):
        applications.pass_check(sent, "shoe size", **coordinate(cast))


def test_approval_makes_one_standing_from_the_offer(cast: Cast, sent: MentorApplication) -> None:
    pass_all(cast, sent)
    applications.talk(sent, **coordinate(cast))
    form = uuid4()
    applications.approve(sent, **coordinate(cast, form=form))
    applications.approve(sent, **coordinate(cast, form=form))
    standing = MentorStanding.objects.get(membership=sent.membership)
    assert (standing.capacity, standing.stage, offer_of(standing)) == (3, "available", Offer(**SAID))
    assert OutboxLetter.objects.filter(kind="offer_approved").count() == 1


def test_a_check_says_when_and_by_whom(cast: Cast, sent: MentorApplication) -> None:
    applications.begin_checks(sent, **coordinate(cast))
    applications.pass_check(sent, "declaration", **coordinate(cast))
    sent.refresh_from_db()
    assert sent.checks == {"declaration": {"on": "2026-11-23", "by": str(cast.coordinator.pk)}}


@pytest.mark.parametrize(
    "act",
    [
        applications.begin_checks,
        applications.talk,
        applications.approve,
        applications.decline,
        lambda row, **by: applications.defer(row, [], **by),
        lambda row, **by: applications.pass_check(row, "experience", **by),
    ],
)
def test_nobody_handles_their_own_offer(sent: MentorApplication, act: Callable[..., None]) -> None:
    with pytest.raises(Impossible):
        act(sent, coordinator=sent.membership.user_id, at=NOW, form=uuid4())
    assert MentorApplication.objects.get(pk=sent.pk).stage == "submitted"


def test_leave_return_and_retirement(cast: Cast) -> None:
    standing = cast.standing
    standings.go_on_leave(standing, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        standings.go_on_leave(standing, at=NOW + timedelta(minutes=1), form=uuid4())
    standings.come_back(standing, at=NOW, form=uuid4())
    standings.revise(standing, Offer(**SAID), 4)
    standing.refresh_from_db()
    assert (standing.stage, standing.capacity, offer_of(standing)) == ("available", 4, Offer(**SAID))
    standings.retire(standing, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        standings.revise(standing, Offer(), 1)


def test_a_pause_is_the_coordinators_and_tells_the_mentor(cast: Cast) -> None:
    standings.hold(cast.standing, "pause", "agreed", **coordinate(cast))
    assert cast.standing.stage == "paused"
    standings.hold(cast.standing, "resume", **coordinate(cast))
    assert cast.standing.stage == "available"
    assert OutboxLetter.objects.filter(address=cast.mentor.email).count() == 2
    with pytest.raises(Impossible):
        standings.hold(cast.standing, "pause", coordinator=cast.mentor.pk, at=NOW, form=uuid4())

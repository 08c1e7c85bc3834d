"""Two who come to be kept apart after they were proposed: it ends in the words of any other ending."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from ithaca.records.members.actions import private_lists
from ithaca.records.members.models import Membership, MentorStanding, User
from ithaca.records.members.private_lists import Entry
from ithaca.records.members.queries.private_lists import entries_of
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import first_chats
from ithaca.records.stages import Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import grants
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import accept_as_mentee, accept_as_mentor, asked, fresh, offered, propose

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
EITHER = pytest.mark.parametrize("keeper", ["mentee", "mentor"])


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def keep_away(cast: Cast, keeper: str) -> None:
    owner, other = (cast.mentee, cast.mentor) if keeper == "mentee" else (cast.mentor, cast.mentee)
    private_lists.add(owner, keyring_of(owner), Entry(id=str(uuid4()), email=other.email))


def kinds(user: User) -> list[str]:
    sent = OutboxLetter.objects.filter(recipient=user.pk).order_by("written_at", "pk")
    return list(sent.values_list("kind", flat=True))


def over(introduction: Introduction) -> bool:
    """Ended as one whose mentor is not available: keys and words gone, the place free, the old date kept."""
    row, asked_on = fresh(introduction), introduction.request.asked_on
    request, standing = fresh(row.request), MentorStanding.objects.get(pk=row.standing_id)
    return (
        (row.stage, row.story, row.answer_by) == ("mentor_unavailable", None, None)
        and (request.stage, request.asked_on) == ("waiting", asked_on)
        and standing.stage == "available"
        and grants.holders_of(row.pk) == set()
        and not Mentorship.objects.exists()
    )


@EITHER
def test_an_exclusion_made_since_stops_the_mentees_yes_and_the_mentor_never_hears(cast: Cast, keeper: str) -> None:
    MentorStanding.objects.update(capacity=1)
    introduction = offered(cast)
    keep_away(cast, keeper)
    assert not accept_as_mentee(cast, introduction, LATER)
    assert over(introduction)
    assert kinds(cast.mentor) == []
    assert kinds(cast.mentee)[-1] == "did_not_go_ahead"


@EITHER
def test_an_exclusion_made_since_stops_the_mentors_yes(cast: Cast, keeper: str) -> None:
    MentorStanding.objects.update(capacity=1)
    introduction = asked(cast)
    keep_away(cast, keeper)
    assert not accept_as_mentor(introduction, LATER)
    assert over(introduction)
    assert kinds(cast.mentor)[-1] == "no_longer_needed"
    assert kinds(cast.mentee)[-1] == "did_not_go_ahead"


def test_a_move_to_the_same_practice_stops_either_yes(cast: Cast) -> None:
    introduction = asked(cast)
    Membership.objects.filter(pk=cast.mentor_member.pk).update(organisation=cast.mentee_member.organisation)
    assert not accept_as_mentor(introduction, LATER)
    assert over(introduction)


def test_a_move_into_the_same_hard_area_stops_the_mentees_yes(cast: Cast) -> None:
    introduction = offered(cast)
    here, there = cast.mentee_member.organisation, cast.mentor_member.organisation
    assert here
    assert there
    there.placements.filter(area__kind="icb").update(area=here.placements.get(area__kind="icb").area)
    there.placements.filter(area__kind="sub_icb").update(area=here.placements.get(area__kind="sub_icb").area)
    cast.scheme.matching_policy = {**cast.scheme.matching_policy, "hard": ["sub_icb"]}
    cast.scheme.save()
    assert not accept_as_mentee(cast, introduction, LATER)
    assert over(introduction)


@EITHER
def test_the_schedule_ends_what_is_under_way_once(cast: Cast, keeper: str) -> None:
    introduction = asked(cast)
    assert jobs.release_lost_mentors(LATER) == 0
    keep_away(cast, keeper)
    assert [jobs.release_lost_mentors(LATER) for _ in range(2)] == [1, 0]
    assert over(introduction)


@EITHER
def test_a_first_chat_that_is_arranged_ends_too(keeper: str) -> None:
    cast = make_cast(first_chat=True)
    introduction = asked(cast)
    accept_as_mentor(introduction)
    row = fresh(introduction)
    said: dict[str, Any] = {"chat_at": LATER, "way": "video", "place": "https://meet.example/x"}
    first_chats.arrange(row, Party.MENTEE, actor=cast.mentee.pk, at=NOW, form=uuid4(), **said)
    keep_away(cast, keeper)
    assert not first_chats.say_yes(row, Party.MENTOR, actor=cast.mentor.pk, at=LATER, form=uuid4())
    assert over(introduction)
    assert fresh(introduction).chat is None


def test_nothing_tells_it_from_a_mentor_who_went_away(cast: Cast) -> None:
    asked(cast)
    keep_away(cast, "mentor")
    by_list = _what_the_schedule_leaves()
    for entry in entries_of(cast.mentor.pk, keyring_of(cast.mentor)):
        private_lists.remove(cast.mentor, keyring_of(cast.mentor), entry.id)
    accept_as_mentee(cast, fresh(propose(cast, MentoringRequest.objects.get(), cast.standing)))
    MentorStanding.objects.update(stage="on_leave")
    assert by_list == _what_the_schedule_leaves() != ([], [])


def _what_the_schedule_leaves() -> tuple[list[Any], list[Any]]:
    """The steps and the letters of one run."""
    steps, letters = (set(model.objects.values_list("pk", flat=True)) for model in (Step, OutboxLetter))
    assert jobs.release_lost_mentors(LATER) == 1
    new = Step.objects.exclude(pk__in=steps).exclude(noun="standing")
    told = OutboxLetter.objects.exclude(pk__in=letters).order_by("recipient", "kind")
    return (
        sorted(map(str, new.values_list("noun", "act", "by", "actor", "frm", "to"))),
        list(told.values_list("recipient", "kind", "subject")),
    )

"""A shortlist of up to three: the next is offered by itself, everything asked again, and the old date is kept."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.access import gate
from ithaca.records.members.actions import private_lists
from ithaca.records.members.models import MentorStanding, User
from ithaca.records.members.private_lists import Entry
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import clear_candidate, requests, shortlists
from ithaca.records.mentorships.pairing.actions import introductions as introductions_actions
from ithaca.records.mentorships.pairing.queries import candidates, introductions, places
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import errors, grants
from tests.cast import NOW, Cast, actor_of, keyring_of, make_cast
from tests.records.mentorships.pairs import (
    STORY,
    accept_as_mentee,
    accept_as_mentor,
    another_member,
    another_mentor,
    fresh,
    wait,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def two_more(cast: Cast) -> list[MentorStanding]:
    return [another_mentor(cast.scheme, f"Mentor {n}", f"Z9300{n}", capacity=1) for n in range(2)]


def listed(cast: Cast, then: list[MentorStanding], capacity: int = 1) -> Introduction:
    """The coordinator's list: Omar first, then these."""
    MentorStanding.objects.filter(pk=cast.standing.pk).update(capacity=capacity)
    return introductions_actions.propose(
        wait(cast), cast.standing, Party.COORDINATOR, then=then, actor=cast.coordinator.pk, at=NOW, form=uuid4()
    )


def ranked(cast: Cast, then: list[MentorStanding]) -> Introduction:
    """The mentee's own list."""
    return introductions_actions.choose(
        wait(cast),
        cast.standing,
        then=then,
        keyring=keyring_of(cast.mentee),
        actor=cast.mentee.pk,
        at=NOW,
        form=uuid4(),
    )


def choosing() -> Cast:
    return make_cast(proposing=Scheme.Proposing.MENTEE)


def of(standing: MentorStanding) -> Introduction:
    return Introduction.objects.get(standing=standing)


def kinds(user: User) -> list[str]:
    return list(OutboxLetter.objects.filter(recipient=user.pk).order_by("written_at").values_list("kind", flat=True))


def say_no(introduction: Introduction, by: Party, days: int = 1) -> None:
    introductions_actions.decline(fresh(introduction), by, actor=uuid4(), at=NOW + days * DAY, form=uuid4())


def test_only_the_first_is_offered_and_the_others_are_cleared_frozen_and_hold_no_place(cast: Cast) -> None:
    then = two_more(cast)
    first = listed(cast, then)
    assert first.stage == "offered_to_mentee"
    assert [(of(row).stage, of(row).rank) for row in then] == [("suggested", 2), ("suggested", 3)]
    assert all(of(row).score > 0 and of(row).others is not None for row in then)
    assert places.taken(then) == {row.pk: 0 for row in then}
    assert {fresh(row).stage for row in then} == {"available"}
    assert fresh(cast.standing).stage == "full"
    for user in (cast.mentee, then[0].membership.user):
        with pytest.raises(gate.NotFound):
            gate.introduction(actor_of(user), of(then[0]).pk, "read")
    assert kinds(then[0].membership.user) == []


@pytest.mark.parametrize("way", ["mentee says no", "expiry", "mentor goes away", "private list"])
def test_the_next_of_the_list_is_offered_by_itself_and_the_queue_date_is_kept(cast: Cast, way: str) -> None:
    then = two_more(cast)
    first = listed(cast, then)
    asked_on, at = first.request.asked_on, NOW + 8 * DAY
    if way == "mentee says no":
        say_no(first, Party.MENTEE, 8)
    elif way == "expiry":
        assert jobs.expire_offers(at) == 1
    elif way == "mentor goes away":
        MentorStanding.objects.filter(pk=cast.standing.pk).update(stage="on_leave")
        assert jobs.release_lost_mentors(at) == 1
    else:
        private_lists.add(cast.mentor, keyring_of(cast.mentor), Entry(id=str(uuid4()), email=cast.mentee.email))
        assert jobs.release_lost_mentors(at) == 1
    following = of(then[0])
    assert (fresh(first).stage in Introduction.OVER, following.stage) == (True, "offered_to_mentee")
    assert following.answer_by == (at + 7 * DAY).date()
    request = MentoringRequest.objects.get()
    assert (request.stage, request.asked_on) == ("introducing", asked_on)
    assert fresh(then[0]).stage == "full"
    assert kinds(cast.mentee)[-1] == ("answer_wanted" if way == "mentee says no" else "another_offered")
    assert "back_in_the_queue" not in kinds(cast.coordinator)


def test_a_spent_list_puts_the_request_back_in_the_queue_at_its_old_date(cast: Cast) -> None:
    then = two_more(cast)
    first = listed(cast, then)
    asked_on = first.request.asked_on
    for days, row in enumerate((first, *(of(standing) for standing in then)), 1):
        assert MentoringRequest.objects.get().stage == "introducing"
        say_no(row, Party.MENTEE, days)
    request = MentoringRequest.objects.get()
    assert (request.stage, request.asked_on) == ("waiting", asked_on)
    assert kinds(cast.coordinator).count("back_in_the_queue") == 1


def test_one_that_no_longer_clears_is_passed_over_in_neutral_words(cast: Cast) -> None:
    then = two_more(cast)
    first = listed(cast, then)
    full = wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011"))
    introductions_actions.propose(full, then[0], Party.COORDINATOR, actor=cast.coordinator.pk, at=NOW, form=uuid4())
    say_no(first, Party.MENTEE)
    passed = Introduction.objects.get(standing=then[0], request=first.request)
    assert (passed.stage, of(then[1]).stage) == ("mentor_unavailable", "offered_to_mentee")
    assert kinds(then[0].membership.user) == []


def test_a_ranked_choice_grants_to_all_and_each_sees_it_only_when_it_is_offered_to_them() -> None:
    cast = choosing()
    then = two_more(cast)
    first = ranked(cast, then)
    users = [cast.mentor, *(row.membership.user for row in then)]
    rows = [first, *(of(row) for row in then)]
    for user, row in zip(users, rows, strict=True):
        assert grants.holders_of(row.pk) == {cast.mentee.pk, user.pk}
        assert introductions.story_of(row, keyring_of(user)) == STORY
    assert [kinds(user) for user in users] == [["answer_wanted"], [], []]
    with pytest.raises(gate.NotFound):
        gate.introduction(actor_of(users[1]), rows[1].pk, "read")
    say_no(first, Party.MENTOR)
    assert grants.holders_of(first.pk) == set()
    assert of(then[0]).stage == "offered_to_mentor"
    assert kinds(users[1]) == ["answer_wanted"]
    assert kinds(cast.mentee)[-1] == "next_asked"
    assert gate.introduction(actor_of(users[1]), rows[1].pk, "read").party is Party.MENTOR
    with pytest.raises(gate.NotFound):
        gate.introduction(actor_of(users[2]), rows[2].pk, "read")
    accept_as_mentor(of(then[0]), NOW + 2 * DAY)
    assert Mentorship.objects.get().mentor == then[0].membership
    assert (of(then[1]).stage, grants.holders_of(rows[2].pk), of(then[1]).story) == ("withdrawn", set(), None)


def test_a_ranked_choice_needs_the_mentees_own_keys_and_makes_nothing_without() -> None:
    cast = choosing()
    with pytest.raises(errors.Locked):
        introductions_actions.choose(
            wait(cast),
            cast.standing,
            then=two_more(cast),
            keyring=None,
            actor=cast.mentee.pk,
            at=NOW,
            form=uuid4(),
        )
    assert Introduction.objects.count() == 0


def test_pressing_twice_makes_one_list(cast: Cast) -> None:
    then, request, form = two_more(cast), wait(cast), uuid4()
    for _press in range(2):
        introductions_actions.propose(
            request, cast.standing, Party.COORDINATOR, then=then, actor=cast.coordinator.pk, at=NOW, form=form
        )
    assert Introduction.objects.count() == 3


def test_a_list_is_three_at_most_and_names_nobody_twice(cast: Cast) -> None:
    then = two_more(cast)
    more = another_mentor(cast.scheme, "Mentor 9", "Z93009")
    request, actor = wait(cast), cast.coordinator.pk
    for wrong in ([*then, more], [then[0], then[0]], [cast.standing]):
        with pytest.raises(shortlists.TooMany):
            introductions_actions.propose(
                request, cast.standing, Party.COORDINATOR, then=wrong, actor=actor, at=NOW, form=uuid4()
            )
    assert Introduction.objects.count() == 0


def test_one_on_a_list_who_may_not_be_introduced_refuses_the_whole_list(cast: Cast) -> None:
    then = two_more(cast)
    then[1].membership.organisation = cast.mentee_member.organisation
    then[1].membership.save()
    with pytest.raises(clear_candidate.NotPossible) as caught:
        listed(cast, then)
    assert caught.value.reasons == ("same_organisation",)
    assert Introduction.objects.count() == 0


def change(cast: Cast, introduction: Introduction, then: list[MentorStanding], by: Party = Party.COORDINATOR) -> bool:
    user = cast.coordinator if by is Party.COORDINATOR else cast.mentee
    ring = keyring_of(cast.mentee) if by is Party.MENTEE else None
    return shortlists.change(introduction, then, by, keyring=ring, actor=user.pk, at=NOW + DAY, form=uuid4())


def test_the_rest_of_a_list_is_changed_put_in_another_order_and_taken_back(cast: Cast) -> None:
    a, b = two_more(cast)
    first = listed(cast, [a])
    kept = of(a)
    change(cast, first, [b, a])
    assert [row.standing for row in introductions.next_on_shortlist(first.request)] == [b.pk, a.pk]
    assert (of(a).pk, of(a).score) == (kept.pk, kept.score)
    change(cast, first, [])
    assert {of(a).stage, of(b).stage} == {"withdrawn"}
    say_no(first, Party.MENTEE, 2)
    assert MentoringRequest.objects.get().stage == "waiting"


def test_a_mentee_changes_their_own_list_and_a_new_name_gets_the_key() -> None:
    cast = choosing()
    a, b = two_more(cast)
    first = ranked(cast, [a])
    change(cast, first, [b], Party.MENTEE)
    assert (of(a).stage, grants.holders_of(of(a).pk)) == ("withdrawn", set())
    assert grants.holders_of(of(b).pk) == {cast.mentee.pk, b.membership.user_id}
    say_no(first, Party.MENTOR, 2)
    assert of(b).stage == "offered_to_mentor"


def test_a_coordinator_who_takes_it_back_takes_back_the_list(cast: Cast) -> None:
    then = two_more(cast)
    first = listed(cast, then)
    introductions_actions.take_back(first, actor=cast.coordinator.pk, at=NOW + DAY, form=uuid4())
    assert set(Introduction.objects.values_list("stage", flat=True)) == {"withdrawn"}
    assert MentoringRequest.objects.get().stage == "waiting"


def test_withdrawing_the_request_empties_the_list_and_destroys_its_keys() -> None:
    cast = choosing()
    first = ranked(cast, two_more(cast))
    requests.withdraw(first.request, actor=cast.mentee.pk, at=NOW + DAY, form=uuid4())
    assert set(Introduction.objects.values_list("stage", flat=True)) == {"withdrawn"}
    assert [grants.holders_of(row.pk) for row in Introduction.objects.all()] == [set()] * 3


def test_why_not_the_others_is_frozen_with_the_score(cast: Cast) -> None:
    a, b = two_more(cast)
    b.membership.organisation = cast.mentee_member.organisation
    b.membership.save()
    full = another_mentor(cast.scheme, "Full Mentor", "Z93010", capacity=0)
    first = listed(cast, [])
    MentorStanding.objects.filter(pk=full.pk).update(capacity=5)
    found = introductions.why_not_others(fresh(first))
    assert found is not None
    assert dict(found.refused) == {"same_organisation": 1, "not_available": 1}
    assert (found.fitting, found.runner_up) == (1, a.membership.user.name)
    next_best = candidates.candidate(first.request, a, NOW)
    assert next_best is not None
    assert found.ahead == first.score - next_best.suitability.total


def test_a_mentee_who_declines_the_offer_may_still_say_yes_to_the_next(cast: Cast) -> None:
    a, _b = two_more(cast)
    say_no(listed(cast, [a]), Party.MENTEE)
    assert accept_as_mentee(cast, of(a), NOW + 2 * DAY)
    assert of(a).stage == "offered_to_mentor"

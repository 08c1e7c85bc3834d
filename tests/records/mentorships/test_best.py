"""The best match of a scheme's records: pairs with their reasons, who waits, the proof, and what a change costs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.matching.queries import best_match
from ithaca.records.mentorships.pairing.queries.candidates import Reason
from tests.cast import NOW, Cast, make_cast
from tests.records.mentorships.pairs import another_member, another_mentor, wait

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Omar has one place, and Mina and Ivy wait for it; Mina has waited longer."""
    cast = make_cast()
    MentorStanding.objects.update(capacity=1)
    return cast


def two_wait(cast: Cast):
    mina = wait(cast, at=NOW - timedelta(days=40))
    ivy = wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011"), prefers=cast.standing.pk)
    return mina, ivy


def test_who_goes_with_whom_why_who_waits_and_the_proof(cast: Cast) -> None:
    mina, ivy = two_wait(cast)
    found = best_match.best(cast.scheme, NOW + timedelta(days=1))
    (made,), (waits,) = found.pairs, found.waiting
    # Being asked for by name outweighs forty days of waiting.
    assert (made.request, made.standing, made.fixed) == (ivy.pk, cast.standing.pk, False)
    assert made.suits == sum(part.points for part in made.parts)
    assert {part.name for part in made.parts if part.points} >= {"asked", "roles", "times"}
    assert (waits.request, waits.since, waits.possible, waits.against) == (mina.pk, mina.asked_on, 1, ())
    assert found.proved
    assert found.faults == ()
    assert found.rules_version == "standard-1"
    assert (found.fairness.mentees, found.fairness.matched, found.fairness.longest_wait) == (2, 1, 41)
    assert not replace(found, faults=("wrong",)).proved
    assert not replace(found, total=found.total - 1).proved


def test_what_if_tells_the_cost_and_who_loses_and_gains_it(cast: Cast) -> None:
    mina, ivy = two_wait(cast)
    found = best_match.best(cast.scheme, NOW)
    change = best_match.what_if(found, fix=[(mina.pk, cast.standing.pk)])
    moves = {move.request: move for move in change.moves}
    assert moves.keys() == {mina.pk, ivy.pk}
    assert (moves[mina.pk].before, moves[mina.pk].after) == (None, cast.standing.pk)
    assert (moves[ivy.pk].before, moves[ivy.pk].after, moves[ivy.pk].suits) == (cast.standing.pk, None, 0)
    assert moves[mina.pk].loses < 0 < moves[ivy.pk].loses
    assert change.cost == sum(move.loses for move in change.moves) > 0
    ((other,),) = best_match.instead(found, [mina.pk]).values()
    assert (other.standing, other.cost, other.suits) == (cast.standing.pk, change.cost, moves[mina.pk].suits)
    fixed = best_match.best(cast.scheme, NOW, fix=[(mina.pk, cast.standing.pk)])
    assert [(made.request, made.fixed) for made in fixed.pairs] == [(mina.pk, True)]
    assert fixed.proved
    forbidden = best_match.what_if(found, forbid=[(ivy.pk, cast.standing.pk)])
    assert forbidden.solved.pairs == change.solved.pairs


def test_a_swap_gives_each_the_other_s_mentor(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    mina, ivy = two_wait(cast)
    found = best_match.best(cast.scheme, NOW)
    assert {made.request: made.standing for made in found.pairs} == {mina.pk: nia.pk, ivy.pk: cast.standing.pk}
    change = best_match.what_if(found, fix=[(mina.pk, cast.standing.pk), (ivy.pk, nia.pk)])
    assert {move.request: move.after for move in change.moves} == {mina.pk: cast.standing.pk, ivy.pk: nia.pk}
    assert change.cost == 200
    assert {move.request: move.loses for move in change.moves} == {mina.pk: 0, ivy.pk: 200}


def test_what_may_not_be_is_refused_with_its_reasons(cast: Cast) -> None:
    nia = another_mentor(cast.scheme, "Nia Ward", "Z90010")
    mina, ivy = two_wait(cast)
    found = best_match.best(cast.scheme, NOW)
    MentorStanding.objects.filter(pk=nia.pk).update(stage="on_leave")
    with pytest.raises(best_match.NotPossible) as refused:
        best_match.best(cast.scheme, NOW, fix=[(mina.pk, nia.pk), (ivy.pk, cast.standing.pk)])
    assert refused.value.against == {(mina.pk, nia.pk): (Reason.NOT_AVAILABLE,)}
    with pytest.raises(best_match.NotPossible) as crowded:
        best_match.what_if(found, fix=[(mina.pk, cast.standing.pk), (ivy.pk, cast.standing.pk)])
    assert crowded.value.against == {}
    with pytest.raises(best_match.NotPossible) as gone:
        best_match.what_if(found, fix=[(cast.scheme.pk, cast.standing.pk)])
    assert gone.value.against == {(cast.scheme.pk, cast.standing.pk): (Reason.NOT_AVAILABLE,)}


def test_a_mentor_who_never_signed_in_is_left_out_and_told(cast: Cast) -> None:
    from ithaca.tools.vault.models import KeyPair

    mina, _ = two_wait(cast)
    KeyPair.objects.filter(pk=cast.mentor.pk).delete()
    found = best_match.best(cast.scheme, NOW)
    assert (found.pairs, found.unreached) == ((), (cast.standing.pk,))
    assert mina.pk in {one.request for one in found.waiting}
    assert found.proved

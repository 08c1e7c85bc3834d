"""Signposts: for whom they stand, who keeps them right, and when somebody looks again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.records.schemes import jobs
from ithaca.records.schemes.actions import signposts
from ithaca.records.schemes.models import Signpost
from ithaca.records.schemes.queries import signposts as signpost_queries
from ithaca.records.schemes.vocabulary import NATIONS, PROFESSIONS
from ithaca.tools.ledger.actions import Reused
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, make_scheme

pytestmark = pytest.mark.django_db
HALF_A_YEAR = timedelta(days=180)


@pytest.fixture(autouse=True)
def posts() -> None:
    signposts.put_up("The team", "team@ithaca.example", TODAY)


@pytest.mark.parametrize("nation", list(NATIONS))
@pytest.mark.parametrize("profession", list(PROFESSIONS))
def test_everyone_finds_someone_to_talk_to_now_and_their_own_doctor(profession, nation):
    kinds = [sign.kind for sign in signpost_queries.signposts_for(profession, nation, None, TODAY)]
    assert kinds[0] == "talk_now", "the most urgent stands first"
    assert {"talk_now", "own_doctor", "body"} <= set(kinds)
    assert len(set(kinds)) == len([kind for i, kind in enumerate(kinds) if i == 0 or kinds[i - 1] != kind])


def test_what_is_for_others_is_not_shown():
    names = {sign.name for sign in signpost_queries.signposts_for("nurse", "scotland", None, TODAY)}
    assert {"Samaritans", "Breathing Space", "Nursing and Midwifery Council"} <= names
    assert not names & {"General Medical Council", "NHS Practitioner Health", "Lifeline"}


def test_a_signpost_of_one_scheme_is_not_shown_in_another():
    here, there = make_scheme("here"), make_scheme("there")
    Signpost.objects.create(
        kind="talk_now",
        name="Our helpline",
        what="x",
        scheme=here,
        owner="Us",
        owner_email="a@b.example",
        review_on=TODAY,
    )
    assert "Our helpline" in {sign.name for sign in signpost_queries.signposts_for("", "", here, TODAY)}
    for scheme in (there, None):
        assert "Our helpline" not in {sign.name for sign in signpost_queries.signposts_for("", "", scheme, TODAY)}


def test_putting_them_up_again_changes_nothing_an_editor_has_changed():
    Signpost.objects.filter(name="Samaritans").update(what="As our editor says it")
    assert signposts.put_up("Another", "other@ithaca.example", TODAY) == 0
    assert Signpost.objects.get(name="Samaritans").what == "As our editor says it"


def test_a_draft_is_shown_to_nobody():
    Signpost.objects.filter(name="Samaritans").update(live=False)
    assert "Samaritans" not in {sign.name for sign in signpost_queries.signposts_for("", "", None, TODAY)}


def test_who_keeps_them_is_asked_once_a_month_until_someone_has_looked():
    due = NOW + HALF_A_YEAR
    Signpost.objects.filter(name="Acas").update(owner_email="Someone.Else@ithaca.example")
    assert [jobs.remind_signpost_owners(at) for at in (due - timedelta(days=1), due, due)] == [0, 2, 0]
    assert set(OutboxLetter.objects.values_list("address", flat=True)) == {
        "team@ithaca.example",
        "someone.else@ithaca.example",
    }
    assert jobs.remind_signpost_owners(due + timedelta(days=30)) == 2
    for post in Signpost.objects.all():
        signposts.review(post, actor=uuid4(), at=due + timedelta(days=31), form=uuid4())
    assert jobs.remind_signpost_owners(due + timedelta(days=90)) == 0


def test_a_second_press_finds_the_first_look():
    post, form = Signpost.objects.get(name="Samaritans"), uuid4()
    done = [signposts.review(post, actor=uuid4(), at=at, form=form) for at in (NOW, NOW + timedelta(days=9))]
    assert done == [True, False]
    assert Signpost.objects.get(pk=post.pk).review_on == TODAY + HALF_A_YEAR
    with pytest.raises(Reused):
        signposts.review(Signpost.objects.get(name="Lifeline"), actor=uuid4(), at=NOW, form=form)

"""Joining a scheme: what the member does, what the coordinator does, and who hears of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from ithaca.records.members import membership_questions
from ithaca.records.members.actions import memberships
from ithaca.records.members.models import Membership
from ithaca.records.stages import Impossible
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from tests.cast import NOW, TODAY, Cast, make_cast, make_organisation, make_person, make_scheme

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
WRONG_FORMS = ["", "123456", "12345678", "12345 67a", "١٢٣٤٥٦٧"]


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def draft(cast: Cast) -> Membership:
    """A newcomer who has answered everything, and sent nothing."""
    membership = memberships.start(cast.scheme, make_person("Nia New"), at=NOW, form=uuid4())
    memberships.answer(
        membership,
        organisation=make_organisation("Z90009"),
        subscriber_name="Nia New",
        subscriber_number="S-7",
        valid_until=TODAY + timedelta(days=10),
    )
    return membership


def coordinate(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"coordinator": cast.coordinator.pk, "at": LATER, "form": uuid4(), **more}


def letters(kind: str) -> list[str]:
    return sorted(OutboxLetter.objects.filter(kind=kind).values_list("address", flat=True))


# --- the member -----------------------------------------------------------------------------------


def test_a_draft_is_one_however_often_it_is_begun(cast: Cast) -> None:
    user = make_person("Nia New")
    assert memberships.start(cast.scheme, user, at=NOW, form=uuid4()) == memberships.start(
        cast.scheme, user, at=LATER, form=uuid4()
    )
    assert Membership.objects.get(user=user).stage == "draft"


def test_nothing_is_sent_while_a_question_is_open(cast: Cast) -> None:
    membership = memberships.start(cast.scheme, make_person("Nia New"), at=NOW, form=uuid4())
    with pytest.raises(memberships.Incomplete) as refused:
        memberships.apply(membership, at=NOW, form=uuid4())
    assert refused.value.steps == ["practice", "subscription"]
    assert not OutboxLetter.objects.exists()


def test_sending_twice_writes_once_to_the_member_and_once_to_each_coordinator(cast: Cast, draft: Membership) -> None:
    form = uuid4()
    memberships.apply(draft, at=NOW, form=form)
    memberships.apply(draft, at=LATER, form=form)
    assert draft.stage == "applied"
    assert draft.applied_at == NOW
    assert letters("application_arrived") == [draft.user.email]
    assert letters("application_to_check") == [cast.coordinator.email, cast.deputy.email]
    assert Step.objects.filter(noun="membership", subject=draft.pk).count() == 1


def test_letters_name_nobody_and_say_by_when(cast: Cast, draft: Membership) -> None:
    memberships.apply(draft, at=NOW, form=uuid4())  # a Monday: two working days on is Wednesday
    for letter in OutboxLetter.objects.filter(kind__startswith="application_"):
        assert "Wednesday 25 November" in letter.text
        assert "Nia" not in letter.subject + letter.text + letter.html


def test_what_was_sent_is_not_changed_behind_the_coordinators_back(draft: Membership) -> None:
    memberships.apply(draft, at=NOW, form=uuid4())
    with pytest.raises(Impossible):
        memberships.answer(draft, subscriber_number="S-8")
    assert Membership.objects.get(pk=draft.pk).subscriber_number == "S-7"


def test_taking_it_back_to_correct_keeps_the_place(draft: Membership) -> None:
    memberships.apply(draft, at=NOW, form=uuid4())
    memberships.reopen(draft, at=LATER, form=uuid4())
    memberships.answer(draft, subscriber_number="S-8")
    memberships.apply(draft, at=LATER, form=uuid4())
    draft.refresh_from_db()
    assert (draft.stage, draft.subscriber_number, draft.applied_at) == ("applied", "S-8", NOW)


def test_a_new_register_number_must_be_checked_again(cast: Cast, draft: Membership) -> None:
    memberships.answer(draft, registration_number="1234567")
    memberships.check_registration(draft, TODAY, **coordinate(cast))
    memberships.answer(draft, registration_number="1234567")
    assert draft.registration_checked_on == TODAY
    memberships.answer(draft, registration_number="7654321")
    assert Membership.objects.get(pk=draft.pk).registration_checked_on is None


def test_one_may_leave_and_come_back(cast: Cast) -> None:
    membership = cast.mentee_member
    memberships.withdraw(membership, at=NOW, form=uuid4())
    assert membership.stage == "withdrawn"
    memberships.start(cast.scheme, cast.mentee, at=LATER, form=uuid4())
    membership.refresh_from_db()
    assert (membership.stage, membership.subscriber_number) == ("draft", "S-1001")


def test_renewing_goes_by_the_coordinator(cast: Cast) -> None:
    membership = cast.mentee_member
    membership.stage = "lapsed"
    membership.save()
    until = TODAY + timedelta(days=365)
    memberships.renew(membership, at=NOW, form=uuid4(), valid_until=until)
    membership.refresh_from_db()
    assert (membership.stage, membership.valid_until) == ("verifying", until)


@pytest.mark.parametrize(
    ("professions", "joining_rule", "profession", "steps"),
    [
        (["practice_manager"], "subscription", "practice_manager", ("practice", "subscription", "post")),
        (["gp"], "role", "gp", ("practice", "registration", "post")),
        (["gp", "nurse", "practice_manager"], "role", "practice_manager", ("profession", "practice", "post")),
        (["gp", "nurse"], "role", "nurse", ("profession", "practice", "registration", "post")),
    ],
)
def test_each_scheme_asks_by_its_own_rule(
    professions: list[str], joining_rule: str, profession: str, steps: tuple[str, ...]
) -> None:
    scheme = make_scheme("x", professions=professions, joining=joining_rule)
    assert membership_questions.asked(scheme, profession) == steps


@pytest.mark.parametrize("typed", WRONG_FORMS)
def test_what_cannot_be_a_register_number_is_refused(typed: str) -> None:
    assert membership_questions.tidy_register_number("GMC", typed) is None


@pytest.mark.parametrize(
    ("register", "typed", "kept"),
    [("GMC", " 12 34-567 ", "1234567"), ("NMC", "12a3456b", "12A3456B"), ("NMC", "1234567", None)],
)
def test_a_register_number_is_kept_as_the_register_writes_it(register: str, typed: str, kept: str | None) -> None:
    assert membership_questions.tidy_register_number(register, typed) == kept


# --- the coordinator ------------------------------------------------------------------------------


def test_confirming_makes_a_member_who_hears_of_it_once(cast: Cast, draft: Membership) -> None:
    memberships.apply(draft, at=NOW, form=uuid4())
    memberships.verify(draft, **coordinate(cast))
    form = uuid4()
    memberships.confirm(draft, **coordinate(cast, form=form))
    memberships.confirm(draft, **coordinate(cast, form=form))
    draft.refresh_from_db()
    assert draft.stage == "active"
    assert letters("membership_begun") == [draft.user.email]


def test_a_register_entry_nobody_has_looked_up_stops_confirming(cast: Cast) -> None:
    scheme = make_scheme("doctors", joining="role", professions=["gp"])
    membership = memberships.start(scheme, make_person("Gus Gp"), at=NOW, form=uuid4())
    memberships.answer(membership, organisation=make_organisation("Z90010"), registration_number="1234567")
    memberships.apply(membership, at=NOW, form=uuid4())
    with pytest.raises(memberships.Unready, match="register hasn't been checked"):
        memberships.confirm(membership, **coordinate(cast))
    assert Membership.objects.get(pk=membership.pk).stage == "applied"
    memberships.check_registration(membership, TODAY, **coordinate(cast))
    memberships.confirm(membership, **coordinate(cast))
    assert Membership.objects.get(pk=membership.pk).stage == "active"
    assert Membership.objects.get(pk=membership.pk).registration_checked_by == cast.coordinator.pk


def test_a_subscription_that_has_run_out_stops_confirming(cast: Cast, draft: Membership) -> None:
    memberships.answer(draft, valid_until=TODAY - timedelta(days=1))
    memberships.apply(draft, at=NOW, form=uuid4())
    with pytest.raises(memberships.Unready, match="expired"):
        memberships.confirm(draft, **coordinate(cast))


def test_asking_to_correct_hands_it_back_with_what_to_look_at(cast: Cast, draft: Membership) -> None:
    memberships.apply(draft, at=NOW, form=uuid4())
    memberships.ask_to_correct(draft, ["subscription_number", "no such code"], **coordinate(cast))
    draft.refresh_from_db()
    assert (draft.stage, draft.to_correct) == ("correcting", ["subscription_number"])
    assert letters("answers_to_correct") == [draft.user.email]
    memberships.apply(draft, at=LATER, form=uuid4())
    assert Membership.objects.get(pk=draft.pk).to_correct == []


def test_turning_down_leaves_the_way_open(cast: Cast, draft: Membership) -> None:
    memberships.apply(draft, at=NOW, form=uuid4())
    memberships.turn_down(draft, **coordinate(cast))
    assert draft.stage == "turned_down"
    memberships.start(cast.scheme, draft.user, at=LATER, form=uuid4())
    assert Membership.objects.get(pk=draft.pk).stage == "draft"


@pytest.mark.parametrize(
    "act",
    [
        memberships.verify,
        memberships.confirm,
        memberships.turn_down,
        lambda row, **by: memberships.ask_to_correct(row, [], **by),
        lambda row, **by: memberships.check_registration(row, TODAY, **by),
        lambda row, **by: memberships.place(row, make_organisation("Z90011"), **by),
    ],
)
@pytest.mark.parametrize("stage", ["applied", "active"])
def test_nobody_handles_their_own_application(cast: Cast, act: Callable[..., None], stage: str) -> None:
    own = Membership.objects.create(
        scheme=cast.scheme,
        user=cast.coordinator,
        stage=stage,
        profession="practice_manager",
        organisation=make_organisation("Z90012"),
        subscriber_number="S-1",
        valid_until=TODAY + timedelta(days=9),
    )
    before = Membership.objects.filter(pk=own.pk).values().get()
    with pytest.raises(Impossible):
        act(own, **coordinate(cast))
    assert Membership.objects.filter(pk=own.pk).values().get() == before

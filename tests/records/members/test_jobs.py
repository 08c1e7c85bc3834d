"""Memberships that run out and lapse by themselves, and keys that are put away."""

from datetime import timedelta

import pytest

from ithaca.records.members import jobs
from ithaca.records.members.models import Membership, User
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import slots, unlocking
from ithaca.tools.vault.models import Unlocking
from ithaca.tools.vault.slots import SlotKind
from tests.cast import NOW, PASSWORD, TODAY, Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def stage(cast: Cast) -> str:
    return Membership.objects.get(pk=cast.mentee_member.pk).stage


@pytest.mark.parametrize(("days", "after"), [(0, "active"), (-1, "grace")])
def test_a_subscription_counts_to_the_end_of_its_last_day(cast: Cast, days: int, after: str) -> None:
    Membership.objects.filter(pk=cast.mentee_member.pk).update(valid_until=TODAY + timedelta(days=days))
    assert jobs.run_out(NOW) == (after == "grace")
    assert jobs.run_out(NOW) == 0
    assert stage(cast) == after
    assert OutboxLetter.objects.filter(kind="ran_out").count() == (after == "grace")


def test_who_joined_by_role_has_nothing_that_runs_out(cast: Cast) -> None:
    cast.scheme.joining = "role"
    cast.scheme.save()
    Membership.objects.update(valid_until=TODAY - timedelta(days=1))
    assert jobs.run_out(NOW) == 0


def test_grace_lasts_thirty_days(cast: Cast) -> None:
    Membership.objects.filter(pk=cast.mentee_member.pk).update(valid_until=TODAY - timedelta(days=1))
    jobs.run_out(NOW)
    assert jobs.lapse(NOW + timedelta(days=30)) == 0
    assert jobs.lapse(NOW + timedelta(days=30, seconds=1)) == 1
    assert stage(cast) == "lapsed"


def test_keys_left_open_are_put_away(cast: Cast) -> None:
    uk = slots.open_with(cast.mentee.pk, SlotKind.PASSWORD, PASSWORD)
    unlocking.begin(cast.mentee.pk, uk, NOW)
    assert jobs.lock_idle_sessions(NOW + timedelta(minutes=19)) == 0
    assert jobs.lock_idle_sessions(NOW + timedelta(minutes=21)) == 1
    assert not Unlocking.objects.exists()


def test_discreet_letters_say_only_that_there_is_a_step(cast: Cast) -> None:
    User.objects.filter(pk=cast.mentee.pk).update(discreet_letters=True)
    Membership.objects.update(valid_until=TODAY - timedelta(days=1))
    jobs.run_out(NOW)
    discreet = OutboxLetter.objects.get(address=cast.mentee.email)
    usual = OutboxLetter.objects.get(address=cast.mentor.email)
    assert cast.scheme.name in usual.text
    for word in (cast.scheme.name, "member", "subscri"):
        assert word not in (discreet.subject + discreet.text + discreet.html).replace("/my-mentoring/", "")

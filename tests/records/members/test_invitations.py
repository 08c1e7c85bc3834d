"""Personal links: shown once, kept as a fingerprint, used once, by one person, in time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from ithaca.records.members.actions import invitations
from ithaca.records.members.models import PersonalInvitation
from ithaca.records.members.queries.invitations import open_invitation
from tests.cast import NOW, Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_the_token_is_not_in_the_database(cast: Cast) -> None:
    _, token = invitations.make(cast.scheme, "mentor", by=cast.coordinator.pk, at=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM members_personalinvitation")
        assert token not in str(cursor.fetchall())
    assert open_invitation(token, NOW) is not None


def test_it_is_used_once_by_one_person(cast: Cast) -> None:
    row, token = invitations.make(cast.scheme, "mentee", by=cast.coordinator.pk, at=NOW, enquiry=uuid4())
    for _ in range(2):
        assert invitations.use(token, cast.stranger, at=NOW) == row
    with pytest.raises(invitations.Gone):
        invitations.use(token, cast.mentee, at=NOW)
    assert open_invitation(token, NOW) is None
    assert PersonalInvitation.objects.get(used_by=cast.stranger.pk).enquiry == row.enquiry


def test_it_runs_out(cast: Cast) -> None:
    _, token = invitations.make(cast.scheme, "mentor", by=cast.coordinator.pk, at=NOW)
    last = NOW + timedelta(days=30) - timedelta(seconds=1)
    late = NOW + timedelta(days=30, seconds=1)
    assert open_invitation(token, last)
    assert open_invitation(token, late) is None
    with pytest.raises(invitations.Gone):
        invitations.use(token, cast.stranger, at=late)


def test_an_unknown_link_is_gone(cast: Cast) -> None:
    with pytest.raises(invitations.Gone):
        invitations.use("nothing", cast.stranger, at=NOW)


def test_pressing_twice_makes_one_whose_last_link_works(cast: Cast) -> None:
    form = uuid4()
    _, first = invitations.make(cast.scheme, "mentor", by=cast.coordinator.pk, at=NOW, form=form)
    _, second = invitations.make(cast.scheme, "mentor", by=cast.coordinator.pk, at=NOW, form=form)
    assert PersonalInvitation.objects.count() == 1
    assert (open_invitation(first, NOW), open_invitation(second, NOW) is not None) == (None, True)
    with pytest.raises(invitations.Gone):
        invitations.make(cast.scheme, "mentor", by=cast.outsider.pk, at=NOW, form=form)

"""The desk and who sits at it."""

import pytest
from django.test import Client

from tests.cast import sign_in
from tests.journeys.coordinating.world import Desk, make_desk


@pytest.fixture
def desk(db: None) -> Desk:
    return make_desk()


@pytest.fixture
def cora(desk: Desk, client: Client) -> Client:
    """The coordinator's browser, signed in and unlocked."""
    return sign_in(client, desk.cast.coordinator)

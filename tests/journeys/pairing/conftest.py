"""The cast of pairing's tests."""

import pytest
from django.test import Client

from tests.cast import Cast, make_cast, sign_in


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def mina(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.mentee)

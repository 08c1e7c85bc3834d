"""A room, and browsers of those who may enter it and those who may not."""

import pytest
from django.test import Client

from tests.cast import make_cast, sign_in
from tests.room import Room, make_room


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast())


@pytest.fixture
def mentee(room: Room) -> Client:
    return sign_in(Client(), room.mentee)


@pytest.fixture
def mentor(room: Room) -> Client:
    return sign_in(Client(), room.mentor)


@pytest.fixture
def locked(room: Room) -> Client:
    """The mentee's browser, signed in with no key open."""
    return sign_in(Client(), room.mentee, locked=True)

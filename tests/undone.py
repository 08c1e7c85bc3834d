"""Trying many things in one world, which costs more to make than to use."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction


@contextmanager
def undone() -> Iterator[None]:
    """Roll back whatever is done within, and count none of it against the next who tries to sign in."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()

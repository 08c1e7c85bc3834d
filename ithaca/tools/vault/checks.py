"""Refuse to start without the server keys, or with those of another database. Runs with `migrate`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from . import directory, server_keys
from .errors import ServerKeysMissing, Tampered
from .models import KeyPair


@register(Tags.database)
def server_keys_fit(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Return why the keys outside the database do not fit it."""
    if not databases:
        return []
    try:
        server_keys.current()
        if server_keys.database_is_in_use() and (owner := KeyPair.objects.values_list("pk", flat=True).first()):
            directory.public_key_of(owner)
    except ServerKeysMissing as missing:
        return [Error(str(missing), id="vault.E001")]
    except Tampered:
        return [Error("The server keys (SERVER_KEYS) are not those of this database.", id="vault.E002")]
    return []

"""What needs nobody's key and is in no field: texts that a page or another package keeps, and fingerprints."""

import base64
from uuid import UUID

from . import envelopes, kernel, server_keys
from .errors import Tampered


def seal_as_text(kind: str, item: UUID, text: str) -> str:
    """Return a text sealed for the server, as text: for what a page or another package keeps, and no field."""
    data = envelopes.seal_for_server(server_keys.current().t1s, kind, item, text)
    return base64.b64encode(data).decode("ascii")


def unseal_as_text(kind: str, item: UUID, sealed: str) -> str:
    """Return what `seal_as_text` was given; raises Tampered."""
    try:
        data = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise Tampered("not what was sealed") from error
    return envelopes.open_for_server(server_keys.current().t1s, kind, item, data)


def fingerprint(purpose: str, *parts: kernel.Part) -> str:
    """Return 64 hexadecimal digits that stand for the parts and cannot be made or guessed at without the pepper.

    For what is compared and never listed (private exclusions), and for links that nobody can forge.
    """
    key = kernel.derive(server_keys.current().pepper, "fingerprint", purpose)
    return kernel.authenticate(key, *parts).hex()


def matches(given: str, purpose: str, *parts: kernel.Part) -> bool:
    """Say whether `given` is the fingerprint of the parts, in a time that tells nothing."""
    return kernel.same(given.encode(errors="replace"), fingerprint(purpose, *parts).encode())

"""What needs nobody's key: letters to a mailbox, what jobs may read, fingerprints."""

import base64
from uuid import UUID

from . import directory, envelopes, kernel, server_keys
from .errors import Tampered
from .sealed import Sealed
from .tiers import Tier


def seal_to_mailbox(mailbox: UUID, kind: str, item: UUID, text: str) -> Sealed:
    """Seal a text (T2) that only the mailbox's holders open; the writer needs no account.

    Raises:
        NotEnrolled: the mailbox has no key pair yet.
        Tampered: its public key was swapped.
    """
    pepper = server_keys.current().pepper
    return Sealed(envelopes.seal_letter(pepper, directory.address_of(mailbox), kind, item, text), Tier.T2, kind)


def seal_for_server(kind: str, item: UUID, text: str) -> Sealed:
    """Seal a text (T1s) that jobs may read and a stolen database may not."""
    return Sealed(envelopes.seal_for_server(server_keys.current().t1s, kind, item, text), Tier.T1S, kind)


def open_for_server(kind: str, item: UUID, sealed: Sealed) -> str:
    """Return a text that was sealed for the server; raises Tampered."""
    if (sealed.tier, sealed.kind) != (Tier.T1S, kind):
        raise Tampered("sealed for another field")
    return envelopes.open_for_server(server_keys.current().t1s, kind, item, sealed.data)


def seal_as_text(kind: str, item: UUID, text: str) -> str:
    """Return a text sealed for the server, as text: for what a page or another package keeps, and no field."""
    return base64.b64encode(bytes(seal_for_server(kind, item, text))).decode("ascii")


def unseal_as_text(kind: str, item: UUID, sealed: str) -> str:
    """Return what `seal_as_text` was given; raises Tampered."""
    try:
        data = base64.b64decode(sealed, validate=True)
    except ValueError as error:
        raise Tampered("not what was sealed") from error
    return open_for_server(kind, item, Sealed(data, Tier.T1S, kind))


def fingerprint(purpose: str, *parts: kernel.Part) -> str:
    """Return 64 hexadecimal digits that stand for the parts and cannot be made or guessed at without the pepper.

    For what is compared and never listed (private exclusions), and for links that nobody can forge.
    """
    key = kernel.derive(server_keys.current().pepper, "fingerprint", purpose)
    return kernel.authenticate(key, *parts).hex()


def matches(given: str, purpose: str, *parts: kernel.Part) -> bool:
    """Say whether `given` is the fingerprint of the parts, in a time that tells nothing."""
    return kernel.same(given.encode(errors="replace"), fingerprint(purpose, *parts).encode())

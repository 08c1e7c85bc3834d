"""The primitives, and nothing that knows what they are for. Pure: no Django, no clock, no storage.

Keys are 32 bytes. Sealed bytes are version (1) ‖ nonce (24) ‖ ciphertext and tag.
Sources: RFC 5869 (HKDF), RFC 9106 (Argon2id), RFC 7748 (X25519), draft-irtf-cfrg-xchacha-03, NaCl's crypto_box;
Nikitin and others, Reducing Metadata Leakage from Encrypted Files (PoPETs 2019), for the padding of files.
"""

import hashlib
import hmac
import secrets
import threading
import unicodedata
from typing import NamedTuple
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl import bindings
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey

from .errors import Tampered

VERSION = b"\x01"
KEY_BYTES = 32
SALT_BYTES = 16
PAD_TO = 256
PAD_FILES_TO = 4096

_NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
_TAG_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES

# One at a time in each process: 64 MiB each, and a second one on the same core gains nothing.
_stretching = threading.BoundedSemaphore(1)

Part = str | bytes | int | UUID


class Cost(NamedTuple):
    """What one guess costs: passes, memory in KiB, lanes."""

    passes: int
    memory_kib: int
    lanes: int


REAL_COST = Cost(passes=3, memory_kib=64 * 1024, lanes=1)


def random_key() -> bytes:
    """Return 32 fresh random bytes."""
    return secrets.token_bytes(KEY_BYTES)


def random_salt() -> bytes:
    """Return 16 fresh random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def context(*parts: Part) -> bytes:
    """Return the parts as bytes such that no two different sequences of parts give the same bytes."""
    return b"".join(_part(part) for part in parts)


def _part(part: Part) -> bytes:
    match part:
        case bool():
            raise TypeError("say what it means: a bool is no part of a context")
        case str():
            kind, data = b"s", part.encode()
        case bytes():
            kind, data = b"b", part
        case int():
            kind, data = b"i", str(part).encode()
        case UUID():
            kind, data = b"u", part.bytes
        case _:
            raise TypeError(f"{type(part).__name__} is no part of a context")
    return kind + len(data).to_bytes(4, "big") + data


def seal(key: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """Encrypt `plain`; it opens only with the same key and the same `bound_to` (XChaCha20-Poly1305)."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return (
        VERSION
        + nonce
        + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, VERSION + bound_to, nonce, _checked(key))
    )


def unseal(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Return what `seal` was given.

    Raises:
        Tampered: another version, key or binding, or any byte altered, added or missing.
    """
    if sealed[:1] != VERSION or len(sealed) < 1 + _NONCE_BYTES + _TAG_BYTES:
        raise Tampered("unknown version or cut short")
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, VERSION + bound_to, nonce, _checked(key))
    except CryptoError as error:
        raise Tampered("does not open") from error


def seal_text(key: bytes, text: str, bound_to: bytes) -> bytes:
    """Seal a text, padded to the next 256 bytes so that its length says little."""
    return seal(key, bindings.sodium_pad(text.encode(), PAD_TO), bound_to)


def unseal_text(key: bytes, sealed: bytes, bound_to: bytes) -> str:
    """Return the text that `seal_text` was given; raises Tampered."""
    return bindings.sodium_unpad(unseal(key, sealed, bound_to), PAD_TO).decode()


def seal_file(key: bytes, data: bytes, bound_to: bytes) -> bytes:
    """Seal a file, padded to 4 KiB or by up to an eighth, so that its length tells few files apart (Padmé)."""
    return seal(key, bindings.sodium_pad(data, _step(len(data))), bound_to)


def unseal_file(key: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Return the file that `seal_file` was given; raises Tampered."""
    padded = unseal(key, sealed, bound_to)
    return bindings.sodium_unpad(padded, _step(len(padded)))  # no smaller than the step it was padded by


def _step(length: int) -> int:
    """To a multiple of what a file of this length is padded: only the first bits of its length stay to be seen."""
    exponent = max(length, 1).bit_length() - 1
    return max(PAD_FILES_TO, 1 << (exponent - exponent.bit_length()))


def derive(key: bytes, *purpose: Part, salt: bytes = b"") -> bytes:
    """Return a key for one purpose from another key (HKDF-SHA256)."""
    return HKDF(SHA256(), KEY_BYTES, salt or None, context(*purpose)).derive(key)


def authenticate(key: bytes, *parts: Part) -> bytes:
    """Return the HMAC-SHA256 of the parts, 32 bytes."""
    return hmac.new(key, context(*parts), hashlib.sha256).digest()


def same(one: bytes, other: bytes) -> bool:
    """Compare without telling by the time taken where they differ."""
    return hmac.compare_digest(one, other)


def stretch(secret: str, salt: bytes, cost: Cost) -> bytes:
    """Return the key that a password or phrase stands for (Argon2id).

    The secret is normalised (NFKC), so that it does not depend on the keyboard it was typed on.
    """
    data = unicodedata.normalize("NFKC", secret).encode()
    with _stretching:
        return hash_secret_raw(
            data,
            salt,
            time_cost=cost.passes,
            memory_cost=cost.memory_kib,
            parallelism=cost.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )


def new_private_key() -> bytes:
    """Return a fresh X25519 private key."""
    return bytes(PrivateKey.generate())


def public_key(private: bytes) -> bytes:
    """Return the X25519 public key of a private key."""
    return bytes(PrivateKey(private).public_key)


def seal_box(private: bytes, to: bytes, plain: bytes) -> bytes:
    """Encrypt to a public key in the sender's own name (NaCl Box: the receiver knows who sent it)."""
    return bytes(Box(PrivateKey(private), PublicKey(to)).encrypt(plain))


def open_box(private: bytes, sender: bytes, sealed: bytes) -> bytes:
    """Open a box from a known sender; raises Tampered."""
    try:
        return bytes(Box(PrivateKey(private), PublicKey(sender)).decrypt(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise Tampered("the box is not from this sender to this receiver") from error


def agree(private: bytes, other: bytes) -> bytes:
    """Return the key that two key pairs share; derive from it, never use it as it is. Raises Tampered."""
    try:
        return bytes(Box(PrivateKey(private), PublicKey(other)).shared_key())
    except (CryptoError, ValueError, TypeError) as error:
        raise Tampered("not a public key") from error


def _checked(key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a key has {KEY_BYTES} bytes")
    return key

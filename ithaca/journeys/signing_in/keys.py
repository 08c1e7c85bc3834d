"""The unlocked browser session: its secret in a cookie, its token in the server's session, its row in the vault.

Nothing here opens a key by itself: whoever calls has a password, a code, or the cookie.
"""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ithaca.records.members.actions import keys
from ithaca.records.members.models import User
from ithaca.records.mentorships.room.actions import room_keys
from ithaca.records.mentorships.room.queries.sessions import keeps_open_until
from ithaca.tools.vault.errors import Locked
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.unlocking import Unlocked

COOKIE = "__Host-unlock" if settings.HTTPS else "unlock"
_TOKEN = "unlock-token"  # noqa: S105 - the names of places in the session
_HELD = "unlock-held"
_FRESH = "fresh_unlock_cookie"


def hold(request: HttpRequest, user: User, password: str) -> None:
    """Hold the key that the password gives, sealed, until the sign-in is complete: 5 minutes at most."""
    held = keys.hold(user, password, timezone.now())
    if held:
        request.session[_HELD] = held


def open_after_sign_in(request: HttpRequest, user: User, at: datetime) -> bool:
    """Open the key with what was held. Return False if the password isn't the key's, as after a reset."""
    held = request.session.pop(_HELD, None)
    if held is None:
        return True
    unlocked = keys.open_held(user, held, at)
    if unlocked is None:
        return False
    begin(request, unlocked)
    return True


def begin(request: HttpRequest, unlocked: Unlocked) -> None:
    """Unlock this browser's session. `write_cookie` then sends the secret with the response.

    With the open key the rooms of those who met before they came here get theirs, if they still have none.
    """
    lock(request)
    at = timezone.now()
    keyring = keys.resume(unlocked.token, unlocked.cookie, at, None)
    if keyring is not None:
        room_keys.make_keys(keyring, at)
    request.session[_TOKEN] = unlocked.token
    setattr(request, _FRESH, unlocked.cookie)


def token_of(request: HttpRequest) -> str | None:
    """Return the token of this browser's unlocked session, or None."""
    token: str | None = request.session.get(_TOKEN)
    return token


def keyring_of(request: HttpRequest, user: User) -> Keyring | None:
    """Return the person's keys if this browser is unlocked, or None."""
    token, cookie = token_of(request), getattr(request, _FRESH, None) or request.COOKIES.get(COOKIE)
    if token is None or cookie is None:
        return None
    at = timezone.now()
    keyring = keys.resume(token, cookie, at, keeps_open_until(user.pk, at))
    return keyring if keyring is not None and keyring.owner == user.pk else None


def proved(keyring: Keyring | None, at: datetime) -> Keyring:
    """Return the keyring if its owner gave a secret in the last 5 minutes. Raises Locked otherwise."""
    if keyring is None or not keyring.proved_lately(at):
        raise Locked("the password is asked for again")
    return keyring


def lock(request: HttpRequest) -> None:
    """Lock this browser: end its unlocked session and delete the row."""
    token = request.session.pop(_TOKEN, None)
    if token:
        keys.lock(token)


def write_cookie(request: HttpRequest, response: HttpResponse) -> None:
    """Set the cookie with a new secret, or delete one that no longer opens anything."""
    fresh = getattr(request, _FRESH, None)
    if fresh:
        response.set_cookie(COOKIE, fresh, secure=settings.HTTPS, httponly=True, samesite="Lax", path="/")
    elif COOKIE in request.COOKIES and _TOKEN not in request.session:
        response.delete_cookie(COOKIE, path="/", samesite="Lax")

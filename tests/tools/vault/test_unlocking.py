"""How long a key stays open in a browser, and what closes it."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from ithaca.tools.vault import unlocking
from ithaca.tools.vault.errors import Locked, Tampered, WrongSecret
from ithaca.tools.vault.keyring import unlocked
from ithaca.tools.vault.models import Unlocking
from ithaca.tools.vault.slots import SlotKind

from .conftest import NOW, Cast


def after(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_token_and_cookie_together_open_the_key(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    keyring = unlocking.resume(token, cookie, after(1))
    assert keyring is not None
    assert keyring.uk == cast.ada.uk


def test_neither_half_opens_anything_alone(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    other_token, other_cookie = unlocking.begin(cast.ben.owner, cast.ben.uk, NOW)
    for one, other in ((token, other_cookie), (other_token, cookie), (token, ""), ("", cookie), (token, "é" * 9)):
        assert unlocking.resume(one, other, NOW) is None
    # A wrong cookie locks nobody out.
    assert unlocking.resume(token, cookie, NOW) is not None


def test_the_row_holds_neither_half(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    row = Unlocking.objects.get()
    assert token not in row.id
    for secret in (token.encode(), cookie.encode(), cast.ada.uk.private):
        assert secret not in bytes(row.sealed)


def test_another_pepper_opens_nothing(cast: Cast, settings: object, tmp_path: object) -> None:
    from ithaca.tools.vault import server_keys

    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    keys = server_keys.current()
    settings.SERVER_KEYS = server_keys.written(server_keys.ServerKeys(bytes(32), keys.t1s, keys.buckets, frozenset()))
    assert unlocking.resume(token, cookie, NOW) is None


def test_nobody_begins_with_another_persons_key(cast: Cast) -> None:
    with pytest.raises(Tampered):
        unlocking.begin(cast.ben.owner, cast.ada.uk, NOW)


def test_twenty_idle_minutes_lock(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    assert unlocking.resume(token, cookie, after(20)) is not None
    assert unlocking.resume(token, cookie, after(40)) is not None
    assert unlocking.resume(token, cookie, after(60.1)) is None
    assert not Unlocking.objects.exists()


def test_eight_hours_lock_however_busy(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    for minutes in range(15, 481, 15):
        assert unlocking.resume(token, cookie, after(minutes), keep_open_until=after(1000)) is not None
    assert unlocking.resume(token, cookie, after(480.1), keep_open_until=after(1000)) is None


def test_use_is_noted_once_a_minute(cast: Cast, django_assert_num_queries: object) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    with django_assert_num_queries(1):
        unlocking.resume(token, cookie, after(0.9))
    with django_assert_num_queries(2):
        unlocking.resume(token, cookie, after(1.1))
    assert Unlocking.objects.get().last_used_at == after(1.1)


def test_a_scheduled_session_keeps_open_what_was_open(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    assert unlocking.resume(token, cookie, after(1), keep_open_until=after(91)) is not None
    assert unlocking.resume(token, cookie, after(90)) is not None
    assert unlocking.resume(token, cookie, after(111)) is None


def test_a_scheduled_session_opens_nothing_that_had_closed(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    assert unlocking.resume(token, cookie, after(60), keep_open_until=after(90)) is None


def test_signing_out_locks_that_browser_only(cast: Cast) -> None:
    here, there = (unlocking.begin(cast.ada.owner, cast.ada.uk, NOW) for _ in range(2))
    unlocking.end(here.token)
    assert unlocking.resume(*here, NOW) is None
    assert unlocking.resume(*there, NOW) is not None


def test_a_changed_password_can_lock_every_other_browser(cast: Cast) -> None:
    here, there = (unlocking.begin(cast.ada.owner, cast.ada.uk, NOW) for _ in range(2))
    bens = unlocking.begin(cast.ben.owner, cast.ben.uk, NOW)
    unlocking.end_all(cast.ada.owner, but=here.token)
    assert unlocking.resume(*here, NOW) is not None
    assert unlocking.resume(*there, NOW) is None
    assert unlocking.resume(*bens, NOW) is not None


def test_a_proof_lasts_five_minutes_and_is_given_by_the_secret_only(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    keyring = unlocking.resume(token, cookie, after(6))
    assert keyring is not None
    assert keyring.proved_lately(after(5))
    assert not keyring.proved_lately(after(6))
    with pytest.raises(WrongSecret):
        unlocking.prove(token, cookie, SlotKind.PASSWORD, "ben's", after(6))
    again = unlocking.resume(token, cookie, after(6))
    assert again is not None
    assert not again.proved_lately(after(6))
    assert unlocking.prove(token, cookie, SlotKind.PASSWORD, "ada's", after(7)).proved_lately(after(7))
    later = unlocking.resume(token, cookie, after(12))
    assert later is not None
    assert later.proved_lately(after(12))


def test_nothing_is_proved_in_a_locked_session(cast: Cast) -> None:
    token, cookie = unlocking.begin(cast.ada.owner, cast.ada.uk, NOW)
    unlocking.end(token)
    with pytest.raises(Locked):
        unlocking.prove(token, cookie, SlotKind.PASSWORD, "ada's", NOW)


def test_sweeping_takes_what_is_over_and_leaves_what_is_open(cast: Cast) -> None:
    stale, kept, fresh = (unlocking.begin(cast.ada.owner, cast.ada.uk, NOW) for _ in range(3))
    unlocking.resume(*kept, after(1), keep_open_until=after(90))
    unlocking.resume(*fresh, after(20))
    assert unlocking.sweep(after(30)) == 1
    assert unlocking.resume(*stale, after(2)) is None
    for pair in (kept, fresh):
        assert unlocking.resume(*pair, after(30)) is not None
    assert unlocking.sweep(after(481)) == 2


def test_a_missing_keyring_is_a_clear_refusal(cast: Cast) -> None:
    assert unlocked(cast.ada) is cast.ada
    with pytest.raises(Locked):
        unlocked(None)
    assert uuid4() != cast.ada.owner

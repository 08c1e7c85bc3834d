"""Keys at sign-in, the unlocked session, and forms that arrive locked, signed out or stale."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from ithaca.records.members.models import PrivateList, User
from ithaca.records.members.queries.private_lists import entries_of
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import slots
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.models import KeyPair, Unlocking
from ithaca.tools.vault.slots import SlotKind
from tests.cast import NOW, PASSWORD, make_person, sign_in
from tests.journeys.joining.pages import form_of, text_of

pytestmark = pytest.mark.django_db
AWAY = "/account/keep-away/"
TYPED = {
    "email": "someone@elsewhere.example",
    "name": "",
    "practice": "",
    "once": "b3c9ad1e-52a4-4d5f-9f3c-0d6a5f7f0a11",
    "colours": ["red", "blue & “green”\r\nsecond line"],
}
OTHER = "another-good-password-2"


@pytest.fixture
def ann(client: Client) -> User:
    return make_person("Ann Bell")


def keyring(user: User, password: str = PASSWORD) -> Keyring:
    return Keyring(slots.open_with(user.pk, SlotKind.PASSWORD, password))


def everything_stored() -> str:
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


# --- at sign-in -----------------------------------------------------------------------------------


def test_the_first_sign_in_makes_keys_and_unlocks(client: Client) -> None:
    user = make_person("New Person")
    slots.erase(user.pk)
    sign_in(client, user)
    assert KeyPair.objects.filter(pk=user.pk).exists()
    assert client.get(AWAY).status_code == 200


def test_the_unlock_cookie_is_closed_to_scripts_and_is_not_in_the_database(client: Client, ann: User) -> None:
    sign_in(client, ann)
    cookie = client.cookies["unlock"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) == 43  # 32 bytes in base64
    assert cookie.value not in everything_stored()


def test_nothing_of_the_password_stays_in_the_session_after_sign_in(client: Client, ann: User) -> None:
    sign_in(client, ann)
    assert not [name for name in client.session.keys() if "held" in name]  # noqa: SIM118 - a session is no dict


def test_signing_out_deletes_the_row_and_the_cookie(client: Client, ann: User) -> None:
    sign_in(client, ann)
    secret = client.cookies["unlock"].value
    client.post("/accounts/logout/")
    assert not Unlocking.objects.filter(owner=ann.pk).exists()
    client.get("/accounts/login/")
    assert client.cookies["unlock"].value == ""
    client.force_login(ann)
    client.cookies["unlock"] = secret
    assert client.get(AWAY).status_code == 302


def test_another_browsers_cookie_opens_nothing(ann: User) -> None:
    one, other = sign_in(Client(), ann), sign_in(Client(), ann)
    other.cookies["unlock"] = one.cookies["unlock"].value
    assert other.get(AWAY).status_code == 302


@pytest.mark.parametrize(("minutes", "open_still"), [(19, True), (21, False)])
def test_idleness_locks_after_twenty_minutes(client: Client, ann: User, minutes: int, open_still: bool) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, ann)
        clock.shift(timedelta(minutes=minutes))
        assert (client.get(AWAY).status_code == 200) is open_still


def test_eight_hours_lock_even_who_is_busy(client: Client, ann: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, ann)
        for _ in range(31):
            clock.shift(timedelta(minutes=15))
            assert client.get(AWAY).status_code == 200
        clock.shift(timedelta(minutes=16))
        assert client.get(AWAY).status_code == 302


def test_a_second_step_stands_between_the_password_and_the_key(client: Client, ann: User) -> None:
    secret = _give_second_step(ann)
    response = client.post("/accounts/login/", {"login": ann.email, "password": PASSWORD})
    assert response["Location"] == "/accounts/2fa/authenticate/"
    assert not Unlocking.objects.exists()
    client.post(response["Location"], {"code": _code(secret)})
    assert client.get(AWAY).status_code == 200


def test_a_second_step_that_takes_over_five_minutes_signs_in_locked(client: Client, ann: User) -> None:
    secret = _give_second_step(ann)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/accounts/login/", {"login": ann.email, "password": PASSWORD})
        clock.shift(timedelta(minutes=6))
        client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
        assert client.get("/my-mentoring/").status_code == 200
        assert client.get(AWAY).status_code == 302


def test_second_step_secrets_are_sealed(ann: User) -> None:
    secret = _give_second_step(ann)
    assert secret not in everything_stored()


def _give_second_step(user: User) -> str:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret: str = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def _code(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


# --- a page that needs the key --------------------------------------------------------------------


def test_a_locked_page_asks_for_the_password_and_comes_back(client: Client, ann: User) -> None:
    sign_in(client, ann, locked=True)
    asked = client.get(f"{AWAY}?x=1")
    assert asked["Location"] == "/unlock/?next=%2Faccount%2Fkeep-away%2F%3Fx%3D1"
    page = client.get(asked["Location"])
    action, fields = form_of(page, "unlock-password")
    response = client.post(action, {**fields, "unlock-password": PASSWORD})
    assert response["Location"] == f"{AWAY}?x=1"
    assert client.get(AWAY).status_code == 200


@pytest.mark.parametrize("way", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_unlocking_leads_nowhere_else(client: Client, ann: User, way: str) -> None:
    sign_in(client, ann, locked=True)
    response = client.post("/unlock/", {"unlock-password": PASSWORD, "next": way})
    assert response["Location"] == "/my-mentoring/"
    assert client.get("/unlock/", {"next": way})["Location"] == "/my-mentoring/"


def test_guessing_is_slowed(client: Client, ann: User) -> None:
    sign_in(client, ann, locked=True)
    for _ in range(11):
        page = client.post("/unlock/", {"unlock-password": "wrong-guess-again"})
    assert "too many times" in text_of(page)
    assert client.post("/unlock/", {"unlock-password": PASSWORD}).status_code == 422


# --- a form that arrives too late -----------------------------------------------------------------


def _without_ours(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    ours = ("unlock-", "sign-in-", "csrf")
    return {name: values for name, values in fields.items() if not name.startswith(ours)}


def _as_sent() -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in TYPED.items()}


def test_a_locked_form_is_carried_and_then_carried_out(client: Client, ann: User) -> None:
    sign_in(client, ann, locked=True)
    page = client.post(AWAY, TYPED)
    assert page.status_code == 422
    action, fields = form_of(page, "unlock-password")
    assert action == AWAY
    assert _without_ours(fields) == _as_sent()
    assert "someone@elsewhere" not in everything_stored()
    assert not PrivateList.objects.exists()

    wrong = client.post(action, {**fields, "unlock-password": "not-this-one"})
    assert wrong.status_code == 422
    assert "This isn't your password" in text_of(wrong)
    action, fields = form_of(wrong, "unlock-password")
    assert _without_ours(fields) == _as_sent()

    done = client.post(action, {**fields, "unlock-password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, AWAY)
    assert [entry.email for entry in entries_of(ann.pk, keyring(ann))] == ["someone@elsewhere.example"]
    client.post(action, {**fields, "unlock-password": PASSWORD})
    assert len(entries_of(ann.pk, keyring(ann))) == 1


def test_a_form_sent_when_signed_out_is_carried_and_then_carried_out(client: Client, ann: User) -> None:
    page = client.post(AWAY, TYPED)
    assert page.status_code == 422
    action, fields = form_of(page, "sign-in-password")
    assert action == AWAY
    assert _without_ours(fields) == _as_sent()
    wrong = client.post(action, {**fields, "sign-in-login": ann.email, "sign-in-password": "not-this-one"})
    assert wrong.status_code == 422
    action, fields = form_of(wrong, "sign-in-password")
    done = client.post(action, {**fields, "sign-in-login": ann.email, "sign-in-password": PASSWORD})
    assert (done.status_code, done["Location"]) == (302, AWAY)
    assert [entry.email for entry in entries_of(ann.pk, keyring(ann))] == ["someone@elsewhere.example"]


def test_a_form_sent_when_signed_out_waits_for_the_second_step(client: Client, ann: User) -> None:
    secret = _give_second_step(ann)
    action, fields = form_of(client.post(AWAY, TYPED), "sign-in-password")
    page = client.post(action, {**fields, "sign-in-login": ann.email, "sign-in-password": PASSWORD})
    assert page.status_code == 422
    assert not PrivateList.objects.exists()
    action, fields = form_of(page, "email")
    assert _without_ours(fields) == _as_sent()
    client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})
    client.post(action, fields)
    assert [entry.email for entry in entries_of(ann.pk, keyring(ann))] == ["someone@elsewhere.example"]


def test_a_form_with_a_stale_token_is_offered_again(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    own = {"HTTP_ORIGIN": "http://testserver"}
    page = client.post(AWAY, {**TYPED, "csrfmiddlewaretoken": "x" * 64}, **own)
    assert page.status_code == 403
    action, fields = form_of(page, "email")
    assert _without_ours(fields) == _as_sent()
    assert client.post(action, fields, **own).status_code == 422  # the new token is good: now only the key is missing


def test_a_form_from_another_site_is_never_offered_again(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)
    page = client.post(AWAY, TYPED, HTTP_ORIGIN="https://evil.example")
    assert page.status_code == 403
    assert "someone@elsewhere" not in page.content.decode()


# --- forgotten and changed passwords --------------------------------------------------------------


def _reset(client: Client, user: User, new: str = OTHER) -> Any:
    client.post("/accounts/password/reset/", {"email": user.email})
    letter = OutboxLetter.objects.filter(kind="reset_password").latest("written_at")
    found = re.search(r"/accounts/password/reset/key/\S+", letter.text)
    assert found
    page = client.get(found.group(), follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": new}, follow=True)


def test_a_reset_signs_in_locked_and_says_so(client: Client, ann: User) -> None:
    page = _reset(client, ann)
    assert page.request["PATH_INFO"] == "/unlock/recover/"
    assert "still locked with your old one" in text_of(page)
    assert client.get("/my-mentoring/").status_code == 200
    assert client.get(AWAY).status_code == 302
    again = client.post("/accounts/logout/") and client.post(
        "/accounts/login/", {"login": ann.email, "password": OTHER}
    )
    assert again["Location"].startswith("/unlock/recover/")


@pytest.mark.parametrize("by", ["code", "old password"])
def test_after_a_reset_the_old_secret_opens_once_and_the_new_password_from_then_on(
    client: Client, ann: User, by: str
) -> None:
    code = slots.new_recovery_code(ann.pk, slots.open_with(ann.pk, SlotKind.PASSWORD, PASSWORD))
    action, fields = form_of(_reset(client, ann), "unlock-secret")
    secret = code.lower().replace("-", " ") if by == "code" else PASSWORD
    wrong = client.post(action, {**fields, "unlock-secret": "nothing like it", "unlock-password": OTHER})
    assert wrong.status_code == 422
    client.post(action, {**fields, "unlock-secret": secret, "unlock-password": OTHER})
    assert client.get(AWAY).status_code == 200
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": ann.email, "password": OTHER})
    assert client.get(AWAY).status_code == 200


def test_a_recovery_code_alone_opens_nothing(client: Client, ann: User) -> None:
    code = slots.new_recovery_code(ann.pk, slots.open_with(ann.pk, SlotKind.PASSWORD, PASSWORD))
    sign_in(client, ann, locked=True)
    client.post("/unlock/", {"unlock-secret": code, "unlock-password": "a-wrong-password"})
    assert client.get(AWAY).status_code == 302


def test_a_locked_form_after_a_reset_survives_the_question_for_the_code(client: Client, ann: User) -> None:
    _reset(client, ann)
    action, fields = form_of(client.post(AWAY, TYPED), "unlock-password")
    asked = client.post(action, {**fields, "unlock-password": OTHER})
    assert "recovery code" in text_of(asked)
    action, fields = form_of(asked, "unlock-secret")
    client.post(action, {**fields, "unlock-secret": PASSWORD, "unlock-password": OTHER})
    assert [entry.email for entry in entries_of(ann.pk, keyring(ann, OTHER))] == ["someone@elsewhere.example"]


@pytest.mark.parametrize("locked", [False, True])
def test_a_changed_password_takes_the_key_along(client: Client, ann: User, locked: bool) -> None:
    elsewhere = sign_in(Client(), ann)
    sign_in(client, ann, locked=locked)
    page = client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": OTHER})
    assert page["Location"] == "/account/"
    assert client.get("/account/").status_code == 200
    assert not Unlocking.objects.filter(owner=ann.pk).count() > (0 if locked else 1)
    assert elsewhere.get("/account/").status_code == 302
    fresh = Client()
    fresh.post("/accounts/login/", {"login": ann.email, "password": OTHER})
    assert fresh.get(AWAY).status_code == 200


# --- the recovery code ----------------------------------------------------------------------------


def test_a_recovery_code_is_shown_once_and_works_when_part_of_it_was_typed(client: Client, ann: User) -> None:
    sign_in(client, ann)
    page = client.post("/account/recovery-code/")
    found = re.search(r'id="code">([0-9A-Z-]{39})<', page.content.decode())
    assert found
    code = found.group(1)
    action, fields = form_of(page, "sealed")
    assert action == ""
    wrong = client.post("/account/recovery-code/", {**fields, "part": "AAAA-AAAA"})
    assert wrong.status_code == 422
    assert code in wrong.content.decode()
    assert not slots.has_slot(ann.pk, SlotKind.RECOVERY)
    client.post("/account/recovery-code/", {**fields, "part": code[-9:].lower()})
    assert slots.open_with(ann.pk, SlotKind.RECOVERY, code)
    assert code not in client.get("/account/recovery-code/").content.decode()
    assert code not in everything_stored()


def test_a_recovery_code_asks_for_the_password_again_after_five_minutes(client: Client, ann: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, ann)
        clock.shift(timedelta(minutes=6))
        asked = client.get("/account/recovery-code/")
        assert asked["Location"].startswith("/unlock/?next=")
        action, fields = form_of(client.get(asked["Location"]), "unlock-password")
        client.post(action, {**fields, "unlock-password": PASSWORD})
        assert client.get("/account/recovery-code/").status_code == 200


def test_what_another_person_was_shown_is_no_code_of_mine(client: Client, ann: User) -> None:
    other = sign_in(Client(), make_person("Bea Cole"))
    _, fields = form_of(other.post("/account/recovery-code/"), "sealed")
    sign_in(client, ann)
    assert client.post("/account/recovery-code/", {**fields, "part": "x"}).status_code == 302
    assert not slots.has_slot(ann.pk, SlotKind.RECOVERY)


def test_the_name_of_the_cookie_is_bound_to_this_host_on_https() -> None:
    from ithaca.journeys.signing_in.keys import COOKIE

    assert ("__Host-unlock" if settings.HTTPS else "unlock") == COOKIE

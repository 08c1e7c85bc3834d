"""Signing in through allauth: our emails, our words, and the keys that a password opens."""

from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ithaca.journeys.signing_in import keys
from ithaca.records.members.actions import accounts
from ithaca.records.members.actions.secrets import seal_secret, unseal_secret
from ithaca.records.members.emails import accounts as emails
from ithaca.records.members.models import User

_LETTERS = {
    # allauth's name of a letter: (ours, where its link leads when allauth names no address)
    "account/email/email_confirmation": (emails.confirm_address, "activate_url"),
    "account/email/email_confirmation_signup": (emails.confirm_address, "activate_url"),
    "account/email/password_reset_key": (emails.reset_password, "password_reset_url"),
    "account/email/account_already_exists": (emails.account_exists, "password_reset_url"),
}


_MESSAGES = {
    # allauth's name of a message: ours, where there is something to say
    "account/messages/email_confirmed.txt": _("Thanks. We've confirmed your email address."),
    "account/messages/password_changed.txt": _("You've changed your password."),
    "mfa/messages/totp_activated.txt": _("You've set up your authenticator app."),
    "mfa/messages/totp_deactivated.txt": _("You've stopped using your authenticator app."),
    "mfa/messages/recovery_codes_generated.txt": _("We've made you new spare sign-in codes."),
    "mfa/messages/webauthn_added.txt": _("You've added a passkey."),
    "mfa/messages/webauthn_removed.txt": _("You've removed the passkey."),
    "usersessions/messages/sessions_logged_out.txt": _("You've signed out everywhere else."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Answers allauth's questions: emails go to the outbox, and passwords open keys."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Your email address or password isn't right. Check them and try again."),
        "enter_current_password": _("This isn't your current password. Try again."),
        "incorrect_password": _("This isn't your password. Try again."),
        "incorrect_code": _("This code isn't right. Wait for the next one and try again."),
        "too_many_login_attempts": _("You've tried too many times. Wait 5 minutes, then try again."),
        "duplicate_email": _("You already use this address. Enter a different one."),
        "same_as_current": _("This is what you have now. Enter something different."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send our email instead of allauth's. Where we have none of our own, say that the account was changed."""
        letter, link = _LETTERS.get(template_prefix, (emails.account_changed, ""))
        path = urlsplit(context[link]).path if link else reverse("joining:account")
        accounts.write(letter, email, path, timezone.now())

    def add_message(self, request: HttpRequest, level: int, message_template: str = "", *_: Any, **__: Any) -> None:
        """Add our own words for this message, or nothing where the page already says it."""
        words = _MESSAGES.get(message_template)
        if words:
            messages.add_message(request, level, words)

    def clean_email(self, email: str) -> str:
        return email.lower()

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check the password, and hold the key it gives, sealed, until every step of signing in has passed."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if isinstance(user, User):
            keys.hold(request, user, credentials["password"])
        return user

    def set_password(self, user: User, password: str) -> None:
        """Set the password for signing in. A visitor has forgotten theirs: their key stays locked with the old one."""
        super().set_password(user, password)
        if not self.request.user.is_authenticated:
            keys.hold(self.request, user, password)

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        """Open the person's key, or make it at the first sign-in. Redirect if the password no longer opens the key."""
        response: HttpResponse = super().post_login(request, user, **hook)
        accounts.take_way(user)  # a way that was asked for just now makes the old one pointless
        if keys.open_after_sign_in(request, user, timezone.now()):
            return response
        way = urlencode({"next": response["Location"]})
        return redirect(f"{reverse('signing_in:unlock_recover')}?{way}")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Return the page they were on their way to when they signed up, or My mentoring."""
        way = accounts.take_way(request.user) if isinstance(request.user, User) else None
        return way if way and self.is_safe_url(way) else reverse("joining:home")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("joining:account")

    def logout(self, request: HttpRequest) -> None:
        keys.lock(request)
        super().logout(request)


class MfaAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are sealed, so that a stolen database cannot make codes."""

    def get_totp_issuer(self) -> str:
        return "Ithaca"

    def encrypt(self, text: str) -> str:
        return seal_secret(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal_secret(encrypted_text)

"""A form that arrives locked, signed out or with a stale token loses nothing that was written.

The answer is a page that holds every field in hidden inputs, kept nowhere else, and sends them to the same address
together with what is missing (a password, a fresh token). `ActorMiddleware` takes that out, and the view runs as if
nothing had been in the way.
"""

from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from ithaca.journeys.http import LEFT_BEHIND
from ithaca.journeys.signing_in import keys
from ithaca.journeys.signing_in.account_forms import LoginForm
from ithaca.journeys.signing_in.forms import UnlockForm
from ithaca.records.members.actions import keys as key_actions
from ithaca.records.members.models import User
from ithaca.tools.vault.errors import Tampered, WrongSecret

UNLOCK, SIGN_IN = "unlock", "sign-in"
"""The prefixes of the fields that we add to somebody else's form."""


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """Return every field of the form in its order. A name may come more than once; files come as their names."""
    ours = (f"{UNLOCK}-", f"{SIGN_IN}-", "csrfmiddlewaretoken")
    named = [(name, values) for name, values in request.POST.lists() if not name.startswith(ours)]
    left_behind = [(LEFT_BEHIND, str(file.name)) for _field, files in request.FILES.lists() for file in files]
    return [(name, str(value)) for name, values in named for value in values] + left_behind


def _page(request: HttpRequest, template: str, status: int, **more: object) -> HttpResponse:
    fields = carried(request)
    files = [value for name, value in fields if name == LEFT_BEHIND]
    kept = {"carried": fields, "action": request.get_full_path(), "files": files}
    response = render(request, f"signing_in/{template}.html", kept | more, status=status)
    add_never_cache_headers(response)
    return response


# --- locked ---------------------------------------------------------------------------------------


def unlock_first(request: HttpRequest) -> HttpResponse:
    """Ask for the password when a request needs an open key. A form's fields are carried along."""
    if request.method != "POST":
        return redirect(f"{reverse('signing_in:unlock')}?{urlencode({'next': request.get_full_path()})}")
    return _page(request, "unlock", 422, form=UnlockForm(prefix=UNLOCK))


def unlock_with(request: HttpRequest) -> HttpResponse | None:
    """Take the password out of a carried form. Return None if the key is open, or no password came."""
    if f"{UNLOCK}-password" not in request.POST:
        return None
    form = UnlockForm(request.POST, prefix=UNLOCK)
    if form.asks_more:
        form = UnlockForm(prefix=UNLOCK)
        form.ask_more()
        return _page(request, "unlock", 200, form=form)
    return None if _unlocked(request, form) else _page(request, "unlock", 422, form=form)


def _unlocked(request: HttpRequest, form: UnlockForm) -> bool:
    """Open the key with what was typed and return True, or add an error to the field and return False."""
    user = request.user
    if not isinstance(user, User) or not form.is_valid():
        return False
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        form.add_error("password", too_many_tries())
        return False
    password, secret, at = form.cleaned_data["password"], form.cleaned_data["secret"], timezone.now()
    try:
        unlocked = key_actions.recover(user, secret, password, at) if secret else key_actions.unlock(user, password, at)
    except (WrongSecret, Tampered):
        _explain(form, user.check_password(password), bool(secret))
        return False
    keys.begin(request, unlocked)
    return True


def too_many_tries() -> str:
    return _("You've tried too many times. Wait a minute, then try again.")


def _explain(form: UnlockForm, password_is_right: bool, had_secret: bool) -> None:
    if not password_is_right:
        form.add_error("password", _("This isn't your password. Try again."))
    elif had_secret:
        form.add_error("secret", _("This code or password doesn't unlock your private pages. Check it and try again."))
    else:
        form.ask_more()
        form.add_error("secret", _("Your password has changed. Enter your recovery code or your old password."))


# --- signed out -----------------------------------------------------------------------------------


def sign_in_first(request: HttpRequest) -> HttpResponse | None:
    """Ask a visitor to sign in, carrying the form they sent. Return None once they have."""
    if request.method != "POST":
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if f"{SIGN_IN}-password" not in request.POST:
        return _page(request, "sign_in", 422, form=LoginForm(prefix=SIGN_IN).without_ways_out())
    form = LoginForm(request.POST, prefix=SIGN_IN, request=request).without_ways_out()
    if not ratelimit.consume(request, action="login"):
        return _page(request, "sign_in", 429, form=LoginForm(prefix=SIGN_IN).without_ways_out(), too_many=True)
    if not form.is_valid():
        return _page(request, "sign_in", 422, form=form)
    try:
        form.login(request)
    except ImmediateHttpResponse as other:
        answer: HttpResponse = other.response
        return answer
    return None if request.user.is_authenticated else _page(request, "second_step", 422)


# --- stale ----------------------------------------------------------------------------------------


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token has expired. Offer it again only if it came from one of our own pages."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.META.get("HTTP_ORIGIN") != own:
        return render(request, "operating/errors/csrf.html", status=403)
    return _page(request, "send_again", 403)

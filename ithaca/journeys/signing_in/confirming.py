"""Confirming an address by the link in an email. Opening it does nothing; the button does, and can sign in too."""

from typing import Any

from allauth.account.internal import flows
from allauth.account.views import ConfirmEmailView
from django.http import HttpResponse

from ithaca.journeys.signing_in.account_forms import LoginForm
from ithaca.journeys.signing_in.forms import ConfirmForm


class ConfirmView(ConfirmEmailView):
    """The link proves the address and never signs in. The password does that, with the same button if it is given."""

    form: ConfirmForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        if not self.request.user.is_authenticated:
            page["form"] = self.form or ConfirmForm()
        return page

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check the password first. If it is wrong, confirm nothing and show the page again."""
        answer: HttpResponse
        if "password" not in self.request.POST:
            answer = super().post(*args, **kwargs)
            return answer
        self.object = self.get_object()
        self.form = ConfirmForm(self.request.POST)
        typed = {"login": self.object.email_address.email, "password": self.request.POST["password"]}
        sign_in = LoginForm(typed, request=self.request)
        if self.form.is_valid() and not sign_in.is_valid():
            for error in (each for errors in sign_in.errors.values() for each in errors):
                self.form.add_error("password", error)
        if not self.form.is_valid():
            answer = self.render_to_response(self.get_context_data(), status=422)
            return answer
        flows.email_verification.verify_email_and_resume(self.request, self.object)
        self.logout_other_user(self.object)
        answer = sign_in.login(self.request)
        return answer

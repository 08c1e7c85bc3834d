"""Addresses of unlocking and of confirming an address."""

from django.urls import path

from ithaca.journeys.signing_in import confirming, unlock

app_name = "signing_in"
urlpatterns = [
    path("accounts/confirm-email/<str:key>/", confirming.ConfirmView.as_view(), name="confirm_email"),
    path("unlock/", unlock.unlock, name="unlock"),
    path("unlock/recover/", unlock.unlock, {"recover": True}, name="unlock_recover"),
    path("unlock/start-again/", unlock.start_again, name="unlock_start_again"),
]

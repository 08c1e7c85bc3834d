"""Addresses of joining."""

from django.urls import path

from ithaca.journeys.joining import (
    account,
    at_once,
    confirming,
    home,
    invited,
    keep_away,
    membership,
    offering,
    unlock,
    welcome,
)

app_name = "joining"
urlpatterns = [
    path("my-mentoring/", home.home, name="home"),
    path("account/", account.show, name="account"),
    path("account/details/", account.details, name="account_details"),
    path("account/recovery-code/", account.recovery_code, name="recovery_code"),
    path("account/keep-away/", keep_away.show, name="keep_away"),
    path("account/keep-away/<uuid:entry>/remove/", keep_away.remove, name="keep_away_remove"),
    path("accounts/confirm-email/<str:key>/", confirming.ConfirmView.as_view(), name="confirm_email"),
    path("unlock/", unlock.unlock, name="unlock"),
    path("unlock/recover/", unlock.unlock, {"recover": True}, name="unlock_recover"),
    path("unlock/start-again/", unlock.start_again, name="unlock_start_again"),
    path("invitations/<str:token>/decline/", invited.decline, name="invitation_decline"),
    path("invitations/<str:token>/", invited.invitation, name="invitation"),
    path("welcome/<str:token>/", welcome.welcome, name="welcome"),
    path("schemes/<slug:slug>/join/", at_once.join, name="join"),
    path("memberships/<uuid:pk>/", membership.show, name="membership"),
    path("memberships/<uuid:pk>/answers/", membership.answers, name="membership_answers"),
    path("memberships/<uuid:pk>/reopen/", membership.reopen, name="membership_reopen"),
    path("memberships/<uuid:pk>/renew/", membership.renew, name="membership_renew"),
    path("memberships/<uuid:pk>/withdraw/", membership.withdraw, name="membership_withdraw"),
    path("memberships/<uuid:pk>/offer/", offering.show, name="offer"),
    path("memberships/<uuid:pk>/offer/answers/", offering.answers, name="offer_answers"),
    path("memberships/<uuid:pk>/offer/list/", offering.be_listed, name="offer_list"),
    path("memberships/<uuid:pk>/offer/leave/", offering.leave, name="offer_leave"),
    path("memberships/<uuid:pk>/offer/return/", offering.come_back, name="offer_return"),
    path("memberships/<uuid:pk>/offer/retire/", offering.retire, name="offer_retire"),
    path("memberships/<uuid:pk>/offer/<slug:step>/", offering.step, name="offer_step"),
    path("memberships/<uuid:pk>/questions/<slug:step>/", membership.step, name="membership_step"),
]

"""Addresses of joining."""

from django.urls import path

from ithaca.journeys.joining.views import account, arrivals, home, invitations, join, memberships, offers, private_list

app_name = "joining"
urlpatterns = [
    path("my-mentoring/", home.home, name="home"),
    path("account/", account.show, name="account"),
    path("account/details/", account.details, name="account_details"),
    path("account/recovery-code/", account.recovery_code, name="recovery_code"),
    path("account/keep-away/", private_list.show, name="keep_away"),
    path("account/keep-away/<uuid:entry>/remove/", private_list.remove, name="keep_away_remove"),
    path("invitations/<str:token>/decline/", invitations.decline, name="invitation_decline"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("welcome/<str:token>/", arrivals.welcome, name="welcome"),
    path("schemes/<slug:slug>/join/", join.join, name="join"),
    path("memberships/<uuid:pk>/", memberships.show, name="membership"),
    path("memberships/<uuid:pk>/answers/", memberships.answers, name="membership_answers"),
    path("memberships/<uuid:pk>/reopen/", memberships.reopen, name="membership_reopen"),
    path("memberships/<uuid:pk>/renew/", memberships.renew, name="membership_renew"),
    path("memberships/<uuid:pk>/withdraw/", memberships.withdraw, name="membership_withdraw"),
    path("memberships/<uuid:pk>/offer/", offers.show, name="offer"),
    path("memberships/<uuid:pk>/offer/answers/", offers.answers, name="offer_answers"),
    path("memberships/<uuid:pk>/offer/list/", offers.be_listed, name="offer_list"),
    path("memberships/<uuid:pk>/offer/leave/", offers.leave, name="offer_leave"),
    path("memberships/<uuid:pk>/offer/return/", offers.come_back, name="offer_return"),
    path("memberships/<uuid:pk>/offer/retire/", offers.retire, name="offer_retire"),
    path("memberships/<uuid:pk>/offer/<slug:step>/", offers.step, name="offer_step"),
    path("memberships/<uuid:pk>/questions/<slug:step>/", memberships.step, name="membership_step"),
]

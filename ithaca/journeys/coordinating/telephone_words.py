"""What somebody may tell a coordinator by telephone, in words, by record and answer."""

from django.utils.translation import gettext_lazy as _

TOLD = {
    ("introduction", "mentee_no"): _("The one who asked says no"),
    ("introduction", "mentor_yes"): _("The mentor says yes"),
    ("introduction", "mentor_no"): _("The mentor says no"),
    ("introduction", "mentee_goes_on"): _("The one who asked says yes after the first chat"),
    ("introduction", "mentor_goes_on"): _("The mentor says yes after the first chat"),
    ("request", "withdraw"): _("They withdraw their request"),
    ("standing", "go_on_leave"): _("They take leave: nobody new for now"),
    ("standing", "come_back"): _("They are back from leave"),
    ("standing", "retire"): _("They stop mentoring in this scheme, for good"),
}

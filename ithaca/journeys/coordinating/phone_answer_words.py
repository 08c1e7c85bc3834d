"""What somebody may tell a coordinator by telephone, in words, by record and answer; of two people who, by name."""

from django.utils.translation import gettext_lazy as _

from ithaca.records.members.stages import StandingAct
from ithaca.records.mentorships.rules.stages.pairing import RequestAct

TOLD = {
    ("introduction", "mentee_no"): _("%(mentee)s says no"),
    ("introduction", "mentor_yes"): _("%(mentor)s says yes"),
    ("introduction", "mentor_no"): _("%(mentor)s says no"),
    ("introduction", "mentee_goes_on"): _("%(mentee)s says yes after the first chat"),
    ("introduction", "mentor_goes_on"): _("%(mentor)s says yes after the first chat"),
    ("request", RequestAct.WITHDRAW): _("They're withdrawing their request"),
    ("mentorship", "mentee_fine"): _("%(mentee)s says all is well"),
    ("mentorship", "mentor_fine"): _("%(mentor)s says all is well"),
    ("standing", StandingAct.GO_ON_LEAVE): _("They're going on leave, so nobody new for now"),
    ("standing", StandingAct.COME_BACK): _("They're back from leave"),
    ("standing", StandingAct.RETIRE): _("They're stopping mentoring in this scheme for good"),
}

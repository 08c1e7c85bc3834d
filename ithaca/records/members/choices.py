"""What a coordinator may ask for, as codes that are stored and the words that are shown. Never free text."""

from django.utils.translation import gettext_lazy as _

CORRECTIONS = {
    "subscription_number": _("The membership number: we couldn't find it"),
    "subscription_date": _("The date the membership is valid until"),
    "practice": _("Where you work"),
    "profession": _("Your profession"),
    "registration_number": _("Your registration number: we couldn't find it under your name"),
    "something_else": _("Something else: the coordinator will be in touch"),
}

IMPROVEMENTS = {
    "own_words": _("A few more lines about yourself"),
    "topics": _("What you know, and the situations you've been through"),
    "times": _("When and how you can meet"),
    "capacity": _("How many people you can take on"),
    "later": _("The timing: you may like to come back to this later"),
    "something_else": _("Something else: the coordinator will be in touch"),
}

NOTICES = {
    "agreed": _("We agreed this together"),
    "talk_first": _("We'd like to talk to you first"),
    "check_run_out": _("One of the checks has expired"),
    "left_post": _("You're no longer in your post"),
    "subscription": _("There's a problem with the subscription"),
    "something_else": _("Something else: the coordinator will be in touch"),
}
"""Why a membership or an offer is on hold: shown to the person."""

CHECKS = {
    "experience": _("Experience in post"),
    "declaration": _("Declaration"),
    "conversation": _("A conversation with the coordinator"),
    "training": _("Training as a mentor"),
    "registration": _("Register entry"),
    "references": _("References"),
}

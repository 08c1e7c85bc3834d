"""The words that people choose from: codes that are stored, and the words that are shown.

Roles: the eight of the extended mentoring project. Situations: what brings a person, from the mentoring-plus service.
"""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROFESSIONS = {
    "practice_manager": _("Practice manager"),
    "gp": _("GP"),
    "nurse": _("Nurse"),
}

NATIONS = {
    "england": _("England"),
    "scotland": _("Scotland"),
    "wales": _("Wales"),
    "northern_ireland": _("Northern Ireland"),
}

REGISTERS = {"gp": "GMC", "nurse": "NMC"}

ROLES = {
    "guide": (pgettext_lazy("role", "Guide"), _("Helps you think through your options, and gives advice if you ask")),
    "confidant": (pgettext_lazy("role", "Confidant"), _("Listens without judging, whatever you need to say")),
    "role_model": (pgettext_lazy("role", "Role model"), _("Shares how they dealt with a situation like yours")),
    "professional_friend": (
        pgettext_lazy("role", "Professional friend"),
        _("Speaks openly about things that colleagues may avoid"),
    ),
    "sounding_board": (
        pgettext_lazy("role", "Sounding board"),
        _("Listens to your ideas and tells you how they sound"),
    ),
    "challenger": (pgettext_lazy("role", "Challenger"), _("Questions your thinking so that you see it in a new way")),
    "performance_coach": (
        pgettext_lazy("role", "Performance coach"),
        _("Helps you get better at one particular thing"),
    ),
    "reflector": (
        pgettext_lazy("role", "Reflector"),
        _("Holds up a mirror, so that you can make sense of things yourself"),
    ),
}

PHASES = {
    "rapport": (
        pgettext_lazy("phase", "Getting to know each other"),
        _("You find out whether you can talk, and what each of you hopes for."),
    ),
    "direction": (
        pgettext_lazy("phase", "Finding a direction"),
        _("You look at where you are, and at what you'd like to be different."),
    ),
    "progress": (
        pgettext_lazy("phase", "Making progress"),
        _("You try things between sessions, and talk about how they went."),
    ),
    "winding_down": (
        pgettext_lazy("phase", "Winding down"),
        _("You need each other less often. You look back, and think about how to end well."),
    ),
    "moved_on": (
        pgettext_lazy("phase", "Moved on"),
        _("You've done what brought you together. From now on you may meet as colleagues."),
    ),
}
"""The way two people go, as far as they like to say: they may step back, leave some out, or say nothing of it."""

REASONS = {
    "big_change": _("A big change"),
    "under_pressure": _("I'm under pressure"),
    "new_challenge": _("I want a new challenge"),
    "new_in_post": _("I'm new in post"),
}

SITUATIONS = {
    "big_change": _("A big change"),
    "under_pressure": _("Being under pressure"),
    "new_challenge": _("Wanting a new challenge"),
    "new_in_post": _("Being new in post"),
}
"""The same, as those who mentor know them: it is not they who are new."""

TOPICS = {
    "starting_out": _("Settling into a new post"),
    "staff": _("Leading and managing staff"),
    "finance": _("Money, contracts and claims"),
    "partners": _("Working with partners"),
    "difficult_conversations": _("Difficult conversations"),
    "complaints": _("Complaints and significant events"),
    "inspection": _("Inspection and quality"),
    "workload": _("Workload and wellbeing"),
    "career": _("Where my career goes next"),
    "returning": _("Coming back after time away"),
    "networks": _("Working across a network"),
    "change": _("Bringing in a change"),
}

WAYS = {"video": _("Video call"), "phone": _("Phone call"), "in_person": _("In person")}
REACHING = {"phone": _("Phone call"), "text": _("Text message"), "email": _("Email"), "other": _("Another way")}
"""How a visitor would like to be answered."""

DAYS = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
PARTS_OF_DAY = {"am": _("morning"), "pm": _("afternoon"), "eve": _("evening")}
WORKING_DAYS = {day: DAYS[day] for day in ("mon", "tue", "wed", "thu", "fri")}
SLOTS = {
    f"{day}-{part}": format_lazy("{} {}", DAYS[day], PARTS_OF_DAY[part])
    for day in WORKING_DAYS
    for part in PARTS_OF_DAY
}

LANGUAGES = {
    "en": _("English"),
    "cy": _("Welsh"),
    "ur": _("Urdu"),
    "pa": _("Punjabi"),
    "gu": _("Gujarati"),
    "pl": _("Polish"),
}

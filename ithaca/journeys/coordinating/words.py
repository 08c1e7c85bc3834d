"""What the desk says: stages, answers, scores and refusals in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ithaca.journeys.acts import Words
from ithaca.records.members.offers import Offer
from ithaca.records.mentorships.pairing.queries import score_parts
from ithaca.records.mentorships.pairing.queries.candidates import Part
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import LANGUAGES, REASONS, ROLES, SLOTS, TOPICS, WAYS

MEMBERSHIP_STAGES = {
    "draft": gettext_lazy("Not sent yet"),
    "applied": gettext_lazy("New"),
    "verifying": gettext_lazy("Being checked"),
    "correcting": gettext_lazy("Waiting for the member's corrections"),
    "active": gettext_lazy("Confirmed"),
    "grace": gettext_lazy("Confirmed, but expired"),
    "lapsed": gettext_lazy("Lapsed"),
    "suspended": gettext_lazy("On hold"),
    "turned_down": gettext_lazy("Turned down"),
    "withdrawn": gettext_lazy("Withdrawn by the member"),
    "erased": gettext_lazy("Erased"),
}
APPLICATION_STAGES = {
    "draft": gettext_lazy("Not sent yet"),
    "submitted": gettext_lazy("New"),
    "checks": gettext_lazy("Being checked"),
    "conversation": gettext_lazy("Conversation to arrange"),
    "approved": gettext_lazy("Approved"),
    "deferred": gettext_lazy("More information needed"),
    "declined": gettext_lazy("Turned down"),
}
STANDING_STAGES = {
    "available": gettext_lazy("Has free places"),
    "full": gettext_lazy("Full"),
    "on_leave": gettext_lazy("On leave"),
    "paused": gettext_lazy("Paused"),
    "suspended": gettext_lazy("On hold"),
    "retired": gettext_lazy("No longer a mentor"),
}
REQUEST_STAGES = {
    "draft": gettext_lazy("Not sent yet"),
    "submitted": gettext_lazy("New"),
    "triaged": gettext_lazy("Read"),
    "waiting": gettext_lazy("Waiting for an introduction"),
    "introducing": gettext_lazy("Being introduced"),
    "matched": gettext_lazy("Matched"),
    "signposted": gettext_lazy("Pointed to other help"),
    "ineligible": gettext_lazy("Not for this scheme"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "closed_unplaced": gettext_lazy("Closed for now"),
}
ALTERNATIVES = {
    "wait": gettext_lazy("to keep waiting"),
    "one_off": gettext_lazy("one conversation"),
    "neighbour": gettext_lazy("to ask in another scheme too"),
    "groups": gettext_lazy("a local group: tell them about any you know"),
    "networks": gettext_lazy("a business network: tell them about any you know"),
}
AREAS = {
    "organisation": gettext_lazy("organisation"),
    "pcn": gettext_lazy("primary care network"),
    "sub_icb": gettext_lazy("sub-ICB location"),
    "icb": gettext_lazy("integrated care board"),
    "region": gettext_lazy("region"),
}


@dataclass(frozen=True, slots=True)
class PartInWords:
    """A part of a score as it is shown."""

    words: Words
    points: int
    most: int
    matched: str


def wait(count: int | None) -> str:
    """Put a length of time into words; a dash where there is nobody to count."""
    if count is None:
        return "–"
    return days(count) if count else _("less than a day")


def days(count: int) -> str:
    """Since when, in words."""
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count} if count > 0 else _("today")


def step_words(scheme: Scheme, stage: str) -> str:
    """Where an introduction stands."""
    mentee = scheme.mentee_word
    return {
        "suggested": _("Planned, not offered yet"),
        "offered_to_mentee": _("Asked the %(mentee)s") % {"mentee": mentee},
        "offered_to_mentor": _("Asked the mentor"),
        "question_asked": _("The mentor asked the %(mentee)s a question") % {"mentee": mentee},
        "accepted": _("Both said yes to a first chat"),
        "first_chat": _("First chat booked"),
        "no_show": _("First chat missed"),
        "confirmed": _("Both said yes: the mentorship has begun"),
        "declined_privately": _("One of them said no, for their own reasons"),
        "expired": _("Nobody answered in time"),
        "withdrawn": _("Withdrawn"),
        "mentor_unavailable": _("The mentor is no longer available"),
        "void_conflict": _("The mentor is no longer available"),  # that one knows the other is nobody else's business
    }[stage]


def parts_in_words(parts: Iterable[Part]) -> list[PartInWords]:
    """Put into words the parts of a score in which anything could be earned."""
    return [
        PartInWords(score_parts.PART_WORDS[part.name], part.points, part.of, score_parts.matched(part))
        for part in parts
        if part.of
    ]


def answers_in_words(answers: Answers | Offer, shown: Iterable[str]) -> list[tuple[str, list[str]]]:
    """Return the answers that policy lets staff see, each with its heading; those not given are left out."""
    headings: dict[str, tuple[str, Mapping[str, Words]]] = {
        "reasons": (_("Situations"), REASONS),
        "roles": (_("Roles"), {code: role for code, (role, _meaning) in ROLES.items()}),
        "topics": (_("Topics"), TOPICS),
        "slots": (_("Times"), SLOTS),
        "ways": (_("Ways to meet"), WAYS),
        "languages": (_("Languages"), LANGUAGES),
    }
    found = ((*headings[name], getattr(answers, name)) for name in shown if name in headings)
    return [(heading, [str(words.get(code, code)) for code in codes]) for heading, words, codes in found if codes]

"""What the desk says: stages, answers, scores and refusals in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ithaca.journeys.acts import Words
from ithaca.records.members.offers import LISTED, Offer
from ithaca.records.members.stages import ApplicationStage, MembershipStage, StandingStage
from ithaca.records.mentorships.pairing.queries import score_parts
from ithaca.records.mentorships.pairing.queries.candidates import Part
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage, RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REASONS, ROLES

MEMBERSHIP_STAGES: dict[str, Words] = {
    MembershipStage.DRAFT: gettext_lazy("Not sent yet"),
    MembershipStage.APPLIED: gettext_lazy("New"),
    MembershipStage.VERIFYING: gettext_lazy("Being checked"),
    MembershipStage.CORRECTING: gettext_lazy("Waiting for the member's corrections"),
    MembershipStage.ACTIVE: gettext_lazy("Confirmed"),
    MembershipStage.GRACE: gettext_lazy("Confirmed, but expired"),
    MembershipStage.LAPSED: gettext_lazy("Lapsed"),
    MembershipStage.SUSPENDED: gettext_lazy("On hold"),
    MembershipStage.TURNED_DOWN: gettext_lazy("Turned down"),
    MembershipStage.WITHDRAWN: gettext_lazy("Withdrawn by the member"),
    MembershipStage.ERASED: gettext_lazy("Erased"),
}
APPLICATION_STAGES: dict[str, Words] = {
    ApplicationStage.DRAFT: gettext_lazy("Not sent yet"),
    ApplicationStage.SUBMITTED: gettext_lazy("New"),
    ApplicationStage.CHECKS: gettext_lazy("Being checked"),
    ApplicationStage.CONVERSATION: gettext_lazy("Conversation to arrange"),
    ApplicationStage.APPROVED: gettext_lazy("Approved"),
    ApplicationStage.DEFERRED: gettext_lazy("More information needed"),
    ApplicationStage.DECLINED: gettext_lazy("Turned down"),
}
STANDING_STAGES: dict[str, Words] = {
    StandingStage.AVAILABLE: gettext_lazy("Has free places"),
    StandingStage.FULL: gettext_lazy("Full"),
    StandingStage.ON_LEAVE: gettext_lazy("On leave"),
    StandingStage.PAUSED: gettext_lazy("Paused"),
    StandingStage.SUSPENDED: gettext_lazy("On hold"),
    StandingStage.RETIRED: gettext_lazy("No longer a mentor"),
}
REQUEST_STAGES: dict[str, Words] = {
    RequestStage.DRAFT: gettext_lazy("Not sent yet"),
    RequestStage.SUBMITTED: gettext_lazy("New"),
    RequestStage.TRIAGED: gettext_lazy("Read, not in the queue yet"),
    RequestStage.WAITING: gettext_lazy("Waiting for an introduction"),
    RequestStage.INTRODUCING: gettext_lazy("Being introduced"),
    RequestStage.MATCHED: gettext_lazy("Matched"),
    RequestStage.SIGNPOSTED: gettext_lazy("Pointed to other help"),
    RequestStage.INELIGIBLE: gettext_lazy("Not for this scheme"),
    RequestStage.WITHDRAWN: gettext_lazy("Withdrawn"),
    RequestStage.CLOSED_UNPLACED: gettext_lazy("Closed for now"),
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
    words: dict[str, str] = {
        IntroductionStage.SUGGESTED: _("Planned, not offered yet"),
        IntroductionStage.OFFERED_TO_MENTEE: _("Asked the %(mentee)s") % {"mentee": mentee},
        IntroductionStage.OFFERED_TO_MENTOR: _("Asked the mentor"),
        IntroductionStage.QUESTION_ASKED: _("The mentor asked the %(mentee)s a question") % {"mentee": mentee},
        IntroductionStage.ACCEPTED: _("Both said yes to a first chat"),
        IntroductionStage.FIRST_CHAT: _("First chat booked"),
        IntroductionStage.NO_SHOW: _("First chat missed"),
        IntroductionStage.CONFIRMED: _("Both said yes: the mentorship has begun"),
        IntroductionStage.DECLINED_PRIVATELY: _("One of them said no, for their own reasons"),
        IntroductionStage.EXPIRED: _("Nobody answered in time"),
        IntroductionStage.WITHDRAWN: _("Withdrawn"),
        IntroductionStage.MENTOR_UNAVAILABLE: _("The mentor is no longer available"),
        # that one knows the other is nobody else's business
        IntroductionStage.VOID_CONFLICT: _("The mentor is no longer available"),
    }
    return words[stage]


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
    }
    headings = {name: (str(declared.desk), declared.words) for name, declared in LISTED.items()} | headings
    found = ((*headings[name], getattr(answers, name)) for name in shown if name in headings)
    return [(heading, [str(words.get(code, code)) for code in codes]) for heading, words, codes in found if codes]

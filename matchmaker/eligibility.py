"""Which pairs may be made at all. Every reason against a pair is kept, never only the first.

Independence (the rules that look at who the two are to one another) is symmetric: it does not matter which of them is
the mentor. Areas weigh in suitability and refuse a pair only where the scheme's policy makes them hard; then an area
that is not known refuses too, since nobody can say that the two are apart.
"""

from dataclasses import dataclass
from enum import StrEnum

from matchmaker.people import Mentee, Mentor, Person
from matchmaker.policy import Policy
from matchmaker.suitability import APART, apart_areas, same_areas, suitability


class Reason(StrEnum):
    """Why a pair is not made. The codes are stable: they are kept on records and in answers."""

    OTHER_SCHEME = "other_scheme"
    SAME_PERSON = "same_person"
    SAME_ORGANISATION = "same_organisation"
    LINE_MANAGER = "line_manager"
    PARTNER = "partner"
    DECLARED_CONFLICT = "declared_conflict"
    EXCLUDED = "excluded"
    SAME_PCN = "same_pcn"
    SAME_SUB_ICB = "same_sub_icb"
    SAME_ICB = "same_icb"
    AREA_NOT_KNOWN = "area_not_known"
    OTHER_PROFESSION = "other_profession"
    PROFESSION_NOT_SERVED = "profession_not_served"
    NO_COMMON_TIME = "no_common_time"
    NO_COMMON_WAY = "no_common_way"
    DECLINED = "declined"
    FULL = "full"
    ON_LEAVE = "on_leave"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    RETIRED = "retired"
    BELOW_FLOOR = "below_floor"
    NOT_AVAILABLE = "not_available"

    @property
    def shown_to_coordinator(self) -> "Reason":
        """The reason as a coordinator may see it: what the two declare or keep to themselves looks like no place."""
        return Reason.NOT_AVAILABLE if self in _NOT_AVAILABLE else self


_NOT_AVAILABLE = frozenset(
    {
        Reason.LINE_MANAGER,
        Reason.PARTNER,
        Reason.DECLARED_CONFLICT,
        Reason.EXCLUDED,
        Reason.FULL,
        Reason.ON_LEAVE,
        Reason.PAUSED,
        Reason.SUSPENDED,
        Reason.RETIRED,
    }
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a pair may be made and every reason why not, in the order of Reason.

    `unknown` names what independence could not be checked on because it is not known of one of the two.
    """

    eligible: bool
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...] = ()

    @property
    def shown_to_coordinator(self) -> tuple[Reason, ...]:
        """The reasons a coordinator may see, each once."""
        return tuple(dict.fromkeys(reason.shown_to_coordinator for reason in self.reasons))


def verdict(mentee: Mentee, mentor: Mentor, policy: Policy) -> Verdict:
    """Judge whether the pair may be made under the policy, with every reason against it."""
    found = {
        *independence(mentee, mentor, policy),
        *_terms(mentee, mentor, policy),
        *_availability(mentor),
    }
    if mentor.id in mentee.declined:
        found.add(Reason.DECLINED)
    if policy.floor and suitability(mentee, mentor, policy).total < policy.floor:
        found.add(Reason.BELOW_FLOOR)
    unknown = tuple(
        name
        for name in ("organisation", "pcn", "sub_icb", "icb")
        if getattr(mentee, name) is None or getattr(mentor, name) is None
    )
    return Verdict(not found, tuple(reason for reason in Reason if reason in found), unknown)


def independence(one: Person, other: Person, policy: Policy) -> frozenset[Reason]:
    """Return the reasons between two people because of who they are to each other, in whichever order."""
    areas = {"pcn": Reason.SAME_PCN, "sub_icb": Reason.SAME_SUB_ICB, "icb": Reason.SAME_ICB}
    together, apart = same_areas(one, other), apart_areas(one, other)
    checks = {
        Reason.SAME_PERSON: one.member == other.member,
        Reason.SAME_ORGANISATION: one.organisation is not None and one.organisation == other.organisation,
        Reason.LINE_MANAGER: _names(one.line_manager, other) or _names(other.line_manager, one),
        Reason.PARTNER: _names(one.partners, other) or _names(other.partners, one),
        Reason.DECLARED_CONFLICT: _names(one.conflicts, other) or _names(other.conflicts, one),
        Reason.EXCLUDED: bool(one.shuns & other.known_as or other.shuns & one.known_as),
        **{reason: area in together and area in policy.hard for area, reason in areas.items()},
        Reason.AREA_NOT_KNOWN: any(area in policy.hard and area not in together | apart for area in APART),
    }
    return frozenset(reason for reason, holds in checks.items() if holds)


def _names(declared: frozenset[str], person: Person) -> bool:
    """Return whether what one person declared names the other, or the organisation the other works in."""
    return person.member in declared or person.organisation in declared


def _terms(mentee: Mentee, mentor: Mentor, policy: Policy) -> frozenset[Reason]:
    """Return the reasons between a request and an offer. Times and ways refuse only if both have said theirs."""
    checks = {
        Reason.OTHER_SCHEME: mentee.scheme != mentor.scheme,
        Reason.OTHER_PROFESSION: "profession" in policy.hard and mentee.profession != mentor.profession,
        Reason.PROFESSION_NOT_SERVED: bool(mentor.serves) and mentee.profession not in mentor.serves,
        Reason.NO_COMMON_TIME: bool(mentee.slots and mentor.slots) and not mentee.slots & mentor.slots,
        Reason.NO_COMMON_WAY: bool(mentee.ways and mentor.ways) and not mentee.ways & mentor.ways,
    }
    return frozenset(reason for reason, holds in checks.items() if holds)


def _availability(mentor: Mentor) -> frozenset[Reason]:
    away = {Reason(mentor.away.value)} if mentor.away else set()
    return frozenset(away | ({Reason.FULL} if mentor.capacity < 1 else set()))

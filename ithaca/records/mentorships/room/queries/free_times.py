"""Times at which both can meet, from what each said when they asked and when they offered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ithaca.records import times
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.queries.standings import standing_of
from ithaca.records.mentorships.models import MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.room.queries.sessions import ShownSession
from ithaca.records.mentorships.rules import free_times
from ithaca.records.schemes.vocabulary import WAYS


@dataclass(frozen=True, slots=True)
class Proposal:
    """Times at which the two can meet. `minutes`, `way` and `place` are as they arranged it last, or as most people do.

    `both_said`: each has said when they can, so that the times suit both; otherwise they suit the one who has.
    """

    times: tuple[datetime, ...]
    minutes: int
    way: str
    place: str
    both_said: bool


def proposal(mentorship: Mentorship, meetings: Sequence[ShownSession], at: datetime) -> Proposal:
    """Return the next ten times at which both can meet and don't yet. `meetings` begin with the earliest.

    Where only one of them has said when they can, that is taken; where the two have no time in common, there is none.
    """
    asked, offered = _asked(mentorship), _offered(mentorship)
    both_said = bool(asked[0] and offered[0])
    common = asked[0] & offered[0] if both_said else asked[0] | offered[0]
    last = meetings[-1] if meetings else None
    minutes = last.minutes if last else 60
    way = last.way if last and last.way else _way(asked[1], offered[1])
    taken = [(found.starts_at, found.ends_at) for found in meetings if found.booked]
    free = free_times.next_times(common, times.london_date(at), taken, minutes)
    return Proposal(free, minutes, way, last.place if last else "", both_said)


def _asked(mentorship: Mentorship) -> tuple[frozenset[str], tuple[str, ...]]:
    request = MentoringRequest.objects.filter(introductions__mentorship=mentorship).first()
    if request is None:
        return frozenset(), ()
    answers = answers_of(request)
    return frozenset(answers.slots), answers.ways


def _offered(mentorship: Mentorship) -> tuple[frozenset[str], tuple[str, ...]]:
    standing = standing_of(mentorship.mentor)
    if standing is None:
        return frozenset(), ()
    offer = offer_of(standing)
    return frozenset(offer.slots), offer.ways


def _way(mentee: Sequence[str], mentor: Sequence[str]) -> str:
    """Return a way that both named, or else one that either did, or else a video call."""
    both = [way for way in WAYS if way in mentee and way in mentor]
    return next(iter([*both, *mentee, *mentor]), "video")

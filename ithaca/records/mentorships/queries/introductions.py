"""Reading introductions: each of the two sees what is theirs to see at that stage."""

import json
from dataclasses import dataclass
from uuid import UUID

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships import matching, reasons
from ithaca.records.mentorships.answers import Answers
from ithaca.records.mentorships.matching import Part
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.queries.requests import answers_of
from ithaca.records.schemes.vocabulary import PROFESSIONS
from ithaca.tools.vault import keyless
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class MentorShown:
    """A mentor as a mentee sees them: name, own words, what they offer, and why this one."""

    standing: UUID
    name: str
    profession: str
    offer: Offer
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenteeShown:
    """A mentee as a mentor sees them, after the mentee's yes. `story` is None while the mentor is locked."""

    name: str
    profession: str
    answers: Answers
    story: str | None
    common: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chat:
    """How the two talk for the first time, and where."""

    way: str
    place: str


def parts_of(introduction: Introduction) -> tuple[Part, ...]:
    """The parts of the score, as they were when the mentor was proposed."""
    text = keyless.open_for_server("introduction.score_parts", introduction.pk, introduction.score_parts)
    return reasons.parts_from_json(text)


def mentor_shown(introduction: Introduction) -> MentorShown:
    """The mentor, for the mentee who was offered them."""
    return _mentor(introduction.standing, offer_of(introduction.standing), parts_of(introduction))


def mentors_to_choose(found: matching.Candidates) -> tuple[MentorShown, ...]:
    """The mentors a mentee may choose from, the best suited first. Those who never signed in cannot be asked yet."""
    return tuple(_mentor(row.standing, row.offer, row.suitability.parts) for row in found.eligible if row.enrolled)


def mentee_shown(introduction: Introduction, keyring: Keyring | None) -> MenteeShown:
    """The mentee, for the mentor who was asked, with the story if the mentor's keys are open."""
    request = introduction.request
    return MenteeShown(
        name=request.membership.user.name,
        profession=str(PROFESSIONS.get(request.membership.profession, request.membership.profession)),
        answers=answers_of(request),
        story=story_of(introduction, keyring),
        common=parts_of(introduction),
    )


def story_of(introduction: Introduction, keyring: Keyring | None) -> str | None:
    """The mentee's story as it was at their yes; None while the reader is locked, empty when there is none."""
    if introduction.story is None:
        return ""
    if keyring is None:
        return None
    author = introduction.request.membership.user_id
    return keyring.open(introduction.pk, "introduction.story", introduction.pk, author, introduction.story)


def chat_of(introduction: Introduction) -> Chat | None:
    """How and where the first chat is, once it is arranged."""
    if introduction.chat is None:
        return None
    return Chat(**json.loads(keyless.open_for_server("introduction.chat", introduction.pk, introduction.chat)))


def live_introduction_of(request: MentoringRequest) -> Introduction | None:
    """The introduction under way for a request, with its mentor."""
    found = Introduction.objects.filter(request=request, stage__in=Introduction.OFFERS)
    return found.select_related("standing__membership__user").first()


def mentorship_of(request: MentoringRequest) -> UUID | None:
    """The mentorship that came of a request."""
    return Mentorship.objects.filter(introduction__request=request).values_list("pk", flat=True).first()


def past_introductions(request: MentoringRequest) -> list[Introduction]:
    """The introductions that did not go ahead, the newest first."""
    over = Introduction.objects.filter(request=request).exclude(
        stage__in=(*Introduction.OFFERS, "suggested", "confirmed")
    )
    return list(over.order_by("-stage_since"))


def _mentor(standing: MentorStanding, offer: Offer, parts: tuple[Part, ...]) -> MentorShown:
    member = standing.membership
    return MentorShown(
        standing=standing.pk,
        name=member.user.name,
        profession=str(PROFESSIONS.get(member.profession, member.profession)),
        offer=offer,
        why=reasons.why(parts),
    )

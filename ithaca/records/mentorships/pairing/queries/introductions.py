"""Reading introductions: as the mentee, the mentor or a coordinator may see them."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from uuid import UUID

from django.utils import timezone

from ithaca.records.members.models import MentorStanding
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships.models import Introduction, MentoringRequest, Mentorship
from ithaca.records.mentorships.pairing.queries import candidates, score_parts
from ithaca.records.mentorships.pairing.queries.candidates import Part
from ithaca.records.mentorships.pairing.queries.others import Others
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.mentorships.rules.stages.pairing import IntroductionStage
from ithaca.records.schemes.vocabulary import PROFESSIONS
from ithaca.tools.ledger import queries as ledger
from ithaca.tools.ledger.queries import steps_of
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class IntroductionStep:
    """One step of an introduction: the stage it led to, when, and by which party. Nobody is named."""

    to: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class EarlierIntroduction:
    """An introduction of the same request: with whom, where it stands, when it was made."""

    pk: UUID
    mentor: str
    stage: str
    since: date


def introductions_of(request: MentoringRequest) -> list[EarlierIntroduction]:
    """Every introduction made for this request, the newest first."""
    rows = Introduction.objects.filter(request=request).order_by("-stage_since", "pk")
    found = rows.values_list("pk", "standing__membership__user__name", "stage", "stage_since")
    return [EarlierIntroduction(pk, mentor, stage, timezone.localdate(since)) for pk, mentor, stage, since in found]


def steps_so_far(introduction: Introduction) -> list[IntroductionStep]:
    """Return the steps an introduction has taken since it was offered, oldest first, from the ledger."""
    taken = steps_of("introduction", [introduction.pk])
    return [
        IntroductionStep(step.to, step.at, step.by) for step in taken if step.to and step.to != introduction.TABLE.first
    ]


def mentor_called(standing: UUID) -> str:
    """Return the name of the mentor behind a standing; empty when there is none."""
    found = MentorStanding.objects.filter(pk=standing).values_list("membership__user__name", flat=True)
    return found.first() or ""


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


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the mentor's and the mentee's answer to it; empty while there is none."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class DeclineReason:
    """What somebody noted for themself when they said no: a code, and words of their own."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class NextOnShortlist:
    """A mentor on a shortlist who has not been offered yet. `chosen`: the mentee put them there."""

    standing: UUID
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why not the others: as `proof.Others`, with the name of the next best."""

    refused: tuple[tuple[str, int], ...]
    fitting: int
    runner_up: str
    ahead: int


def parts_of(introduction: Introduction) -> tuple[Part, ...]:
    """Return the parts of the score, as they were when the mentor was proposed."""
    return score_parts.parts_from_json(Introduction.score_parts.unseal(introduction))


def mentor_shown(introduction: Introduction) -> MentorShown:
    """Return the mentor, for the mentee who was offered them."""
    return _mentor(introduction.standing, offer_of(introduction.standing), parts_of(introduction))


def mentors_to_choose(found: candidates.Candidates) -> tuple[MentorShown, ...]:
    """Return the mentors a mentee may choose from, the best suited first.

    Those who never signed in cannot be asked yet.
    """
    return tuple(_mentor(row.standing, row.offer, row.suitability.parts) for row in found.eligible if row.enrolled)


def mentee_shown(introduction: Introduction, keyring: Keyring | None) -> MenteeShown:
    """Return the mentee, for the mentor who was asked, with the story if the mentor's keys are open."""
    request = introduction.request
    return MenteeShown(
        name=request.membership.user.name,
        profession=str(PROFESSIONS.get(request.membership.profession, request.membership.profession)),
        answers=answers_of(request),
        story=story_of(introduction, keyring),
        common=parts_of(introduction),
    )


def story_of(introduction: Introduction, keyring: Keyring | None) -> str | None:
    """Return the mentee's story as it was at their yes; None while the reader is locked, empty when there is none."""
    if introduction.story is not None and keyring is None:
        return None
    return Introduction.story.unseal(introduction, keyring)


def exchanges_of(introduction: Introduction, keyring: Keyring | None) -> list[Exchange] | None:
    """Return what the mentor asked and the mentee answered, in order; None while the reader is locked."""
    if introduction.question is None:
        return []
    if keyring is None:
        return None
    questions = listed(Introduction.question.unseal(introduction, keyring))
    answers = listed(Introduction.answer.unseal(introduction, keyring))
    return [Exchange(*pair) for pair in zip_longest(questions, answers, fillvalue="")]


def listed(said: str) -> list[str]:
    """Return what has been asked, or answered, so far, one by one."""
    return [str(text) for text in json.loads(said)] if said else []


def decline_reason_of(introduction: Introduction, person: UUID, keyring: Keyring | None) -> DeclineReason | None:
    """Return what this person noted for themself when they said no; None for the other, and while they are locked."""
    if introduction.reason is None or keyring is None:
        return None
    steps = ledger.steps_of("introduction", [introduction.pk])
    if person not in [step.actor for step in steps if step.to == introduction.stage]:
        return None
    return DeclineReason(**json.loads(Introduction.reason.unseal(introduction, keyring)))


def next_on_shortlist(request: MentoringRequest) -> list[NextOnShortlist]:
    """Who comes next if the introduction under way does not go ahead, in order."""
    rows = Introduction.objects.filter(request=request, stage=IntroductionStage.SUGGESTED).order_by("rank", "pk")
    found = rows.values_list("standing", "standing__membership__user__name", "chosen_at")
    return [NextOnShortlist(standing, name, chosen_at is not None) for standing, name, chosen_at in found]


def why_not_others(introduction: Introduction) -> WhyNot | None:
    """Why not the others, as it was frozen; None for an introduction made before that was kept."""
    text = Introduction.others.unseal(introduction)
    if not text:
        return None
    found = Others.from_json(text)
    name = ""
    if found.runner_up:
        names = MentorStanding.objects.filter(pk=found.runner_up).values_list("membership__user__name", flat=True)
        name = names.first() or ""
    return WhyNot(found.refused, found.fitting, name, found.ahead)


def chat_of(introduction: Introduction) -> Chat | None:
    """How and where the first chat is, once it is arranged."""
    text = Introduction.chat.unseal(introduction)
    return Chat(**json.loads(text)) if text else None


def live_introduction_of(request: MentoringRequest) -> Introduction | None:
    """Return the introduction under way for a request, with its mentor."""
    found = Introduction.objects.filter(request=request, stage__in=Introduction.OFFERS)
    return found.select_related("standing__membership__user").first()


def mentorship_of(request: MentoringRequest) -> UUID | None:
    """Return the mentorship that came of a request."""
    return Mentorship.objects.filter(introduction__request=request).values_list("pk", flat=True).first()


def past_introductions(request: MentoringRequest) -> list[Introduction]:
    """Return the introductions that were offered and did not go ahead, the newest first."""
    over = Introduction.objects.filter(request=request, stage__in=Introduction.OVER, offered_at__isnull=False)
    return list(over.order_by("-stage_since"))


def _mentor(standing: MentorStanding, offer: Offer, parts: tuple[Part, ...]) -> MentorShown:
    member = standing.membership
    return MentorShown(
        standing=standing.pk,
        name=member.user.name,
        profession=str(PROFESSIONS.get(member.profession, member.profession)),
        offer=offer,
        why=score_parts.why(parts),
    )

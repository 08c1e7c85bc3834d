"""What happens next for those who ask and those who are asked: who acts, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.records import times
from ithaca.records.cards import Card, about
from ithaca.records.members.models import Membership
from ithaca.records.members.stages import INTRODUCIBLE
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.queries.requests import answer_due, last_heard
from ithaca.records.mentorships.pairing.queries.waits import in_words, said_for
from ithaca.records.mentorships.rules.deadlines import WORD_EVERY
from ithaca.records.mentorships.rules.stages.pairing import UNPLACED, IntroductionStage, RequestStage
from ithaca.records.mentorships.rules.waits import Range
from ithaca.records.schemes.models import Scheme

SHOWN = (
    RequestStage.DRAFT,
    RequestStage.SUBMITTED,
    RequestStage.TRIAGED,
    RequestStage.WAITING,
    RequestStage.INTRODUCING,
    RequestStage.SIGNPOSTED,
    RequestStage.INELIGIBLE,
    RequestStage.CLOSED_UNPLACED,
)
"""The stages of a request that have a card."""
Said = Mapping[tuple[UUID, str], Range | None]


def as_mentee(requests: Iterable[MentoringRequest]) -> list[Card]:
    """Return a card for each of a person's requests that is under way, in a fixed number of queries."""
    shown = [row for row in requests if row.stage in SHOWN]
    if not shown:
        return []
    offers = Introduction.objects.filter(request__in=shown, stage__in=Introduction.OFFERS)
    live = {row.request_id: row for row in offers.select_related("standing__membership__user")}
    heard, said = last_heard(shown), said_for(shown)
    return [_told(row, live.get(row.pk), heard[row.pk], said) for row in shown]


def _told(row: MentoringRequest, live: Introduction | None, heard: date, said: Said) -> Card:
    """Return the card with how long it may take, its scheme, and with whom once the mentee has been asked."""
    member = row.membership
    name = live.standing.membership.user.get_short_name() if live else ""
    found = card(row, live, heard)
    if row.stage in UNPLACED:
        found = replace(found, body=f"{found.body} {in_words(said.get((member.scheme_id, member.profession)))}")
    return replace(found, about=about(member.scheme.name, name))


def as_mentor(person: UUID) -> list[Card]:
    """Return a card for each introduction that this person has been asked about."""
    asked = Introduction.objects.filter(
        standing__membership__user=person, stage__in=Introduction.OFFERS, mentor_asked_at__isnull=False
    )
    whom = ("request__membership__user", "request__membership__scheme")
    rows = asked.select_related(*whom).order_by("answer_by", "pk")
    return [replace(mentor_card(row), about=_with_mentee(row.request.membership)) for row in rows]


def _with_mentee(member: Membership) -> str:
    return about(member.scheme.name, member.user.get_short_name())


def card(request: MentoringRequest, live: Introduction | None, heard: date) -> Card:
    """Return what happens next with a request.

    `live` is its introduction under way, `heard` the day of our last email.
    """
    url = reverse("pairing:request", args=[request.pk])
    if request.stage == RequestStage.INTRODUCING and live is not None:
        return mentee_card(live)
    if request.stage == RequestStage.WAITING:
        return _waiting(request, url, heard)
    you, coordinator, look = _("You"), _("The coordinator"), _("See your request")
    cards: dict[str, Card] = {
        RequestStage.DRAFT: Card(
            _("Finish your request"),
            _("Your answers are saved. Carry on where you left off."),
            you,
            url=url,
            url_text=_("Carry on with your request"),
        ),
        RequestStage.SUBMITTED: Card(
            _("We're reading your request"),
            _("The coordinator is reading it and will get in touch."),
            coordinator,
            answer_due(timezone.localdate(request.stage_since)),
            url,
            look,
        ),
        RequestStage.TRIAGED: Card(
            _("We've read your request"),
            _("The coordinator is finding the best way to help you, and will get in touch."),
            coordinator,
            answer_due(timezone.localdate(request.stage_since)),
            url,
            look,
        ),
        RequestStage.CLOSED_UNPLACED: Card(
            _("We don't have a mentor for you just now"),
            _("You can go back to the queue at any time. You keep your place from the day you asked."),
            you,
            url=url,
            url_text=_("See what you can do"),
        ),
    }
    answered = Card(
        _("The coordinator has answered your request"),
        _("They think something else would help you more, and they'll tell you what."),
        coordinator,
        url=url,
        url_text=_("See the answer"),
    )
    return cards.get(request.stage, answered)


def mentor_card(introduction: Introduction) -> Card:
    """Return what happens next with an introduction, for the mentor."""
    url = reverse("pairing:introduction", args=[introduction.pk])
    if introduction.stage == IntroductionStage.OFFERED_TO_MENTOR:
        return Card(
            _("Someone would like to meet you"),
            _("Read what they say, then say yes or no. You don't need to give a reason."),
            _("You"),
            introduction.answer_by,
            url,
            _("Read and answer"),
        )
    if introduction.stage == IntroductionStage.QUESTION_ASKED:
        return Card(
            _("You asked a question"),
            _("You'll see the answer here."),
            _("The other person"),
            introduction.answer_by,
            url,
            _("See the introduction"),
        )
    return _chat(introduction, introduction.mentor_confirmed_at is not None)


def mentee_card(live: Introduction) -> Card:
    """Return what happens next with an introduction under way, for the mentee."""
    url = reverse("pairing:introduction", args=[live.pk])
    if live.stage == IntroductionStage.OFFERED_TO_MENTEE:
        return Card(
            _("We've found you a mentor"),
            _("Read about them, then say yes or no. You don't need to give a reason."),
            _("You"),
            live.answer_by,
            url,
            _("Meet the mentor"),
        )
    if live.stage == IntroductionStage.OFFERED_TO_MENTOR:
        return Card(
            _("We've asked the mentor"),
            _("You've said yes. Now it's the mentor's turn. We'll email you either way."),
            _("The mentor"),
            live.answer_by,
            url,
            _("See the introduction"),
        )
    if live.stage == IntroductionStage.QUESTION_ASKED:
        return Card(
            _("The mentor has a question"),
            _("Once you've answered, the mentor decides."),
            _("You"),
            live.answer_by,
            url,
            _("Read the question"),
        )
    return _chat(live, live.mentee_confirmed_at is not None)


def _chat(introduction: Introduction, answered: bool) -> Card:
    url = reverse("pairing:introduction", args=[introduction.pk])
    if introduction.stage != IntroductionStage.FIRST_CHAT:
        return Card(
            _("Choose a time for your first chat"),
            _("You've both said yes. Have a first chat, then you each decide."),
            _("Either of you"),
            url=url,
            url_text=_("Suggest a time"),
        )
    if answered:
        return Card(
            _("You said yes after the first chat"),
            _("The other person hasn't answered yet. We'll email you when they have."),
            _("The other person"),
            url=url,
            url_text=_("See the introduction"),
        )
    chat_at = introduction.chat_at
    return Card(
        _("Your first chat: %(when)s") % {"when": times.in_words(chat_at)} if chat_at else _("Your first chat"),
        _("After the chat, say whether you'd like to carry on. We don't tell anyone who said no, or why."),
        _("You"),
        url=url,
        url_text=_("Open the first chat"),
        on=times.london_date(chat_at) if chat_at else None,
    )


def _waiting(request: MentoringRequest, url: str, heard: date) -> Card:
    coordinator, look = _("The coordinator"), _("See your request")
    if request.membership.stage not in INTRODUCIBLE:
        return Card(
            _("Your membership is being checked"),
            _("You're already in the queue. We'll introduce you as soon as we can after the check is done."),
            coordinator,
            heard + WORD_EVERY,
            url,
            look,
        )
    if request.membership.scheme.proposing == Scheme.Proposing.MENTEE:
        return Card(
            _("Choose a mentor"),
            _("Read about the mentors who fit what you told us, and choose one."),
            _("You"),
            url=reverse("pairing:mentors", args=[request.pk]),
            url_text=_("See the mentors"),
        )
    return Card(
        _("We're looking for a mentor for you"),
        _("You'll hear from us by the date below, even if there's no news yet."),
        coordinator,
        heard + WORD_EVERY,
        url,
        look,
    )

"""Reading how sessions were, as the mentee said it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from ithaca.records.mentorships.models import Feedback, Mentorship, Session
from ithaca.records.mentorships.room.queries.sessions import ShownSession
from ithaca.records.mentorships.rules.deadlines import ASK_WITHIN
from ithaca.records.mentorships.rules.stages.room import ASKABLE, SAYABLE, FeedbackStage
from ithaca.records.stages import Party
from ithaca.tools.vault.errors import Locked, NotGranted, Tampered
from ithaca.tools.vault.keyring import Keyring


@dataclass(frozen=True, slots=True)
class ShownFeedback:
    """How one session was: whether it was asked for, and what was said.

    `pk` is None while nobody asked or said anything. `text` is None while this person cannot open it.
    """

    session: UUID
    starts_at: datetime
    pk: UUID | None = None
    stage: str = FeedbackStage.UNASKED
    version: int = 0
    text: str | None = ""
    may_ask: bool = False
    may_give: bool = False

    @property
    def given(self) -> bool:
        return self.stage == FeedbackStage.GIVEN

    @property
    def waits(self) -> bool:
        """Was it asked for, with no answer yet? To the mentor "not this time" is no answer yet."""
        return self.stage in (FeedbackStage.ASKED, FeedbackStage.PASSED)


def feedback_of(session: Session, party: Party, keyring: Keyring | None) -> ShownFeedback:
    """How this session was. Raises Locked when something was said and there is no key; NotGranted, Tampered."""
    row = Feedback.objects.select_related("mentorship__mentee").filter(session=session).first()
    text = Feedback.text.unseal(row, keyring) if row else ""
    return _shown(session.pk, session.starts_at, session.stage, row, party, text)


def latest_of(
    mentorship: Mentorship, past: Sequence[ShownSession], party: Party, keyring: Keyring | None, at: datetime
) -> ShownFeedback | None:
    """How the last session was that the two had, open if it can be: in one query, or none when they have not met.

    None too when it is long ago and nothing was asked or said. `past` begins with the latest.
    """
    last = next((meeting for meeting in past if meeting.stage in ASKABLE), None)
    if last is None:
        return None
    row = Feedback.objects.select_related("mentorship__mentee").filter(mentorship=mentorship, session=last.pk).first()
    if row is None and at > last.ends_at + ASK_WITHIN:
        return None
    try:
        text = Feedback.text.unseal(row, keyring) if row else ""
    except (Locked, NotGranted, Tampered):
        return _shown(last.pk, last.starts_at, last.stage, row, party, None)
    return _shown(last.pk, last.starts_at, last.stage, row, party, text)


def all_feedback(mentorship: Mentorship, keyring: Keyring | None) -> Iterable[ShownFeedback]:
    """Everything that was said after a session, the latest session first, opened. In one query."""
    rows = given_in(mentorship).select_related("session", "mentorship__mentee")
    for row in rows.order_by("-session__starts_at", "-session__number"):
        text = Feedback.text.unseal(row, keyring)
        yield ShownFeedback(row.session_id, row.session.starts_at, row.pk, row.stage, row.version, text)


def given_in(mentorship: Mentorship) -> "QuerySet[Feedback]":
    """Return what was said after sessions, as rows."""
    return Feedback.objects.filter(mentorship=mentorship, text__isnull=False)


def _shown(
    session: UUID, starts_at: datetime, stage: str, row: Feedback | None, party: Party, text: str | None
) -> ShownFeedback:
    may_ask = party is Party.MENTOR and row is None and stage in ASKABLE
    may_give = party is Party.MENTEE and (stage in SAYABLE or row is not None)
    if row is None:
        return ShownFeedback(session, starts_at, may_ask=may_ask, may_give=may_give)
    return ShownFeedback(session, starts_at, row.pk, row.stage, row.version, text, may_give=may_give)

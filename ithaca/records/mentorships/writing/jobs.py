"""The scheduled jobs of messages, notes and feedback."""

from datetime import datetime

from ithaca.records.mentorships.models import Feedback
from ithaca.records.mentorships.rules import deadlines
from ithaca.records.mentorships.rules.stages.room import FeedbackStage
from ithaca.records.mentorships.writing.actions import feedback, unread


def tell_of_writing(at: datetime) -> int:
    """Email people who have something to read, at most once a day. Returns how many."""
    return sum(unread.tell(pk, at) for pk in unread.due(at))


def remind_of_feedback(at: datetime) -> int:
    """Say once more, after a week, that a mentor has asked how it was. Returns of how many sessions."""
    asked = Feedback.objects.filter(stage=FeedbackStage.ASKED, mentorship__scheme__feedback=True)
    due = asked.filter(reminded_on=None, stage_since__lte=at - deadlines.REMIND_OF_FEEDBACK_AFTER)
    return sum(feedback.remind(row, at) for row in due.select_related("session").order_by("pk"))

"""Whose keys a room is waiting for."""

from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.tools.vault import directory, grants


def awaits_keys(mentorship: Mentorship) -> str:
    """Whose turn it is before this room has a key: "mentee", or "mentor" who has to sign in first; "" when it has one.

    Only a pair that met elsewhere begins without one.
    """
    if (
        mentorship.introduction_id is not None
        or mentorship.stage == MentorshipStage.ENDED
        or grants.epochs_of(mentorship.pk)
    ):
        return ""
    return "mentee" if directory.enrolled(mentorship.mentor.user_id) else "mentor"

"""What is kept of asking, being introduced and meeting. Django looks for every model here."""

from ithaca.records.mentorships.models.agreements import Agreement
from ithaca.records.mentorships.models.attachments import Attachment
from ithaca.records.mentorships.models.conflicts import ConflictDeclaration
from ithaca.records.mentorships.models.endings import Ending
from ithaca.records.mentorships.models.enquiries import Enquiry
from ithaca.records.mentorships.models.feedback import Feedback
from ithaca.records.mentorships.models.findings import Finding
from ithaca.records.mentorships.models.goals import Commitment, Goal, GoalStep
from ithaca.records.mentorships.models.introductions import Introduction
from ithaca.records.mentorships.models.match_runs import MatchRun
from ithaca.records.mentorships.models.mentorships import Mentorship
from ithaca.records.mentorships.models.messages import Message
from ithaca.records.mentorships.models.notes import Note
from ithaca.records.mentorships.models.phases import PhaseStep
from ithaca.records.mentorships.models.pulse import PulseCheck
from ithaca.records.mentorships.models.requests import MentoringRequest
from ithaca.records.mentorships.models.sessions import Session
from ithaca.records.mentorships.models.sheets import Sheet, SheetHeadings
from ithaca.records.mentorships.models.sides import Side

__all__ = [
    "Agreement",
    "Attachment",
    "Commitment",
    "ConflictDeclaration",
    "Ending",
    "Enquiry",
    "Feedback",
    "Finding",
    "Goal",
    "GoalStep",
    "Introduction",
    "MatchRun",
    "MentoringRequest",
    "Mentorship",
    "Message",
    "Note",
    "PhaseStep",
    "PulseCheck",
    "Session",
    "Sheet",
    "SheetHeadings",
    "Side",
]

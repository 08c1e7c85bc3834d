"""What is kept of asking, being introduced and meeting. Django looks for every model here."""

from ithaca.records.mentorships.models.attachments import Attachment
from ithaca.records.mentorships.models.conflicts import ConflictDeclaration
from ithaca.records.mentorships.models.finding import Finding
from ithaca.records.mentorships.models.listening import Feedback, PhaseStep, PulseCheck
from ithaca.records.mentorships.models.matching import MatchRun
from ithaca.records.mentorships.models.meeting import Contract, Ending, Mentorship, Session
from ithaca.records.mentorships.models.pairing import Enquiry, Introduction, MentoringRequest
from ithaca.records.mentorships.models.sheets import Sheet, SheetHeadings
from ithaca.records.mentorships.models.working import Action, Commitment, Goal
from ithaca.records.mentorships.models.writing import Message, Note, Side

__all__ = [
    "Action",
    "Attachment",
    "Commitment",
    "ConflictDeclaration",
    "Contract",
    "Ending",
    "Enquiry",
    "Feedback",
    "Finding",
    "Goal",
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

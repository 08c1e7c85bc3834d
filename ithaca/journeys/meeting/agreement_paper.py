"""What the paper of an agreement says."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.room.queries.agreements import ShownAgreement
from ithaca.records.mentorships.rules.stages.room import AgreementStage
from ithaca.tools.design.templatetags.design import day


@dataclass(frozen=True, slots=True)
class Paper:
    """A title, the lines under it, and the clauses that are not left out: heading and text."""

    title: str
    lead: tuple[str, ...]
    sections: tuple[tuple[str, str], ...]


def paper_of(agreement: ShownAgreement, room: Mentorship, *, over: bool, mine: str, theirs: str) -> Paper:
    """Return the agreement for paper, with both names."""
    lead = [room.scheme.name, _agreed(agreement, over, mine, theirs)]
    if agreement.review_on:
        lead.append(_("You'll review this together on %(day)s.") % {"day": day(agreement.review_on)})
    sections = tuple((clause.heading, clause.text) for clause in agreement.standing_clauses)
    return Paper(_("How you'll work together"), tuple(lead), sections)


def _agreed(agreement: ShownAgreement, over: bool, mine: str, theirs: str) -> str:
    if agreement.stage == AgreementStage.IN_FORCE:
        names = {"mine": mine, "theirs": theirs, "day": day(agreement.stage_since)}
        return _("Agreed by %(mine)s and %(theirs)s on %(day)s.") % names
    return _("Your mentoring has ended.") if over else _("You haven't both agreed to this yet.")

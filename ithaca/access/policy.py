"""Who may do what to a record. Acts that have a stage are in the stage tables, the rest are here. Default deny."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ithaca.records.members import stages as members
from ithaca.records.mentorships.rules.stages import importing, pairing, room
from ithaca.records.stages import AnyTable, Party

STAGED: dict[str, AnyTable] = {
    table.noun: table
    for table in (
        members.MEMBERSHIP,
        members.APPLICATION,
        members.STANDING,
        pairing.ENQUIRY,
        pairing.REQUEST,
        pairing.INTRODUCTION,
        importing.MATCH_RUN,
        room.AGREEMENT,
        room.MENTORSHIP,
        room.SESSION,
        room.GOAL,
        room.GOAL_STEP,
        room.FEEDBACK,
        room.ENDING,
        importing.SHEET,
    )
}

ALLOWED: dict[tuple[str, str], frozenset[Party]] = {
    # (noun, act without a stage): those who may
    ("scheme", "read_desk"): frozenset({Party.COORDINATOR}),
    ("scheme", "match"): frozenset({Party.COORDINATOR}),
    ("scheme", "invite"): frozenset({Party.COORDINATOR}),
    ("scheme", "open_letter_box"): frozenset({Party.COORDINATOR}),
    ("scheme", "review_signposts"): frozenset({Party.COORDINATOR}),
    ("scheme", "read_team"): frozenset({Party.COORDINATOR}),
    ("scheme", "use_sheets"): frozenset({Party.COORDINATOR}),
    ("sheet", "read"): frozenset({Party.COORDINATOR}),
    ("membership", "read"): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("membership", "edit"): frozenset({Party.MEMBER}),
    ("membership", "read_check"): frozenset({Party.COORDINATOR}),
    ("application", "read"): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("application", "edit"): frozenset({Party.MEMBER}),
    ("application", "read_check"): frozenset({Party.COORDINATOR}),
    ("application", "pass_check"): frozenset({Party.COORDINATOR}),
    ("standing", "read"): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("standing", "edit"): frozenset({Party.MEMBER}),
    ("standing", "propose"): frozenset({Party.COORDINATOR}),
    ("standing", "read_desk"): frozenset({Party.COORDINATOR}),
    ("standing", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("request", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("introduction", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("pair", "note_by_phone"): frozenset({Party.COORDINATOR}),
    ("enquiry", "read"): frozenset({Party.COORDINATOR}),
    ("enquiry", "invite"): frozenset({Party.COORDINATOR}),
    ("request", "read"): frozenset({Party.MENTEE, Party.COORDINATOR}),
    ("request", "edit"): frozenset({Party.MENTEE}),
    ("request", "read_candidates"): frozenset({Party.COORDINATOR}),
    ("request", "choose"): frozenset({Party.MENTEE}),
    ("request", "propose"): frozenset({Party.COORDINATOR}),
    ("introduction", "read"): frozenset({Party.MENTEE, Party.MENTOR, Party.COORDINATOR}),
    ("introduction", "read_steps"): frozenset({Party.COORDINATOR}),
    ("match_run", "read"): frozenset({Party.COORDINATOR}),
    ("mentorship", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mediation", "take_up"): frozenset({Party.MEDIATOR}),
    ("mentorship", "schedule_session"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mentorship", "write"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mentorship", "set_goals"): frozenset({Party.MENTEE}),
    ("goal", "edit"): frozenset({Party.MENTEE}),
    ("action", "edit"): frozenset({Party.MENTEE}),
    ("attachment", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("own_message", "take_back"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("own_note", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("contract", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("contract", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", "ask_feedback"): frozenset({Party.MENTOR}),
    ("session", "give_feedback"): frozenset({Party.MENTEE}),
    ("session", "read_feedback"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("feedback", "answer"): frozenset({Party.MENTEE}),
    ("ending", "read"): frozenset({Party.MENTEE, Party.MENTOR}),
    ("ending", "edit"): frozenset({Party.MENTEE, Party.MENTOR}),
}


STAFF_READ: dict[str, tuple[str, ...]] = {
    "request": ("reasons", "roles", "topics", "slots", "ways", "languages", "wants_near", "prefers"),
    "application": ("reasons", "roles", "topics", "slots", "ways", "languages"),
}
"""Of the structured answers (T1s), those that a coordinator is shown. A request's story is never among them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is refused, in words for the person who asked."""

    reason: Promise


NOT_YOURS = Refusal(_("This step is for someone else."))
TOO_LATE = Refusal(_("Things have moved on since, so you can no longer do this."))


def refusal(noun: str, act: str, party: Party, stage: str | None) -> Refusal | None:
    """Return None if `party` may perform `act`, or else the reason why not."""
    if (noun, act) in ALLOWED:
        return None if party in ALLOWED[noun, act] else NOT_YOURS
    table = STAGED.get(noun)
    if table is None or party not in table.parties(act):
        return NOT_YOURS
    return None if stage is not None and table.allows(stage, act, party) else TOO_LATE

"""Who may do what to a record. Acts that have a stage are in the stage tables, the rest are here. Default deny."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ithaca.records.members import stages as members
from ithaca.records.members.offers import listed
from ithaca.records.mentorships.rules.stages import importing, pairing, room
from ithaca.records.stages import Act, AnyTable, Party


class Access(Act):
    """What someone wants a record for, where that is no step of its stage table."""

    READ_DESK = "read_desk"
    MATCH = "match"
    INVITE = "invite"
    OPEN_MAILBOX = "open_mailbox"
    REVIEW_SIGNPOSTS = "review_signposts"
    READ_TEAM = "read_team"
    USE_SHEETS = "use_sheets"
    READ = "read"
    EDIT = "edit"
    READ_CHECK = "read_check"
    PASS_CHECK = "pass_check"  # noqa: S105 - of an offer; no password
    PROPOSE = "propose"
    NOTE_BY_PHONE = "note_by_phone"
    READ_CANDIDATES = "read_candidates"
    CHOOSE = "choose"
    READ_STEPS = "read_steps"
    TAKE_UP = "take_up"
    SCHEDULE_SESSION = "schedule_session"
    WRITE = "write"
    SET_GOALS = "set_goals"
    TAKE_BACK = "take_back"
    ASK_FEEDBACK = "ask_feedback"
    GIVE_FEEDBACK = "give_feedback"
    READ_FEEDBACK = "read_feedback"
    ANSWER = "answer"


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

ALLOWED: dict[tuple[str, Act], frozenset[Party]] = {
    # (noun, act without a stage): those who may
    ("scheme", Access.READ_DESK): frozenset({Party.COORDINATOR}),
    ("scheme", Access.MATCH): frozenset({Party.COORDINATOR}),
    ("scheme", Access.INVITE): frozenset({Party.COORDINATOR}),
    ("scheme", Access.OPEN_MAILBOX): frozenset({Party.COORDINATOR}),
    ("scheme", Access.REVIEW_SIGNPOSTS): frozenset({Party.COORDINATOR}),
    ("scheme", Access.READ_TEAM): frozenset({Party.COORDINATOR}),
    ("scheme", Access.USE_SHEETS): frozenset({Party.COORDINATOR}),
    ("sheet", Access.READ): frozenset({Party.COORDINATOR}),
    ("membership", Access.READ): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("membership", Access.EDIT): frozenset({Party.MEMBER}),
    ("membership", Access.READ_CHECK): frozenset({Party.COORDINATOR}),
    ("application", Access.READ): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("application", Access.EDIT): frozenset({Party.MEMBER}),
    ("application", Access.READ_CHECK): frozenset({Party.COORDINATOR}),
    ("application", Access.PASS_CHECK): frozenset({Party.COORDINATOR}),
    ("standing", Access.READ): frozenset({Party.MEMBER, Party.COORDINATOR}),
    ("standing", Access.EDIT): frozenset({Party.MEMBER}),
    ("standing", Access.PROPOSE): frozenset({Party.COORDINATOR}),
    ("standing", Access.READ_DESK): frozenset({Party.COORDINATOR}),
    ("standing", Access.NOTE_BY_PHONE): frozenset({Party.COORDINATOR}),
    ("request", Access.NOTE_BY_PHONE): frozenset({Party.COORDINATOR}),
    ("introduction", Access.NOTE_BY_PHONE): frozenset({Party.COORDINATOR}),
    ("pair", Access.NOTE_BY_PHONE): frozenset({Party.COORDINATOR}),
    ("enquiry", Access.READ): frozenset({Party.COORDINATOR}),
    ("enquiry", Access.INVITE): frozenset({Party.COORDINATOR}),
    ("request", Access.READ): frozenset({Party.MENTEE, Party.COORDINATOR}),
    ("request", Access.EDIT): frozenset({Party.MENTEE}),
    ("request", Access.READ_CANDIDATES): frozenset({Party.COORDINATOR}),
    ("request", Access.CHOOSE): frozenset({Party.MENTEE}),
    ("request", Access.PROPOSE): frozenset({Party.COORDINATOR}),
    ("introduction", Access.READ): frozenset({Party.MENTEE, Party.MENTOR, Party.COORDINATOR}),
    ("introduction", Access.READ_STEPS): frozenset({Party.COORDINATOR}),
    ("match_run", Access.READ): frozenset({Party.COORDINATOR}),
    ("mentorship", Access.READ): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mediation", Access.TAKE_UP): frozenset({Party.MEDIATOR}),
    ("mentorship", Access.SCHEDULE_SESSION): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mentorship", Access.WRITE): frozenset({Party.MENTEE, Party.MENTOR}),
    ("mentorship", Access.SET_GOALS): frozenset({Party.MENTEE}),
    ("goal", Access.EDIT): frozenset({Party.MENTEE}),
    ("action", Access.EDIT): frozenset({Party.MENTEE}),
    ("attachment", Access.READ): frozenset({Party.MENTEE, Party.MENTOR}),
    ("own_message", Access.TAKE_BACK): frozenset({Party.MENTEE, Party.MENTOR}),
    ("own_note", Access.EDIT): frozenset({Party.MENTEE, Party.MENTOR}),
    ("contract", Access.READ): frozenset({Party.MENTEE, Party.MENTOR}),
    ("contract", Access.EDIT): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", Access.READ): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", Access.EDIT): frozenset({Party.MENTEE, Party.MENTOR}),
    ("session", Access.ASK_FEEDBACK): frozenset({Party.MENTOR}),
    ("session", Access.GIVE_FEEDBACK): frozenset({Party.MENTEE}),
    ("session", Access.READ_FEEDBACK): frozenset({Party.MENTEE, Party.MENTOR}),
    ("feedback", Access.ANSWER): frozenset({Party.MENTEE}),
    ("ending", Access.READ): frozenset({Party.MENTEE, Party.MENTOR}),
    ("ending", Access.EDIT): frozenset({Party.MENTEE, Party.MENTOR}),
}


STAFF_READ: dict[str, tuple[str, ...]] = {
    "request": ("reasons", "roles", "topics", "slots", "ways", "languages", "wants_near", "prefers"),
    "application": listed("reasons", "roles"),
}
"""Of the structured answers (T1s), those that a coordinator is shown. A request's story is never among them."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an act is refused, in words for the person who asked."""

    reason: Promise


NOT_YOURS = Refusal(_("This step is for someone else."))
TOO_LATE = Refusal(_("Things have moved on since, so you can no longer do this."))


def refusal(noun: str, act: Act, party: Party, stage: str | None) -> Refusal | None:
    """Return None if `party` may perform `act`, or else the reason why not."""
    if (noun, act) in ALLOWED:
        return None if party in ALLOWED[noun, act] else NOT_YOURS
    table = STAGED.get(noun)
    if table is None or party not in table.parties(act):
        return NOT_YOURS
    return None if stage is not None and table.allows(stage, act, party) else TOO_LATE

"""The stage tables of everything after the yes."""

from ithaca.records.mentorships.rules.stages.pairing import BOTH, MENTEE, MENTOR, SCHEDULE
from ithaca.records.stages import Act, Stage, rows, table


class AgreementStage(Stage):
    """Where an agreement is."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    CHANGES_REQUESTED = "changes_requested"
    AGREED_BY_ONE = "agreed_by_one"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"
    ENDED = "ended"


class AgreementAct(Act):
    """What is done to an agreement."""

    PROPOSE = "propose"
    CHANGE = "change"
    AGREE = "agree"
    SUPERSEDE = "supersede"
    END = "end"


PENDING = (
    AgreementStage.DRAFT,
    AgreementStage.PROPOSED,
    AgreementStage.CHANGES_REQUESTED,
    AgreementStage.AGREED_BY_ONE,
)
"""The wording of an agreement that both people have still to agree."""


AGREEMENT = table(
    "contract",
    AgreementStage.DRAFT,
    rows([AgreementStage.DRAFT], AgreementAct.PROPOSE, BOTH, AgreementStage.PROPOSED),
    rows(PENDING, AgreementAct.CHANGE, BOTH, AgreementStage.CHANGES_REQUESTED),
    rows([AgreementStage.CHANGES_REQUESTED], AgreementAct.PROPOSE, BOTH, AgreementStage.PROPOSED),
    rows([AgreementStage.PROPOSED], AgreementAct.AGREE, BOTH, AgreementStage.AGREED_BY_ONE),
    rows([AgreementStage.AGREED_BY_ONE], AgreementAct.AGREE, BOTH, AgreementStage.IN_FORCE),
    rows([AgreementStage.IN_FORCE], AgreementAct.SUPERSEDE, BOTH, AgreementStage.SUPERSEDED),
    rows([*PENDING, AgreementStage.IN_FORCE], AgreementAct.END, BOTH, AgreementStage.ENDED),
)


class MentorshipStage(Stage):
    """Where a mentorship is."""

    ACTIVE = "active"
    PAUSED = "paused"
    MEDIATION = "mediation"
    ENDED = "ended"


class MentorshipAct(Act):
    """What is done to a mentorship."""

    PAUSE = "pause"
    RESUME = "resume"
    ASK_MEDIATION = "ask_mediation"
    SETTLE = "settle"
    END = "end"


RUNNING = (MentorshipStage.ACTIVE, MentorshipStage.PAUSED, MentorshipStage.MEDIATION)
"""A mentorship that is not over: it takes one of the mentor's places, and both people may still change something."""


MENTORSHIP = table(
    "mentorship",
    MentorshipStage.ACTIVE,
    rows([MentorshipStage.ACTIVE], MentorshipAct.PAUSE, BOTH, MentorshipStage.PAUSED),
    rows([MentorshipStage.PAUSED], MentorshipAct.RESUME, BOTH, MentorshipStage.ACTIVE),
    rows([MentorshipStage.ACTIVE], MentorshipAct.ASK_MEDIATION, BOTH, MentorshipStage.MEDIATION),
    rows([MentorshipStage.MEDIATION], MentorshipAct.SETTLE, BOTH, MentorshipStage.ACTIVE),
    rows(RUNNING, MentorshipAct.END, BOTH, MentorshipStage.ENDED),
)


class SessionStage(Stage):
    """Where a session is."""

    PROPOSED = "proposed"
    SCHEDULED = "scheduled"
    RESCHEDULED = "rescheduled"
    HELD = "held"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class SessionAct(Act):
    """What is done to a session."""

    SCHEDULE = "schedule"
    RESCHEDULE = "reschedule"
    HOLD = "hold"
    MISS = "miss"
    CORRECT_TO_NO_SHOW = "correct_to_no_show"
    CORRECT_TO_HELD = "correct_to_held"
    CANCEL = "cancel"


BOOKED = (SessionStage.SCHEDULED, SessionStage.RESCHEDULED)
"""A session that has a time."""
CAME_TO_NOTHING = (SessionStage.CANCELLED, SessionStage.NO_SHOW)
"""A session that did not take place."""
ASKABLE = (SessionStage.HELD,)
"""A session of which a mentor may ask how it was."""
SAYABLE = (SessionStage.HELD, SessionStage.NO_SHOW)
"""A session of which a mentee may say how it was. What they typed is not lost when it is corrected to "no show"."""


SESSION = table(
    "session",
    SessionStage.PROPOSED,
    rows([SessionStage.PROPOSED], SessionAct.SCHEDULE, BOTH, SessionStage.SCHEDULED),
    rows([SessionStage.SCHEDULED], SessionAct.RESCHEDULE, BOTH, SessionStage.RESCHEDULED),
    rows([SessionStage.RESCHEDULED], SessionAct.RESCHEDULE, BOTH, SessionStage.RESCHEDULED),
    rows(BOOKED, SessionAct.HOLD, BOTH, SessionStage.HELD),
    rows(BOOKED, SessionAct.MISS, BOTH, SessionStage.NO_SHOW),
    rows([SessionStage.HELD], SessionAct.CORRECT_TO_NO_SHOW, BOTH, SessionStage.NO_SHOW),
    rows([SessionStage.NO_SHOW], SessionAct.CORRECT_TO_HELD, BOTH, SessionStage.HELD),
    rows([SessionStage.PROPOSED, *BOOKED], SessionAct.CANCEL, BOTH, SessionStage.CANCELLED),
)


class FeedbackStage(Stage):
    """Where feedback on a session is."""

    UNASKED = "unasked"
    ASKED = "asked"
    GIVEN = "given"
    PASSED = "passed"


class FeedbackAct(Act):
    """What is done to feedback on a session."""

    ASK = "ask"
    GIVE = "give"
    PASS = "pass"  # noqa: S105 - the mentee lets it pass; no password


FEEDBACK = table(
    "feedback",
    FeedbackStage.UNASKED,
    rows([FeedbackStage.UNASKED], FeedbackAct.ASK, [MENTOR], FeedbackStage.ASKED),
    rows(
        [FeedbackStage.UNASKED, FeedbackStage.ASKED, FeedbackStage.PASSED],
        FeedbackAct.GIVE,
        [MENTEE],
        FeedbackStage.GIVEN,
    ),
    rows([FeedbackStage.ASKED], FeedbackAct.PASS, [MENTEE], FeedbackStage.PASSED),
)


class GoalStage(Stage):
    """Where a goal is."""

    DRAFTED = "drafted"
    AGREED = "agreed"
    IN_PROGRESS = "in_progress"
    ACHIEVED = "achieved"
    REVISED = "revised"
    LET_GO = "let_go"


class GoalAct(Act):
    """What is done to a goal."""

    AGREE = "agree"
    BEGIN = "begin"
    ACHIEVE = "achieve"
    REVISE = "revise"
    LET_GO = "let_go"


OPEN_GOAL = (GoalStage.DRAFTED, GoalStage.AGREED, GoalStage.IN_PROGRESS)
"""A goal that is neither reached nor given up."""


GOAL = table(
    "goal",
    GoalStage.DRAFTED,
    rows([GoalStage.DRAFTED], GoalAct.AGREE, [MENTEE], GoalStage.AGREED),
    rows([GoalStage.AGREED], GoalAct.BEGIN, [MENTEE], GoalStage.IN_PROGRESS),
    rows([GoalStage.AGREED, GoalStage.IN_PROGRESS], GoalAct.ACHIEVE, [MENTEE], GoalStage.ACHIEVED),
    rows([GoalStage.AGREED, GoalStage.IN_PROGRESS], GoalAct.REVISE, [MENTEE], GoalStage.REVISED),
    rows(OPEN_GOAL, GoalAct.LET_GO, [MENTEE], GoalStage.LET_GO),
)


class GoalStepStage(Stage):
    """Where a step of a goal is."""

    PROPOSED = "proposed"
    COMMITTED = "committed"
    DONE = "done"
    NOT_DONE = "not_done"
    DROPPED = "dropped"


class GoalStepAct(Act):
    """What is done to a step of a goal."""

    COMMIT = "commit"
    DO = "do"
    MISS = "miss"
    DROP = "drop"


OPEN_GOAL_STEP = (GoalStepStage.PROPOSED, GoalStepStage.COMMITTED)
"""A step of a goal that is still to be done."""


GOAL_STEP = table(
    "action",
    GoalStepStage.PROPOSED,
    rows([GoalStepStage.PROPOSED], GoalStepAct.COMMIT, [MENTEE], GoalStepStage.COMMITTED),
    rows([GoalStepStage.COMMITTED], GoalStepAct.DO, [MENTEE], GoalStepStage.DONE),
    rows([GoalStepStage.COMMITTED], GoalStepAct.MISS, [MENTEE], GoalStepStage.NOT_DONE),
    rows(OPEN_GOAL_STEP, GoalStepAct.DROP, [MENTEE], GoalStepStage.DROPPED),
)


class EndingStage(Stage):
    """Where an ending is."""

    ASKED = "asked"
    CLOSING_REVIEW = "closing_review"
    ENDED = "ended"
    FOLLOW_UP = "follow_up"
    RETENTION_DUE = "retention_due"
    PURGED = "purged"


class EndingAct(Act):
    """What is done to an ending."""

    REVIEW = "review"
    END = "end"
    FOLLOW_UP = "follow_up"
    FALL_DUE = "fall_due"
    PURGE = "purge"


ENDING = table(
    "ending",
    EndingStage.ASKED,
    rows([EndingStage.ASKED], EndingAct.REVIEW, BOTH, EndingStage.CLOSING_REVIEW),
    rows([EndingStage.ASKED, EndingStage.CLOSING_REVIEW], EndingAct.END, BOTH, EndingStage.ENDED),
    rows([EndingStage.ENDED], EndingAct.FOLLOW_UP, [SCHEDULE], EndingStage.FOLLOW_UP),
    rows([EndingStage.ENDED, EndingStage.FOLLOW_UP], EndingAct.FALL_DUE, [SCHEDULE], EndingStage.RETENTION_DUE),
    rows([EndingStage.RETENTION_DUE], EndingAct.PURGE, [SCHEDULE], EndingStage.PURGED),
)

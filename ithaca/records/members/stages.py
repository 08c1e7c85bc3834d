"""The stage tables of members: membership, the application to be a mentor, and a mentor's standing."""

from ithaca.records.stages import Act, Party, Stage, rows, table

MEMBER, COORDINATOR, SCHEDULE = Party.MEMBER, Party.COORDINATOR, Party.SCHEDULE


class MembershipStage(Stage):
    """Where a membership is."""

    DRAFT = "draft"
    APPLIED = "applied"
    CORRECTING = "correcting"
    VERIFYING = "verifying"
    ACTIVE = "active"
    TURNED_DOWN = "turned_down"
    GRACE = "grace"
    LAPSED = "lapsed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class MembershipAct(Act):
    """What is done to a membership."""

    APPLY = "apply"
    VERIFY = "verify"
    CONFIRM = "confirm"
    ASK_TO_CORRECT = "ask_to_correct"
    REOPEN = "reopen"
    TURN_DOWN = "turn_down"
    RUN_OUT = "run_out"
    LAPSE = "lapse"
    RENEW = "renew"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    WITHDRAW = "withdraw"
    REJOIN = "rejoin"
    ERASE = "erase"


MEMBERSHIP = table(
    "membership",
    MembershipStage.DRAFT,
    rows([MembershipStage.DRAFT, MembershipStage.CORRECTING], MembershipAct.APPLY, [MEMBER], MembershipStage.APPLIED),
    rows([MembershipStage.APPLIED], MembershipAct.VERIFY, [COORDINATOR], MembershipStage.VERIFYING),
    rows(
        [MembershipStage.APPLIED, MembershipStage.VERIFYING],
        MembershipAct.CONFIRM,
        [COORDINATOR],
        MembershipStage.ACTIVE,
    ),
    rows(
        [MembershipStage.APPLIED, MembershipStage.VERIFYING],
        MembershipAct.ASK_TO_CORRECT,
        [COORDINATOR],
        MembershipStage.CORRECTING,
    ),
    rows(
        [MembershipStage.APPLIED, MembershipStage.VERIFYING], MembershipAct.REOPEN, [MEMBER], MembershipStage.CORRECTING
    ),
    rows(
        [MembershipStage.APPLIED, MembershipStage.VERIFYING, MembershipStage.CORRECTING],
        MembershipAct.TURN_DOWN,
        [COORDINATOR],
        MembershipStage.TURNED_DOWN,
    ),
    rows([MembershipStage.ACTIVE], MembershipAct.RUN_OUT, [SCHEDULE], MembershipStage.GRACE),
    rows([MembershipStage.GRACE], MembershipAct.LAPSE, [SCHEDULE], MembershipStage.LAPSED),
    rows(
        [MembershipStage.ACTIVE, MembershipStage.GRACE, MembershipStage.LAPSED],
        MembershipAct.RENEW,
        [MEMBER],
        MembershipStage.VERIFYING,
    ),
    rows(
        [MembershipStage.ACTIVE, MembershipStage.GRACE], MembershipAct.SUSPEND, [COORDINATOR], MembershipStage.SUSPENDED
    ),
    rows([MembershipStage.SUSPENDED], MembershipAct.REINSTATE, [COORDINATOR], MembershipStage.ACTIVE),
    rows(
        [
            MembershipStage.DRAFT,
            MembershipStage.APPLIED,
            MembershipStage.VERIFYING,
            MembershipStage.CORRECTING,
            MembershipStage.ACTIVE,
            MembershipStage.GRACE,
            MembershipStage.LAPSED,
        ],
        MembershipAct.WITHDRAW,
        [MEMBER],
        MembershipStage.WITHDRAWN,
    ),
    rows(
        [MembershipStage.WITHDRAWN, MembershipStage.TURNED_DOWN], MembershipAct.REJOIN, [MEMBER], MembershipStage.DRAFT
    ),
    rows(
        [MembershipStage.WITHDRAWN, MembershipStage.TURNED_DOWN, MembershipStage.LAPSED],
        MembershipAct.ERASE,
        [SCHEDULE],
        MembershipStage.ERASED,
    ),
)


MAY_ASK = (MembershipStage.APPLIED, MembershipStage.VERIFYING, MembershipStage.ACTIVE, MembershipStage.GRACE)
"""A membership with which someone may ask for a mentor: checks hold up the introduction, not the asking."""
ELSEWHERE = (
    MembershipStage.SUSPENDED,
    MembershipStage.WITHDRAWN,
    MembershipStage.TURNED_DOWN,
    MembershipStage.LAPSED,
    MembershipStage.ERASED,
)
"""A membership that no spreadsheet changes: it is on hold, or over."""
INTRODUCIBLE = (MembershipStage.ACTIVE, MembershipStage.GRACE)
"""A membership that may be introduced to someone. Until then a request waits."""


class ApplicationStage(Stage):
    """Where an application to be a mentor is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    DEFERRED = "deferred"
    CHECKS = "checks"
    CONVERSATION = "conversation"
    APPROVED = "approved"
    DECLINED = "declined"


class ApplicationAct(Act):
    """What is done to an application to be a mentor."""

    SUBMIT = "submit"
    CHECK = "check"
    TALK = "talk"
    APPROVE = "approve"
    DEFER = "defer"
    DECLINE = "decline"


APPLICATION = table(
    "application",
    ApplicationStage.DRAFT,
    rows(
        [ApplicationStage.DRAFT, ApplicationStage.DEFERRED], ApplicationAct.SUBMIT, [MEMBER], ApplicationStage.SUBMITTED
    ),
    rows([ApplicationStage.SUBMITTED], ApplicationAct.CHECK, [COORDINATOR], ApplicationStage.CHECKS),
    rows([ApplicationStage.CHECKS], ApplicationAct.TALK, [COORDINATOR], ApplicationStage.CONVERSATION),
    rows(
        [ApplicationStage.CHECKS, ApplicationStage.CONVERSATION],
        ApplicationAct.APPROVE,
        [COORDINATOR],
        ApplicationStage.APPROVED,
    ),
    rows(
        [ApplicationStage.SUBMITTED, ApplicationStage.CHECKS, ApplicationStage.CONVERSATION],
        ApplicationAct.DEFER,
        [COORDINATOR],
        ApplicationStage.DEFERRED,
    ),
    rows(
        [ApplicationStage.SUBMITTED, ApplicationStage.CHECKS, ApplicationStage.CONVERSATION],
        ApplicationAct.DECLINE,
        [COORDINATOR],
        ApplicationStage.DECLINED,
    ),
)


class StandingStage(Stage):
    """Where a mentor's standing is."""

    AVAILABLE = "available"
    FULL = "full"
    ON_LEAVE = "on_leave"
    PAUSED = "paused"
    SUSPENDED = "suspended"
    RETIRED = "retired"


class StandingAct(Act):
    """What is done to a mentor's standing."""

    FILL = "fill"
    FREE = "free"
    GO_ON_LEAVE = "go_on_leave"
    COME_BACK = "come_back"
    PAUSE = "pause"
    RESUME = "resume"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"
    RETIRE = "retire"


STANDING = table(
    "standing",
    StandingStage.AVAILABLE,
    rows([StandingStage.AVAILABLE], StandingAct.FILL, [SCHEDULE], StandingStage.FULL),
    rows([StandingStage.FULL], StandingAct.FREE, [SCHEDULE], StandingStage.AVAILABLE),
    rows(
        [StandingStage.AVAILABLE, StandingStage.FULL],
        StandingAct.GO_ON_LEAVE,
        [MEMBER, COORDINATOR],
        StandingStage.ON_LEAVE,
    ),
    rows([StandingStage.ON_LEAVE], StandingAct.COME_BACK, [MEMBER, COORDINATOR], StandingStage.AVAILABLE),
    rows(
        [StandingStage.AVAILABLE, StandingStage.FULL, StandingStage.ON_LEAVE],
        StandingAct.PAUSE,
        [SCHEDULE, COORDINATOR],
        StandingStage.PAUSED,
    ),
    rows([StandingStage.PAUSED], StandingAct.RESUME, [COORDINATOR], StandingStage.AVAILABLE),
    rows(
        [StandingStage.AVAILABLE, StandingStage.FULL, StandingStage.ON_LEAVE, StandingStage.PAUSED],
        StandingAct.SUSPEND,
        [COORDINATOR],
        StandingStage.SUSPENDED,
    ),
    rows([StandingStage.SUSPENDED], StandingAct.REINSTATE, [COORDINATOR], StandingStage.AVAILABLE),
    rows(
        [StandingStage.AVAILABLE, StandingStage.FULL, StandingStage.ON_LEAVE, StandingStage.PAUSED],
        StandingAct.RETIRE,
        [MEMBER, COORDINATOR],
        StandingStage.RETIRED,
    ),
)

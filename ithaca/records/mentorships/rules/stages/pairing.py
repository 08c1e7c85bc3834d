"""The stage tables of everything until the yes."""

from ithaca.records.stages import Act, Party, Stage, rows, table

MENTEE, MENTOR, COORDINATOR, SCHEDULE, VISITOR = (
    Party.MENTEE,
    Party.MENTOR,
    Party.COORDINATOR,
    Party.SCHEDULE,
    Party.VISITOR,
)
BOTH = [MENTEE, MENTOR]


class EnquiryStage(Stage):
    """Where an enquiry is."""

    RECEIVED = "received"
    ANSWERED = "answered"
    JOINED = "joined"
    CLOSED = "closed"


class EnquiryAct(Act):
    """What is done to an enquiry."""

    ANSWER = "answer"
    JOIN = "join"
    CLOSE = "close"


ENQUIRY = table(
    "enquiry",
    EnquiryStage.RECEIVED,
    rows([EnquiryStage.RECEIVED], EnquiryAct.ANSWER, [COORDINATOR], EnquiryStage.ANSWERED),
    rows([EnquiryStage.RECEIVED, EnquiryStage.ANSWERED], EnquiryAct.JOIN, [MENTEE], EnquiryStage.JOINED),
    rows([EnquiryStage.RECEIVED, EnquiryStage.ANSWERED], EnquiryAct.CLOSE, [COORDINATOR], EnquiryStage.CLOSED),
)


class RequestStage(Stage):
    """Where a request for a mentor is."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    TRIAGED = "triaged"
    WAITING = "waiting"
    SIGNPOSTED = "signposted"
    INELIGIBLE = "ineligible"
    INTRODUCING = "introducing"
    MATCHED = "matched"
    CLOSED_UNPLACED = "closed_unplaced"
    WITHDRAWN = "withdrawn"


class RequestAct(Act):
    """What is done to a request for a mentor."""

    SUBMIT = "submit"
    TRIAGE = "triage"
    QUEUE = "queue"
    SIGNPOST = "signpost"
    FIND_INELIGIBLE = "find_ineligible"
    INTRODUCE = "introduce"
    REQUEUE = "requeue"
    MATCH = "match"
    CLOSE_UNPLACED = "close_unplaced"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


REQUEST = table(
    "request",
    RequestStage.DRAFT,
    rows([RequestStage.DRAFT], RequestAct.SUBMIT, [MENTEE], RequestStage.SUBMITTED),
    rows([RequestStage.SUBMITTED], RequestAct.TRIAGE, [COORDINATOR, SCHEDULE], RequestStage.TRIAGED),
    rows([RequestStage.TRIAGED], RequestAct.QUEUE, [COORDINATOR, SCHEDULE], RequestStage.WAITING),
    rows([RequestStage.TRIAGED], RequestAct.SIGNPOST, [COORDINATOR], RequestStage.SIGNPOSTED),
    rows([RequestStage.TRIAGED], RequestAct.FIND_INELIGIBLE, [COORDINATOR], RequestStage.INELIGIBLE),
    rows([RequestStage.WAITING], RequestAct.INTRODUCE, [COORDINATOR, MENTEE, SCHEDULE], RequestStage.INTRODUCING),
    rows([RequestStage.INTRODUCING], RequestAct.REQUEUE, [MENTEE, MENTOR, COORDINATOR, SCHEDULE], RequestStage.WAITING),
    rows([RequestStage.INTRODUCING], RequestAct.MATCH, BOTH, RequestStage.MATCHED),
    rows([RequestStage.WAITING], RequestAct.CLOSE_UNPLACED, [COORDINATOR], RequestStage.CLOSED_UNPLACED),
    rows([RequestStage.CLOSED_UNPLACED], RequestAct.REOPEN, [MENTEE, COORDINATOR], RequestStage.WAITING),
    rows(
        [
            RequestStage.DRAFT,
            RequestStage.SUBMITTED,
            RequestStage.TRIAGED,
            RequestStage.WAITING,
            RequestStage.INTRODUCING,
            RequestStage.SIGNPOSTED,
            RequestStage.CLOSED_UNPLACED,
        ],
        RequestAct.WITHDRAW,
        [MENTEE],
        RequestStage.WITHDRAWN,
    ),
)


EDITABLE = (
    RequestStage.DRAFT,
    RequestStage.SUBMITTED,
    RequestStage.TRIAGED,
    RequestStage.WAITING,
    RequestStage.INTRODUCING,
    RequestStage.CLOSED_UNPLACED,
)
"""A request that the mentee may still change."""
CLOSED = (RequestStage.MATCHED, RequestStage.WITHDRAWN, RequestStage.INELIGIBLE, RequestStage.SIGNPOSTED)
"""A request that has its answer; the member may make another."""
UNPLACED = (RequestStage.SUBMITTED, RequestStage.TRIAGED, RequestStage.WAITING)
"""A request of someone who waits, and has no introduction."""


class IntroductionStage(Stage):
    """Where an introduction is."""

    SUGGESTED = "suggested"
    OFFERED_TO_MENTEE = "offered_to_mentee"
    OFFERED_TO_MENTOR = "offered_to_mentor"
    WITHDRAWN = "withdrawn"
    QUESTION_ASKED = "question_asked"
    ACCEPTED = "accepted"
    FIRST_CHAT = "first_chat"
    NO_SHOW = "no_show"
    CONFIRMED = "confirmed"
    DECLINED_PRIVATELY = "declined_privately"
    EXPIRED = "expired"
    MENTOR_UNAVAILABLE = "mentor_unavailable"
    VOID_CONFLICT = "void_conflict"


class IntroductionAct(Act):
    """What is done to an introduction."""

    OFFER = "offer"
    ASK_NEXT = "ask_next"
    DROP = "drop"
    MENTEE_ACCEPT = "mentee_accept"
    ASK = "ask"
    ANSWER = "answer"
    MENTOR_ACCEPT = "mentor_accept"
    ARRANGE_CHAT = "arrange_chat"
    CONFIRM = "confirm"
    MISS = "miss"
    MENTEE_DECLINE = "mentee_decline"
    MENTOR_DECLINE = "mentor_decline"
    DECLINE = "decline"
    EXPIRE = "expire"
    TAKE_BACK = "take_back"
    WITHDRAW = "withdraw"
    LOSE_MENTOR = "lose_mentor"
    VOID = "void"


PROPOSE = "propose"
"""The ledger's act when an introduction is made. It is no step of the table, as there is no stage before it."""

AWAITED = (
    IntroductionStage.OFFERED_TO_MENTEE,
    IntroductionStage.OFFERED_TO_MENTOR,
    IntroductionStage.QUESTION_ASKED,
)
"""An introduction to which an answer is wanted by a date."""
OFFERS = (*AWAITED, IntroductionStage.ACCEPTED, IntroductionStage.FIRST_CHAT, IntroductionStage.NO_SHOW)
"""An introduction that holds one of the mentor's places."""
UNDER_WAY = (IntroductionStage.SUGGESTED, *OFFERS)
"""An introduction that is not over."""
OVER = (
    IntroductionStage.DECLINED_PRIVATELY,
    IntroductionStage.EXPIRED,
    IntroductionStage.WITHDRAWN,
    IntroductionStage.MENTOR_UNAVAILABLE,
    IntroductionStage.VOID_CONFLICT,
)
"""An introduction that did not go ahead."""


INTRODUCTION = table(
    "introduction",
    IntroductionStage.SUGGESTED,
    rows(
        [IntroductionStage.SUGGESTED],
        IntroductionAct.OFFER,
        [COORDINATOR, SCHEDULE, MENTEE],
        IntroductionStage.OFFERED_TO_MENTEE,
    ),
    rows([IntroductionStage.SUGGESTED], IntroductionAct.ASK_NEXT, [SCHEDULE], IntroductionStage.OFFERED_TO_MENTOR),
    rows([IntroductionStage.SUGGESTED], IntroductionAct.DROP, [MENTEE, SCHEDULE], IntroductionStage.WITHDRAWN),
    rows(
        [IntroductionStage.OFFERED_TO_MENTEE],
        IntroductionAct.MENTEE_ACCEPT,
        [MENTEE],
        IntroductionStage.OFFERED_TO_MENTOR,
    ),
    rows([IntroductionStage.OFFERED_TO_MENTOR], IntroductionAct.ASK, [MENTOR], IntroductionStage.QUESTION_ASKED),
    rows([IntroductionStage.QUESTION_ASKED], IntroductionAct.ANSWER, [MENTEE], IntroductionStage.OFFERED_TO_MENTOR),
    rows([IntroductionStage.OFFERED_TO_MENTOR], IntroductionAct.MENTOR_ACCEPT, [MENTOR], IntroductionStage.ACCEPTED),
    rows(
        [IntroductionStage.ACCEPTED, IntroductionStage.FIRST_CHAT, IntroductionStage.NO_SHOW],
        IntroductionAct.ARRANGE_CHAT,
        BOTH,
        IntroductionStage.FIRST_CHAT,
    ),
    rows([IntroductionStage.ACCEPTED], IntroductionAct.CONFIRM, [MENTOR], IntroductionStage.CONFIRMED),
    rows([IntroductionStage.FIRST_CHAT], IntroductionAct.CONFIRM, BOTH, IntroductionStage.CONFIRMED),
    rows([IntroductionStage.FIRST_CHAT], IntroductionAct.MISS, BOTH, IntroductionStage.NO_SHOW),
    rows(
        [IntroductionStage.OFFERED_TO_MENTEE, IntroductionStage.QUESTION_ASKED],
        IntroductionAct.MENTEE_DECLINE,
        [MENTEE],
        IntroductionStage.DECLINED_PRIVATELY,
    ),
    rows(
        [IntroductionStage.OFFERED_TO_MENTOR, IntroductionStage.QUESTION_ASKED],
        IntroductionAct.MENTOR_DECLINE,
        [MENTOR],
        IntroductionStage.DECLINED_PRIVATELY,
    ),
    rows(
        [IntroductionStage.ACCEPTED, IntroductionStage.FIRST_CHAT, IntroductionStage.NO_SHOW],
        IntroductionAct.DECLINE,
        BOTH,
        IntroductionStage.DECLINED_PRIVATELY,
    ),
    rows(AWAITED, IntroductionAct.EXPIRE, [SCHEDULE], IntroductionStage.EXPIRED),
    rows(
        [IntroductionStage.SUGGESTED, *AWAITED], IntroductionAct.TAKE_BACK, [COORDINATOR], IntroductionStage.WITHDRAWN
    ),
    rows(OFFERS, IntroductionAct.WITHDRAW, [MENTEE], IntroductionStage.WITHDRAWN),
    rows(UNDER_WAY, IntroductionAct.LOSE_MENTOR, [SCHEDULE], IntroductionStage.MENTOR_UNAVAILABLE),
    rows([IntroductionStage.OFFERED_TO_MENTEE], IntroductionAct.VOID, [MENTEE], IntroductionStage.VOID_CONFLICT),
    rows(
        [
            IntroductionStage.OFFERED_TO_MENTOR,
            IntroductionStage.QUESTION_ASKED,
            IntroductionStage.ACCEPTED,
            IntroductionStage.FIRST_CHAT,
            IntroductionStage.NO_SHOW,
        ],
        IntroductionAct.VOID,
        BOTH,
        IntroductionStage.VOID_CONFLICT,
    ),
)

"""The stage tables of everything until the yes."""

from ithaca.records.stages import Party, rows, table

MENTEE, MENTOR, COORDINATOR, SCHEDULE, VISITOR = (
    Party.MENTEE,
    Party.MENTOR,
    Party.COORDINATOR,
    Party.SCHEDULE,
    Party.VISITOR,
)
BOTH = [MENTEE, MENTOR]

ENQUIRY = table(
    "enquiry",
    "received",
    rows("received", "answer", [COORDINATOR], "answered"),
    rows("received answered", "join", [MENTEE], "joined"),
    rows("received answered", "close", [COORDINATOR], "closed"),
)

REQUEST = table(
    "request",
    "draft",
    rows("draft", "submit", [MENTEE], "submitted"),
    rows("submitted", "triage", [COORDINATOR, SCHEDULE], "triaged"),
    rows("triaged", "queue", [COORDINATOR, SCHEDULE], "waiting"),
    rows("triaged", "signpost", [COORDINATOR], "signposted"),
    rows("triaged", "find_ineligible", [COORDINATOR], "ineligible"),
    rows("waiting", "introduce", [COORDINATOR, MENTEE, SCHEDULE], "introducing"),
    rows("introducing", "requeue", [MENTEE, MENTOR, COORDINATOR, SCHEDULE], "waiting"),
    rows("introducing", "match", BOTH, "matched"),
    rows("waiting", "close_unplaced", [COORDINATOR], "closed_unplaced"),
    rows("closed_unplaced", "reopen", [MENTEE, COORDINATOR], "waiting"),
    rows("draft submitted triaged waiting introducing signposted closed_unplaced", "withdraw", [MENTEE], "withdrawn"),
)

INTRODUCTION = table(
    "introduction",
    "suggested",
    rows("suggested", "offer", [COORDINATOR, SCHEDULE, MENTEE], "offered_to_mentee"),
    rows("suggested", "ask_next", [SCHEDULE], "offered_to_mentor"),
    rows("suggested", "drop", [MENTEE, SCHEDULE], "withdrawn"),
    rows("offered_to_mentee", "mentee_accept", [MENTEE], "offered_to_mentor"),
    rows("offered_to_mentor", "ask", [MENTOR], "question_asked"),
    rows("question_asked", "answer", [MENTEE], "offered_to_mentor"),
    rows("offered_to_mentor", "mentor_accept", [MENTOR], "accepted"),
    rows("accepted first_chat no_show", "arrange_chat", BOTH, "first_chat"),
    rows("accepted", "confirm", [MENTOR], "confirmed"),
    rows("first_chat", "confirm", BOTH, "confirmed"),
    rows("first_chat", "miss", BOTH, "no_show"),
    rows("offered_to_mentee question_asked", "mentee_decline", [MENTEE], "declined_privately"),
    rows("offered_to_mentor question_asked", "mentor_decline", [MENTOR], "declined_privately"),
    rows("accepted first_chat no_show", "decline", BOTH, "declined_privately"),
    rows("offered_to_mentee offered_to_mentor question_asked", "expire", [SCHEDULE], "expired"),
    rows("suggested offered_to_mentee offered_to_mentor question_asked", "take_back", [COORDINATOR], "withdrawn"),
    rows(
        "offered_to_mentee offered_to_mentor question_asked accepted first_chat no_show",
        "withdraw",
        [MENTEE],
        "withdrawn",
    ),
    rows(
        "suggested offered_to_mentee offered_to_mentor question_asked accepted first_chat no_show",
        "lose_mentor",
        [SCHEDULE],
        "mentor_unavailable",
    ),
    rows("offered_to_mentee", "void", [MENTEE], "void_conflict"),
    rows("offered_to_mentor question_asked accepted first_chat no_show", "void", BOTH, "void_conflict"),
)

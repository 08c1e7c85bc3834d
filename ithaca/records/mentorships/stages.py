"""The stage tables of a mentorship, from the first thought of asking to the ending."""

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

CONTRACT = table(
    "contract",
    "draft",
    rows("draft", "propose", BOTH, "proposed"),
    rows("draft proposed changes_requested agreed_by_one", "change", BOTH, "changes_requested"),
    rows("changes_requested", "propose", BOTH, "proposed"),
    rows("proposed", "agree", BOTH, "agreed_by_one"),
    rows("agreed_by_one", "agree", BOTH, "in_force"),
    rows("in_force", "supersede", BOTH, "superseded"),
    rows("draft proposed changes_requested agreed_by_one in_force", "end", BOTH, "ended"),
)

MENTORSHIP = table(
    "mentorship",
    "active",
    rows("active", "pause", BOTH, "paused"),
    rows("paused", "resume", BOTH, "active"),
    rows("active", "ask_mediation", BOTH, "mediation"),
    rows("mediation", "settle", BOTH, "active"),
    rows("active paused mediation", "end", BOTH, "ended"),
)

SESSION = table(
    "session",
    "proposed",
    rows("proposed", "schedule", BOTH, "scheduled"),
    rows("scheduled", "reschedule", BOTH, "rescheduled"),
    rows("rescheduled", "reschedule", BOTH, "rescheduled"),
    rows("scheduled rescheduled", "hold", BOTH, "held"),
    rows("scheduled rescheduled", "miss", BOTH, "no_show"),
    rows("held", "correct_to_no_show", BOTH, "no_show"),
    rows("no_show", "correct_to_held", BOTH, "held"),
    rows("proposed scheduled rescheduled", "cancel", BOTH, "cancelled"),
)

FEEDBACK = table(
    "feedback",
    "unasked",
    rows("unasked", "ask", [MENTOR], "asked"),
    rows("unasked asked passed", "give", [MENTEE], "given"),
    rows("asked", "pass", [MENTEE], "passed"),
)

GOAL = table(
    "goal",
    "drafted",
    rows("drafted", "agree", [MENTEE], "agreed"),
    rows("agreed", "begin", [MENTEE], "in_progress"),
    rows("agreed in_progress", "achieve", [MENTEE], "achieved"),
    rows("agreed in_progress", "revise", [MENTEE], "revised"),
    rows("drafted agreed in_progress", "let_go", [MENTEE], "let_go"),
)

ACTION = table(
    "action",
    "proposed",
    rows("proposed", "commit", [MENTEE], "committed"),
    rows("committed", "do", [MENTEE], "done"),
    rows("committed", "miss", [MENTEE], "not_done"),
    rows("proposed committed", "drop", [MENTEE], "dropped"),
)

ENDING = table(
    "ending",
    "asked",
    rows("asked", "review", BOTH, "closing_review"),
    rows("asked closing_review", "end", BOTH, "ended"),
    rows("ended", "follow_up", [SCHEDULE], "follow_up"),
    rows("ended follow_up", "fall_due", [SCHEDULE], "retention_due"),
    rows("retention_due", "purge", [SCHEDULE], "purged"),
)

SHEET = table(
    "sheet",
    "uploaded",
    rows("uploaded checked", "check", [COORDINATOR], "checked"),
    rows("checked", "confirm", [COORDINATOR], "running"),
    rows("running", "finish", [SCHEDULE], "done"),
    rows("uploaded checked", "set_aside", [COORDINATOR, SCHEDULE], "set_aside"),
)

MATCH_RUN = table(
    "match_run",
    "queued",
    rows("queued running", "start", [SCHEDULE], "running"),
    rows("running proposing", "finish", [SCHEDULE], "done"),
    rows("queued running proposing", "fail", [SCHEDULE], "failed"),
    rows("done", "change", [COORDINATOR], "queued"),
    rows("done", "propose", [COORDINATOR], "proposing"),
    rows("done failed", "supersede", [COORDINATOR, SCHEDULE], "superseded"),
)

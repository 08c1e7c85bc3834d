"""The stage tables of everything after the yes."""

from ithaca.records.mentorships.rules.stages.pairing import BOTH, MENTEE, MENTOR, SCHEDULE
from ithaca.records.stages import rows, table

AGREEMENT = table(
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

GOAL_STEP = table(
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

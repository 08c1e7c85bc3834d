"""The stage tables of what works in the background: sheets and match runs."""

from ithaca.records.mentorships.rules.stages.pairing import COORDINATOR, SCHEDULE
from ithaca.records.stages import rows, table

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

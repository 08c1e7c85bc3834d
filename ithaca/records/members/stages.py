"""The stage tables of members: membership, the application to be a mentor, and a mentor's standing."""

from ithaca.records.stages import Party, rows, table

MEMBER, COORDINATOR, SCHEDULE = Party.MEMBER, Party.COORDINATOR, Party.SCHEDULE

MEMBERSHIP = table(
    "membership",
    "draft",
    rows("draft correcting", "apply", [MEMBER], "applied"),
    rows("applied", "verify", [COORDINATOR], "verifying"),
    rows("applied verifying", "confirm", [COORDINATOR], "active"),
    rows("applied verifying", "ask_to_correct", [COORDINATOR], "correcting"),
    rows("applied verifying", "reopen", [MEMBER], "correcting"),
    rows("applied verifying correcting", "turn_down", [COORDINATOR], "turned_down"),
    rows("active", "run_out", [SCHEDULE], "grace"),
    rows("grace", "lapse", [SCHEDULE], "lapsed"),
    rows("active grace lapsed", "renew", [MEMBER], "verifying"),
    rows("active grace", "suspend", [COORDINATOR], "suspended"),
    rows("suspended", "reinstate", [COORDINATOR], "active"),
    rows("draft applied verifying correcting active grace lapsed", "withdraw", [MEMBER], "withdrawn"),
    rows("withdrawn turned_down", "rejoin", [MEMBER], "draft"),
    rows("withdrawn turned_down lapsed", "erase", [SCHEDULE], "erased"),
)

APPLICATION = table(
    "application",
    "draft",
    rows("draft deferred", "submit", [MEMBER], "submitted"),
    rows("submitted", "check", [COORDINATOR], "checks"),
    rows("checks", "talk", [COORDINATOR], "conversation"),
    rows("checks conversation", "approve", [COORDINATOR], "approved"),
    rows("submitted checks conversation", "defer", [COORDINATOR], "deferred"),
    rows("submitted checks conversation", "decline", [COORDINATOR], "declined"),
)

STANDING = table(
    "standing",
    "available",
    rows("available", "fill", [SCHEDULE], "full"),
    rows("full", "free", [SCHEDULE], "available"),
    rows("available full", "go_on_leave", [MEMBER, COORDINATOR], "on_leave"),
    rows("on_leave", "come_back", [MEMBER, COORDINATOR], "available"),
    rows("available full on_leave", "pause", [SCHEDULE, COORDINATOR], "paused"),
    rows("paused", "resume", [COORDINATOR], "available"),
    rows("available full on_leave paused", "suspend", [COORDINATOR], "suspended"),
    rows("suspended", "reinstate", [COORDINATOR], "available"),
    rows("available full on_leave paused", "retire", [MEMBER, COORDINATOR], "retired"),
)

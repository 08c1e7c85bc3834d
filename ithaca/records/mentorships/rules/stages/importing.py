"""The stage tables of what works in the background: sheets and match runs."""

from ithaca.records.mentorships.rules.stages.pairing import COORDINATOR, SCHEDULE
from ithaca.records.stages import Act, Stage, rows, table


class SheetStage(Stage):
    """Where a spreadsheet is."""

    UPLOADED = "uploaded"
    CHECKED = "checked"
    RUNNING = "running"
    DONE = "done"
    SET_ASIDE = "set_aside"


class SheetAct(Act):
    """What is done to a spreadsheet."""

    CHECK = "check"
    CONFIRM = "confirm"
    FINISH = "finish"
    SET_ASIDE = "set_aside"


SHEET = table(
    "sheet",
    SheetStage.UPLOADED,
    rows([SheetStage.UPLOADED, SheetStage.CHECKED], SheetAct.CHECK, [COORDINATOR], SheetStage.CHECKED),
    rows([SheetStage.CHECKED], SheetAct.CONFIRM, [COORDINATOR], SheetStage.RUNNING),
    rows([SheetStage.RUNNING], SheetAct.FINISH, [SCHEDULE], SheetStage.DONE),
    rows([SheetStage.UPLOADED, SheetStage.CHECKED], SheetAct.SET_ASIDE, [COORDINATOR, SCHEDULE], SheetStage.SET_ASIDE),
)


class MatchRunStage(Stage):
    """Where a match run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    PROPOSING = "proposing"
    FAILED = "failed"
    SUPERSEDED = "superseded"


class MatchRunAct(Act):
    """What is done to a match run."""

    START = "start"
    FINISH = "finish"
    FAIL = "fail"
    CHANGE = "change"
    PROPOSE = "propose"
    SUPERSEDE = "supersede"


UNFINISHED = (MatchRunStage.QUEUED, MatchRunStage.RUNNING, MatchRunStage.PROPOSING)
"""A match run with which the worker has something to do."""


MATCH_RUN = table(
    "match_run",
    MatchRunStage.QUEUED,
    rows([MatchRunStage.QUEUED, MatchRunStage.RUNNING], MatchRunAct.START, [SCHEDULE], MatchRunStage.RUNNING),
    rows([MatchRunStage.RUNNING, MatchRunStage.PROPOSING], MatchRunAct.FINISH, [SCHEDULE], MatchRunStage.DONE),
    rows(UNFINISHED, MatchRunAct.FAIL, [SCHEDULE], MatchRunStage.FAILED),
    rows([MatchRunStage.DONE], MatchRunAct.CHANGE, [COORDINATOR], MatchRunStage.QUEUED),
    rows([MatchRunStage.DONE], MatchRunAct.PROPOSE, [COORDINATOR], MatchRunStage.PROPOSING),
    rows(
        [MatchRunStage.DONE, MatchRunStage.FAILED],
        MatchRunAct.SUPERSEDE,
        [COORDINATOR, SCHEDULE],
        MatchRunStage.SUPERSEDED,
    ),
)

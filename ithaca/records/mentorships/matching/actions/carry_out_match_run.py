"""What is done for a match run without anybody waiting: its answer is worked out, and what was ticked is proposed.

Whatever a killed process leaves half done is taken up again from the row: each step is safe to do twice.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from traceback import format_tb
from uuid import UUID, uuid5

from django.utils import timezone
from django_tasks import task

from ithaca.records import moves
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.matching import run_contents
from ithaca.records.mentorships.matching.queries import best_match
from ithaca.records.mentorships.matching.queries.match_runs import facts_of, outcome_of, wishes_of
from ithaca.records.mentorships.matching.run_contents import Answer, Dropped, Facts, MatchChange, Proposal, Said, Waiter
from ithaca.records.mentorships.models import MatchRun, MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.records.mentorships.pairing.actions.clear_candidate import NotEnrolled, NotPossible, OwnMatch, StillChecked
from ithaca.records.mentorships.pairing.queries.candidates import PolicyError, Reason
from ithaca.records.mentorships.rules.stages.importing import MatchRunAct, MatchRunStage
from ithaca.records.stages import Impossible, Party

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
"""Long work asks for the time as it goes, so that its row shows signs of life."""

TRIES = 3
"""A run that was taken up so often and never finished has failed."""
STEPS = 100
"""How finely the progress of a match is told."""
KEPT_EVERY = 10
"""After how many proposals it is written down what became of them; a later try finds those it does not know of."""


@task()
def work(run: str) -> None:
    """Carry on with the run of this uuid; this is what the worker is handed."""
    carry_on(UUID(run), timezone.now)


def carry_on(pk: UUID, clock: Clock) -> None:
    """Do what is still to be done for a run; nothing where it is done already, or gone."""
    run = MatchRun.objects.select_related("scheme").filter(pk=pk, stage__in=MatchRun.UNFINISHED).first()
    if run is None:
        return
    try:
        if run.stage == MatchRunStage.PROPOSING:
            _propose_rest(run, clock)
        else:
            _work_out(run, clock)
    except Impossible:
        log.info("a match run was finished elsewhere")


def give_up(run: MatchRun, problem: str, at: datetime) -> bool:
    """Say that a run has failed and why: rules, error or lost."""
    return moves.move(run, MatchRunAct.FAIL, Party.SCHEDULE, at=at, problem=problem, phase="")


def _work_out(run: MatchRun, clock: Clock) -> None:
    moves.move(
        run,
        MatchRunAct.START,
        Party.SCHEDULE,
        at=clock(),
        tries=run.tries + 1,
        beat_at=clock(),
        phase="reading",
        done=0,
        total=STEPS,
        problem="",
    )
    try:
        answer, wishes = _answered(run, lambda phase, done: _tell(run, phase, done, clock()))
    except PolicyError:
        give_up(run, "rules", clock())
    except Exception as error:  # whatever it was: the run must not stay under way for ever
        told = type(error).__name__, "".join(format_tb(error.__traceback__))
        log.error("a match run failed: %s\n%s", *told)  # noqa: TRY400 - the message would name people by their codes
        give_up(run, "error", clock())
    else:
        _finish_answer(run, answer, wishes, clock())


def _finish_answer(run: MatchRun, answer: Answer, wishes: tuple[MatchChange, ...], at: datetime) -> None:
    moves.move(
        run,
        MatchRunAct.FINISH,
        Party.SCHEDULE,
        at=at,
        answer=MatchRun.answer.seal(run, run_contents.answer_to_json(answer)),
        changes=MatchRun.changes.seal(run, run_contents.wishes_to_json(wishes)),
        rules_version=run.rules_version,
        phase="",
        done=STEPS,
        tries=0,
        beat_at=at,
        version=run.version + 1,
    )


def _answered(run: MatchRun, tell: Callable[[str, int], None]) -> tuple[Answer, tuple[MatchChange, ...]]:
    """Solve with as many of the changes as can still be kept, and return the answer and those changes."""
    scheme, wishes, dropped = run.scheme, wishes_of(run), []
    facts = facts_of(scheme)
    tell("matching", 20)
    plain = best_match.solve(scheme, run.as_of)
    change = None
    while wishes and change is None:
        try:
            change = best_match.what_if(plain, fix=fixed_of(wishes), forbid=forbidden_of(wishes))
        except best_match.NotPossible as refusal:
            wishes, lost = _without(wishes, refusal)
            dropped.append(lost)
    tell("checking", 60)
    found = best_match.tell(plain.with_changes(fixed_of(wishes), forbidden_of(wishes)) if change else plain)
    run.rules_version = found.rules_version
    tell("checking", 90)
    moved = {move.request: move.before for move in change.moves} if change else {}
    answer = _kept(found, facts)
    return replace(answer, moved=moved, cost=change.cost if change else 0, dropped=tuple(dropped)), wishes


def fixed_of(wishes: tuple[MatchChange, ...]) -> list[run_contents.Pair]:
    """Return the pairs that these changes require."""
    return [pair for wish in wishes if wish.kind != "forbidden" for pair in wish.pairs]


def forbidden_of(wishes: tuple[MatchChange, ...]) -> list[run_contents.Pair]:
    """Return the pairs that these changes rule out."""
    return [pair for wish in wishes if wish.kind == "forbidden" for pair in wish.pairs]


def _without(
    wishes: tuple[MatchChange, ...], refusal: best_match.NotPossible
) -> tuple[tuple[MatchChange, ...], Dropped]:
    """Leave out the first change that stands against the facts; the latest of those that only cannot all be."""
    fixing = [wish for wish in wishes if wish.kind != "forbidden"]
    lost = next((wish for wish in fixing if any(pair in refusal.against for pair in wish.pairs)), fixing[-1])
    reasons = dict.fromkeys(why for pair in lost.pairs for why in refusal.against.get(pair, ()))
    return tuple(wish for wish in wishes if wish != lost), Dropped(lost, tuple(reasons))


def _kept(found: best_match.Best, facts: Facts) -> Answer:
    since = {UUID(mentee.id): mentee.asked_on for mentee in found.solved.roster.mentees}
    pairs = [
        Proposal(
            one.request,
            one.standing,
            since[one.request],
            one.suits,
            tuple((part.name, part.points, part.of, tuple(sorted(part.matched))) for part in one.parts),
            one.fixed,
        )
        for one in found.pairs
    ]
    waiting = [Waiter(one.request, one.since, one.possible, one.against) for one in found.waiting]
    return Answer(
        pairs=tuple(sorted(pairs, key=lambda one: (one.since, one.request))),
        waiting=tuple(sorted(waiting, key=lambda one: (one.since, one.request))),
        total=found.total,
        bound=found.bound,
        proved=found.proved,
        floor=found.fairness.floor,
        fifth=found.fairness.fifth_percentile,
        longest=found.fairness.longest_wait,
        unreached=len(found.unreached),
        facts=facts,
    )


def _propose_rest(run: MatchRun, clock: Clock) -> None:
    """Propose each pair that was ticked and not tried yet, each by itself."""
    MatchRun.objects.filter(pk=run.pk).update(tries=run.tries + 1, beat_at=clock())
    said = list(outcome_of(run))
    for number, one in enumerate(said):
        if not one.said:
            said[number] = _tried(one, clock())
            if number % KEPT_EVERY == 0:
                _keep(run, said, clock())
    _keep(run, said, clock())
    moves.move(run, MatchRunAct.FINISH, Party.SCHEDULE, at=clock(), phase="", tries=0)


def _keep(run: MatchRun, said: list[Said], at: datetime) -> None:
    run.outcome = MatchRun.outcome.seal(run, run_contents.outcome_to_json(said))
    left = Counter(bool(one.said) for one in said)[False]
    MatchRun.objects.filter(pk=run.pk).update(outcome=run.outcome, done=run.total - left, beat_at=at)


def _tried(one: Said, at: datetime) -> Said:
    """Propose one pair in a transaction of its own; the press and the request make its uuid, so it is made once."""
    request = MentoringRequest.objects.select_related("membership__scheme", "membership__user").get(pk=one.request)
    standing = MentorStanding.objects.select_related("membership__user").get(pk=one.standing)
    try:
        introductions.propose(
            request, standing, Party.COORDINATOR, actor=one.by, at=at, form=uuid5(one.press, str(one.request))
        )
    except StillChecked:
        return replace(one, said="still_checked")
    except NotEnrolled:
        return replace(one, said="not_enrolled")
    except OwnMatch:
        return replace(one, said="own_match")
    except NotPossible as refusal:
        return replace(one, said="not_possible", reasons=tuple(Reason(code) for code in refusal.reasons))
    except Impossible:
        return replace(one, said="moved_on")
    return replace(one, said="made")


def _tell(run: MatchRun, phase: str, done: int, at: datetime) -> None:
    MatchRun.objects.filter(pk=run.pk, stage=MatchRunStage.RUNNING).update(phase=phase, done=done, beat_at=at)

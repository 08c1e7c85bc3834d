"""What coordinators do with the match of their scheme: have it worked out, change it, and propose what they ticked."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ithaca.records import moves
from ithaca.records.members.models import MentorStanding
from ithaca.records.mentorships.matching import run_contents
from ithaca.records.mentorships.matching.actions.carry_out_match_run import TRIES, Clock, carry_on, give_up, work
from ithaca.records.mentorships.matching.queries.match_runs import (
    answer_of,
    current_run,
    facts_of,
    news_of,
    outcome_of,
    own_of,
    wishes_of,
)
from ithaca.records.mentorships.matching.run_contents import Answer, MatchChange, Said
from ithaca.records.mentorships.models import MatchRun, MentoringRequest
from ithaca.records.mentorships.rules.stages.importing import MatchRunAct, MatchRunStage
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Impossible, Party
from ithaca.records.versions import ChangedMeanwhile
from ithaca.tools.ledger import actions as ledger

AT_ONCE = 20_000
"""Up to so many pairs of one who waits and one who offers, the answer is there when the page is."""
PROPOSED_AT_ONCE = 1_000
"""The same for proposals: those ticked times the scheme's mentors, as each is weighed against all of them."""

SILENT = timedelta(minutes=15)
A_MONTH = timedelta(days=30)


class Stale(Exception):
    """Something has changed since the match was worked out, so nothing can be said about changing it."""


def begin(scheme: Scheme, *, seen: UUID | None, actor: UUID, clock: Clock, form: UUID) -> MatchRun:
    """Work out the best match of all who wait, afresh; coordinators' earlier changes are kept where they still can be.

    `seen` is the run that stood there when it was asked for, None where there was none. A second press finds the first.
    While one is under way, or when somebody else was quicker, theirs is returned: its uuid is not the form's.
    Raises `ledger.Reused` when the form belongs to another scheme.
    """
    run, new = _begun(scheme, seen, actor, clock, form)
    if new:
        _go_on(run, clock)
    return run


def change(run: MatchRun, wish: MatchChange, version: int, *, clock: Clock, form: UUID) -> bool:
    """Put a change into the match, which is worked out anew. Returns False when this form was handled already.

    Raises ChangedMeanwhile when the match is not the one that was seen, Stale when the facts are not, Impossible while
    it is being worked out.
    """
    return _changed(run, lambda wishes: (*wishes, wish), version, wish.by, clock, form)


def undo(run: MatchRun, wish: UUID, version: int, *, actor: UUID, clock: Clock, form: UUID) -> bool:
    """Take one change back out, unless it is about the actor's own match. Otherwise as `change`."""
    own = own_of(run, actor)

    def without(wishes: tuple[MatchChange, ...]) -> tuple[MatchChange, ...]:
        return tuple(one for one in wishes if one.id != wish or one.about(*own))

    return _changed(run, without, version, actor, clock, form, fresh=False)


def propose(
    run: MatchRun, ticked: Iterable[UUID] | None, version: int, *, actor: UUID, clock: Clock, form: UUID
) -> bool:
    """Propose the mentors of the ticked requests, of all when None; `queries.runs.outcome_of` has what became of each.

    Whoever of them waits no more is told so there. One's own are left out. Returns False when this form was handled
    already. Raises ChangedMeanwhile when the match is not the one that was seen, Impossible while it is worked out.
    """
    weight = _ticked(run, None if ticked is None else set(ticked), version, actor, clock, form)
    if weight is None:
        return False
    if weight <= PROPOSED_AT_ONCE:
        carry_on(run.pk, clock)
    else:
        work.enqueue(str(run.pk))
    return True


@transaction.atomic
def _begun(scheme: Scheme, seen: UUID | None, actor: UUID, clock: Clock, form: UUID) -> tuple[MatchRun, bool]:
    """Return the run to look at, and whether it is new. The scheme's row is locked, so that one follows the other."""
    Scheme.objects.select_for_update().get(pk=scheme.pk)
    found = MatchRun.objects.filter(pk=form).first()
    if found is not None and found.scheme_id != scheme.pk:
        raise ledger.Reused("begin")
    before = current_run(scheme)
    if found is not None:
        return found, False
    if before is not None and (before.stage in MatchRun.UNFINISHED or before.pk != seen):
        return before, False
    at = clock()
    run = MatchRun(id=form, scheme=scheme, made_by=actor, made_at=at, as_of=at, stage_since=at, beat_at=at)
    if before is not None:
        run.changes = MatchRun.changes.seal(run, run_contents.wishes_to_json(wishes_of(before)))
        retire(before, Party.COORDINATOR, at=at, actor=actor)
    run.save(force_insert=True)
    ledger.record("match_run", run.pk, "begin", by=Party.COORDINATOR, at=at, actor=actor, to=run.stage)
    return run, True


def take_up_silent(at: datetime) -> int:
    """Hand runs that have shown no sign of life for a while to the worker again; some have been too often."""
    silent = list(MatchRun.objects.filter(stage__in=MatchRun.UNFINISHED, beat_at__lt=at - SILENT).order_by("pk"))
    for run in silent:
        if run.tries >= TRIES:
            give_up(run, "lost", at)
        else:
            work.enqueue(str(run.pk))
    return len(silent)


def forget_old(at: datetime) -> int:
    """Empty runs that nobody has touched for a month, and throw away those superseded as long ago."""
    old = MatchRun.objects.filter(stage_since__lt=at - A_MONTH)
    retired = [
        retire(run, Party.SCHEDULE, at=at)
        for run in old.filter(stage__in=[MatchRunStage.DONE, MatchRunStage.FAILED]).order_by("pk")
    ]
    return sum(retired) + old.filter(stage=MatchRunStage.SUPERSEDED).delete()[0]


def retire(run: MatchRun, by: Party, *, at: datetime, actor: UUID | None = None) -> bool:
    """Supersede a run that no longer counts, and empty it."""
    return moves.move(run, MatchRunAct.SUPERSEDE, by, at=at, actor=actor, answer=None, changes=None, outcome=None)


def _changed(
    run: MatchRun,
    altered: Callable[[tuple[MatchChange, ...]], tuple[MatchChange, ...]],
    version: int,
    actor: UUID,
    clock: Clock,
    form: UUID,
    *,
    fresh: bool = True,
) -> bool:
    with transaction.atomic():
        _held(run)
        if ledger.handled(form, "match_run", run.pk, MatchRunAct.CHANGE):
            return False
        answer = _seen(run, version)
        if fresh and news_of(answer, outcome_of(run), facts_of(run.scheme)):
            raise Stale
        wishes = altered(wishes_of(run))
        changes = MatchRun.changes.seal(run, run_contents.wishes_to_json(wishes))
        at = clock()
        moves.move(
            run, MatchRunAct.CHANGE, Party.COORDINATOR, at=at, actor=actor, form=form, changes=changes, beat_at=at
        )
    _go_on(run, clock)
    return True


def _ticked(run: MatchRun, ticked: set[UUID] | None, version: int, actor: UUID, clock: Clock, form: UUID) -> int | None:
    """Write down what is to be proposed; return how much work that is, None when this form was handled already."""
    with transaction.atomic():
        _held(run)
        if ledger.handled(form, "match_run", run.pk, MatchRunAct.PROPOSE):
            return None
        answer, before = _seen(run, version), outcome_of(run)
        own_requests, own_standings = own_of(run, actor)
        left_out = own_requests | {one.request for one in before if one.said == "made" and ticked is None}
        chosen = [
            Said(one.request, one.standing, form, actor)
            for one in answer.pairs
            if (ticked is None or one.request in ticked)
            and one.request not in left_out
            and one.standing not in own_standings
        ]
        outcome = MatchRun.outcome.seal(run, run_contents.outcome_to_json((*before, *chosen)))
        at = clock()
        moves.move(
            run,
            MatchRunAct.PROPOSE,
            Party.COORDINATOR,
            at=at,
            actor=actor,
            form=form,
            outcome=outcome,
            phase="proposing",
            done=0,
            total=len(chosen),
            tries=0,
            beat_at=at,
        )
    mentors: int = MentorStanding.objects.filter(membership__scheme=run.scheme_id).count()
    return len(chosen) * mentors


def _held(run: MatchRun) -> None:
    """Read the run afresh and hold its lock until the transaction ends."""
    run.refresh_from_db(from_queryset=MatchRun.objects.select_for_update())


def _seen(run: MatchRun, version: int) -> Answer:
    """Return the answer that was seen. Raises ChangedMeanwhile if it is another, Impossible when there is none."""
    answer = answer_of(run)
    if run.stage != MatchRunStage.DONE or answer is None:
        raise Impossible("match_run", run.stage, MatchRunAct.CHANGE, Party.COORDINATOR)
    if run.version != version:
        raise ChangedMeanwhile
    return answer


def _go_on(run: MatchRun, clock: Clock) -> None:
    """Work it out at once where that takes no time, else leave it to the worker."""
    waiting = MentoringRequest.objects.filter(membership__scheme=run.scheme_id, stage=RequestStage.WAITING).count()
    offering = MentorStanding.objects.filter(membership__scheme=run.scheme_id).count()
    if waiting * offering <= AT_ONCE:
        carry_on(run.pk, clock)
    else:
        work.enqueue(str(run.pk))

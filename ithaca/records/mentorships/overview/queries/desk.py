"""What a coordinator's desk shows of enquiries, requests, introductions, mentors and mentorships. Never content.

`but` is the coordinator who looks: records they are a party to are left out, because nobody handles their own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from uuid import UUID

from django.db.models import Min, OuterRef, Subquery
from django.utils import timezone

from ithaca.records.mentorships.models import Enquiry, Introduction, MentoringRequest, Mentorship, Session
from ithaca.records.mentorships.pairing.queries.supply import MentorLine, among, count_of, mentor_lines
from ithaca.records.mentorships.room.queries.quiet_rooms import asked_lately
from ithaca.records.mentorships.rules.stages.pairing import UNDER_WAY, EnquiryStage, RequestStage
from ithaca.records.mentorships.rules.stages.room import RUNNING, MentorshipStage, SessionStage
from ithaca.records.queues import Line, Slice, cut
from ithaca.records.schemes.models import Scheme
from ithaca.records.times import day

LATELY = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class MentorshipLine:
    """A running mentorship: who, since when and how often they met; the last time by its month only.

    `asked_on` is when a coordinator asked lately whether all is well.
    """

    pk: UUID
    mentee: str
    mentor: str
    paused: bool
    since: date
    held: int
    last_month: date | None
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The desk's numbers on one day. Waits are in days; None where there is nobody to count."""

    waiting: int
    median_wait: int | None
    longest_wait: int | None
    median_to_introduction: int | None
    mentors: int
    mentors_with_room: int
    places: int


def enquiries(scheme: Scheme, start: int, stop: int) -> Slice[Line]:
    """Two-minute requests: those to answer, then those answered whose writer has not joined yet."""
    rows = Enquiry.objects.filter(scheme=scheme, stage__in=[EnquiryStage.RECEIVED, EnquiryStage.ANSWERED])
    return cut(rows.order_by("-stage", "asked_on", "pk"), _line("asked_on"), start, stop, "pk", "stage", "asked_on")


def requests_to_triage(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    return _requests(scheme, but, (RequestStage.SUBMITTED, RequestStage.TRIAGED), start, stop)


def requests_waiting(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Return requests in the queue for an introduction, by the date they asked."""
    return _requests(scheme, but, (RequestStage.WAITING,), start, stop)


def requests_closed(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Return requests closed because nobody was likely; each can be reopened at its old date."""
    return _requests(scheme, but, (RequestStage.CLOSED_UNPLACED,), start, stop)


def introductions(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[Line]:
    """Introductions under way: `who` is the mentee, `detail` the mentor, `due` the date an answer is wanted by."""
    mentee, mentor = "request__membership__user__name", "standing__membership__user__name"
    rows = Introduction.objects.filter(request__membership__scheme=scheme, stage__in=UNDER_WAY)
    rows = rows.exclude(request__membership__user=but).exclude(standing__membership__user=but)
    fields = ("pk", "stage", "stage_since", "answer_by", mentee, mentor)
    line = _line("stage_since", mentee, mentor, "answer_by")
    return cut(rows.order_by("stage_since", "pk"), line, start, stop, *fields)


def mentors(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[MentorLine]:
    return among(mentor_lines(scheme), but, start, stop)


def mentorships(scheme: Scheme, but: UUID, start: int, stop: int) -> Slice[MentorshipLine]:
    """Return current mentorships, the oldest first. A third person's help isn't shown: it is private to both people."""
    held = Session.objects.filter(mentorship=OuterRef("pk"), stage=SessionStage.HELD).order_by("-starts_at")
    rows = (
        Mentorship.objects.filter(scheme=scheme, stage__in=RUNNING)
        .exclude(mentee__user=but)
        .exclude(mentor__user=but)
        .annotate(held=count_of(held, "mentorship"), last=Subquery(held.values("starts_at")[:1]))
        .order_by("began_on", "pk")
    )
    fields = ("pk", "stage", "began_on", "held", "held_before", "last", "mentee__user__name", "mentor__user__name")
    found = cut(rows, _mentorship_line, start, stop, *fields)
    asked = asked_lately([line.pk for line in found.lines], timezone.localdate())
    return Slice(tuple(replace(line, asked_on=asked.get(line.pk)) for line in found.lines), found.total)


def numbers(scheme: Scheme, mentors: Sequence[MentorLine], at: datetime) -> Numbers:
    """Count who waits, for how long, and how many places there are with these mentors, who are all of the scheme's."""
    today = timezone.localdate(at)
    waits = sorted((today - asked_on).days for asked_on in _asking_dates(scheme))
    return Numbers(
        waiting=len(waits),
        median_wait=_median(waits),
        longest_wait=waits[-1] if waits else None,
        median_to_introduction=_median(_days_to_introduction(scheme, at)),
        mentors=len(mentors),
        mentors_with_room=sum(line.room > 0 for line in mentors),
        places=sum(line.room for line in mentors),
    )


def _requests(scheme: Scheme, but: UUID, stages: Iterable[str], start: int, stop: int) -> Slice[Line]:
    rows = MentoringRequest.objects.filter(membership__scheme=scheme, stage__in=stages).exclude(membership__user=but)
    name, where = "membership__user__name", "membership__organisation__name"
    fields = ("pk", "stage", "asked_on", name, where)
    return cut(rows.order_by("asked_on", "pk"), _line("asked_on", name, where), start, stop, *fields)


def _line(since: str, who: str = "", detail: str = "", due: str = "") -> Any:
    """How a row of these columns becomes a line."""

    def line(row: Mapping[str, Any]) -> Line:
        return Line(
            row["pk"],
            row["stage"],
            day(row[since]),
            who=row.get(who, ""),
            detail=row.get(detail) or "",
            due=row.get(due),
        )

    return line


def _mentorship_line(row: Mapping[str, Any]) -> MentorshipLine:
    return MentorshipLine(
        pk=row["pk"],
        mentee=row["mentee__user__name"],
        mentor=row["mentor__user__name"],
        paused=row["stage"] == MentorshipStage.PAUSED,
        since=row["began_on"],
        held=row["held"] + row["held_before"],
        last_month=day(row["last"]).replace(day=1) if row["last"] else None,
    )


def _asking_dates(scheme: Scheme) -> list[date]:
    waiting = MentoringRequest.objects.filter(
        membership__scheme=scheme, stage__in=[RequestStage.SUBMITTED, RequestStage.TRIAGED, RequestStage.WAITING]
    )
    return [asked_on for asked_on in waiting.values_list("asked_on", flat=True) if asked_on]


def _days_to_introduction(scheme: Scheme, at: datetime) -> list[int]:
    """From asking to the first introduction, of those first introduced lately."""
    offered = (
        MentoringRequest.objects.filter(membership__scheme=scheme)
        .annotate(first=Min("introductions__offered_at"))
        .filter(first__gte=at - LATELY)
        .values_list("asked_on", "first")
    )
    return [(day(first) - asked_on).days for asked_on, first in offered if asked_on]


def _median(days: list[int]) -> int | None:
    return round(median(days)) if days else None

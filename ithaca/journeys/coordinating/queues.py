"""The queues of the desk, as data: the texts of each, how it is read, where its lines lead and what to do next.

A new queue is one more row, and with it come its place on the desk, its page, its paging, its empty state and its
access tests. A line is late when two working days have passed since it came in, or when the date for an answer has
passed. Lines and their number come from one query, by a window over the same rows, so the number of queries is the
same whether three people are waiting or three thousand.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ithaca.journeys.acts import Words
from ithaca.journeys.coordinating.words import APPLICATION_STAGES, days, step_words
from ithaca.records.members.queries import applications, memberships
from ithaca.records.members.stages import ApplicationStage, MembershipStage
from ithaca.records.mentorships.overview.queries import desk
from ithaca.records.mentorships.pairing.queries.waits import to_tell
from ithaca.records.mentorships.room.queries.quiet_rooms import pairs_to_ask
from ithaca.records.mentorships.rules.stages.pairing import UNDER_WAY, EnquiryStage, RequestStage
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER, Line, Slice
from ithaca.records.schemes.models import Scheme
from ithaca.records.times import working_days_after
from ithaca.tools.design.templatetags.design import day

Tell = Callable[[Scheme, Line], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: its page, its words, how it is read, and where its lines lead."""

    slug: str
    title: Words
    about: Words
    """The heading of the column that says more of each line."""
    empty: Words
    read: Callable[[Scheme, UUID, int, int], Slice[Line]]
    route: str
    acts: dict[str, Words]
    """The next act, by stage."""
    tell: Tell = lambda _scheme, line: (line.who, line.detail)
    """Who a line is about, and what more there is to say of it."""
    answer_soon: frozenset[str] = frozenset()
    """The stages in which a line is late when two working days have passed."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is shown."""

    who: str
    about: str
    since: date
    waited: str
    due: date | None
    late: bool
    act: Words
    href: str


def rows_of(queue: Queue, scheme: Scheme, lines: Iterable[Line], today: date) -> list[Row]:
    """Put the lines into words, each with its next act."""
    return [_row(queue, scheme, line, today) for line in lines]


def _row(queue: Queue, scheme: Scheme, line: Line, today: date) -> Row:
    who, about = queue.tell(scheme, line)
    answer_by = working_days_after(line.since, WORKING_DAYS_TO_ANSWER) if line.stage in queue.answer_soon else line.due
    return Row(
        who=who,
        about=about,
        since=line.since,
        waited=days((today - line.since).days),
        due=line.due,
        late=answer_by is not None and answer_by < today,
        act=queue.acts[line.stage],
        href=reverse(queue.route, args=[line.pk]),
    )


def _tell_enquiry(_scheme: Scheme, line: Line) -> tuple[str, str]:
    return _("Someone without an account"), _("To answer") if line.stage == EnquiryStage.RECEIVED else _(
        "Answered, not joined yet"
    )


def _tell_application(_scheme: Scheme, line: Line) -> tuple[str, str]:
    return line.who, str(APPLICATION_STAGES[line.stage])


def _tell_introduction(scheme: Scheme, line: Line) -> tuple[str, str]:
    return _the_two(line), step_words(scheme, line.stage)


def _tell_pair(_scheme: Scheme, line: Line) -> tuple[str, str]:
    return _the_two(line), day(line.since)


def _the_two(line: Line) -> str:
    return _("%(mentee)s and %(mentor)s") % {"mentee": line.who, "mentor": line.detail}


QUEUES: tuple[Queue, ...] = (
    Queue(
        "enquiries",
        gettext_lazy("Two-minute requests"),
        gettext_lazy("Status"),
        gettext_lazy("When someone without an account asks for a call, you'll see their request here to answer."),
        lambda scheme, _but, start, stop: desk.enquiries(scheme, start, stop),
        "coordinating:enquiry",
        {EnquiryStage.RECEIVED: gettext_lazy("Read and answer"), EnquiryStage.ANSWERED: gettext_lazy("View or close")},
        tell=_tell_enquiry,
        answer_soon=frozenset({EnquiryStage.RECEIVED}),
    ),
    Queue(
        "memberships",
        gettext_lazy("Memberships to check"),
        gettext_lazy("Organisation"),
        gettext_lazy("When someone asks to join, you'll see their details here to check."),
        memberships.waiting,
        "coordinating:membership_check",
        {MembershipStage.APPLIED: gettext_lazy("Check"), MembershipStage.VERIFYING: gettext_lazy("Finish checking")},
        answer_soon=frozenset({MembershipStage.APPLIED, MembershipStage.VERIFYING}),
    ),
    Queue(
        "applications",
        gettext_lazy("Offers to mentor"),
        gettext_lazy("Status"),
        gettext_lazy("When a member offers to mentor, you'll see their offer here for your checks and a conversation."),
        applications.waiting,
        "coordinating:application",
        {
            ApplicationStage.SUBMITTED: gettext_lazy("Start the checks"),
            ApplicationStage.CHECKS: gettext_lazy("Continue the checks"),
            ApplicationStage.CONVERSATION: gettext_lazy("Decide"),
        },
        tell=_tell_application,
        answer_soon=frozenset({ApplicationStage.SUBMITTED}),
    ),
    Queue(
        "triage",
        gettext_lazy("New requests"),
        gettext_lazy("Organisation"),
        gettext_lazy("When a member asks for a mentor, you'll see their request here for a first look."),
        desk.requests_to_triage,
        "coordinating:request_desk",
        {
            RequestStage.SUBMITTED: gettext_lazy("Read and add to the queue"),
            RequestStage.TRIAGED: gettext_lazy("Add to the queue"),
        },
        answer_soon=frozenset({RequestStage.SUBMITTED, RequestStage.TRIAGED}),
    ),
    Queue(
        "waiting",
        gettext_lazy("Waiting for an introduction"),
        gettext_lazy("Organisation"),
        gettext_lazy("When members are waiting for a mentor, you'll see them here by the date they asked."),
        desk.requests_waiting,
        "coordinating:request_desk",
        {RequestStage.WAITING: gettext_lazy("Find a mentor")},
    ),
    Queue(
        "unlikely",
        gettext_lazy("Unlikely to get a mentor soon"),
        gettext_lazy("Organisation"),
        gettext_lazy(
            "When the date someone hoped for is near and no place is free, they'll appear here so you can tell them."
        ),
        to_tell,
        "coordinating:request_desk",
        {RequestStage.WAITING: gettext_lazy("Tell them")},
    ),
    Queue(
        "closed",
        gettext_lazy("Closed for now"),
        gettext_lazy("Organisation"),
        gettext_lazy(
            "If you close a request because they're unlikely to get a mentor, you'll see it here. You can reopen it."
        ),
        desk.requests_closed,
        "coordinating:request_desk",
        {RequestStage.CLOSED_UNPLACED: gettext_lazy("View or reopen")},
    ),
    Queue(
        "introductions",
        gettext_lazy("Introductions under way"),
        gettext_lazy("Status"),
        gettext_lazy("When we ask two people if they'd like to talk, you'll see them here until both have answered."),
        desk.introductions,
        "coordinating:introduction_desk",
        dict.fromkeys(UNDER_WAY, gettext_lazy("See progress")),
        tell=_tell_introduction,
    ),
    Queue(
        "quiet",
        gettext_lazy("Ask how they're getting on"),
        gettext_lazy("Quiet since"),
        gettext_lazy(
            "When two people haven't met for a long time and have nothing booked, they'll appear here so you can ask."
        ),
        pairs_to_ask,
        "coordinating:pair",
        {MentorshipStage.ACTIVE: gettext_lazy("Ask, or record what they said")},
        tell=_tell_pair,
    ),
)


def queue_called(slug: str) -> Queue | None:
    return next((queue for queue in QUEUES if queue.slug == slug), None)

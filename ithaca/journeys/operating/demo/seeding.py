"""Filling an empty installation with the demonstration."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from ithaca.journeys.operating.demo import listening, other_ways, words
from ithaca.journeys.operating.demo.people import Cast, Person, confirm, join, mentor, offer
from ithaca.journeys.operating.demo.stories import Story, Until
from ithaca.records.members.actions import absences, demo_accounts, organisations
from ithaca.records.members.actions import standings as standing_actions
from ithaca.records.members.models import MentorStanding, Organisation
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import ApplicationStage
from ithaca.records.mentorships.pairing.actions import enquiries
from ithaca.records.mentorships.rules.answers import EnquiryText
from ithaca.records.schemes.actions import appointments, mailboxes, schemes
from ithaca.records.schemes.models import Appointment, Scheme
from ithaca.records.schemes.presets import EXTENDED_MENTORING, MENTORING_PLUS, PRACTICE_MANAGERS, Preset
from ithaca.records.schemes.queries import schemes as scheme_queries
from ithaca.tools.sheets.reading import read_csv

DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True)
class Plan:
    """What one scheme holds: mentors, and stories by the days since they were asked and how far they have come.

    In a `known` scheme those whom one can sign in as have a mentorship together.
    """

    preset: Preset
    mentors: int
    known: bool
    stories: tuple[tuple[float, Until], ...]


PLANS = (
    Plan(
        PRACTICE_MANAGERS,
        mentors=11,
        known=True,
        stories=(
            (1, Until.ASKED),
            (3, Until.ASKED),
            (6, Until.WAITING),
            (24, Until.WAITING),
            (58, Until.WAITING),
            (4, Until.OFFERED),
            (9, Until.MENTOR_ASKED),
            (16, Until.BEGUN),
            (20, Until.BOOKED),
            (34, Until.HELD),
            (48, Until.AGREED_BY_ONE),
            (150, Until.GOING_ON),
            (700, Until.GOING_ON),
            (320, Until.PAUSED),
            (400, Until.ENDED),
        ),
    ),
    Plan(
        EXTENDED_MENTORING,
        mentors=9,
        known=False,
        stories=(
            (2, Until.WAITING),
            (13, Until.WAITING),
            (75, Until.WAITING),
            (5, Until.MENTOR_ASKED),
            (14, Until.BEGUN),
            (25, Until.BOOKED),
            (60, Until.HELD),
            (70, Until.AGREED_BY_ONE),
            (310, Until.AGREED),
            (210, Until.HELPED),
            (260, Until.ENDED),
        ),
    ),
    Plan(
        MENTORING_PLUS,
        mentors=9,
        known=True,
        stories=(
            (1, Until.ASKED),
            (10, Until.WAITING),
            (33, Until.WAITING),
            (5, Until.OFFERED),
            (9, Until.MENTOR_ASKED),
            (12, Until.CHAT),
            (30, Until.BEGUN),
            (45, Until.BOOKED),
            (66, Until.HELD),
            (110, Until.GOING_ON),
            (180, Until.PAUSED),
            (300, Until.ENDED),
        ),
    ),
)


@transaction.atomic
def seed(at: datetime) -> bool:
    """Make the whole demonstration and return True. Do nothing and return False if there is any account or scheme."""
    if scheme_queries.open_schemes() or not demo_accounts.nobody_yet():
        return False
    today = timezone.localdate(at)
    organisations.import_organisations(read_csv(DATA / "organisations.csv"), today)
    organisations.import_networks(read_csv(DATA / "networks.csv"), today)
    practices = Organisation.objects.filter(is_open=True, setting="4").order_by("code")
    cast = Cast(at, list(practices))
    coordinator, deputy = cast.known(words.COORDINATOR), cast.anyone()
    mentee, helper = cast.known(words.MENTEE), cast.known(words.MENTOR)
    editor = words.EDITOR
    demo_accounts.make_account(editor.name, editor.email, editor.password, at)
    for plan in PLANS:
        scheme = _open(cast, plan.preset, coordinator, deputy)
        if not plan.known:  # where they are no member themselves
            for third in (helper, deputy):
                appointments.appoint(scheme, third.id, Appointment.Duty.MEDIATOR, cast.ago(800).date())
        _fill(cast, scheme, coordinator, plan, mentee, helper)
    call_command("write_pages")
    call_command("make_editor", editor.email)
    return True


def _open(cast: Cast, preset: Preset, coordinator: Person, deputy: Person) -> Scheme:
    """Open a scheme with two coordinators, who both have the key to its mailbox, and a few enquiries."""
    since = cast.ago(800).date()
    scheme = schemes.open_scheme(preset, f"{preset.slug}@ithaca.example", since, "01632 960150")
    appointments.appoint(scheme, coordinator.id, Appointment.Duty.COORDINATOR, since)
    appointments.appoint(scheme, deputy.id, Appointment.Duty.DEPUTY, since)
    mailboxes.open_mailbox(scheme, coordinator.keyring, [deputy.id])
    away = cast.ago(-9).date(), cast.ago(-16).date()
    absences.announce(scheme, *away, actor=deputy.id, at=cast.ago(1), form=uuid4())
    for days, enquiry in zip((0.1, 1, 3), words.ENQUIRIES, strict=True):
        enquiries.receive(scheme, EnquiryText(*enquiry), at=cast.ago(days), form=uuid4())
    return scheme


def _fill(cast: Cast, scheme: Scheme, coordinator: Person, plan: Plan, mentee: Person, helper: Person) -> None:
    """Add the mentors, since a story needs one, and then the stories, oldest first."""
    people: dict[UUID, Person] = {}
    standings: list[MentorStanding] = []
    for person in [*([helper] if plan.known else []), *(cast.anyone() for _ in range(plan.mentors))]:
        people[person.id] = person
        standings.append(mentor(cast, scheme, person, coordinator, 790))
    if plan.known:
        standing_actions.revise(standings[0], offer_of(standings[0]), capacity=3)
        _story(cast, scheme, mentee, coordinator, people, 200, Until.GOING_ON, standings[0])
    for days, until in sorted(plan.stories, reverse=True):
        wanted = standings[0] if plan.known and until == Until.MENTOR_ASKED else None
        _story(cast, scheme, cast.anyone(), coordinator, people, days, until, wanted)
    listening.show_ratings(cast, scheme, mentee.id)
    idle = next(one for one in reversed(standings) if not one.introductions.exists())
    standing_actions.go_on_leave(idle, at=cast.ago(20), form=None)
    _newcomers(cast, scheme, coordinator)
    other_ways.show(cast, scheme, coordinator, standings)
    other_ways.settle(cast, scheme, coordinator)


def _story(
    cast: Cast,
    scheme: Scheme,
    person: Person,
    coordinator: Person,
    mentors: dict[UUID, Person],
    days: float,
    until: Until,
    wanted: MentorStanding | None = None,
) -> None:
    membership = join(cast, scheme, person, days + 6)
    confirm(cast, membership, coordinator, days + 4)
    Story(cast, person, membership, coordinator, mentors, days, until, wanted).walk()


def _newcomers(cast: Cast, scheme: Scheme, coordinator: Person) -> None:
    """Add people who wait for the coordinator: two applications to join, and two offers to mentor."""
    for days in (0.3, 2):
        join(cast, scheme, cast.anyone(), days)
    for days, until in ((2, ApplicationStage.SUBMITTED), (6, ApplicationStage.CHECKS)):
        membership = join(cast, scheme, cast.anyone(), days + 5)
        confirm(cast, membership, coordinator, days + 3)
        offer(cast, membership, coordinator, days, until)

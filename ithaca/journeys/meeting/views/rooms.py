"""The room itself, and the mentee's story."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from ithaca.access import gate
from ithaca.access.policy import Access
from ithaca.journeys.http import Request
from ithaca.journeys.meeting import words
from ithaca.journeys.meeting.forms.messages import MessageForm
from ithaca.journeys.meeting.next_steps import next_step
from ithaca.journeys.meeting.views.asides import asides
from ithaca.journeys.meeting.views.pages import press, show, unreadable
from ithaca.records import times
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.pairing.queries.introductions import exchanges_of
from ithaca.records.mentorships.room.actions import mentorships
from ithaca.records.mentorships.room.queries import quiet_rooms, rooms
from ithaca.records.mentorships.room.queries import sides as sides_queries
from ithaca.records.mentorships.room.queries.mediations import mediation_of
from ithaca.records.mentorships.rules.deadlines import NUDGE_AFTER
from ithaca.records.mentorships.rules.stages.room import MentorshipStage
from ithaca.records.mentorships.writing.queries import goals
from ithaca.records.mentorships.writing.queries import messages as messages_queries
from ithaca.tools.vault.errors import NotGranted


def room(request: Request, pk: UUID) -> HttpResponse:
    """Show the first page: the next session, what happens next, the agreement, and what happened before."""
    opened = gate.mentorship(request.actor, pk, Access.READ)
    row, keyring, at = opened.row, request.actor.keyring, timezone.now()
    found = rooms.room_of(row, opened.party, at)
    sides = sides_queries.sides_of(row, request.actor.id)
    latest = messages_queries.latest(row, sides.read_until, keyring)
    return show(
        request,
        opened,
        "room",
        room=found,
        sides=sides,
        latest=latest,
        allowance=found.allowance,
        quiet=_is_quiet(row, times.london_date(at)),
        my_days=words.usual_days(sides_queries.days_of(sides.mine)),
        their_days=words.usual_days(sides_queries.days_of(sides.theirs)),
        goals_card=goals.card_of(row, keyring) if row.scheme.goals else None,
        unread=messages_queries.unread(row, request.actor.id, sides.read_until) if latest else 0,
        message_form=MessageForm(initial={"seen": latest.at.isoformat() if latest and latest.message else ""}),
        next_step=next_step(found, pk),
        fine=press("fine"),
        resume=press("resume"),
        mediation=mediation_of(row),
        settle=press("settle"),
        go_on=press("go-on"),
        said_go_on=mentorships.has_said(row, opened.party),
        can_be_said=bool(found.next_session and found.next_session.may_be_said(at)),
        **asides(opened, found, sides, at),
    )


def _is_quiet(row: Mentorship, today: date) -> bool:
    """Say whether they last met so long ago that they may like to say that all is well."""
    return row.stage == MentorshipStage.ACTIVE and quiet_rooms.quiet_of([row])[row.pk].since(today, NUDGE_AFTER)


def story(request: Request, pk: UUID) -> HttpResponse:
    """Show what brought the mentee here, in their own words, and what the mentor asked before saying yes."""
    opened = gate.mentorship(request.actor, pk, Access.READ)
    made = opened.row.introduction
    try:
        text = rooms.story_of(opened.row, request.actor.keyring)
        exchanges = exchanges_of(made, request.actor.keyring) if made else []
    except NotGranted:
        return unreadable(request, opened)
    return show(request, opened, "story", story=text, exchanges=exchanges)

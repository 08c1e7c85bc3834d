"""My mentoring: one card that says what happens next, who must do it, and by when."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from ithaca.journeys.http import Request
from ithaca.records.cards import soonest_first
from ithaca.records.members.actions.keys import has_recovery_code
from ithaca.records.members.models import MentorStanding
from ithaca.records.members.queries.absences import notes
from ithaca.records.members.queries.cards import next_of_membership, next_of_offer
from ithaca.records.members.queries.offers import offers_of
from ithaca.records.members.stages import MAY_ASK, MembershipStage, StandingStage
from ithaca.records.mentorships.overview.queries.cards import cards
from ithaca.records.mentorships.overview.queries.private import has_private_text
from ithaca.records.mentorships.pairing.queries.requests import requests_of
from ithaca.records.mentorships.room.queries.room_cards import rooms_of
from ithaca.records.mentorships.rules.stages.pairing import CLOSED
from ithaca.records.schemes.queries.appointments import mediated_by
from ithaca.records.schemes.queries.schemes import named, open_schemes

OVER = (MembershipStage.WITHDRAWN, MembershipStage.TURNED_DOWN)
SHOWN = 1
"""Lines under the card; the rest is folded, so that the page is one screen of a telephone."""


def home(request: Request) -> HttpResponse:
    """Show everything that is under way for this person, with what they must do first at the top."""
    actor = request.actor
    user = actor.user
    if user is None:
        raise LookupError("a route for people who have signed in")
    requests, rooms = requests_of(user.pk), rooms_of(user.pk)
    under_way = {request.membership_id: request.pk for request in requests if request.stage not in CLOSED}
    offers = {offer.membership_id: offer for offer in offers_of(user.pk)}
    active = [membership for membership in actor.memberships if membership.stage in MAY_ASK]
    joining = [m for m in actor.memberships if m.stage != MembershipStage.ACTIVE and m.stage not in OVER]
    mentors = any(isinstance(offer, MentorStanding) for offer in offers.values())
    mine = cards(user.pk, requests, rooms, timezone.now(), mentors=mentors)
    names = {membership.pk: membership.scheme.name for membership in actor.memberships}
    mine += [replace(next_of_membership(membership), about=names[membership.pk]) for membership in joining]
    standing = [offer for offer in offers.values() if offer.stage != StandingStage.RETIRED]
    mine += [replace(next_of_offer(offer), about=names.get(offer.membership_id, "")) for offer in standing]
    if not mine and active:
        mine = [replace(next_of_membership(active[0]), about=names[active[0].pk])]
    ranked = soonest_first(mine)
    mine_already = {membership.scheme_id for membership in actor.memberships} | set(actor.coordinates)
    left = [membership for membership in actor.memberships if membership.stage in OVER]
    page = {
        "card": ranked[0] if ranked else None,
        "lines": ranked[1 : SHOWN + 1],
        "folded": ranked[SHOWN + 1 :],
        "busy": bool(ranked) and ranked[0].who in (_("You"), _("Either of you"), _("Both of you")),
        "active": [(member, under_way.get(member.pk), member.pk in offers) for member in active],
        "left": [(membership, next_of_membership(membership)) for membership in left],
        "schemes": [scheme for scheme in open_schemes() if scheme.pk not in mine_already],
        "wants_code": has_private_text(user.pk, requests, rooms) and not has_recovery_code(user),
        "away": notes({membership.scheme_id for membership in actor.memberships if membership.stage not in OVER}),
        "coordinates": named(actor.coordinates) if actor.coordinates else [],
        "mediates": bool(mediated_by(user.pk)),
    }
    return render(request, "joining/home.html", page)

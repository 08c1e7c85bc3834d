"""What the other wrote in the rooms one shares, as cards of "My mentoring": that there is something, and no word."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ithaca.records.mentorships import times
from ithaca.records.mentorships.card import Card, about
from ithaca.records.mentorships.models import Mentorship, Message, Side
from ithaca.records.mentorships.queries.rooms import partner_of
from ithaca.records.stages import Party


def of_rooms(person: UUID, rows: Sequence[Mentorship]) -> list[Card]:
    """A card for each room with messages that this person has not read, in one query. Nobody's key is needed."""
    going = {row.pk: row for row in rows if row.stage != "ended"}
    if not going:
        return []
    read_until = Side.objects.filter(mentorship=OuterRef("mentorship"), person=person).values("read_until")
    theirs = Message.objects.filter(mentorship__in=going, text__isnull=False).exclude(author=person)
    new = theirs.annotate(read=Subquery(read_until)).filter(Q(read=None) | Q(at__gt=F("read")))
    counted = new.values("mentorship").annotate(count=Count("pk"), last=Max("at")).order_by("last")
    found = []
    for one in counted:
        row = going[one["mentorship"]]
        party = Party.MENTEE if row.mentee.user_id == person else Party.MENTOR
        title = ngettext("%(count)s new message", "%(count)s new messages", one["count"]) % {"count": one["count"]}
        on, url = times.london_date(one["last"]), f"/mentorships/{row.pk}/messages/"
        whose = about(row.scheme.name, partner_of(row, party).first_name)
        found.append(Card(title, "", _("You, if you like"), None, url, _("Read"), about=whose, on=on))
    return found

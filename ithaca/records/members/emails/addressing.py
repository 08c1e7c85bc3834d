"""To whom emails go, from whom they come, and how a day is written in them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format

from ithaca.records.members.models import Membership, User
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries.absences import on_duty
from ithaca.tools.post.outbox import Recipient, Sender


def member(membership: Membership) -> Recipient:
    return person(membership.user)


def coordinators(scheme: Scheme, but: UUID | Collection[UUID] | None = None) -> list[Recipient]:
    """Those who coordinate the scheme and are there today, but for those who are a party to the matter."""
    parties = {but} if isinstance(but, UUID) else but or ()
    people = User.objects.filter(pk__in=on_duty(scheme, parties), is_active=True)
    return [person(user) for user in people.order_by("email")]


def person(user: User) -> Recipient:
    return Recipient(user.pk, user.email, user.discreet_letters)


def scheme_of(scheme: Scheme) -> Sender:
    """Return the scheme as the sender of an email, with whom to contact if it can't wait."""
    return Sender(scheme.name, scheme.contact_email, scheme.contact_phone)


def team_of(scheme: Scheme) -> Sender:
    """Return the scheme as the sender of an email to its own coordinators: they are who others contact."""
    return Sender(scheme.name)


def desk_of(scheme: Scheme) -> str:
    """Return the address of the desk, where coordinators see what an email is about."""
    return reverse("coordinating:desk", args=[scheme.slug])


def by_day(day: date) -> str:
    """Friday 4 December: near enough to need no year."""
    return date_format(day, "l j F")

"""To whom the letters of members go, and how a day is written in them."""

from datetime import date
from uuid import UUID

from django.utils.formats import date_format

from ithaca.records.members.models import User
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.presence import on_duty
from ithaca.tools.post.outbox import Recipient


def person(user: User) -> Recipient:
    return Recipient(user.pk, user.email, user.discreet_letters)


def coordinators(scheme: Scheme, but: UUID) -> list[Recipient]:
    """Those who coordinate the scheme and are there today, except the one whom the matter is about."""
    found = User.objects.filter(pk__in=on_duty(scheme, {but}), is_active=True)
    return [person(user) for user in found.order_by("email")]


def by_day(day: date) -> str:
    """Friday 4 December: near enough to need no year."""
    return date_format(day, "l j F")

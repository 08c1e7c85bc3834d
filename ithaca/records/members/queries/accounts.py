"""Reading people's accounts."""

from uuid import UUID

from ithaca.records.members.models import User


def names_of(people: list[UUID]) -> dict[UUID, str]:
    found = dict(User.objects.filter(pk__in=people).values_list("pk", "name"))
    return {person: found.get(person, "") for person in people}


def telephone_of(user: User) -> str:
    """Return the phone number they have given, or nothing."""
    return User.telephone.unseal(user)

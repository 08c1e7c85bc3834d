"""What a person changes about their account, and the letters that belong to it."""

from collections.abc import Callable
from datetime import datetime

from ithaca.records.members.models import User
from ithaca.tools.post import outbox
from ithaca.tools.post.outbox import Letter, Recipient


def write(letter: Callable[[Recipient, str], Letter], email: str, path: str, at: datetime) -> None:
    """Send one of `letters.accounts` to an address, whoever it belongs to."""
    account = User.objects.filter(email=email.lower()).values_list("pk", flat=True).first()
    outbox.put(letter(Recipient(account, email), path), at, asked_for=True)


def remember_way(user: User, path: str) -> None:
    """Keep where the person was going, until they have signed in for the first time."""
    user.came_for = User.came_for.seal(user, path)
    user.save(update_fields=["came_for"])


def take_way(user: User) -> str | None:
    """Return where the person was going, once."""
    if user.came_for is None:
        return None
    path = User.came_for.unseal(user)
    user.came_for = None
    user.save(update_fields=["came_for"])
    return path


def change_details(user: User, *, name: str, telephone: str, discreet_letters: bool) -> None:
    """Keep what the account page asks; an empty telephone number takes it away."""
    user.name = name
    user.telephone = User.telephone.seal(user, telephone) if telephone else None
    user.discreet_letters = discreet_letters
    user.save(update_fields=["name", "telephone", "discreet_letters"])

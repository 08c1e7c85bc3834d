"""What a person changes about their account, and the emails about it."""

from collections.abc import Callable
from datetime import datetime

from allauth.account.models import EmailAddress

from ithaca.records.members.models import User
from ithaca.records.stages import Impossible, Party
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


def find_or_make(email: str, own: dict[str, str], at: datetime) -> User:
    """Return the account with this address, or a new one without a password."""
    user = User.objects.filter(email=email).first()
    if user is not None:
        return user
    user = User.objects.create_user(email, None, name=own["name"], joined_at=at)
    EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    if "telephone" in own:
        correct_unclaimed(user, {"telephone": own["telephone"]})
    outbox.silence(user.pk, at)
    return user


def correct_unclaimed(user: User, own: dict[str, str]) -> None:
    """Correct the name or the telephone of somebody who has not signed in yet. Raises Impossible for one who has."""
    if user.has_usable_password():
        raise Impossible("account", "claimed", "correct", Party.COORDINATOR)
    user.name = own.get("name", user.name)
    if "telephone" in own:
        user.telephone = User.telephone.seal(user, own["telephone"])
    user.save(update_fields=["name", "telephone"])

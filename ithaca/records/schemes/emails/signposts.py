"""The email to whoever keeps signposts up to date."""

from django.urls import reverse

from ithaca.tools.post import letters
from ithaca.tools.post.outbox import SERVICE, Letter, Recipient


def signposts_to_review(to: Recipient, count: int) -> Letter:
    """Say that some of their signposts haven't been checked for half a year."""
    return letters.write("signposts/signposts_to_review", to, reverse("pairing:other_help"), SERVICE, count=count)

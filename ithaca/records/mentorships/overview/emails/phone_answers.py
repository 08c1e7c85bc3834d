"""The email after a phone call in which a coordinator recorded an answer. It doesn't say which."""

from ithaca.records.members.emails.addressing import scheme_of
from ithaca.records.schemes.models import Scheme
from ithaca.tools.post import letters
from ithaca.tools.post.outbox import Letter, Recipient


def noted(to: Recipient, scheme: Scheme, path: str) -> Letter:
    """Say that it was recorded, where to see it, and how to undo it."""
    return letters.write("phone_answers/noted", to, path, scheme_of(scheme), address=scheme.contact_email)

"""Reading the outbox."""

from uuid import UUID

from ithaca.tools.post.models import OutboxLetter


def latest(address: str = "", most: int = 200) -> list[OutboxLetter]:
    """Return the newest emails first, to this address or to anyone, without their bodies."""
    letters = OutboxLetter.objects.order_by("-written_at", "-pk").defer("text", "html", "invitation")
    return list((letters.filter(address=address) if address else letters)[:most])


def letter(pk: UUID) -> OutboxLetter | None:
    """Return one whole email, or None."""
    return OutboxLetter.objects.filter(pk=pk).first()

"""Reading the outbox."""

from uuid import UUID

from ithaca.tools.post.models import OutboxLetter


def latest(address: str = "", most: int = 200) -> list[OutboxLetter]:
    """The newest letters, to this address or to anyone, the newest first, without their bodies."""
    letters = OutboxLetter.objects.order_by("-written_at", "-pk").defer("text", "html", "invitation")
    return list((letters.filter(address=address) if address else letters)[:most])


def letter(pk: UUID) -> OutboxLetter | None:
    """One letter, whole."""
    return OutboxLetter.objects.filter(pk=pk).first()

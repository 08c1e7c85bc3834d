"""Reading the outbox."""

from uuid import UUID

from ithaca.tools.post.models import OutboxLetter


def latest(most: int = 200) -> list[OutboxLetter]:
    """The newest letters, the newest first, without their bodies."""
    return list(OutboxLetter.objects.order_by("-written_at", "-pk").defer("text", "html", "invitation")[:most])


def letter(pk: UUID) -> OutboxLetter | None:
    """One letter, whole."""
    return OutboxLetter.objects.filter(pk=pk).first()

"""Reading how long people wait, as it is published."""

from ithaca.records.schemes.models import PublishedWait, Scheme


def waits_of(scheme: Scheme) -> dict[str, PublishedWait]:
    """How long people of each profession have waited, as it is said, by the code of the profession."""
    return {row.profession: row for row in PublishedWait.objects.filter(scheme=scheme)}

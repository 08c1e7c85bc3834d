"""Publishing how long people wait."""

from datetime import date

from django.db import transaction

from ithaca.records.schemes.models import PublishedWait, Scheme


@transaction.atomic
def publish(scheme: Scheme, profession: str, weeks: tuple[int, int] | None, on: date) -> bool:
    """Say how long people of a profession wait, in weeks, or that it cannot be said; return whether that is new."""
    low, high = weeks or (None, None)
    row, made = PublishedWait.objects.select_for_update().get_or_create(
        scheme=scheme,
        profession=profession,
        defaults={"low_weeks": low, "high_weeks": high, "since": on, "looked_on": on},
    )
    changed = (row.low_weeks, row.high_weeks) != (low, high)
    if changed:
        row.low_weeks, row.high_weeks, row.since = low, high, on
    row.looked_on = on
    row.save(update_fields=["low_weeks", "high_weeks", "since", "looked_on"])
    return made or changed

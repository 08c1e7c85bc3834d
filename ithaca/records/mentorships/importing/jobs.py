"""The scheduled jobs of sheets."""

from datetime import datetime

from ithaca.records.mentorships.importing.actions import sheets


def destroy_old_sheets(at: datetime) -> int:
    """Set aside spreadsheets that nobody has dealt with for a week, what they held destroyed. Returns of how many."""
    return sheets.destroy_old(at)

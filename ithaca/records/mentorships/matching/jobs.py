"""The scheduled jobs of match runs."""

from datetime import datetime

from ithaca.records.mentorships.matching.actions import match_runs


def take_up_match_runs(at: datetime) -> int:
    """Go on with runs that have shown no sign of life for a while, or say that they have failed. Returns how many."""
    return match_runs.take_up_silent(at)


def forget_match_runs(at: datetime) -> int:
    """Empty matches nobody has worked with for a month, throw away those that count no more. Returns how many."""
    return match_runs.forget_old(at)

"""The four tiers of docs/confidentiality: who can read a field."""

from enum import StrEnum


class Tier(StrEnum):
    """Every text field declares one of these."""

    T1 = "T1"
    """Operational plain text: names, addresses, organisations, dates, stages."""
    T1S = "T1s"
    """Sealed under a server key: structured answers that the match needs. A stolen dump is blind to it."""
    T2 = "T2"
    """Sealed to the scheme's coordinators."""
    T3 = "T3"
    """Sealed to the two of a relationship, or to its author alone."""

"""Who goes with whom: eligibility with its reasons, suitability in named parts, the best match for all with its proof.

Importing this package costs neither NumPy nor a compiler; the modules that need them load when they are called.
"""

from matchmaker.eligibility import Reason, Verdict, independence, verdict
from matchmaker.people import Away, Mentee, Mentor, Person
from matchmaker.policy import HARDENABLE, Policy, PolicyError, Weights
from matchmaker.roster import Pair, Roster, RosterError, worth
from matchmaker.suitability import Part, Suitability, suitability

__all__ = [
    "HARDENABLE",
    "Away",
    "Mentee",
    "Mentor",
    "Pair",
    "Part",
    "Person",
    "Policy",
    "PolicyError",
    "Reason",
    "Roster",
    "RosterError",
    "Suitability",
    "Verdict",
    "Weights",
    "independence",
    "suitability",
    "verdict",
    "worth",
]

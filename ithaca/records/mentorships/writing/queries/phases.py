"""Reading which phase the pair say they are in."""

from dataclasses import dataclass

from ithaca.records.mentorships.models import Mentorship, PhaseStep
from ithaca.records.schemes.vocabulary import PHASES
from ithaca.tools.vault.errors import Locked, NotGranted, Tampered
from ithaca.tools.vault.keyring import Keyring


def newest(mentorship: Mentorship) -> PhaseStep | None:
    """Return what was said last."""
    return PhaseStep.objects.filter(mentorship=mentorship).order_by("-at", "-pk").first()


@dataclass(frozen=True, slots=True)
class Phase:
    """One of the five: its code, its name, what it is like, and whether the two are in it."""

    code: str
    name: str
    what: str
    here: bool


def phases_of(mentorship: Mentorship, keyring: Keyring | None) -> tuple[Phase, ...]:
    """Return the five phases in their order.

    Raises Locked if one was said and there is no key; NotGranted, Tampered.
    """
    row = newest(mentorship)
    here = PhaseStep.phase.unseal(row, keyring) if row else ""
    return tuple(Phase(code, str(name), str(what), code == here) for code, (name, what) in PHASES.items())


def phases_if_open(mentorship: Mentorship, keyring: Keyring | None) -> tuple[Phase, ...]:
    """Return the same; empty while nobody has said a phase, or this person cannot open what was said. In one query."""
    try:
        way = phases_of(mentorship, keyring)
    except (Locked, NotGranted, Tampered):
        return ()
    return way if any(phase.here for phase in way) else ()

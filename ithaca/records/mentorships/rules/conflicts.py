"""What a declared conflict is: its kinds, and whom it is about."""

import json
from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

KINDS = {
    "past_employer": _("They employed me, or I employed them"),
    "appraiser": _("One of us appraises the other"),
    "trainer": _("One of us trains or trained the other"),
    "own_patient": _("One of us is the other's patient"),
    "family": _("We are family"),
    "line_manager": _("One of us manages the other"),
    "partner": _("We are partners or close colleagues"),
}
"""The kinds, in the words of one who speaks of a person."""
OF_AN_ORGANISATION = {
    "past_employer": _("I worked there"),
    "appraiser": _("I appraise people there, or am appraised by them"),
    "trainer": _("I train or trained people there, or was trained there"),
    "own_patient": _("I am a patient there"),
    "family": _("Someone in my family works there"),
}
"""The kinds that make sense of everyone at an organisation."""
_RULES = {"line_manager": "line_manager", "partner": "partners"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whom a conflict is with, as the match compares it: everyone of an organisation, or one person.

    `rule` is the matchmaker's field that it feeds. All that is told of a kind is in it, so that a patient or a cousin
    cannot be told from an old employer. `account` is the one who answered to the address when it was declared.
    """

    rule: str
    organisation: str = ""
    practice: str = ""
    email: str = ""
    account: str = ""

    def to_json(self) -> str:
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Whom":
        return cls(**json.loads(text))


def rule_of(kind: str) -> str:
    """Return the rule that a kind falls under: one of the matchmaker's `line_manager`, `partners` and `conflicts`."""
    return _RULES.get(kind, "conflicts")

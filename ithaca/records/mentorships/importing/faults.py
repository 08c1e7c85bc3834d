"""What is wrong with a sheet, each thing at its place."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NOT_AVAILABLE = gettext_lazy(
    "This mentor isn't available for them. Their places are taken, or there's a private reason."
)
"""One sentence for both, so that nobody learns that somebody keeps a list or has declared something (docs/adr/0069)."""


class Fault(NamedTuple):
    """What is wrong in one cell. Both are counted from 1, as a spreadsheet does; column 0: the whole row."""

    row: int
    column: int
    heading: str
    reason: str

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters

    @property
    def place(self) -> str:
        if not self.column:
            return _("Row %(row)d") % {"row": self.row}
        return _("Row %(row)d, column %(letter)s") % {"row": self.row, "letter": self.letter}


def to_json(faults: Iterable[Fault], changes: Iterable[Fault] = ()) -> str:
    """Write as JSON what is wrong, and what would be changed, each at its cell."""
    return json.dumps({"faults": sorted(faults), "changes": sorted(changes)})


def from_json(text: str) -> tuple[list[Fault], list[Fault]]:
    """Read what `to_json` wrote; before it told changes, it wrote what is wrong alone."""
    found = json.loads(text)
    told = {"faults": found, "changes": []} if isinstance(found, list) else found
    return [Fault(*row) for row in told["faults"]], [Fault(*row) for row in told["changes"]]

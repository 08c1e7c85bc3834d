"""Short words for who reads what, and when someone usually replies."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import DAYS
from ithaca.records.stages import Party


def partner_reads(scheme: Scheme, party: Party) -> str:
    """Who reads what both share, by what the other is: "you and your mentor", or the scheme's word for a mentee."""
    partner = _("mentor") if party is Party.MENTEE else scheme.mentee_word
    return _("you and your %(partner)s") % {"partner": partner}


def usual_days(codes: Iterable[str]) -> str:
    """Tuesday and Wednesday."""
    return get_text_list([str(DAYS[code]) for code in codes], _("and"))


def both_read(name: str) -> str:
    """Who reads what is written to both: "you and Omar"."""
    return _("you and %(name)s") % {"name": name}

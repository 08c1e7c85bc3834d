"""What a scheme asks of those who join: pure questions about a membership as it stands."""

import re
from datetime import date

from django.utils.translation import gettext as _

from ithaca.records.members.models import Membership
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REGISTERS

REGISTER_NUMBERS = {"GMC": re.compile(r"[0-9]{7}"), "NMC": re.compile(r"[0-9]{2}[A-Z][0-9]{4}[A-Z]")}
"""GMC: seven digits. NMC: a pin of two digits, a letter, four digits and a letter. The form proves nothing."""


def asked(scheme: Scheme, profession: str) -> tuple[str, ...]:
    """Return the questions, one a page, in their order."""
    asked = {
        "profession": len(scheme.professions) > 1,
        "practice": True,
        "subscription": scheme.joining == Scheme.Joining.SUBSCRIPTION,
        "registration": profession in REGISTERS,
        "post": True,
    }
    return tuple(step for step, wanted in asked.items() if wanted)


def missing(membership: Membership) -> list[str]:
    """Return the questions that still need an answer.

    When someone began their job is a preference, and never missing.
    """
    answered = {
        "profession": membership.profession in membership.scheme.professions,
        "practice": bool(membership.organisation_id or membership.unlisted_practice),
        "subscription": bool(membership.subscriber_number and membership.valid_until),
        "registration": bool(membership.registration_number),
        "post": True,
    }
    return [step for step in asked(membership.scheme, membership.profession) if not answered[step]]


def unready(membership: Membership, on: date) -> list[str]:
    """Why a coordinator cannot confirm it yet, in words; empty when nothing stands in the way."""
    wanted = asked(membership.scheme, membership.profession)
    reasons = [_("Some answers are missing.")] if missing(membership) else []
    if "subscription" in wanted and membership.valid_until and membership.valid_until < on:
        reasons.append(_("The subscribing membership has expired."))
    if "registration" in wanted and membership.registration_checked_on is None:
        reasons.append(_("The register hasn't been checked. Look them up, and record that you have."))
    return reasons


def tidy_register_number(register: str, typed: str) -> str | None:
    """Return the number as the register writes it, or None if it can't be one."""
    number = re.sub(r"[\s-]", "", typed).upper()
    return number if REGISTER_NUMBERS[register].fullmatch(number) else None

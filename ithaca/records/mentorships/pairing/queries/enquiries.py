"""Reading two-minute requests."""

from uuid import UUID

from ithaca.records.members.models import Membership, PersonalInvitation
from ithaca.records.mentorships.models import Enquiry
from ithaca.records.mentorships.rules.answers import EnquiryText
from ithaca.records.mentorships.rules.stages.pairing import EnquiryStage
from ithaca.records.schemes.models import Scheme
from ithaca.tools.vault import directory
from ithaca.tools.vault.errors import NotGranted
from ithaca.tools.vault.keyring import Keyring


def letter_of(enquiry: Enquiry, keyring: Keyring | None) -> EnquiryText | None:
    """Open a two-minute request with a coordinator's keys; None for one who has not been given the scheme's key yet.

    Raises Locked when no key is open in this browser.
    """
    try:
        return open_enquiry(enquiry, keyring)
    except NotGranted:
        return None


def open_enquiry(enquiry: Enquiry, keyring: Keyring | None) -> EnquiryText:
    """Return what someone without an account wrote, for a holder of the scheme's mailbox.

    Raises `Locked` without a keyring, `NotGranted` for a coordinator who does not hold the mailbox.
    """
    letter = Enquiry.letter.unseal(enquiry, keyring)
    return EnquiryText.from_json(letter)


def enquiry_behind(membership: Membership, seen: UUID | None) -> Enquiry | None:
    """Return the two-minute request that this member sent before they had an account.

    It is the one their personal link was made for, else the one `seen` in the browser they now ask from; never one
    that has become someone's request already.
    """
    links = PersonalInvitation.objects.filter(scheme=membership.scheme_id, used_by=membership.user_id)
    linked = list(links.exclude(enquiry=None).values_list("enquiry", flat=True))
    open_ones = Enquiry.objects.filter(
        scheme=membership.scheme_id, stage__in=[EnquiryStage.RECEIVED, EnquiryStage.ANSWERED], request=None
    )
    return open_ones.filter(pk__in=[*linked, *([seen] if seen else [])]).order_by("asked_on").first()


def can_be_asked(scheme: Scheme) -> bool:
    """Whether a two-minute request can be sealed to the scheme's coordinators."""
    return bool(directory.addresses_of(scheme.pk))

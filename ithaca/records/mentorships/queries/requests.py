"""Reading requests and enquiries."""

import json
from datetime import date
from uuid import UUID

from ithaca.records.members.models import Membership, PersonalInvitation
from ithaca.records.mentorships.answers import Answers, Asking
from ithaca.records.mentorships.models import Enquiry, MentoringRequest
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER, working_days_after
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.queries import Sign, signposts_named
from ithaca.tools.vault import directory, keyless
from ithaca.tools.vault.keyring import Keyring, unlocked

CLOSED = ("matched", "withdrawn", "ineligible", "signposted")


def open_enquiry(enquiry: Enquiry, keyring: Keyring | None) -> Asking:
    """What someone without an account wrote, for a holder of the scheme's mailbox.

    Raises `Locked` without a keyring, `NotGranted` for a coordinator who does not hold the mailbox.
    """
    letter = unlocked(keyring).open_t2(enquiry.scheme_id, "enquiry.letter", enquiry.pk, enquiry.letter)
    return Asking.from_json(letter)


def answers_of(request: MentoringRequest) -> Answers:
    """What the request says, but for the story."""
    if request.answers is None:
        return Answers()
    return Answers.from_json(keyless.open_for_server("request.answers", request.pk, request.answers))


def story_of(request: MentoringRequest, keyring: Keyring | None) -> str:
    """The story in the mentee's own words, for the mentee; empty when there is none. Raises `Locked`."""
    if request.story is None:
        return ""
    return unlocked(keyring).open_private("request.story", request.pk, request.story)


def signposts_of(request: MentoringRequest, on: date) -> list[Sign]:
    """The signposts that the coordinator's answer names, but for any that was taken down since."""
    if request.signposts is None:
        return []
    text = keyless.open_for_server("request.signposts", request.pk, request.signposts)
    return signposts_named((UUID(pk) for pk in json.loads(text)), on)


def requests_of(person: UUID) -> list[MentoringRequest]:
    """Every request of this person's, with as much as a card needs, by the date they asked."""
    found = MentoringRequest.objects.filter(membership__user=person).select_related("membership__scheme")
    shown = ("stage", "stage_since", "asked_on", "story", "one_off", "membership__stage", "membership__profession")
    return list(found.only(*shown, "membership__scheme__proposing", "membership__scheme__name").order_by("asked_on"))


def open_request_of(membership: Membership) -> MentoringRequest | None:
    """The request that this member has under way, a draft too."""
    return MentoringRequest.objects.filter(membership=membership).exclude(stage__in=CLOSED).first()


def enquiry_behind(membership: Membership, seen: UUID | None) -> Enquiry | None:
    """The two-minute request that this member sent before they had an account.

    It is the one their personal link was made for, else the one `seen` in the browser they now ask from; never one
    that has become someone's request already.
    """
    links = PersonalInvitation.objects.filter(scheme=membership.scheme_id, used_by=membership.user_id)
    linked = list(links.exclude(enquiry=None).values_list("enquiry", flat=True))
    open_ones = Enquiry.objects.filter(scheme=membership.scheme_id, stage__in=["received", "answered"], request=None)
    return open_ones.filter(pk__in=[*linked, *([seen] if seen else [])]).order_by("asked_on").first()


def can_be_asked(scheme: Scheme) -> bool:
    """Whether a two-minute request can be sealed to the scheme's coordinators."""
    return bool(directory.addresses_of(scheme.pk))


def answer_due(asked_on: date) -> date:
    """By when a person answers someone who asked on this day."""
    return working_days_after(asked_on, WORKING_DAYS_TO_ANSWER)

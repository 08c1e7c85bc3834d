"""A desk with one of everything on it, each made by the acts that people would take."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from ithaca.access.routes import ROUTES
from ithaca.records.members.actions import applications
from ithaca.records.members.models import Membership, MentorApplication, User
from ithaca.records.mentorships.models import Enquiry, Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import enquiries, introductions, requests
from ithaca.records.mentorships.rules.answers import EnquiryText
from ithaca.records.stages import Party
from tests.cast import Cast, make_cast, make_member, make_mentor, make_organisation, make_person

OFFER = {
    "own_words": "I have closed a practice and opened two.",
    "roles": ("guide", "confidant"),
    "topics": ("staff",),
    "reasons": ("new_in_post",),
    "slots": ("mon-am",),
    "ways": ("video",),
    "languages": ("en",),
}
ANSWERS = {
    "reasons": ("new_in_post",),
    "roles": ("guide", "challenger"),
    "topics": ("staff", "finance"),
    "slots": ("mon-am", "tue-pm"),
    "ways": ("video",),
    "languages": ("en",),
}
LETTER = EnquiryText("Nell", "phone", "07700 900123", "After 6pm", "I could do with someone to talk to.")


@dataclass(frozen=True)
class Desk:
    """The cast, and one record for each queue of the scheme's desk. `anna` offers to mentor, `max` asks to join."""

    cast: Cast
    enquiry: Enquiry
    membership: Membership
    application: MentorApplication
    new_request: MentoringRequest
    waiting: MentoringRequest
    introduction: Introduction

    @property
    def slug(self) -> str:
        return self.cast.scheme.slug


def make_desk(cast: Cast | None = None, at: datetime | None = None) -> Desk:
    cast, at = cast or make_cast(), at or timezone.now()
    second = make_mentor(make_member(cast.scheme, make_person("Second Mentor"), make_organisation("Z90010", "QZ9")))
    waiting = make_request(cast, "Wanda Waiting", "Z90011", at)
    introduced = make_request(cast, "Ines Introduced", "Z90012", at)
    return Desk(
        cast=cast,
        enquiry=make_enquiry(cast, at),
        membership=make_applicant(cast, "Max Applying", "Z90013", at),
        application=make_offer(cast, "Anna Offering", "Z90014", at),
        new_request=make_request(cast, "Nora New", "Z90015", at, taken_in=False),
        waiting=waiting,
        introduction=introductions.propose(
            introduced, second, Party.COORDINATOR, actor=cast.coordinator.pk, at=at, form=uuid4()
        ),
    )


def make_enquiry(cast: Cast, at: datetime, letter: EnquiryText = LETTER) -> Enquiry:
    return enquiries.receive(cast.scheme, letter, at=at, form=uuid4())


def make_applicant(cast: Cast, name: str, code: str, at: datetime) -> Membership:
    member = make_member(cast.scheme, make_person(name), make_organisation(code, f"Q{code[-3:]}"), "applied")
    Membership.objects.filter(pk=member.pk).update(applied_at=at, valid_until=timezone.localdate(at) + timedelta(90))
    member.refresh_from_db()
    return member


def make_offer(cast: Cast, name: str, code: str, at: datetime) -> MentorApplication:
    member = make_member(cast.scheme, make_person(name), make_organisation(code, f"Q{code[-3:]}"))
    application = applications.begin(member, at=at)
    applications.answer(application, capacity=2, **OFFER)
    applications.submit(application, at=at, form=uuid4())
    return application


def make_request(cast: Cast, name: str, code: str, at: datetime, *, taken_in: bool = True) -> MentoringRequest:
    return ask(
        make_member(cast.scheme, make_person(name), make_organisation(code, f"Q{code[-3:]}")), at, cast.deputy, taken_in
    )


def ask(member: Membership, at: datetime, reader: User, taken_in: bool = True) -> MentoringRequest:
    """Ask for a mentor as this member; `reader` takes the request in."""
    request = requests.begin(member, at=at, form=uuid4())
    requests.change_answers(request, request.version, **ANSWERS)
    requests.submit(request, actor=member.user_id, at=at, form=uuid4())
    if taken_in:
        requests.take_in(request, actor=reader.pk, at=at, form=uuid4())
    request.refresh_from_db()
    return request


def once() -> dict[str, UUID]:
    """The hidden uuid of a form that has not been sent yet."""
    return {"once": uuid4()}


DESK: dict[str, str] = {
    route.partition(":")[2]: route
    for route in ROUTES
    if route.partition(":")[0] in ("coordinating", "configuring", "reporting")
}
"""The full name of each route of the desk, whichever journey it lives in."""

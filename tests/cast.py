"""The standing cast of the tests: one who owns, one who shares, and those who must get nothing.

    Mina    practice manager, asks for a mentor            (mentee)
    Omar    practice manager elsewhere, offers to mentor   (mentor)
    Cora    coordinates the scheme; Dev is her deputy      (coordinator)
    Stella  member of the same scheme, in no pair          (stranger)
    Otto    coordinates another scheme                     (outsider)

Everyone has keys; `keyring_of` opens them as signing in would.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from ithaca.access.actor import Actor
from ithaca.records.members.models import Area, Membership, MentorStanding, Organisation, Placement, User
from ithaca.records.members.offers import Offer
from ithaca.records.members.queries.memberships import memberships_of
from ithaca.records.schemes.models import AgreementTemplate, Appointment, Scheme
from ithaca.records.schemes.queries.appointments import coordinated_by
from ithaca.tools.vault import slots
from ithaca.tools.vault.keyring import Keyring
from ithaca.tools.vault.slots import SlotKind

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday
TODAY = NOW.date()
PASSWORD = "long-enough-words-1"


def make_person(name: str, at: datetime = NOW) -> User:
    """An account with a confirmed address and a key pair, as after a first sign-in."""
    from allauth.account.models import EmailAddress

    user = User.objects.create_user(f"{name.lower().replace(' ', '.')}@practice.example", PASSWORD, name=name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    slots.enrol(user.pk, PASSWORD, at)
    return user


def keyring_of(user: User, at: datetime = NOW) -> Keyring:
    """The person's keys, opened by their password."""
    return Keyring(slots.open_with(user.pk, SlotKind.PASSWORD, PASSWORD), proved_at=at)


def actor_of(user: User, *, locked: bool = False) -> Actor:
    """The person as the middleware would present them."""
    return Actor(user, memberships_of(user), coordinated_by(user.pk), None if locked else keyring_of(user))


def make_scheme(slug: str = "managers", **changes: Any) -> Scheme:
    """A scheme that introduces practice managers, joined by subscription unless `changes` say otherwise."""
    words = {
        "name": f"The {slug} scheme",
        "summary": "Someone to talk to",
        "joining": Scheme.Joining.SUBSCRIPTION,
        "subscriber_body": "the managers' association",
        "professions": ["practice_manager"],
        "topics": ["starting_out", "staff", "finance"],
        "checks": ["experience", "declaration", "conversation"],
        "proposing": Scheme.Proposing.COORDINATOR,
        "contact_email": f"{slug}@ithaca.example",
    }
    scheme = Scheme.objects.create(slug=slug, **(words | changes))
    clauses = [
        {"key": "confidential", "heading": "What stays between us", "text": "Everything, unless the law says not."},
        {"key": "rhythm", "heading": "How often we meet", "text": "About once a month."},
    ]
    AgreementTemplate.objects.create(scheme=scheme, version=1, clauses=clauses, since=date(2026, 1, 1))
    return scheme


def make_organisation(code: str, icb: str = "QZ1", sub_icb: str | None = None) -> Organisation:
    """An open practice that lies in a region, an integrated care board and a sub-ICB location."""
    organisation = Organisation.objects.create(code=code, name=f"Practice {code}", postcode="ZZ1 1ZZ", setting="4")
    for kind, area in (("region", "Y99"), ("icb", icb), ("sub_icb", sub_icb or f"{icb}S")):
        found, _ = Area.objects.get_or_create(code=area, kind=kind)
        Placement.objects.create(organisation=organisation, area=found, since=date(2020, 4, 1))
    return organisation


def make_member(scheme: Scheme, user: User, organisation: Organisation | None, stage: str = "active") -> Membership:
    return Membership.objects.create(
        scheme=scheme,
        user=user,
        stage=stage,
        profession=scheme.professions[0],
        organisation=organisation,
        subscriber_number="S-1001",
        subscriber_name=user.name,
        valid_until=TODAY + timedelta(days=300),
        applied_at=NOW - timedelta(days=60),
    )


def make_mentor(membership: Membership, capacity: int = 2, offer: Offer | None = None) -> MentorStanding:
    """Approve a member as a mentor with this offer, without walking the checks."""
    offer = offer or Offer(
        own_words="Twenty years of practices, most of them calm.",
        roles=("guide", "sounding_board"),
        topics=("starting_out", "staff"),
        reasons=("new_in_post", "under_pressure"),
        slots=("mon-am", "wed-pm"),
        ways=("video", "phone"),
        languages=("en",),
    )
    standing = MentorStanding(membership=membership, capacity=capacity, approved_on=TODAY)
    standing.offer = MentorStanding.offer.seal(standing, offer.to_json())
    standing.save()
    return standing


@dataclass(frozen=True)
class Cast:
    """Everyone, in their places."""

    scheme: Scheme
    other_scheme: Scheme
    mentee: User
    mentor: User
    coordinator: User
    deputy: User
    stranger: User
    outsider: User
    mentee_member: Membership
    mentor_member: Membership
    standing: MentorStanding

    @property
    def people(self) -> dict[str, User | None]:
        """Everyone who may knock at a door, by the part they play."""
        return {
            "visitor": None,
            "mentee": self.mentee,
            "mentor": self.mentor,
            "coordinator": self.coordinator,
            "deputy": self.deputy,
            "stranger": self.stranger,
            "outsider": self.outsider,
        }


def make_cast(**scheme_changes: Any) -> Cast:
    """A scheme with its people, its mailbox shared by two, and a second scheme next door."""
    scheme, other = make_scheme(**scheme_changes), make_scheme("neighbours")
    mentee, mentor, stranger = make_person("Mina Patel"), make_person("Omar Reed"), make_person("Stella Fox")
    cora, dev, otto = make_person("Cora Lane"), make_person("Dev Shah"), make_person("Otto Berg")
    for user, where, duty in (
        (cora, scheme, Appointment.Duty.COORDINATOR),
        (dev, scheme, Appointment.Duty.DEPUTY),
        (otto, other, Appointment.Duty.COORDINATOR),
    ):
        Appointment.objects.create(scheme=where, person=user.pk, duty=duty, since=TODAY - timedelta(days=400))
    keyring_of(cora).make_mailbox(scheme.pk, [cora.pk, dev.pk])
    mentee_member = make_member(scheme, mentee, make_organisation("Z90001", "QZ1"))
    mentor_member = make_member(scheme, mentor, make_organisation("Z90002", "QZ2"))
    make_member(scheme, stranger, make_organisation("Z90003", "QZ3"))
    return Cast(
        scheme=scheme,
        other_scheme=other,
        mentee=mentee,
        mentor=mentor,
        coordinator=cora,
        deputy=dev,
        stranger=stranger,
        outsider=otto,
        mentee_member=mentee_member,
        mentor_member=mentor_member,
        standing=make_mentor(mentor_member),
    )


def sign_in(client: Client, user: User, *, locked: bool = False) -> Client:
    """Sign in through the sign-in page, as a person would; `locked` leaves the vault shut."""
    if locked:
        client.force_login(user)
    else:
        client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    return client

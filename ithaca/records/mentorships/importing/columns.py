"""The columns of each kind of sheet: what they are called, by which other names they go, and how a cell is read."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ithaca.records.members.offers import LISTED
from ithaca.records.mentorships.importing import cells
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REGISTERS

Words = Any  # translated when shown


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `also` are other headings that mean it; `needed` says that no new row can do without it."""

    name: str
    title: Words
    read: cells.Reader
    also: tuple[str, ...] = ()
    needed: bool = False
    hint: Words = ""


def _also(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(","))


PERSON = (
    Column(
        "email",
        _("Email"),
        cells.email,
        _also(
            "email address, email addr, e mail, e mail addr, mail, work email, contact email, e-mail address, nhs email"
        ),
        needed=True,
        hint=_("Each person needs their own address."),
    ),
    Column(
        "name",
        _("Name"),
        cells.words(120),
        _also("full name, member, member name, person, surname and first name, contact, who, mentor, mentee"),
        needed=True,
    ),
    Column(
        "first_name",
        _("First name"),
        cells.words(59),
        _also("forename, given name, first names, forenames, christian name"),
    ),
    Column(
        "family_name",
        _("Family name"),
        cells.words(59),
        _also("surname, last name, second name"),
    ),
    Column(
        "telephone",
        _("Phone"),
        cells.telephone,
        _also("telephone, tel, mobile, mobile number, phone number, telephone number, contact number"),
    ),
    Column(
        "profession",
        _("Profession"),
        cells.profession,
        _also("role, job, job title, position, occupation, staff group"),
    ),
    Column(
        "organisation",
        _("ODS code"),
        cells.organisation,
        _also("practice code, organisation code, ods, org code, national code, code, k code"),
        hint=_("The practice's code, like A81001."),
    ),
    Column(
        "practice",
        _("Practice"),
        cells.words(120),
        _also("practice name, organisation, organisation name, surgery, employer, workplace, place of work"),
        hint=_("We only read this if there's no ODS code."),
    ),
    Column(
        "took_up_post_on",
        _("In post since"),
        cells.day,
        _also("took up post, start date, post since, in post from, date appointed, appointed"),
    ),
    Column(
        "subscriber_number",
        _("Membership number"),
        cells.words(40),
        _also("subscriber number, member number, membership no, member no, subscription number, member id"),
    ),
    Column(
        "subscriber_name",
        _("Name of the subscriber"),
        cells.words(120),
        _also("subscriber, subscribing practice, membership name, in the name of"),
    ),
    Column(
        "valid_until",
        _("Valid until"),
        cells.day,
        _also("expiry, expiry date, expires, membership expires, renewal date, valid to, paid until, end date"),
    ),
    Column(
        "registration_number",
        _("Registration number"),
        cells.words(20),
        _also("gmc, gmc number, nmc, nmc pin, register number, pin, professional number, gmc no"),
    ),
    Column(
        "registration_checked_on",
        _("Register checked on"),
        cells.day,
        _also("registration checked, gmc checked, checked on, date checked, register check"),
    ),
    Column(
        "status",
        _("Status"),
        cells.status,
        _also("state, membership status, active, stage"),
        hint=_("“active” if you've checked them, “applied” if they still need to be checked. Blank means active."),
    ),
)
_ROLES = Column("roles", _("Roles"), cells.choices("ROLES"), _also("mentor roles, roles wanted, kind of mentor"))
_TOPICS = Column(
    "topics",
    _("Topics"),
    cells.choices("TOPICS", "topics"),
    _also("subjects, areas of interest, expertise, experience, interests, themes, wants to talk about"),
)
_SLOTS = Column(
    "slots", _("Times"), cells.choices("SLOTS"), _also("availability, available, days, days and times, when")
)
_WAYS = Column("ways", _("Ways to meet"), cells.choices("WAYS"), _also("how, meeting, format, ways, how to meet"))
_LANGUAGES = Column("languages", _("Languages"), cells.choices("LANGUAGES"), _also("language, speaks"))
_NAMED = ("roles", "topics", "reasons", "slots", "ways", "languages")
"""Lists of an offer whose columns have other names as well; every other list gets a column of its own."""
MENTOR = (
    _ROLES,
    _TOPICS,
    Column(
        "reasons",
        _("Situations they know"),
        cells.choices("REASONS"),
        _also("situations, situations known, knows about, reasons"),
    ),
    _SLOTS,
    _WAYS,
    _LANGUAGES,
    *(
        Column(name, declared.desk, cells.choices(name.upper()), ())
        for name, declared in LISTED.items()
        if name not in _NAMED
    ),
    Column(
        "capacity",
        _("How many people"),
        cells.count(1, 4),
        _also("capacity, places, number of mentees, max mentees, mentees, slots available, how many"),
        hint=_("A number from 1 to 4. Blank means 2."),
    ),
    Column(
        "approved_on",
        _("Mentor since"),
        cells.day,
        _also("approved on, approved, date approved, mentor from, trained on"),
    ),
)
REQUEST = (
    Column(
        "asked_on",
        _("Asked on"),
        cells.day,
        _also("date asked, requested, request date, date of request, date requested, waiting since, joined queue"),
        needed=True,
        hint=_("The day they asked. It decides their place in the queue."),
    ),
    Column(
        "reasons",
        _("What brings them"),
        cells.choices("REASONS"),
        _also("reason, reasons, why, situation, what brings you, reason for request"),
        needed=True,
    ),
    _ROLES,
    _TOPICS,
    _SLOTS,
    _WAYS,
    _LANGUAGES,
    Column(
        "wants_near",
        _("Where the mentor works"),
        cells.near,
        _also("near or far, distance, location wanted, nearby"),
        hint=_("“close by” or “further away”. Blank means it doesn't matter."),
    ),
)
PAIR = (
    Column(
        "mentee",
        _("Mentee's email"),
        cells.email,
        _also("mentee, mentee email, mentee email address, protege, protege email, protégé's email"),
        needed=True,
    ),
    Column(
        "mentor",
        _("Mentor's email"),
        cells.email,
        _also("mentor, mentor email, mentor email address"),
        needed=True,
    ),
    Column(
        "began_on",
        _("Began on"),
        cells.day,
        _also("start, start date, started, began, date started, since, first session, matched on, match date"),
        needed=True,
    ),
    Column(
        "sessions",
        _("Sessions so far"),
        cells.count(0, cells.MOST_SESSIONS),
        _also("sessions, number of sessions, sessions held, meetings, meetings so far, sessions completed"),
    ),
    Column(
        "asked_on",
        _("Asked on"),
        cells.day,
        _also("date asked, requested, request date, date of request, date requested, original request"),
    ),
)
NAME_PARTS = ("first_name", "family_name")
"""Columns that are put together to the name. They are read and never written: a sheet of ours has the name whole."""
COLUMNS = {"members": PERSON, "mentors": PERSON + MENTOR, "waiting": PERSON + REQUEST, "pairs": PAIR}


def columns_of(kind: str, scheme: Scheme) -> tuple[Column, ...]:
    """Return the columns that make sense in this scheme, in their order."""
    left_out = set()
    if scheme.joining != Scheme.Joining.SUBSCRIPTION:
        left_out |= {"subscriber_number", "subscriber_name", "valid_until"}
    if not set(scheme.professions) & set(REGISTERS):
        left_out |= {"registration_number", "registration_checked_on"}
    return tuple(column for column in COLUMNS[kind] if column.name not in left_out)


def written(kind: str, scheme: Scheme) -> tuple[Column, ...]:
    """Return the columns of the spreadsheets that we write."""
    return tuple(column for column in columns_of(kind, scheme) if column.name not in NAME_PARTS)

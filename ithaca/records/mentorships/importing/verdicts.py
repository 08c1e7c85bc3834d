"""What a row would do: nothing, a change, something new, or why it cannot be taken.

The rules are those of the pages: what `membership_questions` asks of an application, an offer's and a request's own
needs, a mentor's places. What somebody who has signed in says of themselves is theirs: a sheet does not change it.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from ithaca.records.members import membership_questions
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.members.offers import NOTHING_YET, Offer, listed
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.members.stages import ELSEWHERE, MAY_ASK, MembershipStage, StandingStage
from ithaca.records.mentorships.importing.entries import Entry
from ithaca.records.mentorships.importing.faults import NOT_AVAILABLE
from ithaca.records.mentorships.importing.known import Known
from ithaca.records.mentorships.pairing.queries.requests import answers_of
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.mentorships.rules.stages.pairing import RequestStage
from ithaca.records.schemes.models import Scheme
from ithaca.records.schemes.vocabulary import REGISTERS

OFFER = listed("roles", "topics", "reasons")
ANSWERS = ("roles", "topics", "reasons", "slots", "ways", "languages", "wants_near")
FACTS = ("profession", "took_up_post_on", "subscriber_number", "subscriber_name", "valid_until", "registration_number")
DEFAULT_CAPACITY = 2


class Verdict(StrEnum):
    """What comes of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BROKEN = "broken"


@dataclass(slots=True)
class Judgement:
    """The verdict, and what would be written.

    `facts` are fields of the membership, `own` of the account; `vouched` says that the membership is confirmed by it.
    `offer`, `capacity`, `answers` and `pair` are what a mentor's, a waiting mentee's and a pair's row would set.
    """

    verdict: Verdict = Verdict.UNCHANGED
    member: Membership | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    vouched: bool = False
    offer: Offer | None = None
    capacity: int | None = None
    answers: Answers | None = None
    pair: dict[str, Any] = field(default_factory=dict)


def judge(kind: str, entry: Entry, known: Known) -> Judgement:
    """Say what the row would do; what is wrong with it is added to `entry.faults`."""
    found = _pair(entry, known) if kind == "pairs" else _person(entry, known)
    if kind == "mentors":
        _mentor(entry, known, found)
    elif kind == "waiting":
        _waiting(entry, known, found)
    if found.verdict is not Verdict.UNCHANGED and kind != "pairs" and _own(entry, known, found):
        entry.fault("email", _("This is you. Another coordinator can do this for you."))
    if entry.faults:
        found.verdict = Verdict.BROKEN
    elif kind == "pairs" and found.verdict is Verdict.NEW:
        _take_place(entry, known)
    return found


def claimed(member: Membership) -> bool:
    """Tell whether the person has signed in, so that what they say of themselves is theirs."""
    return member.user.has_usable_password()


def _own(entry: Entry, known: Known, found: Judgement) -> bool:
    return known.is_own(found.member) or entry.get("email") == known.own_address


# --- people ---------------------------------------------------------------------------------------


def _person(entry: Entry, known: Known) -> Judgement:
    found = Judgement(member=known.member(entry.get("email")))
    _check_organisation(entry, known)
    _read_facts(entry, known, found)
    if found.member is None:
        _check_new(entry, known, found)
        found.verdict = Verdict.NEW
        found.own = {name: entry.values[name] for name in ("name", "telephone") if name in entry.values}
        found.vouched = entry.get("status") != "applied"
        return found
    member = found.member
    if member.stage in ELSEWHERE:
        entry.fault("email", _("Their membership has ended or is on hold. Sort that out on its own page first."))
    elif member.stage in (MembershipStage.DRAFT, MembershipStage.CORRECTING):
        entry.fault("email", _("They're filling in an application themselves. Wait until they've sent it."))
    found.facts = {name: value for name, value in found.facts.items() if getattr(member, name) != value}
    found.own = {} if claimed(member) else _own_changes(entry, member)
    waits = member.stage in (MembershipStage.APPLIED, MembershipStage.VERIFYING) or (
        member.stage == MembershipStage.GRACE and "valid_until" in found.facts
    )
    found.vouched = waits and entry.get("status") != "applied"
    if found.facts or found.own or found.vouched:
        found.verdict = Verdict.CHANGED
        _check_dates(entry, known, found)
    return found


def _read_facts(entry: Entry, known: Known, found: Judgement) -> None:
    """Read the fields of the membership that the row gives, the registration number as the register writes it."""
    found.facts = {name: entry.values[name] for name in FACTS if name in entry.values}
    if "organisation" in entry.values:
        found.facts |= {"organisation_id": entry.values["organisation"], "unlisted_practice": ""}
    elif "practice" in entry.values and not (found.member and found.member.organisation_id):
        found.facts["unlisted_practice"] = entry.values["practice"]
    profession = found.facts.get("profession") or (found.member.profession if found.member else "")
    if not profession and len(known.scheme.professions) == 1:
        profession = known.scheme.professions[0]
    register = REGISTERS.get(profession, "")
    if "registration_number" in found.facts and not register:
        del found.facts["registration_number"]
    elif "registration_number" in found.facts:
        number = membership_questions.tidy_register_number(register, found.facts["registration_number"])
        if number is None:
            entry.fault(
                "registration_number", _("This isn't a %(register)s number. Check it.") % {"register": register}
            )
        found.facts["registration_number"] = number
    if register and "registration_checked_on" in entry.values:
        found.facts["registration_checked_on"] = entry.values["registration_checked_on"]


def _own_changes(entry: Entry, member: Membership) -> dict[str, str]:
    stands = {"name": member.user.name, "telephone": telephone_of(member.user)}
    return {name: entry.values[name] for name in stands if name in entry.values and entry.values[name] != stands[name]}


def _check_organisation(entry: Entry, known: Known) -> None:
    code = entry.get("organisation")
    if code and code not in known.organisations:
        entry.fault("organisation", _("No organisation has the code %(code)s. Check it.") % {"code": code})


def _check_new(entry: Entry, known: Known, found: Judgement) -> None:
    """Mark what an application to join cannot do without and the row lacks."""
    scheme = known.scheme
    for name, missing in (("email", _("Add an email address.")), ("name", _("Add a name."))):
        _need(entry, name, missing)
    if len(scheme.professions) > 1:
        _need(entry, "profession", _("Add a profession."))
    if not any(name in entry.values or _is_faulty(entry, name) for name in ("organisation", "practice")):
        entry.fault("organisation", _("Add the practice's ODS code, or its name if it has no code."))
    if scheme.joining == Scheme.Joining.SUBSCRIPTION:
        _need(entry, "subscriber_number", _("Add a membership number."))
        _need(entry, "valid_until", _("Add the date the membership is valid until."))
    profession = entry.get("profession") or (scheme.professions[0] if len(scheme.professions) == 1 else "")
    if profession in REGISTERS:
        _need(entry, "registration_number", _("Add a registration number."))
    _check_dates(entry, known, found)


def _check_dates(entry: Entry, known: Known, found: Judgement) -> None:
    until: date | None = found.facts.get("valid_until")
    if until is None and found.vouched and found.member is not None:
        until = found.member.valid_until
    if until and until < known.today:
        entry.fault("valid_until", _("This date has passed. Ask them to renew first, or check the date."))
    post: date | None = found.facts.get("took_up_post_on")
    if post and post > known.today + timedelta(days=366):
        entry.fault("took_up_post_on", _("This is more than a year away. Check the year."))
    checked: date | None = found.facts.get("registration_checked_on")
    if checked:
        _past(entry, "registration_checked_on", checked, known.today)


def _need(entry: Entry, name: str, missing: str) -> None:
    if name not in entry.values and not _is_faulty(entry, name):
        entry.fault(name, missing)


def _is_faulty(entry: Entry, name: str) -> bool:
    """Has this cell been found wrong already? Then it is not missing too."""
    place = entry.places.get(name)
    return place is not None and any(fault.column == place[0] for fault in entry.faults)


def _past(entry: Entry, name: str, day: date, today: date) -> None:
    if day > today:
        entry.fault(name, _("This day is in the future. Check the date."))


# --- mentors --------------------------------------------------------------------------------------


def _mentor(entry: Entry, known: Known, found: Judgement) -> None:
    member = found.member
    said = {name: entry.values[name] for name in OFFER if name in entry.values}
    standing = known.standings.get(member.pk) if member else None
    if entry.get("approved_on"):
        _past(entry, "approved_on", entry.values["approved_on"], known.today)
    if standing is not None and member is not None:
        _change_mentor(entry, standing, found, said, claimed(member))
        return
    if member is not None and member.pk in known.offering:
        entry.fault("email", _("Their offer to mentor is on the desk. Decide on it there."))
    will_be_active = found.vouched or (member is not None and member.stage == MembershipStage.ACTIVE)
    if not will_be_active and not entry.faults:
        entry.fault("status", _("A mentor has to be a confirmed member first."))
    found.offer = replace(NOTHING_YET, **said)
    found.capacity = entry.get("capacity") or DEFAULT_CAPACITY
    found.verdict = Verdict.NEW


def _change_mentor(
    entry: Entry, standing: MentorStanding, found: Judgement, said: dict[str, Any], is_theirs: bool
) -> None:
    if is_theirs:
        return
    offer = offer_of(standing)
    after = replace(offer, **said)
    capacity = entry.get("capacity") or standing.capacity
    if (after, capacity) == (offer, standing.capacity):
        return
    if standing.stage in (StandingStage.SUSPENDED, StandingStage.RETIRED):
        entry.fault("email", _("They aren't mentoring at the moment. Sort that out on their own page first."))
    found.offer, found.capacity = after, capacity
    if found.verdict is Verdict.UNCHANGED:
        found.verdict = Verdict.CHANGED


# --- those who wait -------------------------------------------------------------------------------


def _waiting(entry: Entry, known: Known, found: Judgement) -> None:
    member = found.member
    said = {name: entry.values[name] for name in ANSWERS if name in entry.values}
    asked_on: date | None = entry.get("asked_on")
    if asked_on:
        _past(entry, "asked_on", asked_on, known.today)
    if member is not None and (request := known.requests.get(member.pk)):
        if request.stage == RequestStage.DRAFT:
            entry.fault("email", _("They're writing a request themselves. Wait until they've sent it."))
        elif asked_on and asked_on != request.asked_on:
            entry.fault("asked_on", _("We have a different day for them, and a place in the queue never changes."))
        before = answers_of(request)
        after = replace(before, **said)
        if not claimed(member) and after != before:
            found.answers = after
            if found.verdict is Verdict.UNCHANGED:
                found.verdict = Verdict.CHANGED
        return
    if member is not None and asked_on and (member.pk, asked_on) in known.dealt_with:
        return  # an old sheet: this asking has had its answer
    _need(entry, "asked_on", _("Add the day they asked."))
    _need(entry, "reasons", _("Add what brings them."))
    if member is not None and member.stage not in MAY_ASK and not entry.faults:
        entry.fault("email", _("Their membership has ended or is on hold. Sort that out on its own page first."))
    found.answers = replace(Answers(), **said)
    found.verdict = Verdict.NEW


# --- pairs ----------------------------------------------------------------------------------------


def _pair(entry: Entry, known: Known) -> Judgement:
    found = Judgement()
    _need(entry, "mentee", _("Add an email address."))
    _need(entry, "mentor", _("Add an email address."))
    for name in ("began_on", "asked_on"):
        if entry.get(name):
            _past(entry, name, entry.values[name], known.today)
    if entry.get("asked_on") and entry.get("began_on") and entry.values["asked_on"] > entry.values["began_on"]:
        entry.fault("asked_on", _("They began before this day. Check both dates."))
    mentee, mentor = known.member(entry.get("mentee")), known.member(entry.get("mentor"))
    running = known.pairs.get((mentee.pk, mentor.pk)) if mentee and mentor else None
    if running is not None:
        _change_pair(entry, known, found, running)
        return found
    found.verdict = Verdict.NEW
    _need(entry, "began_on", _("Add the day they began."))
    found.pair = {
        "began_on": entry.get("began_on"),
        "held_before": entry.get("sessions") or 0,
        "asked_on": entry.get("asked_on"),
    }
    _check_pair(entry, known, mentee, mentor)
    return found


def _check_pair(entry: Entry, known: Known, mentee: Membership | None, mentor: Membership | None) -> None:
    for name, member in (("mentee", mentee), ("mentor", mentor)):
        if name not in entry.values:
            continue
        if member is None:
            entry.fault(name, _("Nobody in this scheme has this address. Import them as a member first."))
        elif member.stage not in (MembershipStage.ACTIVE, MembershipStage.GRACE):
            entry.fault(name, _("This membership isn't confirmed. Sort that out on its own page first."))
        elif known.is_own(member):
            entry.fault(name, _("This is you. Another coordinator can do this for you."))
    if entry.faults or mentee is None or mentor is None:
        return
    if mentee.pk == mentor.pk:
        entry.fault("mentor", _("These are the same person."))
    elif mentee.organisation_id and mentee.organisation_id == mentor.organisation_id:
        entry.fault("mentor", _("They both work at the same organisation, so they aren't independent."))
    standing = known.standings.get(mentor.pk)
    if standing is None or standing.stage in (StandingStage.SUSPENDED, StandingStage.RETIRED):
        entry.fault("mentor", _("This member isn't a mentor. Import them as a mentor first."))
    elif known.taken[standing.pk] >= standing.capacity or known.are_apart(mentee, mentor):
        entry.fault("mentor", str(NOT_AVAILABLE))


def _take_place(entry: Entry, known: Known) -> None:
    mentor = known.member(entry.get("mentor"))
    if mentor is not None:
        known.taken[known.standings[mentor.pk].pk] += 1


def _change_pair(entry: Entry, known: Known, found: Judgement, running: Any) -> None:
    """Correct the facts of a pair that came from a sheet; one that met here has its facts from here."""
    held = known.held[running.pk]
    stands = {
        "began_on": running.began_on,
        "held_before": running.held_before,
        "asked_on": running.asked_on,
    }
    wanted: dict[str, Any] = {name: entry.values[name] for name in ("began_on", "asked_on") if name in entry.values}
    if "sessions" in entry.values:
        wanted["held_before"] = entry.values["sessions"] - held
    if running.introduction_id is not None:
        wanted.pop("asked_on", None)
    changes = {name: value for name, value in wanted.items() if value != stands[name]}
    if not changes:
        return
    if running.introduction_id is not None:
        entry.fault("mentee", _("These two people met here, so their dates and sessions are counted here."))
    if changes.get("held_before", 0) < 0:
        entry.fault("sessions", _("They've already met %(count)d times here.") % {"count": held})
    if {running.mentee.user_id, running.mentor.user_id} & {known.coordinator}:
        entry.fault("mentee", _("This is you. Another coordinator can do this for you."))
    found.pair, found.verdict = changes | {"pk": running.pk}, Verdict.CHANGED

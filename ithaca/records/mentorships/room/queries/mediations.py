"""A third person to help two people talk: who may, who was asked, and what they learn of the two. Never content."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ithaca.records import times
from ithaca.records.members.models import Membership, User
from ithaca.records.members.queries.accounts import telephone_of
from ithaca.records.members.queries.exclusions import shunned_pairs
from ithaca.records.mentorships.models import Mentorship
from ithaca.records.mentorships.pairing.queries.conflicts import declared_by
from ithaca.records.mentorships.rules.stages.pairing import PROPOSE
from ithaca.records.mentorships.rules.stages.room import MentorshipAct, MentorshipStage
from ithaca.records.queues import WORKING_DAYS_TO_ANSWER
from ithaca.records.schemes.queries.appointments import mediated_by, mediators_of
from ithaca.records.stages import Party
from ithaca.records.times import working_days_after
from ithaca.tools.ledger.queries import steps_of

TAKE_UP = "take_up_mediation"
"""The ledger's act of a mediator who says that they will be in touch."""


@dataclass(frozen=True, slots=True)
class Mediation:
    """Who will be in touch with the two, and by when. `who` are names: one once somebody has taken it up.

    It is empty when nobody of those who were asked works for the scheme any more.
    """

    asked_on: date
    by_when: date
    who: tuple[str, ...]
    taken_up_by: UUID | None


@dataclass(frozen=True, slots=True)
class AskedMediation:
    """Two people who ask, as a mediator sees them: names and how to reach each, and nothing that they wrote."""

    mentorship: UUID
    scheme: str
    mediation: Mediation
    people: tuple[tuple[str, str, str], ...]
    """Name, email address and telephone, the mentee first."""


def helpers_for(room: Mentorship) -> list[User]:
    """Those who may help these two: the scheme's mediators who did not bring them together and are apart from both.

    Apart: of another organisation, on neither's private list, and not declared. A mediator who is one of them is not.
    """
    people = [room.mentee.user_id, room.mentor.user_id]
    some = set(mediators_of(room.scheme)) - _matchmakers(room) - set(people)
    if not some:
        return []
    kept_away = {other for _one, other in shunned_pairs(people, some)}
    names = _names([*people, *some])
    close = declared_by([*people, *some])

    def is_close(one: UUID, other: UUID) -> bool:
        works_with = names[one] & names[other] - {str(one), str(other)}
        return bool(works_with) or any(names[other] & named for named in close.get(one, {}).values())

    apart = {one for one in some - kept_away if not any(is_close(one, two) or is_close(two, one) for two in people)}
    return list(User.objects.filter(pk__in=apart, is_active=True).order_by("name", "pk"))


def mediation_of(room: Mentorship) -> Mediation | None:
    """How it stands with the third person; None, and no query, where nobody was asked or it is settled."""
    if room.stage != MentorshipStage.MEDIATION:
        return None
    asked_on, taken_up_by = times.london_date(room.stage_since), None
    for step in steps_of("mentorship", [room.pk]):
        if step.act == MentorshipAct.ASK_MEDIATION:
            asked_on, taken_up_by = times.london_date(step.at), None
        elif step.act == TAKE_UP:
            taken_up_by = step.actor
    if taken_up_by is not None:
        who = tuple(User.objects.filter(pk=taken_up_by).values_list("name", flat=True))
    else:
        who = tuple(helper.name for helper in helpers_for(room))
    return Mediation(asked_on, working_days_after(asked_on, WORKING_DAYS_TO_ANSWER), who, taken_up_by)


def asked_of(mediator: UUID) -> list[AskedMediation]:
    """Return the pairs that this mediator may help and nobody else has taken up, by when they asked."""
    rooms = Mentorship.objects.filter(stage=MentorshipStage.MEDIATION, scheme__in=mediated_by(mediator))
    found = []
    for room in rooms.select_related("scheme", "mentee__user", "mentor__user").order_by("pk"):
        mediation = mediation_of(room)
        if mediation is not None and mediation.taken_up_by in (None, mediator) and may_help(room, mediator):
            people = tuple((one.name, one.email, telephone_of(one)) for one in (room.mentee.user, room.mentor.user))
            found.append(AskedMediation(room.pk, room.scheme.name, mediation, people))
    return sorted(found, key=lambda asked: asked.mediation.asked_on)


def may_help(room: Mentorship, person: UUID) -> bool:
    """Say whether this person is a mediator whom both may hear from, whether or not another has taken it up."""
    mediation = mediation_of(room)
    if mediation is None:
        return False
    return mediation.taken_up_by == person or person in {helper.pk for helper in helpers_for(room)}


def _matchmakers(room: Mentorship) -> set[UUID]:
    """Return the coordinators who brought them together."""
    introductions = [room.introduction_id] if room.introduction_id else []
    made = [step for step in steps_of("introduction", introductions) if step.act == PROPOSE]
    made += [step for step in steps_of("mentorship", [room.pk]) if step.act == "bring_in"]
    return {step.actor for step in made if step.by == Party.COORDINATOR and step.actor}


def _names(people: list[UUID]) -> dict[UUID, set[str]]:
    """Return what each of them answers to: the account, and every organisation they work at."""
    names = {person: {str(person)} for person in people}
    members = Membership.objects.filter(user__in=people).exclude(organisation=None)
    for user, organisation in members.values_list("user", "organisation"):
        names[user].add(str(organisation))
    return names

"""Declared conflicts: compared in every match, told to nobody, and an introduction that shows one is not made again."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.models import ConflictDeclaration, Introduction, MentoringRequest
from ithaca.records.mentorships.pairing import jobs
from ithaca.records.mentorships.pairing.actions import clear_candidate, conflicts, introductions
from ithaca.records.mentorships.pairing.queries import candidates, others
from ithaca.records.mentorships.pairing.queries.conflicts import own_conflicts
from ithaca.records.mentorships.rules import conflicts as words
from ithaca.records.stages import Impossible, Party
from ithaca.tools.ledger.models import Step
from ithaca.tools.post.models import OutboxLetter
from ithaca.tools.vault import errors, grants
from tests.cast import NOW, Cast, keyring_of, make_cast
from tests.records.mentorships.pairs import accept_as_mentor, another_mentor, asked, fresh, offered, propose, wait

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
EITHER = pytest.mark.parametrize("who", ["mentee", "mentor"])


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def the_two(cast: Cast, who: str) -> tuple[Membership, Membership]:
    pair = cast.mentee_member, cast.mentor_member
    return pair if who == "mentee" else pair[::-1]


def declare(cast: Cast, who: str, kind: str, *, organisation: bool) -> None:
    one, other = the_two(cast, who)
    ring = keyring_of(one.user)
    if organisation:
        place = other.organisation
        conflicts.declare_organisation(one.user_id, place.code, place.name, kind, keyring=ring, at=NOW, form=uuid4())
    else:
        conflicts.declare_person(one.user_id, other.user.email.upper(), kind, keyring=ring, at=NOW, form=uuid4())


@EITHER
@pytest.mark.parametrize("kind", sorted(words.KINDS))
def test_a_person_declared_by_either_is_refused_and_looks_like_a_mentor_who_is_full(cast, who, kind) -> None:
    declare(cast, who, kind, organisation=False)
    with pytest.raises(clear_candidate.NotPossible) as caught:
        propose(cast, wait(cast), cast.standing)
    assert caught.value.reasons == ("not_available",)
    MentorStanding.objects.update(capacity=0)
    ConflictDeclaration.objects.all().delete()
    with pytest.raises(clear_candidate.NotPossible) as full:
        propose(cast, MentoringRequest.objects.get(), cast.standing)
    assert full.value.reasons == caught.value.reasons


@EITHER
def test_an_organisation_declared_by_either_keeps_everyone_there_away(cast: Cast, who: str) -> None:
    declare(cast, who, "past_employer", organisation=True)
    found = candidates.candidates(wait(cast), NOW)
    assert [others.told(row.reasons) for row in found.refused] == [(candidates.Reason.NOT_AVAILABLE,)]


def test_a_declaration_is_its_authors_to_read_and_the_server_cannot_tell_a_patient_from_an_employer(cast) -> None:
    declare(cast, "mentor", "own_patient", organisation=False)
    declare(cast, "mentor", "past_employer", organisation=False)
    kinds = [own.kind for own in own_conflicts(cast.mentor.pk, keyring_of(cast.mentor))]
    assert sorted(kinds) == ["own_patient", "past_employer"]
    texts = {words.Whom.from_json(ConflictDeclaration.whom.unseal(row)) for row in ConflictDeclaration.objects.all()}
    assert len(texts) == 1
    row = ConflictDeclaration.objects.first()
    with pytest.raises(errors.Tampered):
        ConflictDeclaration.kind.unseal(row, keyring_of(cast.mentee))


def test_what_is_taken_out_counts_no_more(cast: Cast) -> None:
    declare(cast, "mentee", "family", organisation=False)
    (own,) = own_conflicts(cast.mentee.pk, keyring_of(cast.mentee))
    conflicts.take_out(cast.mentor.pk, own.pk)
    assert ConflictDeclaration.objects.count() == 1
    conflicts.take_out(cast.mentee.pk, own.pk)
    assert propose(cast, wait(cast), cast.standing).stage == "offered_to_mentee"


@EITHER
def test_what_is_declared_while_they_are_introduced_ends_it_by_the_schedule(cast: Cast, who: str) -> None:
    introduction = asked(cast)
    assert jobs.release_lost_mentors(LATER) == 0
    declare(cast, who, "trainer", organisation=True)
    assert [jobs.release_lost_mentors(LATER) for _run in range(2)] == [1, 0]
    assert fresh(introduction).stage == "mentor_unavailable"


def know(introduction: Introduction, by: Party, kind: str = "family", keyring=None) -> bool:
    who = introduction.request.membership if by is Party.MENTEE else introduction.standing.membership
    return conflicts.know_too_well(introduction, by, kind, keyring=keyring, actor=who.user_id, at=LATER, form=uuid4())


@pytest.mark.parametrize("by", [Party.MENTEE, Party.MENTOR])
@pytest.mark.parametrize("locked", [True, False])
def test_either_says_that_they_know_the_other_too_well(cast: Cast, by: Party, locked: bool) -> None:
    introduction = asked(cast)
    asked_on = introduction.request.asked_on
    user = cast.mentee if by is Party.MENTEE else cast.mentor
    assert know(introduction, by, keyring=None if locked else keyring_of(user))
    assert not know(introduction, by)
    assert fresh(introduction).stage == "void_conflict"
    request = MentoringRequest.objects.get()
    assert (request.stage, request.asked_on) == ("waiting", asked_on)
    assert grants.holders_of(introduction.pk) == set()
    (own,) = own_conflicts(user.pk, keyring_of(user))
    assert own.kind == ("" if locked else "family")
    said = "".join(letter.subject + letter.text for letter in OutboxLetter.objects.all())
    assert not [word for word in ("conflict", "too well", "family") if word in said]
    assert "family" not in "".join(Step.objects.values_list("act", flat=True))
    with pytest.raises(clear_candidate.NotPossible):
        propose(cast, request, cast.standing, LATER)


def test_it_is_kept_though_the_other_was_quicker_to_say_no(cast: Cast) -> None:
    introduction = asked(cast)
    introductions.decline(introduction, Party.MENTEE, actor=cast.mentee.pk, at=LATER, form=uuid4())
    form = uuid4()
    for _ in range(2):
        assert not conflicts.know_too_well(
            introduction, Party.MENTOR, "family", keyring=None, actor=cast.mentor.pk, at=LATER, form=form
        )
    assert ConflictDeclaration.objects.get().user_id == cast.mentor.pk
    assert fresh(introduction).stage == "withdrawn"


def test_the_pair_is_never_proposed_the_other_way_round_either(cast: Cast) -> None:
    know(asked(cast), Party.MENTOR)
    standing = another_mentor(cast.scheme, "Nia Ward", "Z93001")
    MentorStanding.objects.filter(pk=standing.pk).update(membership=cast.mentee_member)
    row = wait(cast, cast.mentor_member)
    assert not candidates.candidates(row, LATER).eligible


def test_the_next_of_the_list_is_offered_when_the_two_know_each_other_too_well(cast: Cast) -> None:
    other = another_mentor(cast.scheme, "Nia Ward", "Z93001")
    first = introductions.propose(
        wait(cast), cast.standing, Party.COORDINATOR, then=[other], actor=cast.coordinator.pk, at=NOW, form=uuid4()
    )
    know(first, Party.MENTEE)
    assert Introduction.objects.get(standing=other).stage == "offered_to_mentee"


def test_it_is_too_late_once_a_mentorship_has_begun_and_a_stranger_is_nobody(cast: Cast) -> None:
    introduction = asked(cast)
    accept_as_mentor(introduction)
    with pytest.raises(Impossible):
        know(introduction, Party.MENTEE)
    assert ConflictDeclaration.objects.count() == 0


def test_a_mentor_hears_nothing_when_the_mentee_knew_them_before_saying_yes(cast: Cast) -> None:
    know(offered(cast), Party.MENTEE)
    assert not OutboxLetter.objects.filter(recipient=cast.mentor.pk).exists()

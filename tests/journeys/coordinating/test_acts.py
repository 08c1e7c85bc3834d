"""What a coordinator does at the desk: each act once, with its letter, and a plain word when it is too late."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ithaca.records.members.actions import private_lists
from ithaca.records.members.models import Membership, MentorApplication, MentorStanding, PersonalInvitation
from ithaca.records.members.private_lists import Entry
from ithaca.records.members.queries.offers import offer_of
from ithaca.records.mentorships.models import Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.tools.post.models import OutboxLetter
from tests.cast import keyring_of, make_organisation, sign_in
from tests.journeys.coordinating.world import DESK, Desk, make_applicant, make_enquiry, make_offer, once


def post(client: Client, name: str, *args: object, **typed: Any) -> HttpResponse:
    return client.post(reverse(DESK[name], args=args), {**once(), **typed})


def page_of(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(DESK[name], args=args)).text


def letters() -> int:
    return OutboxLetter.objects.count()


# --- memberships ----------------------------------------------------------------------------------


def test_the_check_page_shows_what_was_said(desk: Desk, cora: Client) -> None:
    page = page_of(cora, "membership_check", desk.membership.pk)
    for said in (
        "Max Applying",
        "S-1001",
        "Practice Z90013",
        "Q013S",
        "(sub-ICB location)",
        "the managers&#x27; association",
    ):
        assert said in page, said


def test_a_membership_is_taken_up_and_confirmed_and_the_member_hears_of_it(desk: Desk, cora: Client) -> None:
    assert post(cora, "membership_verify", desk.membership.pk).status_code == 302
    assert "Being checked" in page_of(cora, "membership_check", desk.membership.pk)
    before = letters()
    answer = post(cora, "membership_confirm", desk.membership.pk)
    assert answer["Location"] == reverse("coordinating:desk", args=[desk.slug])
    desk.membership.refresh_from_db()
    assert desk.membership.stage == "active"
    assert letters() == before + 1
    assert "You've confirmed the membership of Max Applying." in unescape(cora.get(answer["Location"]).text)


def test_a_button_pressed_twice_acts_once(desk: Desk, cora: Client) -> None:
    before, form = letters(), once()
    first = post(cora, "membership_confirm", desk.membership.pk, **form)
    second = post(cora, "membership_confirm", desk.membership.pk, **form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert letters() == before + 1


def test_an_act_that_has_gone_by_is_refused_with_409(desk: Desk, cora: Client) -> None:
    post(cora, "membership_turn_down", desk.membership.pk)
    before = letters()
    assert post(cora, "membership_confirm", desk.membership.pk).status_code == 409
    desk.membership.refresh_from_db()
    assert (desk.membership.stage, letters()) == ("turned_down", before)


def test_a_correction_says_what_to_look_at_and_asks_for_at_least_one_thing(desk: Desk, cora: Client) -> None:
    empty = post(cora, "membership_ask_to_correct", desk.membership.pk)
    assert empty.status_code == 422
    assert "<title>Error: " in empty.text
    assert "There is a problem" in empty.text
    assert post(cora, "membership_ask_to_correct", desk.membership.pk, what=["nonsense"]).status_code == 422
    desk.membership.refresh_from_db()
    assert desk.membership.stage == "applied"
    assert post(cora, "membership_ask_to_correct", desk.membership.pk, what=["practice"]).status_code == 302
    desk.membership.refresh_from_db()
    assert (desk.membership.stage, desk.membership.to_correct) == ("correcting", ["practice"])
    assert "Where you work" in page_of(cora, "membership_check", desk.membership.pk)


def test_a_register_number_counts_only_when_someone_has_looked(desk: Desk, cora: Client) -> None:
    Membership.objects.filter(pk=desk.membership.pk).update(profession="gp", registration_number="1234567")
    page = page_of(cora, "membership_check", desk.membership.pk)
    assert "gmc-uk.org" in page
    refused = post(cora, "membership_confirm", desk.membership.pk)
    assert refused.status_code == 422
    assert "The register hasn't been checked. Look them up, and record that you have." in unescape(refused.text)
    assert post(cora, "membership_register_check", desk.membership.pk).status_code == 302
    assert "Looked up by Cora Lane" in page_of(cora, "membership_check", desk.membership.pk)
    assert post(cora, "membership_confirm", desk.membership.pk).status_code == 302


def test_an_unlisted_practice_is_placed_by_its_code(desk: Desk, cora: Client) -> None:
    Membership.objects.filter(pk=desk.membership.pk).update(organisation=None, unlisted_practice="The Old Mill")
    assert "The Old Mill" in page_of(cora, "membership_check", desk.membership.pk)
    for nonsense in ("", "X99999", "a\x00b", "😀", "x" * 5000):
        answer = post(cora, "membership_place", desk.membership.pk, code=nonsense)
        assert answer.status_code == 422, nonsense
        assert "There is a problem" in answer.text
    make_organisation("A81001", "Q81")
    assert post(cora, "membership_place", desk.membership.pk, code=" a81001 ").status_code == 302
    desk.membership.refresh_from_db()
    assert desk.membership.organisation_id == "A81001"


def test_a_confirmed_member_from_a_sheet_is_placed_too(desk: Desk, cora: Client) -> None:
    Membership.objects.filter(pk=desk.membership.pk).update(
        stage="active", organisation=None, unlisted_practice="The Old Mill"
    )
    page = page_of(cora, "membership_check", desk.membership.pk)
    assert "Record the organisation" in page
    assert "Check a membership" not in page
    Membership.objects.filter(pk=desk.membership.pk).update(unlisted_practice="")
    assert "Record the organisation" not in page_of(cora, "membership_check", desk.membership.pk)


def test_nobody_is_asked_to_correct_what_their_scheme_does_not_ask_for(desk: Desk, cora: Client) -> None:
    page = page_of(cora, "membership_check", desk.membership.pk)
    assert 'value="subscription_number"' in page
    assert 'value="registration_number"' not in page
    type(desk.cast.scheme).objects.filter(pk=desk.cast.scheme.pk).update(joining="role")
    Membership.objects.filter(pk=desk.membership.pk).update(profession="gp")
    page = page_of(cora, "membership_check", desk.membership.pk)
    assert 'value="subscription_number"' not in page
    assert 'value="registration_number"' in page


# --- offers to mentor -----------------------------------------------------------------------------


def test_an_offer_goes_through_its_checks_one_by_one_and_is_approved(desk: Desk, cora: Client) -> None:
    offer = desk.application
    page = page_of(cora, "application", offer.pk)
    assert "I have closed a practice and opened two." in page
    assert "Approve as a mentor" not in page
    assert post(cora, "application_pass_check", offer.pk, "experience").status_code == 409, "not begun yet"
    assert post(cora, "application_begin_checks", offer.pk).status_code == 302
    assert post(cora, "application_pass_check", offer.pk, "experience").status_code == 302
    assert f"Cora Lane, {timezone.localdate():%A}" in page_of(cora, "application", offer.pk)
    early = post(cora, "application_approve", offer.pk)
    assert early.status_code == 422
    assert "Not done yet: " in early.text
    assert post(cora, "application_talk", offer.pk).status_code == 302
    for check in ("declaration", "conversation"):
        post(cora, "application_pass_check", offer.pk, check)
    assert "Approve as a mentor" in page_of(cora, "application", offer.pk)
    assert post(cora, "application_approve", offer.pk).status_code == 302
    assert MentorStanding.objects.get(membership=offer.membership).capacity == 2


def test_approving_twice_makes_one_mentor(desk: Desk, cora: Client) -> None:
    offer, form = desk.application, once()
    post(cora, "application_begin_checks", offer.pk)
    for check in ("experience", "declaration", "conversation"):
        post(cora, "application_pass_check", offer.pk, check)
    answers = [post(cora, "application_approve", offer.pk, **form).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert MentorStanding.objects.filter(membership=offer.membership).count() == 1


def test_a_check_that_the_scheme_does_not_have_is_not_found(desk: Desk, cora: Client) -> None:
    post(cora, "application_begin_checks", desk.application.pk)
    assert post(cora, "application_pass_check", desk.application.pk, "training").status_code == 404


def test_an_offer_is_put_off_with_what_is_wanted_or_declined_kindly(desk: Desk, cora: Client) -> None:
    assert post(cora, "application_defer", desk.application.pk).status_code == 422
    assert post(cora, "application_defer", desk.application.pk, what=["times"]).status_code == 302
    deferred = MentorApplication.objects.get(pk=desk.application.pk)
    assert (deferred.stage, deferred.to_improve) == ("deferred", ["times"])
    assert "When and how you can meet" in page_of(cora, "application", deferred.pk)
    other = make_offer(desk.cast, "Another Offerer", "Z90201", timezone.now())
    before = letters()
    assert post(cora, "application_decline", other.pk).status_code == 302
    assert post(cora, "application_approve", other.pk).status_code == 409
    assert letters() == before + 1


# --- two-minute requests --------------------------------------------------------------------------


def test_the_letter_is_read_with_the_coordinators_own_keys(desk: Desk, cora: Client) -> None:
    page = page_of(cora, "enquiry", desk.enquiry.pk)
    for said in (
        "Nell",
        "07700 900123",
        "After 6pm",
        "I could do with someone to talk to.",
        "Read by: the coordinators",
    ):
        assert said in page, said


def test_a_locked_coordinator_is_asked_to_unlock_and_sees_nothing(desk: Desk, client: Client) -> None:
    sign_in(client, desk.cast.coordinator, locked=True)
    answer = client.get(reverse("coordinating:enquiry", args=[desk.enquiry.pk]))
    assert "Nell" not in answer.text
    assert answer["Location"].startswith("/unlock/?next=")
    assert client.get(reverse("coordinating:desk", args=[desk.slug])).status_code == 200, "the desk itself needs no key"


def test_a_coordinator_without_the_schemes_key_is_told_so(desk: Desk, client: Client) -> None:
    keyring_of(desk.cast.coordinator).make_mailbox(desk.cast.scheme.pk, [])
    later = make_enquiry(desk.cast, timezone.now())
    sign_in(client, desk.cast.deputy)
    page = page_of(client, "enquiry", later.pk)
    assert "you don't have the key" in page
    assert "Nell" not in page


def test_an_enquiry_is_answered_and_closed(desk: Desk, cora: Client) -> None:
    assert post(cora, "enquiry_answer", desk.enquiry.pk).status_code == 302
    assert "Answered, not joined yet" in page_of(cora, "queue", desk.slug, "enquiries")
    assert post(cora, "enquiry_answer", desk.enquiry.pk).status_code == 409
    assert post(cora, "enquiry_close", desk.enquiry.pk).status_code == 302
    assert "Someone without an account" not in page_of(cora, "queue", desk.slug, "enquiries")
    assert post(cora, "enquiry_invite", desk.enquiry.pk).status_code == 409


def test_a_writers_personal_link_is_shown_once_and_kept_nowhere(desk: Desk, cora: Client) -> None:
    assert "A link was made on" not in page_of(cora, "enquiry", desk.enquiry.pk)
    page = post(cora, "enquiry_invite", desk.enquiry.pk)
    assert "A link was made on" in page_of(cora, "enquiry", desk.enquiry.pk), "so that a colleague makes no second"
    token = page.text.partition("/invitations/")[2].partition("/")[0]
    assert len(token) > 30
    invitation = PersonalInvitation.objects.get()
    assert (invitation.purpose, invitation.enquiry) == ("mentee", desk.enquiry.pk)
    assert token.encode() not in bytes(invitation.token)
    assert token not in page_of(cora, "enquiry", desk.enquiry.pk)
    assert token not in page_of(cora, "invitations", desk.slug)
    assert Client().get(f"/invitations/{token}/").status_code == 200


# --- invitations ----------------------------------------------------------------------------------


def test_a_mentors_link_is_listed_by_its_date_and_use_alone(desk: Desk, cora: Client) -> None:
    form = once()
    first = post(cora, "invitations", desk.slug, **form)
    again = post(cora, "invitations", desk.slug, **form)
    tokens = [page.text.partition("/invitations/")[2].partition("/")[0] for page in (first, again)]
    assert PersonalInvitation.objects.count() == 1, "one button, one link"
    assert [Client().get(f"/invitations/{token}/").status_code == 200 for token in tokens] == [False, True]
    assert "Not yet" in page_of(cora, "invitations", desk.slug)
    PersonalInvitation.objects.update(used_by=desk.cast.stranger.pk, used_at=timezone.now())
    page = page_of(cora, "invitations", desk.slug).partition("<main")[2]
    assert "Yes" in page
    assert desk.cast.stranger.name not in page
    assert desk.cast.stranger.email not in page


def test_a_link_that_was_used_meanwhile_is_not_made_again_by_its_old_button(desk: Desk, cora: Client) -> None:
    form = once()
    post(cora, "invitations", desk.slug, **form)
    PersonalInvitation.objects.update(used_by=desk.cast.stranger.pk, used_at=timezone.now())
    answer = post(cora, "invitations", desk.slug, **form)
    assert answer.status_code == 200
    assert "That link has already been used" in answer.text
    assert PersonalInvitation.objects.count() == 1


def test_links_that_have_run_out_say_so(desk: Desk, cora: Client) -> None:
    post(cora, "invitations", desk.slug)
    PersonalInvitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "it's expired" in page_of(cora, "invitations", desk.slug)


# --- requests and introductions -------------------------------------------------------------------


def test_a_new_request_is_put_in_the_queue_once(desk: Desk, cora: Client) -> None:
    before, form = letters(), once()
    answers = [post(cora, "request_take_in", desk.new_request.pk, **form).status_code for _ in range(2)]
    assert answers == [302, 302]
    desk.new_request.refresh_from_db()
    assert (desk.new_request.stage, letters()) == ("waiting", before + 1)
    assert post(cora, "request_take_in", desk.new_request.pk).status_code == 409


@pytest.mark.parametrize(("act", "stage"), [("signpost", "signposted"), ("find_ineligible", "ineligible")])
def test_a_new_request_may_be_answered_otherwise(desk: Desk, cora: Client, act: str, stage: str) -> None:
    empty = post(cora, "request_answer_otherwise", desk.new_request.pk)
    assert empty.status_code == 422
    assert "There is a problem" in empty.text
    before, form = letters(), {**once(), "act": act}
    answers = [post(cora, "request_answer_otherwise", desk.new_request.pk, **form).status_code for _ in range(2)]
    assert answers == [302, 302]
    desk.new_request.refresh_from_db()
    assert (desk.new_request.stage, letters()) == (stage, before + 1)
    assert post(cora, "request_take_in", desk.new_request.pk).status_code == 409


def test_a_waiting_request_may_be_closed_for_now_and_nothing_else(desk: Desk, cora: Client) -> None:
    page = page_of(cora, "request_desk", desk.waiting.pk)
    assert 'value="close_unplaced"' in page
    assert 'value="signpost"' not in page
    assert post(cora, "request_answer_otherwise", desk.waiting.pk, act="signpost").status_code == 409
    assert post(cora, "request_answer_otherwise", desk.waiting.pk, act="withdraw").status_code == 422
    assert post(cora, "request_answer_otherwise", desk.waiting.pk, act="close_unplaced").status_code == 302
    desk.waiting.refresh_from_db()
    assert desk.waiting.stage == "closed_unplaced"


def test_the_mentors_stand_in_order_each_with_the_parts_of_their_score(desk: Desk, cora: Client) -> None:
    page = page_of(cora, "request_desk", desk.waiting.pk)
    assert "Mentors for this request" in page
    for words in ("Omar Reed", "Second Mentor", "Roles", "150 of 300: guide", "leading and managing staff"):
        assert words in page, words
    assert "Twenty years of practices" in page, "a mentor's own words are for those who propose them"


def test_a_mentor_whom_a_rule_in_the_open_keeps_apart_is_named_with_it(desk: Desk, cora: Client) -> None:
    standing = desk.cast.standing
    Membership.objects.filter(pk=standing.membership_id).update(organisation=desk.waiting.membership.organisation)
    MentorStanding.objects.filter(pk=standing.pk).update(stage="on_leave")
    page = page_of(cora, "request_desk", desk.waiting.pk)
    assert "Omar Reed: The same organisation." in page
    assert "1 mentor the rules don't allow, and why" in page
    answer = post(cora, "request_propose", desk.waiting.pk, standing=standing.pk)
    assert answer.status_code == 422
    assert "the same organisation" in answer.text
    assert not Introduction.objects.filter(request=desk.waiting).exists()


def test_whoever_is_not_available_is_a_number_and_every_cause_looks_alike(desk: Desk, cora: Client) -> None:
    """Two worlds with one mentor who has room: on a private list in one, without a time in common in the other."""
    mentor, asker = desk.cast.standing, desk.waiting.membership.user
    assert "Omar Reed" in page_of(cora, "request_desk", desk.waiting.pk)
    entry = Entry(id=str(uuid4()), email=desk.cast.mentor.email)
    private_lists.add(asker, keyring_of(asker), entry)
    shunned = seen_and_tried(cora, desk)
    private_lists.remove(asker, keyring_of(asker), entry.id)
    never = MentorStanding.offer.seal(mentor, replace(offer_of(mentor), slots=("x",)).to_json())
    MentorStanding.objects.filter(pk=mentor.pk).update(offer=never)
    assert seen_and_tried(cora, desk) == shunned
    assert "1 mentor isn't available for this request just now." in shunned[0]
    assert "Omar Reed" not in shunned[0]
    assert "You can't introduce this mentor now: not available." in unescape(shunned[1])


def seen_and_tried(cora: Client, desk: Desk) -> list[str]:
    """The page of the request, and what comes of trying to introduce the mentor; without what no two pages share."""
    page = page_of(cora, "request_desk", desk.waiting.pk)
    answer = post(cora, "request_propose", desk.waiting.pk, standing=desk.cast.standing.pk)
    assert answer.status_code == 422
    uuid_or_token = r'nonce="[^"]*"|value="[0-9a-zA-Z-]{36,64}"'
    return [re.sub(uuid_or_token, "", text) for text in (page, answer.text)]


def test_a_mentor_is_introduced_once(desk: Desk, cora: Client) -> None:
    form = {"standing": desk.cast.standing.pk, **once()}
    before = letters()
    answers = [post(cora, "request_propose", desk.waiting.pk, **form).status_code for _ in range(2)]
    assert answers == [302, 302]
    made = Introduction.objects.get(request=desk.waiting)
    assert (made.stage, letters()) == ("offered_to_mentee", before + 1)
    page = page_of(cora, "request_desk", desk.waiting.pk)
    assert "An introduction to Omar Reed is under way." in page
    assert "Mentors for this request" not in page
    late = post(cora, "request_propose", desk.waiting.pk, standing=desk.cast.standing.pk)
    assert late.status_code == 409
    assert Introduction.objects.filter(request=desk.waiting).count() == 1


@pytest.mark.parametrize(
    ("nonsense", "status"),
    [("", 422), ("nonsense", 422), ("6f9619ff-8b86-4d01-b42d-00cf4fc964ff", 404), ("a\x00b", 422)],
)
def test_a_mentor_who_does_not_exist_is_not_introduced(desk: Desk, cora: Client, nonsense: str, status: int) -> None:
    assert post(cora, "request_propose", desk.waiting.pk, standing=nonsense).status_code == status
    assert not Introduction.objects.filter(request=desk.waiting).exists()


def test_nobody_is_introduced_before_their_membership_is_confirmed(desk: Desk, cora: Client) -> None:
    Membership.objects.filter(pk=desk.waiting.membership_id).update(stage="verifying")
    page = page_of(cora, "request_desk", desk.waiting.pk)
    assert reverse("coordinating:membership_check", args=[desk.waiting.membership_id]) in page
    assert "Introduce Omar Reed" not in page
    answer = post(cora, "request_propose", desk.waiting.pk, standing=desk.cast.standing.pk)
    assert answer.status_code == 422
    assert "Their membership isn't confirmed yet." in answer.text


def test_where_the_mentee_chooses_the_page_says_so(desk: Desk, cora: Client) -> None:
    assert "chooses their own mentor from this list" not in page_of(cora, "request_desk", desk.waiting.pk)
    scheme = desk.cast.scheme
    scheme.proposing = "mentee"
    scheme.save()
    assert "chooses their own mentor from this list" in page_of(cora, "request_desk", desk.waiting.pk)


def test_the_story_is_never_at_the_desk(desk: Desk, cora: Client) -> None:
    story = "Nobody at the desk may read this."
    mentee = keyring_of(desk.waiting.membership.user)
    desk.waiting.story = MentoringRequest.story.seal(desk.waiting, story, mentee)
    desk.waiting.save()
    assert story not in page_of(cora, "request_desk", desk.waiting.pk)
    made = desk.introduction
    introductions.mentee_accept(
        made,
        keyring=keyring_of(made.request.membership.user),
        actor=made.request.membership.user_id,
        at=timezone.now(),
        form=uuid4(),
    )
    page = page_of(cora, "introduction_desk", made.pk)
    assert "Asked the mentor" in page
    assert story not in page


def test_an_introduction_is_taken_back_once_and_the_mentee_waits_again(desk: Desk, cora: Client) -> None:
    page = page_of(cora, "introduction_desk", desk.introduction.pk)
    assert "Ines Introduced and Second Mentor" in page
    assert "Answer by" in page
    form = once()
    answers = [post(cora, "introduction_take_back", desk.introduction.pk, **form).status_code for _ in range(2)]
    assert answers == [302, 302]
    desk.introduction.refresh_from_db()
    assert desk.introduction.stage == "withdrawn"
    assert desk.introduction.request.stage == "waiting"
    assert "Withdrawn" in page_of(cora, "request_desk", desk.introduction.request_id)
    assert post(cora, "introduction_take_back", desk.introduction.pk).status_code == 409


def test_no_button_of_the_desk_takes_a_get_or_a_post_without_its_token(desk: Desk) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(desk.cast.coordinator)
    answer = careful.post(reverse("coordinating:membership_confirm", args=[desk.membership.pk]), once())
    assert answer.status_code == 403
    desk.membership.refresh_from_db()
    assert desk.membership.stage == "applied"


def test_a_list_of_applicants_stays_in_order_as_they_are_dealt_with(desk: Desk, cora: Client) -> None:
    make_applicant(desk.cast, "Second Applicant", "Z90301", timezone.now())
    post(cora, "membership_confirm", desk.membership.pk)
    table = page_of(cora, "queue", desk.slug, "memberships").partition("<table")[2]
    assert "Second Applicant" in table
    assert "Max Applying" not in table

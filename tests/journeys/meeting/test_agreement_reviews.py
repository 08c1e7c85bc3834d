"""The review of an agreement on its day."""

from django.test import Client

from ithaca.records.mentorships.models import Agreement
from tests.cast import TODAY
from tests.journeys.meeting import typed
from tests.room import Room


def at(room: Room, rest: str = "") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def test_a_review_keeps_the_agreement_at_once(room: Room, mentee: Client, mentor: Client) -> None:
    path = at(room, "agreement/review/")
    assert mentee.get(path).status_code == 302, "nothing is agreed yet"
    agreement = room.agree_both()
    assert "You haven't chosen a date for your next review." in typed.see(mentee, path)
    Agreement.objects.filter(pk=agreement.pk).update(review_on=TODAY)
    assert "Review how you work together" in typed.see(mentor, at(room))
    page = mentee.get(path).content.decode()
    assert 'value="22"' in page, "13 weeks from the 23rd of November is the 22nd of February"
    past = {"day_0": "1", "day_1": "6", "day_2": "2020"}
    assert mentee.post(path, typed.press(**past)).status_code == 422
    day = {"day_0": "22", "day_1": "2", "day_2": "2027"}
    assert mentee.post(path, typed.press(**day)).status_code == 302
    other = {"day_0": "1", "day_1": "6", "day_2": "2027"}
    answer = mentor.post(path, typed.press(**other), follow=True)
    assert "Another date was chosen just before yours, so we've kept that one." in typed.text(answer)
    assert str(Agreement.objects.get(pk=agreement.pk).review_on) == "2027-02-22"
    assert "Keep or change your agreement" not in typed.see(mentor, at(room))

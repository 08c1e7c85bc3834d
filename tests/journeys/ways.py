"""Which request, or which job, takes each step of the stage tables, and the records that they are tried on."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from ithaca.journeys.pairing.forms.introductions import REASONS_FOR_NO
from ithaca.records.members.actions import private_lists
from ithaca.records.members.choices import NOTICES
from ithaca.records.members.models import MentorApplication
from ithaca.records.members.offers import Offer
from ithaca.records.members.private_lists import Entry
from ithaca.records.mentorships.models import Enquiry, Finding, Introduction, MentoringRequest
from ithaca.records.mentorships.pairing.actions import introductions
from ithaca.records.mentorships.rules.answers import Answers
from ithaca.records.mentorships.rules.conflicts import KINDS
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from tests.cast import TODAY, Cast, keyring_of, make_mentor
from tests.journeys.steps import Fields, Later, Press, Scene
from tests.records.mentorships import pairs

Way = Press | Later
MEMBER, MENTEE, MENTOR = Party.MEMBER, Party.MENTEE, Party.MENTOR
COORDINATOR, SCHEDULE = Party.COORDINATOR, Party.SCHEDULE


def _subscription(scene: Scene) -> Fields:
    year = {"valid_until_0": "31", "valid_until_1": "12", "valid_until_2": str(timezone.localdate().year + 1)}
    return {"subscriber_name": "Stella Fox", "subscriber_number": "S-2002", **year}


def _run_out(scene: Scene) -> None:
    scene.row.valid_until = timezone.localdate() - timedelta(days=1)
    scene.row.save(update_fields=["valid_until"])


def _otherwise(act: str) -> Press:
    return Press("coordinating:request_answer_otherwise", lambda scene: {"act": act})


def _propose(scene: Scene) -> Fields:
    return {"standing": str(scene.cast.standing.pk)}


def _mentees_choose(scene: Scene) -> None:
    Scheme.objects.filter(pk=scene.cast.scheme.pk).update(proposing=Scheme.Proposing.MENTEE)


def _chat(scene: Scene) -> Fields:
    day = timezone.localdate() + timedelta(days=7)
    when = {"day_0": str(day.day), "day_1": str(day.month), "day_2": str(day.year), "time": "16:30"}
    return {**when, "way": "phone", "place": "01632 960 002"}


def _retire(scene: Scene) -> None:
    type(scene.cast.standing).objects.filter(pk=scene.keys["standing"]).update(stage="retired")


def _keep_apart(scene: Scene) -> None:
    """Omar has put Mina on his list of people to keep away from."""
    cast = scene.cast
    private_lists.add(cast.mentor, keyring_of(cast.mentor), Entry(id=str(uuid4()), email=cast.mentee.email))


def _no(scene: Scene) -> Fields:
    return {"reason": next(iter(REASONS_FOR_NO))}


def _kind(scene: Scene) -> Fields:
    return {"kind": next(iter(KINDS))}


def _bring(row: Introduction, stage: str) -> None:
    """Bring an introduction to a stage, with what it holds there."""
    at = timezone.now()
    changes: dict[str, Any] = {"stage": stage, "stage_since": at}
    if stage not in ("suggested", "offered_to_mentee"):
        changes |= {"mentor_asked_at": at}
    if stage in ("first_chat", "no_show"):
        chat = Introduction.chat.seal(row, '{"place": "01632 960 002", "way": "phone"}')
        changes |= {"chat_at": at - timedelta(hours=1), "chat": chat}
    Introduction.objects.filter(pk=row.pk).update(**changes)
    row.refresh_from_db()


def _at(stage: str) -> Callable[[Scene], None]:
    """Change the introduction that the scene is about, or that its row follows, to this stage."""
    return lambda scene: _bring(
        Introduction.objects.get(pk=scene.keys.get("live") or scene.keys["introduction"]), stage
    )


def _said_yes(party: Party) -> Callable[[Scene], None]:
    """After the first chat this one has said yes already."""

    def change(scene: Scene) -> None:
        row = Introduction.objects.get(pk=scene.keys["introduction"])
        if row.stage == "offered_to_mentee":
            _bring(row, "first_chat")
        Introduction.objects.filter(pk=row.pk).update(**{f"{party}_confirmed_at": timezone.now()})

    return change


def _found(scene: Scene) -> None:
    """Mina has found Omar herself."""
    row = Finding(request=scene.row, standing=scene.cast.standing, found_on=TODAY)
    row.address = Finding.address.seal(row, scene.cast.mentor.email)
    row.save()


def _chosen(scene: Scene) -> None:
    """The mentee put this one on the list, and said yes with it."""
    Introduction.objects.filter(pk=scene.row.pk).update(chosen_at=timezone.now())


def _over(scene: Scene) -> None:
    """The introduction is over and the request waits again, so that another can be made."""
    Introduction.objects.filter(request=scene.keys["request"]).update(stage="expired")
    MentoringRequest.objects.filter(pk=scene.keys["request"]).update(stage="waiting")


def _why(scene: Scene) -> Fields:
    return {"notice": next(iter(NOTICES))}


WAYS: dict[tuple[str, str, Party], Way] = {
    ("membership", "apply", MEMBER): Press("joining:membership_answers"),
    ("membership", "verify", COORDINATOR): Press("coordinating:membership_verify"),
    ("membership", "confirm", COORDINATOR): Press("coordinating:membership_confirm"),
    ("membership", "ask_to_correct", COORDINATOR): Press(
        "coordinating:membership_ask_to_correct", lambda scene: {"what": ["practice"]}
    ),
    ("membership", "reopen", MEMBER): Press("joining:membership_reopen"),
    ("membership", "turn_down", COORDINATOR): Press("coordinating:membership_turn_down"),
    ("membership", "suspend", COORDINATOR): Press("coordinating:membership_suspend", _why),
    ("membership", "reinstate", COORDINATOR): Press("coordinating:membership_reinstate"),
    ("membership", "run_out", SCHEDULE): Later(0, _run_out),
    ("membership", "lapse", SCHEDULE): Later(31),
    ("membership", "renew", MEMBER): Press("joining:membership_renew", _subscription),
    ("membership", "withdraw", MEMBER): Press("joining:membership_withdraw"),
    ("membership", "rejoin", MEMBER): Press("joining:join", slug="managers"),
    ("application", "submit", MEMBER): Press("joining:offer_answers", pk="membership"),
    ("application", "check", COORDINATOR): Press("coordinating:application_begin_checks"),
    ("application", "talk", COORDINATOR): Press("coordinating:application_talk"),
    ("application", "approve", COORDINATOR): Press("coordinating:application_approve"),
    ("application", "defer", COORDINATOR): Press(
        "coordinating:application_defer", lambda scene: {"what": ["own_words"]}
    ),
    ("application", "decline", COORDINATOR): Press("coordinating:application_decline"),
    ("enquiry", "answer", COORDINATOR): Press("coordinating:enquiry_answer"),
    ("enquiry", "close", COORDINATOR): Press("coordinating:enquiry_close"),
    ("enquiry", "join", MENTEE): Press("pairing:request_check", pk="request"),
    ("request", "submit", MENTEE): Press("pairing:request_check"),
    ("request", "triage", COORDINATOR): Press("coordinating:request_take_in"),
    ("request", "queue", COORDINATOR): Press("coordinating:request_take_in"),
    ("request", "signpost", COORDINATOR): _otherwise("signpost"),
    ("request", "find_ineligible", COORDINATOR): _otherwise("find_ineligible"),
    ("request", "close_unplaced", COORDINATOR): _otherwise("close_unplaced"),
    ("request", "introduce", COORDINATOR): Press("coordinating:request_propose", _propose),
    ("request", "reopen", MENTEE): Press("pairing:request_reopen"),
    ("request", "reopen", COORDINATOR): Press("coordinating:request_open_again"),
    ("request", "withdraw", MENTEE): Press("pairing:request_withdraw"),
    ("request", "requeue", MENTEE): Press("pairing:introduction_decline", _no, pk="introduction"),
    ("request", "requeue", MENTOR): Press(
        "pairing:introduction_decline", _no, pk="introduction", change=_at("offered_to_mentor")
    ),
    ("request", "requeue", COORDINATOR): Press("coordinating:introduction_take_back", pk="introduction"),
    ("request", "requeue", SCHEDULE): Later(9),
    ("request", "introduce", SCHEDULE): Later(0, _found),
    ("request", "introduce", MENTEE): Press("pairing:mentors", _propose, change=_mentees_choose),
    ("request", "match", MENTEE): Press("pairing:introduction_confirm", pk="introduction", change=_said_yes(MENTOR)),
    ("request", "match", MENTOR): Press("pairing:introduction_confirm", pk="introduction", change=_said_yes(MENTEE)),
    ("request", "triage", SCHEDULE): Press(
        "pairing:request_check", change=_mentees_choose, begin="draft", who="mentee"
    ),
    ("request", "queue", SCHEDULE): Press("pairing:request_check", change=_mentees_choose, begin="draft", who="mentee"),
    ("introduction", "offer", COORDINATOR): Press("coordinating:request_propose", _propose, pk="request", change=_over),
    ("introduction", "offer", MENTEE): Press(
        "pairing:mentors", _propose, pk="request", change=lambda scene: (_over(scene), _mentees_choose(scene))
    ),
    ("introduction", "offer", SCHEDULE): Later(9),
    ("introduction", "ask_next", SCHEDULE): Later(9, _chosen),
    ("introduction", "drop", MENTEE): Press("pairing:shortlist", pk="live"),
    ("introduction", "drop", SCHEDULE): Press(
        "pairing:introduction_accept", pk="live", change=_at("offered_to_mentor"), who="mentor"
    ),
    ("introduction", "mentee_accept", MENTEE): Press("pairing:introduction_accept"),
    ("introduction", "ask", MENTOR): Press("pairing:question", lambda scene: {"text": "Which days?"}),
    ("introduction", "answer", MENTEE): Press("pairing:question", lambda scene: {"text": "Mondays."}),
    ("introduction", "mentor_accept", MENTOR): Press("pairing:introduction_accept"),
    ("introduction", "arrange_chat", MENTEE): Press("pairing:first_chat_arrange", _chat),
    ("introduction", "arrange_chat", MENTOR): Press("pairing:first_chat_arrange", _chat),
    ("introduction", "confirm", MENTEE): Press("pairing:introduction_confirm", change=_said_yes(MENTOR)),
    ("introduction", "confirm", MENTOR): Press("pairing:introduction_confirm", change=_said_yes(MENTEE)),
    ("introduction", "miss", MENTEE): Press("pairing:first_chat_miss"),
    ("introduction", "miss", MENTOR): Press("pairing:first_chat_miss"),
    ("introduction", "mentee_decline", MENTEE): Press("pairing:introduction_decline", _no),
    ("introduction", "mentor_decline", MENTOR): Press("pairing:introduction_decline", _no),
    ("introduction", "decline", MENTEE): Press("pairing:introduction_decline", _no),
    ("introduction", "decline", MENTOR): Press("pairing:introduction_decline", _no),
    ("introduction", "expire", SCHEDULE): Later(9),
    ("introduction", "take_back", COORDINATOR): Press("coordinating:introduction_take_back"),
    ("introduction", "withdraw", MENTEE): Press("pairing:request_withdraw", pk="request"),
    ("introduction", "lose_mentor", SCHEDULE): Later(0, _retire),
    ("introduction", "void", MENTEE): Press("pairing:conflict", _kind),
    ("introduction", "void", MENTOR): Press("pairing:conflict", _kind),
}


FROM: dict[tuple[str, str, Party, str], Way] = {
    ("introduction", "confirm", MENTOR, "accepted"): Press("pairing:introduction_accept", begin="offered_to_mentor"),
    ("introduction", "take_back", COORDINATOR, "suggested"): Press("coordinating:introduction_next", pk="live"),
    ("introduction", "lose_mentor", SCHEDULE, "suggested"): Later(9, _retire),
    **{
        ("introduction", "lose_mentor", SCHEDULE, stage): Later(0, _keep_apart)
        for stage in ("accepted", "first_chat", "no_show")
    },
}
"""Where the same act is another press from one of its stages."""
ELSEWHERE: dict[tuple[str, str, Party], str] = {
    ("membership", "erase", SCHEDULE): "nothing erases a membership yet",
}
"""Steps that no request or job takes."""


def _set(row: Any, stage: str) -> Any:
    type(row).objects.filter(pk=row.pk).update(stage=stage, stage_since=timezone.now())
    row.refresh_from_db()
    return row


def _membership(cast: Cast, stage: str) -> Scene:
    return Scene(cast, _set(cast.stranger.memberships.get(), stage), {})


def _application(cast: Cast, stage: str) -> Scene:
    member = cast.stranger.memberships.get()
    row = MentorApplication(
        membership=member,
        checks={check: {"on": TODAY.isoformat(), "by": str(cast.coordinator.pk)} for check in cast.scheme.checks},
    )
    offer = Offer(
        own_words="Calm.", roles=("guide",), topics=("staff",), reasons=("new_in_post",), slots=("mon-am",),
        ways=("phone",), languages=("en",),
    )  # fmt: skip
    row.offer = MentorApplication.offer.seal(row, offer.to_json())
    row.save()
    return Scene(cast, _set(row, stage), {"membership": member.pk})


def _request(cast: Cast, stage: str, enquiry: Enquiry | None = None) -> Scene:
    if stage == "introducing":
        scene = _introduction(cast, "offered_to_mentee")
        return Scene(cast, scene.row.request, scene.keys)
    row = MentoringRequest(membership=cast.mentee_member, asked_on=TODAY, enquiry=enquiry)
    answers = Answers(reasons=("new_in_post",), slots=("mon-am",), ways=("phone",), languages=("en",))
    row.answers = MentoringRequest.answers.seal(row, answers.to_json())
    row.save()
    return Scene(cast, _set(row, stage), {"introduction": row.pk})


def _introduction(cast: Cast, stage: str) -> Scene:
    """An introduction of Mina to Omar; one that is only suggested is the next on the list, to Stella."""
    at = timezone.now()
    request = pairs.wait(cast, at=at)
    then = [make_mentor(cast.stranger.memberships.get())] if stage == "suggested" else []
    row = live = introductions.propose(
        request, cast.standing, COORDINATOR, then=then, actor=cast.coordinator.pk, at=at, form=uuid4()
    )
    if stage not in ("suggested", "offered_to_mentee"):
        holders = [cast.mentee.pk, cast.mentor.pk]
        keyring_of(cast.mentee).open_relationship(row.pk, f"{at.year + 1}-{at.month:02}", holders)
    if then:
        row = Introduction.objects.get(request=request, stage="suggested")
    _bring(row, stage)
    keys = {"request": request.pk, "introduction": row.pk, "live": live.pk, "standing": row.standing_id}
    return Scene(cast, row, keys)


def _enquiry(cast: Cast, stage: str) -> Scene:
    row = Enquiry(scheme=cast.scheme, asked_on=TODAY)
    row.letter = Enquiry.letter.seal(row, "{}")
    row.save()
    request = _request(cast, "draft", row).row
    return Scene(cast, _set(row, stage), {"request": request.pk})


SCENES: dict[str, Callable[[Cast, str], Scene]] = {
    "membership": _membership,
    "application": _application,
    "request": _request,
    "enquiry": _enquiry,
    "introduction": _introduction,
}
PARTS: dict[str, dict[Party, tuple[str, ...]]] = {
    "membership": {MEMBER: ("stranger",), COORDINATOR: ("coordinator", "deputy")},
    "application": {MEMBER: ("stranger",), COORDINATOR: ("coordinator", "deputy")},
    "request": {MENTEE: ("mentee",), MENTOR: ("mentor",), COORDINATOR: ("coordinator", "deputy")},
    "introduction": {MENTEE: ("mentee",), MENTOR: ("mentor",), COORDINATOR: ("coordinator", "deputy")},
    "enquiry": {MENTEE: ("mentee",), COORDINATOR: ("coordinator", "deputy")},
}
"""Who of the cast is which party to the record of a scene."""

"""One record of every noun, all of the same pair, for tests that knock at every door."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from ithaca.records.members.models import MentorApplication
from ithaca.records.members.offers import Offer
from ithaca.records.mentorships.models import (
    Agreement,
    Attachment,
    Ending,
    Enquiry,
    Feedback,
    Goal,
    GoalStep,
    Introduction,
    MatchRun,
    MentoringRequest,
    Mentorship,
    Message,
    Note,
    Session,
    Sheet,
)
from ithaca.records.mentorships.rules.answers import Answers, EnquiryText
from ithaca.records.mentorships.writing.actions import attachments
from ithaca.records.schemes.models import AgreementTemplate, Appointment
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.files.kinds import Kind
from ithaca.tools.vault.keyring import Keyring
from tests.cast import NOW, TODAY, Cast, keyring_of


@dataclass(frozen=True)
class World:
    """The cast, and by noun the record that the tests knock at."""

    cast: Cast
    records: dict[str, Any]


def saved(row: Any, field: Any, text: str, *keys: Keyring) -> Any:
    """Save a row with this text in one of its sealed fields."""
    setattr(row, field.name, field.seal(row, text, *keys))
    row.save()
    return row


def make_world(cast: Cast) -> World:
    """A matched pair in the middle of their mentorship, an application under check, and an enquiry."""
    enquiry, request, introduction, session, application, message, note = (uuid4() for _ in range(7))
    cast.scheme.goals = cast.scheme.maps = True
    cast.scheme.save(update_fields=["goals", "maps"])
    letter = EnquiryText("Ada", "phone", "01632 960 123", "Tuesday after 6pm")
    saved(Enquiry(id=enquiry, scheme=cast.scheme, asked_on=TODAY), Enquiry.letter, letter.to_json())
    saved(
        MentoringRequest(
            id=request, membership=cast.mentee_member, stage="matched", asked_on=TODAY - timedelta(days=30)
        ),
        MentoringRequest.answers,
        Answers(reasons=("big_change",)).to_json(),
    )
    keys = keyring_of(cast.mentee)
    keys.open_relationship(introduction, "2028-01", [cast.mentee.pk, cast.mentor.pk])
    saved(
        Introduction(
            id=introduction,
            request_id=request,
            standing=cast.standing,
            stage="confirmed",
            score=10,
            rules_version="1",
            mentor_asked_at=NOW,
        ),
        Introduction.score_parts,
        "[]",
    )
    mentorship = Mentorship.objects.create(
        id=introduction,
        scheme=cast.scheme,
        mentee=cast.mentee_member,
        mentor=cast.mentor_member,
        introduction_id=introduction,
        began_on=TODAY,
    )
    earlier = Mentorship.objects.create(
        scheme=cast.scheme,
        mentee=cast.mentee_member,
        mentor=cast.mentor_member,
        stage="ended",
        began_on=TODAY - timedelta(days=500),
        ended_on=TODAY - timedelta(days=90),
    )
    held = Session.objects.create(
        mentorship=mentorship, number=2, stage="held", starts_at=NOW - timedelta(days=1), proposed_by=cast.mentor.pk
    )
    mediation = Mentorship.objects.create(
        scheme=cast.scheme, mentee=cast.mentee_member, mentor=cast.mentor_member, stage="mediation", began_on=TODAY
    )
    since = TODAY - timedelta(days=400)
    Appointment.objects.create(scheme=cast.scheme, person=cast.stranger.pk, duty="mediator", since=since)
    template = AgreementTemplate.objects.get(scheme=cast.scheme)
    goal, action = uuid4(), uuid4()
    records = {
        "scheme": cast.scheme,
        "membership": cast.mentee_member,
        "application": saved(
            MentorApplication(id=application, membership=cast.mentor_member, stage="checks"),
            MentorApplication.offer,
            Offer(own_words="Calm.").to_json(),
        ),
        "standing": cast.standing,
        "enquiry": Enquiry.objects.get(pk=enquiry),
        "request": MentoringRequest.objects.get(pk=request),
        "introduction": Introduction.objects.get(pk=introduction),
        "match_run": MatchRun.objects.create(scheme=cast.scheme, made_by=cast.coordinator.pk),
        "mentorship": mentorship,
        "pair": mentorship,
        "mediation": mediation,
        "contract": Agreement.objects.create(mentorship=mentorship, template=template, stage="proposed"),
        "session": saved(
            Session(
                id=session,
                mentorship=mentorship,
                number=1,
                stage="scheduled",
                starts_at=NOW + timedelta(days=7),
                proposed_by=cast.mentee.pk,
            ),
            Session.way,
            "video",
        ),
        "feedback": Feedback.objects.create(mentorship=mentorship, session=held, stage="asked", stage_since=NOW),
        "sheet": Sheet.objects.create(scheme=cast.scheme, kind="members", made_by=cast.coordinator.pk, made_at=NOW),
        "own_message": saved(
            Message(id=message, mentorship=mentorship, author=cast.mentee.pk, at=NOW),
            Message.text,
            "See you on Monday.",
            keys,
        ),
        "own_note": saved(
            Note(id=note, mentorship=mentorship, author=cast.mentee.pk, at=NOW),
            Note.text,
            "What we said about the rota.",
            keys,
        ),
        "goal": saved(
            Goal(id=goal, mentorship=mentorship, stage="agreed", at=NOW),
            Goal.words,
            "To say no to the third meeting.",
            keys,
        ),
        "action": saved(
            GoalStep(id=action, mentorship=mentorship, goal_id=goal, at=NOW),
            GoalStep.words,
            "To say it on Thursday.",
            keys,
        ),
        "ending": Ending.objects.create(mentorship=earlier, stage="ended", asked_by=cast.mentee.pk, asked_on=TODAY),
    }
    attachments.attach(records["own_message"], [CleanFile("minutes.txt", Kind.TEXT, b"What we said.")], message, keys)
    records["attachment"] = Attachment.objects.get()
    return World(cast, records)

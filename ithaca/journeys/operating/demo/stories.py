"""Requests and mentorships of the demonstration: each walks as far as its story goes, spread over its days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID, uuid4

from ithaca.journeys.operating.demo import listening, words, working
from ithaca.journeys.operating.demo.people import Cast, Person
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.models import Agreement, Session
from ithaca.records.mentorships.pairing.actions import first_chats, introductions, questions, requests
from ithaca.records.mentorships.pairing.queries import candidates
from ithaca.records.mentorships.room.actions import agreements, endings, mediations, mentorships, sessions, sides
from ithaca.records.mentorships.rules.stages.pairing import IntroductionAct, RequestAct
from ithaca.records.mentorships.writing.actions import messages, notes
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.design.paper import pdf
from ithaca.tools.files.cleaning import CleanFile
from ithaca.tools.files.kinds import Kind

VIDEO = "https://meet.example/our-room"


class Until(IntEnum):
    """How far a story goes."""

    ASKED = 1
    WAITING = 2
    OFFERED = 3
    MENTOR_ASKED = 4
    CHAT = 5
    BEGUN = 6
    BOOKED = 7
    HELD = 8
    AGREED_BY_ONE = 9
    AGREED = 10
    GOING_ON = 11
    PAUSED = 12
    ENDED = 13
    HELPED = 14


@dataclass
class Story:
    """One mentee's way. `mentor` is someone they shall meet, or None for whoever suits them best."""

    cast: Cast
    mentee: Person
    membership: Membership
    coordinator: Person
    mentors: dict[UUID, Person]
    days: float
    until: Until
    mentor: MentorStanding | None = None

    def walk(self) -> None:
        """Take every step, the last of them well before today."""
        steps = (self.ask, self.take_in, self.offer, self.say_yes, self.chat, self.begin, self.book, self.hold)
        later = (self.change_agreement, self.agree, self.go_on)
        every = [step for until, step in enumerate((*steps, *later), start=1) if until <= self.until]
        apart = self.days / (len(every) + 1)
        for number, step in enumerate(every):
            self.now, self.next = (
                self.cast.ago(self.days - number * apart),
                self.cast.ago(self.days - (number + 1) * apart),
            )
            step()
        self.now = self.cast.ago(apart)
        if self.until == Until.MENTOR_ASKED and self.mentor is not None:
            self.ask_first()
        if self.until == Until.PAUSED:
            day = self.cast.ago(-20).date()
            mentorships.pause(self.room, Party.MENTOR, actor=self.other.id, at=self.now, form=None, until=day)
        if self.until == Until.HELPED:
            mediations.ask(self.room, Party.MENTEE, actor=self.mentee.id, at=self.cast.ago(0.5), form=None)
        if self.until == Until.ENDED:
            endings.end(
                self.room,
                Party.MENTEE,
                actor=self.mentee.id,
                words=words.LAST_WORD,
                keyring=self.mentee.keyring,
                at=self.now,
                form=None,
            )

    # --- the steps, in their order ---

    def ask(self) -> None:
        dice = self.cast.dice
        self.request = requests.begin(self.membership, at=self.now, form=uuid4())
        requests.change_answers(self.request, self.request.version, **self.cast.wishes(self.membership.scheme))
        story = dice.choice(words.STORIES)
        requests.change_story(self.request, self.request.version, story, keyring=self.mentee.keyring)
        requests.submit(self.request, actor=self.mentee.id, at=self.now, form=None)

    def take_in(self) -> None:
        if self.request.may(RequestAct.TRIAGE, Party.COORDINATOR):
            requests.take_in(self.request, actor=self.coordinator.id, at=self.now, form=None)

    def offer(self) -> None:
        found = candidates.candidates(self.request, self.now).eligible
        standing = next((one.standing for one in found if self.mentor in (None, one.standing)), found[0].standing)
        self.other = self.mentors[standing.membership.user_id]
        if self.membership.scheme.proposing == Scheme.Proposing.MENTEE:
            self.introduction = introductions.choose(
                self.request,
                standing,
                keyring=self.mentee.keyring,
                actor=self.mentee.id,
                at=self.now,
                form=uuid4(),
            )
        else:
            others = [one.standing for one in found if one.enrolled and one.standing.pk != standing.pk]
            self.introduction = introductions.propose(
                self.request,
                standing,
                Party.COORDINATOR,
                then=others[:2] if self.until <= Until.MENTOR_ASKED else (),
                actor=self.coordinator.id,
                at=self.now,
                form=uuid4(),
            )
        self.room = self.introduction.pk

    def say_yes(self) -> None:
        if self.introduction.may(IntroductionAct.MENTEE_ACCEPT, Party.MENTEE):
            introductions.mentee_accept(
                self.introduction, keyring=self.mentee.keyring, actor=self.mentee.id, at=self.now, form=None
            )

    def ask_first(self) -> None:
        """Let the mentor ask a question before they answer, and the mentee reply."""
        mentor, mentee = self.other, self.mentee
        questions.ask(
            self.introduction, words.QUESTION, keyring=mentor.keyring, actor=mentor.id, at=self.now, form=None
        )
        questions.answer(
            self.introduction, words.ANSWER, keyring=mentee.keyring, actor=mentee.id, at=self.now, form=None
        )

    def chat(self) -> None:
        introductions.mentor_accept(self.introduction, actor=self.other.id, at=self.now, form=None)
        if self.membership.scheme.first_chat:
            soon = self.cast.at + timedelta(days=4) if self.until == Until.CHAT else self.next
            first_chats.arrange(
                self.introduction,
                Party.MENTOR,
                chat_at=_on_the_hour(soon),
                way="video",
                place=VIDEO,
                actor=self.other.id,
                at=self.now,
                form=None,
            )

    def begin(self) -> None:
        if self.membership.scheme.first_chat:
            for party, person in ((Party.MENTEE, self.mentee), (Party.MENTOR, self.other)):
                first_chats.say_yes(self.introduction, party, actor=person.id, at=self.now, form=None)

    def book(self) -> None:
        soon = self.cast.at + timedelta(days=6) if self.until == Until.BOOKED else self.next
        plan = sessions.Plan(_on_the_hour(soon), 60, "video", VIDEO)
        self.session = self._schedule(plan)

    def hold(self) -> None:
        evening = self.session.starts_at + timedelta(hours=3)
        sessions.say(self.session, True, Party.MENTEE, actor=self.mentee.id, at=evening, form=None)

    def change_agreement(self) -> None:
        agreement = Agreement.objects.get(mentorship=self.room)
        self.agreement = agreements.change(
            agreement,
            {"rhythm": words.WORDING},
            agreement.version,
            Party.MENTOR,
            keyring=self.other.keyring,
            at=self.now,
            form=None,
            review_on=self.cast.ago(-60 if self.membership.scheme.phases else 0).date(),
        )
        agreements.agree(
            self.agreement, self.agreement.version, Party.MENTOR, actor=self.other.id, at=self.now, form=None
        )

    def agree(self) -> None:
        self.agreement.refresh_from_db()
        agreements.agree(
            self.agreement, self.agreement.version, Party.MENTEE, actor=self.mentee.id, at=self.now, form=None
        )

    def go_on(self) -> None:
        scheme = self.membership.scheme
        soon = self.cast.at + timedelta(days=11 if scheme.phases else 9)  # two who share two rooms meet on two days
        self._schedule(sessions.Plan(_on_the_hour(soon), 90, "phone", "07700 900321"))
        self._write()
        if scheme.goals:
            working.show_goals(self.cast, self.room, self.mentee, self.other)
        listening.show_feedback(self.cast, self.session, self.mentee, self.other, said=scheme.phases)
        if scheme.phases:
            listening.show_way(self.cast, self.room, self.mentee, self.other)
        if scheme.maps:
            working.show_maps(self.cast, self.room, self.mentee, self.other)

    def _write(self) -> None:
        """Write a few messages and notes, and say on which days each replies."""
        people = {"mentee": (Party.MENTEE, self.mentee), "mentor": (Party.MENTOR, self.other)}
        seen = None
        for days, who, text in words.MESSAGES:
            by, person = people[who]
            at = self.cast.ago(days, hour=13)
            messages.send(self.room, text, by, seen=seen, keyring=person.keyring, at=at, form=None)
            seen = at
        rota = CleanFile("rota.pdf", Kind.PDF, pdf(*words.ROTA))
        keyring, at = self.mentee.keyring, self.cast.ago(1, hour=13)
        messages.send(
            self.room, words.WITH_ROTA, Party.MENTEE, files=[rota], seen=seen, keyring=keyring, at=at, form=None
        )
        for days, who, alone, text in words.NOTES:
            by, person = people[who]
            notes.write(self.room, text, alone, by, keyring=person.keyring, at=self.cast.ago(days, 18), form=None)

        for by, person, usual, weights in (
            (Party.MENTEE, self.mentee, ["mon", "thu"], {"sounding_board": 3, "challenger": 1, "guide": 1}),
            (Party.MENTOR, self.other, ["tue", "wed"], {"sounding_board": 2, "challenger": 3, "guide": 1}),
        ):
            at = self.cast.ago(4)
            sides.say_days(self.room, usual, by, actor=person.id, at=at)
            sides.weigh_roles(self.room, weights, by, keyring=person.keyring, at=at)

    def _schedule(self, plan: sessions.Plan) -> Session:
        return sessions.schedule(self.room, plan, Party.MENTEE, actor=self.mentee.id, at=self.now, form=None)


def _on_the_hour(at: datetime) -> datetime:
    return at.replace(hour=12, minute=30, second=0, microsecond=0)

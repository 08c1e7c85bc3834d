"""Goals and steps on the pages: whose they are, what the other sees, and that no word is lost and none kept twice."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ithaca.records.mentorships.models import Commitment, Goal, GoalStep
from ithaca.records.mentorships.room.actions import endings, written_record
from ithaca.records.mentorships.writing.actions import commitments, goal_steps
from ithaca.records.mentorships.writing.actions import goals as goals_actions
from ithaca.records.mentorships.writing.queries import goals as goals_queries
from ithaca.records.mentorships.writing.queries import notes
from ithaca.records.mentorships.writing.queries.goals import GoalStepPlan
from ithaca.records.schemes.models import Scheme
from ithaca.records.stages import Party
from ithaca.tools.vault.models import Grant
from tests.cast import NOW, PASSWORD, keyring_of, make_cast, sign_in
from tests.journeys.meeting import typed
from tests.room import Room, make_room

WORDS = "I tell them on Thursday. They laugh & then they do it."
PATIENT = "943 476 5919"
Typed = tuple[str, dict[str, Any]]


@pytest.fixture
def room(db: None) -> Room:
    return make_room(make_cast(goals=True, maps=True))


def at(room: Room, rest: str = "goals/") -> str:
    return f"/mentorships/{room.mentorship.pk}/{rest}"


def goal(room: Room, words: str = "Fewer meetings", stage: str = "drafted", measure: str = "") -> Goal:
    keys = keyring_of(room.mentee)
    row = goals_actions.write(room.mentorship.pk, words, measure, Party.MENTEE, keyring=keys, at=NOW, form=uuid4())
    Goal.objects.filter(pk=row.pk).update(stage=stage)
    return row


def goal_step(room: Room, words: str = "Say it", stage: str = "proposed", goal: UUID | None = None) -> GoalStep:
    keys, pk = keyring_of(room.mentee), room.mentorship.pk
    row = goal_steps.write(pk, GoalStepPlan(words), goal, Party.MENTEE, keyring=keys, at=NOW, form=uuid4())
    GoalStep.objects.filter(pk=row.pk).update(stage=stage)
    return row


def forms(room: Room) -> dict[str, Typed]:
    """Every form of ours that holds words, with records of its own: where it is sent, and what is typed."""
    words = {"words": WORDS}
    found: dict[str, Typed] = {
        "goal": (at(room, "goals/new/"), words),
        "change": (f"/goals/{goal(room).pk}/change/", {**words, "version": 1}),
        "revise": (f"/goals/{goal(room, stage='agreed').pk}/revise/", words),
        "want goal": (f"/goals/{goal(room).pk}/commitment/", {"score": "7", "better": WORDS}),
        "step": (at(room, "goal-steps/new/"), words),
        "change step": (f"/goal-steps/{goal_step(room).pk}/change/", {**words, "version": 1}),
        "decide": (f"/goal-steps/{goal_step(room).pk}/commitment/", {"score": "9", "better": WORDS}),
        "done": (f"/goal-steps/{goal_step(room, stage='committed').pk}/done/", {"learned": WORDS}),
        "not done": (f"/goal-steps/{goal_step(room, stage='committed').pk}/not-done/", {"learned": WORDS}),
        "beside": (at(room, "notes/new/"), {"text": WORDS, "whose": "both", "place": f"goal.{goal(room).pk}"}),
    }
    return {name: (path, {**form, "once": str(uuid4())}) for name, (path, form) in found.items()}


def stored(room: Room) -> int:
    """How many times what was typed is kept, wherever that is."""
    keys = keyring_of(room.mentee)
    texts = [text for row in Goal.objects.all() for text in goals_queries.words_of_goal(row, keys)]
    for row in GoalStep.objects.all():
        texts += [goals_queries.plan_of(row, keys).words, GoalStep.learned.unseal(row, keys)]
    texts += [goals_queries.words_of_commitment(row, keys)[1] for row in Commitment.objects.all()]
    texts += [one.text for one in notes.shown(list(notes.notes_of(room.mentorship, keys.owner)), keys)]
    return texts.count(WORDS)


def holds(answer: HttpResponse) -> bool:
    return "They laugh &amp; then they do it." in typed.text(answer)


# --- what the two see ---------------------------------------------------------------------------------


def test_a_goal_from_its_first_words_to_the_day_it_is_reached(room: Room, mentee: Client, mentor: Client) -> None:
    assert "You don't have to have any." in typed.see(mentee, at(room))
    assert "Mina hasn't written any. That's fine" in typed.see(mentor, at(room))
    mentee.post(at(room, "goals/new/"), typed.press(words="Say no sooner", measure="I go home at six"))
    found = Goal.objects.get()
    page = typed.see(mentor, at(room))
    assert all(words in page for words in ("Say no sooner", "I go home at six", "Ask about this goal or add a note"))
    assert "This is my goal" not in page, "every step is the mentee's"
    for _pressed_twice in range(2):
        assert mentee.post(f"/goals/{found.pk}/agree/").status_code == 302
    assert "Add a step" in typed.see(mentee, at(room))
    day = {"by_when_0": "4", "by_when_1": "12", "by_when_2": "2026"}
    mentee.post(at(room, "goal-steps/new/"), typed.press(words="Tell Jo on Friday", goal=str(found.pk), **day))
    step = GoalStep.objects.get()
    assert "By Friday 4 December 2026" in typed.see(mentor, at(room))
    decided = mentee.post(f"/goal-steps/{step.pk}/commitment/", typed.press(score="6", better="If Omar rang me after"))
    assert decided["Location"] == f"{at(room)}#goal-step-{step.pk}"
    found.refresh_from_db()
    assert found.stage == "in_progress", "to decide on a step begins its goal"
    page = typed.see(mentor, at(room))
    assert "<strong>6</strong> on 23 November 2026" in page
    assert "If Omar rang me after" in page
    mentee.post(f"/goal-steps/{step.pk}/not-done/", typed.press(learned="Fridays are too loud"))
    assert "Fridays are too loud" in typed.see(mentor, at(room))
    mentee.post(f"/goals/{found.pk}/achieve/")
    assert "Say no sooner" in typed.see(mentor, at(room)).split("Past goals and steps")[1]


def test_a_goal_in_other_words_names_the_one_before_and_takes_its_open_steps(room: Room, mentee: Client) -> None:
    before = goal(room, stage="in_progress")
    open_step, over = goal_step(room, "Still to do", goal=before.pk), goal_step(room, "Done", "done", before.pk)
    mentee.post(f"/goals/{before.pk}/revise/", typed.press(words="Shorter meetings"))
    after = Goal.objects.get(follows=before)
    assert [GoalStep.objects.get(pk=row.pk).goal_id for row in (open_step, over)] == [after.pk, before.pk]
    page = typed.see(mentee, at(room))
    assert f'href="#goal-{before.pk}"' in page
    assert page.index("Shorter meetings") < page.index("Still to do") < page.index("Fewer meetings")


def test_a_step_still_to_do_is_not_hidden_away_with_a_goal_that_is_over(room: Room, mentee: Client) -> None:
    over = goal(room, stage="let_go")
    goal_step(room, "Ring the bank", goal=over.pk)
    assert "Ring the bank" in typed.see(mentee, at(room)).split("Past goals and steps")[0]


def test_the_mentor_offers_what_they_did_and_nobody_else_can(room: Room, mentee: Client, mentor: Client) -> None:
    row = goal(room)
    beside = at(room, f"notes/new/?beside={row.pk}")
    assert "Ask first." in typed.see(mentor, beside)
    assert "Fewer meetings" in typed.see(mentor, beside), "one sees what one writes beside"
    assert "Ask first." not in typed.see(mentee, beside)
    form = {"whose": "both", "place": f"goal.{row.pk}", "experience": "on"}
    answer = mentor.post(at(room, "notes/new/"), typed.press(text="I wrote it on a card first", **form))
    assert answer["Location"] == f"{at(room)}#goal-{row.pk}"
    assert "What Omar did" in typed.see(mentee, at(room))
    assert "What you did" in typed.see(mentor, at(room, "notes/"))
    mentee.post(at(room, "notes/new/"), typed.press(text="Mine", **form))
    mentor.post(at(room, "notes/new/"), typed.press(text="For me", **{**form, "whose": "me"}))
    leaves = notes.shown(list(notes.notes_of(room.mentorship, room.mentor.pk)), keyring_of(room.mentor))
    assert {one.text: one.experience for one in leaves} == {
        "I wrote it on a card first": True,
        "Mine": False,
        "For me": False,
    }
    assert "For me" not in typed.see(mentee, at(room))


def test_a_note_beside_nothing_of_this_room_stands_by_itself(room: Room, mentee: Client) -> None:
    for beside in ("x", str(uuid4()), str(room.mentorship.pk)):
        assert "Beside" not in typed.see(mentee, at(room, f"notes/new/?beside={beside}"))
    mentee.post(at(room, "notes/new/"), typed.press(text="Kept", whose="both", place="goal.<script>"))
    assert "Kept" in typed.see(mentee, at(room, "notes/"))


def test_the_room_names_open_goals_and_locked_only_how_many(
    room: Room, mentee: Client, mentor: Client, locked: Client
) -> None:
    assert at(room) in typed.see(mentee, at(room, ""))
    goal(room, "Say no sooner")
    goal(room, "Long ago", "achieved")
    for client in (mentee, mentor):
        page = typed.see(client, at(room, ""))
        assert "Say no sooner" in page
        assert "Long ago" not in page
    assert "There is 1 goal." in typed.see(locked, at(room, ""))
    assert "Say no sooner" not in typed.see(locked, at(room, ""))


def test_goals_are_found_by_their_words(room: Room, mentor: Client) -> None:
    found = goal(room, "Say no sooner", measure="Home at six")
    goal_step(room, "Tell Jo", goal=found.pk)
    answer = mentor.post(at(room, "search/"), {"words": "six SOONER"})
    assert "1 result</h2>" in typed.text(answer)
    assert f"#goal-{found.pk}" in typed.text(answer)


def test_a_scheme_without_goals_has_none(room: Room, mentee: Client) -> None:
    row, step = goal(room), goal_step(room)
    Scheme.objects.update(goals=False, maps=False)
    assert "goals/" not in typed.see(mentee, at(room, ""))
    paths = [at(room), at(room, "goals/new/"), at(room, "goal-steps/new/"), at(room, "maps/grow/")]
    paths += [f"/goals/{row.pk}/{verb}/" for verb in ("change", "revise", "commitment", "agree", "let-go")]
    paths += [f"/goal-steps/{step.pk}/{verb}/" for verb in ("change", "commitment", "done", "drop")]
    assert {client(path).status_code for path in paths for client in (mentee.get, mentee.post)} == {404}
    for place in (f"goal.{row.pk}", "grow.will"):
        note = typed.press(text="From before", whose="both", place=place)
        assert mentee.post(at(room, "notes/new/"), note)["Location"] == at(room, "notes/")


def test_ten_goals_ask_no_more_questions_than_two(room: Room, mentee: Client) -> None:
    asked = []
    for many in (2, 8):
        for _number in range(many):
            row = goal(room)
            step = goal_step(room, goal=row.pk)
            for subject in (row, step):
                mine = keyring_of(room.mentee)
                commitments.record(subject, 5, "", Party.MENTEE, keyring=mine, at=NOW, form=uuid4())
        counts = []
        for path in (at(room), at(room, "")):
            with CaptureQueriesContext(connection) as queries:
                assert mentee.get(path).status_code == 200
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 20, asked


def test_opening_a_page_changes_nothing_and_its_title_tells_nothing(room: Room, mentee: Client) -> None:
    row, draft, step = goal(room, stage="agreed"), goal(room), goal_step(room, stage="committed")
    paths = [at(room), at(room, "goals/new/"), at(room, "goal-steps/new/"), at(room, "maps/grow/")]
    paths += [f"/goals/{row.pk}/{verb}/" for verb in ("revise", "commitment", "begin", "achieve", "let-go")]
    paths += [f"/goals/{draft.pk}/change/", f"/goals/{draft.pk}/agree/"]
    paths += [f"/goal-steps/{step.pk}/{verb}/" for verb in ("change", "commitment", "done", "not-done", "drop")]
    for path in paths:
        answer = mentee.get(path)
        acts = path.endswith(("begin/", "achieve/", "let-go/", "agree/", "drop/"))
        assert answer.status_code == (302 if acts else 200), path
        title = typed.text(answer).partition("</title>")[0].partition("<title>")[2]
        assert not any(word in title for word in ("Omar", "mentor", "Fewer", "Say it")), title
    found = [each.stage for each in (*Goal.objects.filter(pk__in=[row.pk, draft.pk]), GoalStep.objects.get())]
    assert sorted(found) == ["agreed", "committed", "drafted"]


# --- nothing is lost, nothing is doubled --------------------------------------------------------------


def test_after_the_lock_has_fallen_and_from_an_old_tab_everything_is_kept_once(
    room: Room, mentee: Client, clock: time_machine.Traveller
) -> None:
    every = forms(room)
    clock.shift(timedelta(minutes=31))
    for name, (path, form) in every.items():
        answer = mentee.post(path, form)
        assert (answer.status_code, holds(answer)) == (422, True), name
        assert "What you've just written is safe on this page." in typed.text(answer), name
        signed_out = Client().post(path, form)
        assert (signed_out.status_code, holds(signed_out)) == (422, True), name
    assert stored(room) == 0
    other_window = sign_in(Client(), room.mentee)
    for number, (name, (path, form)) in enumerate(every.items(), start=1):
        password = {"unlock-password": PASSWORD} if number == 1 else {}
        for client in (mentee, mentee, other_window):
            assert client.post(path, {**form, **password}).status_code == 302, name
        assert stored(room) == number, name


def test_other_words_under_a_form_that_was_sent_come_back(room: Room, mentee: Client) -> None:
    kept = 0
    for name, (path, form) in forms(room).items():
        boxes = [box for box in form if form[box] == WORDS]
        assert mentee.post(path, {**form, boxes[0]: "The first"}).status_code == 302, name
        answer = mentee.post(path, form)
        assert (answer.status_code, holds(answer), stored(room)) == (409, True, kept), name
        anew = re.findall(r'name="once" value="([^"]+)"', answer.content.decode())
        if name in ("done", "not done", "revise", "decide"):  # these happen once: the words are there to be copied
            continue
        version = {"version": 2} if "version" in form else {}
        assert mentee.post(path, {**form, **version, "once": anew[-1] if anew else form["once"]}).status_code == 302
        kept += 1
        assert stored(room) == kept, name


def test_after_the_end_without_a_record_and_with_a_new_key_the_words_come_back(room: Room, mentee: Client) -> None:
    every = forms(room)
    written_record.stop_writing(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    _all_come_back(mentee, every, "One of you has turned writing off")
    written_record.write_again(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    grant = Grant.objects.filter(holder=room.mentee.pk)
    kept = list(grant)
    grant.delete()
    _all_come_back(mentee, every, "You've set up your private pages again")
    Grant.objects.bulk_create(kept)
    endings.end(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW, form=uuid4())
    _all_come_back(mentee, every, "Your mentoring has ended, so you can't add anything")
    assert stored(room) == 0
    page = typed.see(mentee, at(room)).split("<main")[1]
    assert "Fewer meetings" in page
    assert "<form" not in page


def _all_come_back(client: Client, every: dict[str, Typed], reason: str) -> None:
    for name, (path, form) in every.items():
        answer = client.post(path, form)
        assert (answer.status_code, holds(answer)) == (409, True), name
        assert reason in typed.text(answer), (name, typed.text(answer))


def test_what_can_be_said_without_a_word_needs_no_key_and_no_record(room: Room, locked: Client) -> None:
    row, step = goal(room), goal_step(room, stage="committed")
    written_record.stop_writing(room.mentorship.pk, Party.MENTOR, actor=room.mentor.pk, at=NOW)
    locked.post(f"/goals/{row.pk}/let-go/")
    assert "Save as done" in typed.see(locked, f"/goal-steps/{step.pk}/done/")
    locked.post(f"/goal-steps/{step.pk}/done/", typed.press(learned=""))
    row.refresh_from_db()
    step.refresh_from_db()
    assert (row.stage, step.stage) == ("let_go", "done")


def test_a_patients_number_is_cautioned_against_and_mistakes_are_said_at_their_place(
    room: Room, mentee: Client
) -> None:
    for name, (path, form) in forms(room).items():
        box = next(box for box in form if form[box] == WORDS)
        answer = mentee.post(path, {**form, box: PATIENT})
        assert (answer.status_code, "Is this a patient's NHS number?" in typed.text(answer)) == (200, True), name
        too_long = mentee.post(path, {**form, box: "x" * 10_001})
        assert (too_long.status_code, "characters or fewer" in typed.text(too_long)) == (422, True), name
    assert stored(room) == 0
    path = f"/goals/{goal(room).pk}/commitment/"
    for score in ("", "0", "11", "6.5", "ten"):
        answer = mentee.post(path, typed.press(score=score, better=WORDS))
        assert (answer.status_code, holds(answer)) == (422, True), score
    assert "Enter a day, a month and a year" in typed.text(
        mentee.post(at(room, "goal-steps/new/"), typed.press(words="x", by_when_0="4"))
    )
    assert "Write what you would like to change" in typed.text(mentee.post(at(room, "goals/new/"), typed.press()))


def test_an_old_window_shows_what_stands_and_keeps_what_was_typed(room: Room, mentee: Client) -> None:
    for row, path in ((goal(room), "goals"), (goal_step(room), "goal-steps")):
        path = f"/{path}/{row.pk}/change/"
        mentee.post(path, typed.press(words="From the other window", version=1))
        answer = mentee.post(path, typed.press(words=WORDS, version=1))
        assert (answer.status_code, holds(answer)) == (409, True)
        assert "From the other window" in typed.text(answer)
        assert mentee.post(path, typed.press(words=WORDS, version=2)).status_code == 302
    assert stored(room) == 2


def test_a_step_closed_in_another_window_gives_back_what_was_learned(room: Room, mentee: Client) -> None:
    step = goal_step(room, stage="committed")
    mentee.post(f"/goal-steps/{step.pk}/done/", typed.press(learned="Short"))
    answer = mentee.post(f"/goal-steps/{step.pk}/not-done/", typed.press(learned=WORDS))
    assert (answer.status_code, holds(answer)) == (409, True)
    assert "This has changed in another window" in typed.text(answer)
    late = mentee.post(f"/goal-steps/{step.pk}/change/", typed.press(words=WORDS, version=1))
    assert (late.status_code, holds(late)) == (409, True), "what is over is not changed"
    assert goals_queries.goals_of(room.mentorship, keyring_of(room.mentee)).past_steps[0].learned == "Short"

"""The match board at the desk: what stands on it, what a change would do, many proposals at once, and who sees none."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ithaca.journeys.coordinating.views import match_runs as board_views
from ithaca.records.members.models import Membership, MentorStanding
from ithaca.records.mentorships.matching.actions import carry_out_match_run, match_runs
from ithaca.records.mentorships.matching.queries.match_runs import answer_of, outcome_of, wishes_of
from ithaca.records.mentorships.models import Introduction, MatchRun, MentoringRequest
from ithaca.records.mentorships.pairing.actions import requests
from ithaca.records.schemes.models import Appointment, PublishedWait
from tests.cast import Cast, make_cast, sign_in
from tests.journeys.coordinating.world import DESK, once
from tests.records.mentorships.pairs import another_member, another_mentor, fresh, wait


@pytest.fixture
def cast(db: None) -> Cast:
    """Omar and Nia have one place each; three wait, and Ivy asked for Omar by name."""
    cast, now = make_cast(), timezone.now()
    another_mentor(cast.scheme, "Nia Ward", "Z90010", capacity=1)
    MentorStanding.objects.update(capacity=1)
    wait(cast, at=now - timedelta(days=40))
    wait(cast, another_member(cast.scheme, "Ivy Cole", "Z90011"), now - timedelta(days=9), prefers=cast.standing.pk)
    wait(cast, another_member(cast.scheme, "Una Low", "Z90012"), now - timedelta(days=2))
    return cast


@pytest.fixture
def cora(cast: Cast, client: Client) -> Client:
    return sign_in(client, cast.coordinator)


def address(name: str, *args: object) -> str:
    return reverse(DESK[name], args=args)


def page(client: Client, name: str, *args: object, **query: str) -> str:
    """The main part of a page, its spaces in order."""
    return main(client.get(address(name, *args), query).text)


def main(text: str) -> str:
    return " ".join(text.partition("<main")[2].partition("</main")[0].split())


def words(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def worked_out(cast: Cast, client: Client) -> MatchRun:
    seen = MatchRun.objects.exclude(stage="superseded").filter(scheme=cast.scheme).values_list("pk", flat=True).first()
    answer = client.post(address("board_begin", cast.scheme.slug), once() | {"seen": seen or ""})
    assert answer.url == address("board", cast.scheme.slug)
    return MatchRun.objects.exclude(stage="superseded").get(scheme=cast.scheme)


def test_two_who_ask_for_a_match_at_once_get_one_and_the_later_is_told(cast: Cast, cora: Client) -> None:
    dev, board = sign_in(Client(), cast.deputy), address("board", cast.scheme.slug)
    assert [seen_by(client.get(board).text) for client in (cora, dev)] == ["", ""], "both saw that there is none"
    form = once()
    for _press in range(2):
        told = cora.post(address("board_begin", cast.scheme.slug), form, follow=True)
        assert "just been found" not in told.text
    told = dev.post(address("board_begin", cast.scheme.slug), once(), follow=True)
    assert "These matches have just been found, for a colleague" in told.text
    run = MatchRun.objects.get()
    assert run.made_by == cast.coordinator.pk
    requests.withdraw(
        MentoringRequest.objects.get(pk=asked("Una Low")), actor=cast.deputy.pk, at=timezone.now(), form=None
    )
    assert seen_by(dev.get(board).text) == str(run.pk), "now that something has changed, it can be worked out again"
    dev.post(address("board_begin", cast.scheme.slug), once() | {"seen": run.pk})
    assert MatchRun.objects.exclude(stage="superseded").get().made_by == cast.deputy.pk


def seen_by(text: str) -> str:
    """The match that the button of this page knows of."""
    (field,) = re.findall(r'<input[^>]*name="seen"[^>]*>', text)
    return "".join(re.findall(r'value="([^"]*)"', field))


def asked(name: str) -> UUID:
    return MentoringRequest.objects.get(membership__user__name=name).pk


def mentor(name: str) -> UUID:
    return MentorStanding.objects.get(membership__user__name=name).pk


def keep(client: Client, run: MatchRun, name: str, kind: str, whom: UUID) -> MatchRun:
    sent = once() | {"version": run.version, "kind": kind, "whom": whom}
    assert client.post(address("match_keep", run.pk, asked(name)), sent).status_code == 302
    return fresh(run)


def propose(client: Client, run: MatchRun, **sent: object) -> str:
    answer = client.post(address("match_propose", run.pk), once() | {"version": run.version} | sent)
    assert answer.url == address("match_proposed", run.pk)
    return words(page(client, "match_proposed", run.pk))


def test_the_board_is_worked_out_by_one_press_from_the_desk(cast: Cast, cora: Client) -> None:
    assert f'href="{address("board", cast.scheme.slug)}"' in page(cora, "desk", cast.scheme.slug)
    first = page(cora, "board", cast.scheme.slug)
    assert "3 people are waiting. There are 2 free places." in words(first)
    run = worked_out(cast, cora)
    shown = words(page(cora, "board", cast.scheme.slug))
    assert "2 of 3 people have a match." in shown
    assert "We've checked: no other matches would be better overall." in shown
    assert "Mina Patel with Nia Ward asked on" in shown
    assert "Ivy Cole with Omar Reed asked on" in shown
    assert "40 days" in shown
    assert "Asked for by name" in shown
    assert "2 mentors could take them, but other people need those mentors more." in shown
    assert run.stage == "done"
    assert not Introduction.objects.exists(), "nobody is written to before someone is proposed"


def test_an_empty_board_says_what_will_be_here(db: None, client: Client) -> None:
    cast = make_cast()
    sign_in(client, cast.coordinator)
    shown = page(client, "board", cast.scheme.slug)
    assert "Nobody is waiting for a mentor at the moment." in shown
    assert "<button" not in shown
    wait(cast)
    MentorStanding.objects.update(stage="on_leave")
    assert "There are 0 free places." in words(page(client, "board", cast.scheme.slug))
    worked_out(cast, client)
    assert "No mentor has a free place." in words(page(client, "board", cast.scheme.slug))
    MentorStanding.objects.update(stage="available")
    Membership.objects.update(organisation=cast.mentor_member.organisation)
    worked_out(cast, client)
    assert "No mentor can take them at the moment. 1 mentor: the same organisation." in words(
        page(client, "board", cast.scheme.slug)
    )


def test_progress_is_shown_and_the_page_can_be_left(cast: Cast, cora: Client) -> None:
    MatchRun.objects.create(
        scheme=cast.scheme, made_by=cast.deputy.pk, stage="running", phase="matching", done=40, total=100
    )
    shown = page(cora, "board", cast.scheme.slug)
    assert '<progress class="ithaca-progress" max="100" value="40"' in shown
    assert "Finding the best matches" in shown
    assert "You can leave this page." in shown
    assert f'href="{address("board", cast.scheme.slug)}"' in shown


@pytest.mark.parametrize("problem", ["rules", "lost", "error"])
def test_a_failed_run_says_so_and_can_be_tried_again(cast: Cast, cora: Client, problem: str) -> None:
    MatchRun.objects.create(scheme=cast.scheme, made_by=cast.deputy.pk, stage="failed", problem=problem)
    shown = page(cora, "board", cast.scheme.slug)
    assert "We couldn't find the best matches" in words(shown)
    assert "Try again" in shown
    assert worked_out(cast, cora).stage == "done"


def test_what_has_changed_since_is_told_with_a_way_to_work_it_out_again(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    assert "Something has changed" not in page(cora, "board", cast.scheme.slug)
    una = MentoringRequest.objects.get(pk=asked("Una Low"))
    requests.withdraw(una, actor=una.membership.user_id, at=timezone.now(), form=uuid4())
    shown = page(cora, "board", cast.scheme.slug)
    assert "1 person is no longer waiting." in shown
    assert "No longer waiting" in shown
    person = cora.get(address("match_person", run.pk, asked("Mina Patel")))
    assert person.url == address("board", cast.scheme.slug), "nothing certain can be said of it any more"
    assert "Una Low" not in page(cora, "board", worked_out(cast, cora).scheme.slug)


def test_one_who_waits_has_the_other_mentors_with_what_each_costs(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    shown = words(page(cora, "match_person", run.pk, asked("Ivy Cole")))
    assert "Matched with Omar Reed" in shown
    assert re.search(r"Nia Ward: loses \d+ points overall", shown)
    assert "Mina Patel (Nia Ward)" in shown
    assert "See what would change if you rule out Omar Reed" in shown
    waiting = words(page(cora, "match_person", run.pk, asked("Una Low")))
    assert "Not matched" in waiting
    assert "Swap mentors" not in waiting


def test_what_follows_is_said_in_words_before_anything_is_changed(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    sent = {"kind": "fixed", "whom": str(mentor("Omar Reed"))}
    shown = words(page(cora, "match_change", run.pk, asked("Una Low"), **sent))
    assert "If Una Low is matched with Omar Reed" in shown
    assert re.search(r"Overall, the matches lose \d+ points.", shown)
    assert re.search(r"Ivy Cole would (lose|be matched with Nia Ward instead of Omar Reed)", shown)
    assert "you don't need to give a reason" in shown
    assert wishes_of(fresh(run)) == ()
    swap = {"kind": "swapped", "whom": str(asked("Mina Patel"))}
    shown = words(page(cora, "match_change", run.pk, asked("Ivy Cole"), **swap))
    assert "If Ivy Cole is matched with Nia Ward, and Mina Patel with Omar Reed" in shown
    assert "Nothing changes for anyone else." in shown
    assert "Overall, the matches lose 200 points." in shown
    pairs = re.findall(
        r"(Ivy Cole and Nia Ward|Mina Patel and Omar Reed) would score (\d+) points instead of (\d+)", shown
    )
    assert [who for who, _now, _was in pairs] == ["Ivy Cole and Nia Ward", "Mina Patel and Omar Reed"]
    assert sum(int(was) - int(now) for _who, now, was in pairs) == 200
    forbidden = {"kind": "forbidden", "whom": str(mentor("Omar Reed"))}
    shown = words(page(cora, "match_change", run.pk, asked("Ivy Cole"), **forbidden))
    assert "If Ivy Cole is not matched with Omar Reed" in shown


def test_what_was_said_is_what_happens_and_can_be_undone(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    said = words(page(cora, "match_change", run.pk, asked("Una Low"), kind="fixed", whom=str(mentor("Omar Reed"))))
    run = keep(cora, run, "Una Low", "fixed", mentor("Omar Reed"))
    board = page(cora, "board", cast.scheme.slug)
    assert "Una Low is matched with Omar Reed." in board
    assert "Chosen by hand" in board
    chosen = answer_of(run)
    assert chosen is not None
    assert f"scores at least {min(pair.suits for pair in chosen.pairs)} points." in board
    assert "We've checked: with the changes below, no other matches would be better" in board
    cost = re.search(r"Overall, the matches lose \d+ points.", said)
    assert cost
    assert cost[0] in board
    loser = re.search(r"(Mina Patel|Ivy Cole) would lose their match with .*? We can't say yet", said)
    assert loser
    answer = answer_of(run)
    assert answer is not None
    assert [one.request for one in answer.waiting] == [asked(loser[1])]
    assert "undo it on the match board first" in page(cora, "match_person", run.pk, asked("Una Low"))
    changed = words(page(cora, "board", cast.scheme.slug, show="changed"))
    assert "Una Low" in changed
    (wish,) = wishes_of(run)
    cora.post(address("match_undo", run.pk), once() | {"version": run.version, "change": wish.id})
    assert wishes_of(fresh(run)) == ()
    assert "Chosen by hand" not in page(cora, "board", cast.scheme.slug)


@pytest.mark.parametrize(
    ("low", "high", "longer"), [(0, 8, "up to 3 weeks"), (6, 8, "1 to 3 weeks"), (6, 6, "1 week"), (1, 2, None)]
)
def test_it_is_said_how_much_longer_somebody_would_wait(
    cast: Cast, cora: Client, low: int, high: int, longer: str | None
) -> None:
    today = timezone.localdate()
    profession = cast.scheme.professions[0]
    said = {"low_weeks": low, "high_weeks": high, "since": today, "looked_on": today}
    PublishedWait.objects.create(scheme=cast.scheme, profession=profession, **said)
    MentoringRequest.objects.exclude(membership__user__name="Una Low").update(asked_on=today - timedelta(days=35))
    run = worked_out(cast, cora)
    shown = words(page(cora, "match_change", run.pk, asked("Una Low"), kind="fixed", whom=str(mentor("Omar Reed"))))
    expected = f", and wait {longer} longer." if longer else "We can't say yet how much longer."
    assert expected in shown


def test_a_change_that_cannot_be_is_told_with_its_reason(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    someone = another_mentor(cast.other_scheme, "Far Away", "Z90099")
    answer = cora.get(address("match_change", run.pk, asked("Una Low")), {"kind": "fixed", "whom": someone.pk})
    assert answer.status_code == 422
    assert "This change isn't possible" in unescape(answer.text)
    assert "not available" in answer.text


def test_a_choice_left_empty_is_told_at_its_place(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    answer = cora.get(address("match_change", run.pk, asked("Una Low")), {"kind": "fixed", "whom": ""})
    assert answer.status_code == 422
    assert "Choose someone" in answer.text
    assert "<title>Error: " in " ".join(answer.text.split())


@pytest.mark.parametrize(
    "query", [{}, {"kind": "burn"}, {"kind": "fixed", "whom": "x"}, {"kind": "swapped", "whom": str(uuid4())}]
)
def test_what_nobody_could_have_chosen_is_not_found(cast: Cast, cora: Client, query: dict[str, str]) -> None:
    run = worked_out(cast, cora)
    assert cora.get(address("match_change", run.pk, asked("Una Low")), query).status_code == 404
    assert cora.get(address("match_person", run.pk, uuid4())).status_code == 404
    assert cora.get(address("board", cast.scheme.slug), {"show": "nonsense"}).status_code == 404
    assert cora.get(address("board", cast.scheme.slug), {"page": "9"}).status_code == 404


def test_a_change_of_what_somebody_else_has_changed_is_not_kept(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    seen = MatchRun(pk=run.pk, version=run.version)
    run = keep(cora, run, "Una Low", "fixed", mentor("Omar Reed"))
    keep(cora, seen, "Mina Patel", "forbidden", mentor("Nia Ward"))
    assert len(wishes_of(fresh(run))) == 1
    assert "we couldn't save your change" in words(page(cora, "board", cast.scheme.slug))
    stale = cora.post(
        address("match_propose", run.pk), once() | {"version": seen.version, "ticked": [asked("Una Low")]}
    )
    assert stale.status_code == 422
    assert "Someone else has changed the board in the meantime" in stale.text
    assert not Introduction.objects.exists()


def test_many_are_proposed_with_one_press_and_each_is_told(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    Membership.objects.filter(user__name="Ivy Cole").update(stage="lapsed")
    board = page(cora, "board", cast.scheme.slug)
    assert f'id="tick-{asked("Mina Patel")}"' in board
    assert f'id="tick-{asked("Ivy Cole")}"' not in board, "an unconfirmed membership is shown, and not to be ticked"
    assert "Check their membership" in board
    said = propose(cora, run, everyone="on")
    assert "1 match proposed. 1 couldn't be proposed, so it's shown first." in said
    assert said.index("Ivy Cole") < said.index("Mina Patel")
    assert "Not proposed: their membership isn't confirmed." in words(said)
    assert Introduction.objects.get().request_id == asked("Mina Patel")
    assert "Being introduced" in page(cora, "board", cast.scheme.slug)


def test_many_more_are_proposed_by_the_worker_while_the_page_tells_how_far_it_is(
    cast: Cast, cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []
    monkeypatch.setattr(match_runs, "PROPOSED_AT_ONCE", 0)
    monkeypatch.setattr(type(carry_out_match_run.work), "enqueue", lambda _self, pk: handed.append(pk))
    run = worked_out(cast, cora)
    said = propose(cora, run, everyone="on")
    assert "Proposing matches one by one" in said
    assert "0 of 2" in said
    assert said.count("Not tried yet.") == 2
    assert "<progress" in page(cora, "board", cast.scheme.slug)
    assert cora.get(address("match_person", run.pk, asked("Una Low"))).status_code == 302
    carry_out_match_run.work.func(*handed)
    assert "2 matches proposed." in words(page(cora, "match_proposed", run.pk))


def test_pressing_twice_proposes_once(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    sent = once() | {"version": run.version, "ticked": [asked("Mina Patel"), asked("Ivy Cole")]}
    for _press in range(2):
        assert cora.post(address("match_propose", run.pk), sent).status_code == 302
    assert Introduction.objects.count() == 2
    assert [one.said for one in outcome_of(fresh(run))] == ["made", "made"]


@pytest.mark.parametrize("sent", [{}, {"ticked": "nonsense"}, {"ticked": str(uuid4())}, {"version": "x"}])
def test_a_press_without_a_tick_is_told_and_proposes_nobody(cast: Cast, cora: Client, sent: dict[str, str]) -> None:
    run = worked_out(cast, cora)
    answer = cora.post(address("match_propose", run.pk), once() | {"version": run.version} | sent)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert not Introduction.objects.exists()


def test_someone_is_found_by_name_without_the_name_in_an_address(cast: Cast, cora: Client) -> None:
    worked_out(cast, cora)
    answer = cora.post(address("board_find", cast.scheme.slug), once() | {"called": "ivy"})
    found = words(main(answer.text))
    assert "1 person found for “ivy”." in found
    assert "Ivy Cole" in found
    assert "Mina Patel" not in found
    nobody = cora.post(address("board_find", cast.scheme.slug), once() | {"called": "zzz"})
    assert "0 people found" in nobody.text
    empty = cora.post(address("board_find", cast.scheme.slug), once())
    assert empty.status_code == 422


def test_nobody_sees_their_own_match(cast: Cast, client: Client) -> None:
    user = Membership.objects.get(user__name="Una Low").user
    other = Membership.objects.get(user__name="Nia Ward").user
    for person in (user, other):
        Appointment.objects.create(scheme=cast.scheme, person=person.pk, duty="coordinator", since=timezone.localdate())
    sign_in(client, user)
    run = worked_out(cast, client)
    shown = page(client, "board", cast.scheme.slug)
    assert str(asked("Una Low")) not in shown
    assert "We leave out anything about you" in shown
    assert client.get(address("match_person", run.pk, asked("Una Low"))).status_code == 404
    nia = sign_in(Client(), other)
    shown = page(nia, "board", cast.scheme.slug)
    assert str(asked("Mina Patel")) not in shown, "Mina goes to Nia, who looks"
    assert str(mentor("Nia Ward")) not in page(nia, "match_person", run.pk, asked("Ivy Cole"))
    chosen = {"kind": "fixed", "whom": mentor("Nia Ward")}
    assert nia.get(address("match_change", run.pk, asked("Una Low")), chosen).status_code == 404
    propose(nia, run, everyone="on")
    assert Introduction.objects.get().request_id == asked("Ivy Cole")


def test_what_a_colleague_decided_about_oneself_is_not_shown_and_cannot_be_undone(cast: Cast, client: Client) -> None:
    user = Membership.objects.get(user__name="Una Low").user
    Appointment.objects.create(scheme=cast.scheme, person=user.pk, duty="coordinator", since=timezone.localdate())
    colleague, una = sign_in(client, cast.coordinator), sign_in(Client(), user)
    run = keep(colleague, worked_out(cast, colleague), "Una Low", "fixed", mentor("Omar Reed"))
    (wish,) = wishes_of(run)
    assert "is matched with Omar Reed" in page(colleague, "board", cast.scheme.slug)
    shown = page(una, "board", cast.scheme.slug)
    assert "is matched with" not in shown
    assert "Una Low" not in shown
    una.post(address("match_undo", run.pk), once() | {"version": run.version, "change": wish.id})
    assert wishes_of(fresh(run)) == (wish,)


def test_another_schemes_coordinator_finds_nothing(cast: Cast, cora: Client) -> None:
    run = worked_out(cast, cora)
    otto = sign_in(Client(), cast.outsider)
    una = asked("Una Low")
    for name, args in (
        ("board", [cast.scheme.slug]),
        ("supply", [cast.scheme.slug]),
        ("match_proposed", [run.pk]),
        ("match_person", [run.pk, una]),
        ("match_change", [run.pk, una]),
    ):
        assert otto.get(address(name, *args)).status_code == 404, name
    for name, args in (
        ("board_begin", [cast.scheme.slug]),
        ("board_find", [cast.scheme.slug]),
        ("match_propose", [run.pk]),
        ("match_undo", [run.pk]),
        ("match_keep", [run.pk, una]),
    ):
        assert otto.post(address(name, *args), once()).status_code == 404, name
    assert fresh(run).stage == "done"


# --- thousands --------------------------------------------------------------------------------------


def test_a_long_board_comes_a_page_at_a_time_and_no_page_asks_more_than_another(
    cast: Cast, cora: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_views, "A_PAGE", 1)
    worked_out(cast, cora)

    def queries(**query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert cora.get(address("board", cast.scheme.slug), query).status_code == 200
        return len(captured)

    queries()  # the first visit fills caches of its own
    one = queries()
    monkeypatch.setattr(board_views, "A_PAGE", 50)
    assert queries() == one <= 20
    assert "Everyone (3)" in page(cora, "board", cast.scheme.slug)
    assert "Not matched (1)" in page(cora, "board", cast.scheme.slug)
    assert words(page(cora, "board", cast.scheme.slug, show="waiting")).count("asked on") == 1


# --- supply ---------------------------------------------------------------------------------------------


def test_supply_stands_against_demand_drawn_and_in_a_table(cast: Cast, cora: Client) -> None:
    shown = page(cora, "supply", cast.scheme.slug)
    said = words(shown)
    assert "3 people are waiting. There are 2 free places with 2 mentors." in said
    assert "Guide 3 2 1" in said, "three want a guide, two places offer one"
    assert "Challenger 3 0 3" in said
    assert "Confidant" not in said, "what nobody wants or offers takes no room"
    assert "Too few places for: Challenger (3)" in said
    assert shown.count('role="img"') == shown.count("<table") == 4
    assert "<script" not in shown
    assert 'width="60%"' in shown
    assert address("invitations", cast.scheme.slug) in shown
    MentorStanding.objects.filter(pk=mentor("Nia Ward")).update(stage="on_leave")
    assert "Guide 3 1 2" in words(page(cora, "supply", cast.scheme.slug))


def test_the_supply_page_of_an_empty_scheme_says_what_will_be_here(cast: Cast, client: Client) -> None:
    sign_in(client, cast.outsider)
    shown = page(client, "supply", cast.other_scheme.slug)
    assert "you'll see here what people want and what mentors offer" in shown
    assert address("invitations", cast.other_scheme.slug) in shown


def test_the_supply_page_asks_no_more_for_more_people(cast: Cast, cora: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            cora.get(address("supply", cast.scheme.slug))
        return len(captured)

    queries()
    before = queries()
    wait(cast, another_member(cast.scheme, "Joan Fay", "Z90013"), timezone.now())
    another_mentor(cast.scheme, "Kit Moss", "Z90014")
    assert queries() == before <= 16

"""The worker's round."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ithaca.journeys.operating import schedule
from tests.cast import NOW

pytestmark = pytest.mark.django_db

JOBS = [
    "members.lapse",
    "members.lock_idle_sessions",
    "members.run_out",
    "mentorships.ask_for_ratings",
    "mentorships.destroy_old_sheets",
    "mentorships.expire_offers",
    "mentorships.forget_match_runs",
    "mentorships.let_endings_fall_due",
    "mentorships.nudge_chats",
    "mentorships.nudge_rooms",
    "mentorships.purge_endings",
    "mentorships.release_lost_mentors",
    "mentorships.remind_of_answers",
    "mentorships.remind_of_feedback",
    "mentorships.say_waits",
    "mentorships.send_word",
    "mentorships.settle_findings",
    "mentorships.settle_places",
    "mentorships.take_up_match_runs",
    "mentorships.tell_of_pauses",
    "mentorships.tell_of_reviews",
    "mentorships.tell_of_writing",
    "schemes.remind_signpost_owners",
]
"""Written out: a jobs file in a folder where nobody looks would simply not run."""


def left_running(tries: int) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status=TaskResultStatus.RUNNING,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="nowhere.task",
        worker_ids=[f"killed-{number}" for number in range(tries)],
        backend_name="default",
        run_after=NOW,
        started_at=NOW,
        exception_class_path="",
        traceback="",
    )


def test_every_public_function_of_a_rooms_jobs_is_asked() -> None:
    assert list(schedule.jobs()) == JOBS


def test_the_tick_runs_on_an_empty_installation() -> None:
    assert set(schedule.tick(NOW)) == {*schedule.jobs(), "operating.put_back", "operating.tidy"}


def test_a_job_that_fails_keeps_none_of_the_others_back() -> None:
    def fails(at: object) -> int:
        raise RuntimeError

    assert schedule.ask({"a": fails, "b": lambda at: 3}, NOW) == {"b": 3}


def test_what_a_killed_worker_left_is_queued_again_and_fails_in_the_end() -> None:
    once, thrice = left_running(1), left_running(3)
    assert schedule.put_back(NOW) == 2
    once.refresh_from_db()
    thrice.refresh_from_db()
    assert (once.status, once.started_at) == (TaskResultStatus.READY, None)
    assert (thrice.status, thrice.finished_at) == (TaskResultStatus.FAILED, NOW)
    assert schedule.put_back(NOW) == 0


def test_old_results_are_thrown_away_after_a_month() -> None:
    task = left_running(1)
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=NOW)
    assert schedule.tidy(NOW + timedelta(days=29)) == 0
    assert schedule.tidy(NOW + timedelta(days=31)) == 1
    assert not DBTaskResult.objects.filter(pk=task.pk).exists()


def test_a_task_queued_before_its_function_moved_runs_after_the_upgrade() -> None:
    moved = import_module("ithaca.records.mentorships.migrations.0011_task_paths")
    for old in moved.MOVED:
        task = left_running(0)
        DBTaskResult.objects.filter(pk=task.pk).update(task_path=old)
        moved.rename(moved.MOVED)(apps, None)
        task.refresh_from_db()
        assert callable(import_string(task.task_path).func)

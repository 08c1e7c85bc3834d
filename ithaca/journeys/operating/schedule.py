"""The worker's round: tasks as they come, emails every few seconds, every ten minutes each job that is due."""

import fcntl
import inspect
import logging
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from ithaca.tools.post import delivery

log = logging.getLogger(__name__)
Job = Callable[[datetime], int]

TASKS_EVERY = 1.0
LETTERS_EVERY = 5.0
TICK_EVERY = 600.0
TRIES = 3
KEEP_FINISHED = timedelta(days=30)


class AnotherWorker(Exception):
    """A worker already runs on this data folder."""


def jobs() -> dict[str, Job]:
    """Find every job of the records: the public functions of each jobs.py under a room, by `app.name`, sorted."""
    found: dict[str, Job] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("ithaca.records."):
            for path in sorted(Path(app.path).rglob("jobs.py")):
                inner = path.relative_to(app.path).with_suffix("").parts
                module = import_module(".".join((app.name, *inner)))
                for name, job in inspect.getmembers(module, inspect.isfunction):
                    if job.__module__ == module.__name__ and not name.startswith("_"):
                        found[f"{app.label}.{name}"] = job
    return dict(sorted(found.items()))


def tick(at: datetime) -> dict[str, int]:
    """Run every job that is due. Return how much each did, by its name."""
    return ask({**jobs(), "operating.put_back": put_back, "operating.tidy": tidy}, at)


def ask(due: Mapping[str, Job], at: datetime) -> dict[str, int]:
    """Run these jobs. One that fails doesn't stop the others, and is missing from the answer."""
    done: dict[str, int] = {}
    for name, job in due.items():
        try:
            done[name] = job(at)
        except Exception:
            log.exception("the job %s failed", name)
        if done.get(name):
            log.info("%s: %d", name, done[name])
    return done


def put_back(at: datetime) -> int:
    """Queue again what a killed worker left running. A task left so three times counts as failed.

    Only ever called between tasks, by the one worker there is: what is running then is running nowhere.
    """
    left = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    for task in left:
        if len(task.worker_ids) >= TRIES:
            left.filter(pk=task.pk).update(status=TaskResultStatus.FAILED, finished_at=at)
        else:
            left.filter(pk=task.pk).update(status=TaskResultStatus.READY, started_at=None)
    return len(left)


def tidy(at: datetime) -> int:
    """Delete what has expired: browser sessions, and finished tasks after a month."""
    sessions, _ = Session.objects.filter(expire_date__lt=at).delete()
    tasks, _ = DBTaskResult.objects.finished().filter(finished_at__lt=at - KEEP_FINISHED).delete()
    return sessions + tasks


def work() -> None:
    """Work until asked to stop (SIGINT, SIGTERM), which never cuts short a task or an email.

    Raises AnotherWorker when one is at work on this data folder.
    """
    with _only_worker():
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"worker-{os.getpid()}-{time.time_ns()}",
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: setattr(worker, "running", False))
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        put_back(timezone.now())
        letters_at = tick_at = time.monotonic()
        while worker.running:
            try:
                worker.run()
                if time.monotonic() >= letters_at:
                    letters_at = time.monotonic() + LETTERS_EVERY
                    delivery.deliver_due(timezone.now())
                if time.monotonic() >= tick_at:
                    tick_at = time.monotonic() + TICK_EVERY
                    tick(timezone.now())
            except Exception:
                log.exception("the worker's round failed")
            close_old_connections()
            time.sleep(TASKS_EVERY)


def worker_at_work() -> int | None:
    """Return the process id of the worker that last took the lock, or None."""
    try:
        return int(_lock().read_text())
    except (FileNotFoundError, ValueError):
        return None


@contextmanager
def _only_worker() -> Iterator[None]:
    """Hold the data folder's worker lock, which the kernel releases if we are killed."""
    with _lock().open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AnotherWorker from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _lock() -> Path:
    return Path(settings.DATA_DIR, "worker.lock")

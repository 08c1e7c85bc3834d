"""Two processes, the web and the worker, kept alive by a third that stays in the foreground."""

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings

from ithaca.journeys.operating import schedule

LOOK_EVERY = 0.1
PATIENCE = 10.0
"""Seconds that a process is given to finish what it is doing once it is asked to stop."""
TRIES = 3
"""A process that dies so often before it is ready cannot be kept alive."""
_LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""


@dataclass
class Child:
    """One process that is to run for as long as we do."""

    name: str
    command: list[str]
    is_up: Callable[[int], bool]
    """Asked with the process id, whether it does its work by now."""
    ready: bool = False
    failures: int = 0
    process: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        self.ready = False
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.command,
            cwd=settings.ROOT,
            env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
            start_new_session=True,  # Ctrl-C comes to us, who pass it on once
            preexec_fn=_end_with_parent,
        )

    def look(self) -> None:
        """Mark the process as ready, once it is."""
        if not self.ready and self.is_up(self.process.pid):
            self.ready, self.failures = True, 0

    def kill(self) -> None:
        """End the process and whatever it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _end_with_parent() -> None:
    """Have the kernel stop the child if we are killed outright, so that no orphan holds the port."""
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web(host: str, port: int) -> Child:
    options = {"interface": "wsgi", "host": host, "port": port, "blocking-threads": 4, "log-level": "warning"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    command = [sys.executable, "-P", "-m", "granian", *words, "--no-ws", "ithaca.config.wsgi:application"]
    return Child("web", command, lambda pid: answers_at(host, port))


def worker() -> Child:
    command = [sys.executable, "-P", "-m", "ithaca", "work"]
    return Child("worker", command, lambda pid: schedule.worker_at_work() == pid)


def supervise(children: list[Child], announce: Callable[[], None]) -> int:
    """Run the children until we are asked to stop, and restart one that dies. Call `announce` once all are ready.

    Returns the exit status: 0 when asked to stop, 1 when a child cannot be kept alive.
    """
    asked: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: asked.append(number))
    try:
        for child in children:
            child.start()
        announced = False
        while not asked:
            for child in children:
                if child.process.poll() is not None and not _start_again(child):
                    return 1
                child.look()
            if not announced and all(child.ready for child in children):
                announced = True
                announce()
            time.sleep(LOOK_EVERY)
        return 0
    finally:
        _stop(children, asked)


def _start_again(child: Child) -> bool:
    """Restart a dead child. Return False if it has died too often before it was ready."""
    status = child.process.returncode
    child.failures += not child.ready
    child.kill()
    if child.failures >= TRIES:
        sys.stderr.write(f"The {child.name} process keeps ending (status {status}), so we have stopped.\n")
        return False
    sys.stderr.write(f"The {child.name} process ended with status {status}; starting it again.\n")
    child.start()
    return True


def _stop(children: list[Child], asked: list[int]) -> None:
    """Ask all to stop, wait, and kill those that don't. A second Ctrl-C kills them straight away."""
    started = [child for child in children if hasattr(child, "process")]
    for child in started:
        child.process.terminate()
    until = time.monotonic() + PATIENCE
    while any(child.process.poll() is None for child in started) and time.monotonic() < until and len(asked) < 2:
        time.sleep(LOOK_EVERY)
    for child in started:
        child.kill()


def answers_at(host: str, port: int) -> bool:
    """Return whether the website answers. A refusal or a redirect counts; a server error doesn't."""
    connection = http.client.HTTPConnection("127.0.0.1" if host in ("0.0.0.0", "::", "") else host, port, timeout=1)  # noqa: S104 - compared, not bound
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()

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

LOOK_EVERY = 0.1
PATIENCE = 10.0
"""Seconds that a process is given to finish what it is doing once it is asked to stop."""
TOO_SOON = 10.0
"""A process that dies within so many seconds of its start was not healthy; thrice in a row, and we give up."""
TRIES = 3
PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies."""


@dataclass
class Child:
    """One process that is to run for as long as we do."""

    name: str
    command: list[str]
    early_deaths: int = 0
    started: float = 0.0
    process: "subprocess.Popen[bytes]" = field(init=False)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own command line
            self.command,
            cwd=settings.ROOT,
            env={**os.environ, "PYTHONPATH": str(settings.ROOT)},
            start_new_session=True,  # Ctrl-C comes to us, who pass it on once
            preexec_fn=_end_with_parent,
        )

    def outlived_its_start(self) -> bool:
        return time.monotonic() - self.started >= TOO_SOON

    def kill(self) -> None:
        """End the process and whatever it has started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _end_with_parent() -> None:
    """Have the kernel ask the child to stop if we are killed outright: no orphan may hold the port."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web(host: str, port: int) -> Child:
    options = {"interface": "wsgi", "host": host, "port": port, "blocking-threads": 4, "log-level": "warning"}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return Child("web", [sys.executable, "-P", "-m", "granian", *words, "--no-ws", "ithaca.config.wsgi:application"])


def worker() -> Child:
    return Child("worker", [sys.executable, "-P", "-m", "ithaca", "work"])


def supervise(children: list[Child], answers: Callable[[], bool], ready: Callable[[], None]) -> int:
    """Run the children until we are asked to stop; start again one that dies. Call `ready` once `answers` says yes.

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
            if not announced and answers():
                announced = True
                ready()
            time.sleep(LOOK_EVERY)
        return 0
    finally:
        _stop(children, asked)


def _start_again(child: Child) -> bool:
    """Bring a dead child back; False once it has died too soon too often."""
    status = child.process.returncode
    child.early_deaths = 0 if child.outlived_its_start() else child.early_deaths + 1
    child.kill()
    if child.early_deaths >= TRIES:
        sys.stderr.write(f"The {child.name} process ended with status {status} and cannot be kept alive.\n")
        return False
    sys.stderr.write(f"The {child.name} process ended with status {status}; starting it again.\n")
    child.start()
    return True


def _stop(children: list[Child], asked: list[int]) -> None:
    """Ask all to stop, wait, and end those that do not. A second Ctrl-C ends them at once."""
    started = [child for child in children if hasattr(child, "process")]
    for child in started:
        child.process.terminate()
    until = time.monotonic() + PATIENCE
    while any(child.process.poll() is None for child in started) and time.monotonic() < until and len(asked) < 2:
        time.sleep(LOOK_EVERY)
    for child in started:
        child.kill()


def answers_at(host: str, port: int) -> bool:
    """Say whether the web answers. A refusal or a redirection is an answer; an error of its own is none."""
    connection = http.client.HTTPConnection("127.0.0.1" if host in ("0.0.0.0", "::", "") else host, port, timeout=1)  # noqa: S104 - compared, not bound
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except OSError:
        return False
    finally:
        connection.close()

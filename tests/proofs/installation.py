"""A whole installation in processes of its own, as `make run` starts it, that can be hurt."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Seconds; a start takes five on an idle machine."""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Installation:
    """The demonstration on a data folder of its own."""

    def __init__(self, data: Path, port: int | None = None) -> None:
        self.data, self.port = data, port or free_port()
        self.hurt: set[int] = set()
        self.root = f"http://localhost:{self.port}"
        hidden = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "SERVER_KEYS", "DEBUG", "BASE_URL", "EMAIL_URL")
        env = {name: value for name, value in os.environ.items() if name not in hidden}
        env |= {"DATA_DIR": str(data), "PORT": str(self.port), "DEMO": "1"}
        self.out = (data / "out.txt").open("a+")
        command = [sys.executable, "-m", "ithaca", "up"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=self.out, stderr=subprocess.STDOUT)

    def said(self) -> str:
        return (self.data / "out.txt").read_text()

    def until_ready(self) -> None:
        """Wait until the web answers and a worker works."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process.poll() is None, self.said()
            try:
                with urllib.request.urlopen(f"{self.root}/healthz", timeout=5) as answer:
                    if answer.status == 200 and all(self.pid(words) for words in ("granian", "ithaca work")):
                        return
            except (OSError, urllib.error.URLError):
                pass
            time.sleep(0.1)
        raise AssertionError(self.said())

    def pid(self, words: str) -> int | None:
        """The process id of our web ("granian") or worker ("ithaca work"), if it runs and has not been hurt."""
        found = (pid for pid in _children(self.process.pid) if words in _command(pid))
        return next((pid for pid in found if pid not in self.hurt), None)

    def kill(self, words: str, deep: bool = False) -> None:
        """Kill the web or the worker outright; `deep`: the process that the web server keeps under it."""
        pid = self.pid(words)
        if pid is not None:
            self.hurt.add(pid)
            os.kill(next(_children(pid), pid) if deep else pid, signal.SIGKILL)

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(PATIENCE)
        self.out.close()
        return status

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read the database from outside."""
        with closing(sqlite3.connect(f"file:{self.data / 'ithaca.sqlite3'}?mode=ro", uri=True, timeout=30)) as base:
            return base.execute(query, values).fetchall()

    def number(self, query: str, *values: Any) -> int:
        return int(self.rows(query, *values)[0][0])


def _children(parent: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) == parent:
                yield int(entry.name)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""

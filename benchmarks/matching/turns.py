"""Several solvers side by side: warm ones that wait for their turn, or whole processes one after the other."""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.matching.clock import Took

ROOT = Path(__file__).parents[2]
PATIENCE = 1800
"""Seconds after which a solver that does not answer is given up."""

LEAST, BUDGET = 3, 20.0
"""Each works so many times at least; then no more once it has taken so many seconds of the processor."""


@dataclass
class Runs:
    """What a solver took, run by run; the most memory its process held, in MB; or why there is nothing to tell."""

    took: list[Took] = field(default_factory=list)
    memory: float = 0
    fault: str = ""

    @property
    def spent(self) -> float:
        """Seconds of the processor in all."""
        return sum(took.cpu for took in self.took)


def order(names: Iterable[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Whose turn it is: everyone once a round, and another one first in each."""
    everyone = list(names)
    for number in range(rounds):
        first = number % len(everyone) if everyone else 0
        for name in everyone[first:] + everyone[:first]:
            yield number, name


def wants_more(runs: Runs, number: int) -> bool:
    """Whether a solver takes part in a round."""
    return not runs.fault and (number < LEAST or runs.spent < BUDGET)


def warm(commands: Mapping[str, list[str]], rounds: int) -> dict[str, Runs]:
    """Start a process for each, let each work once unseen, then let them take turns."""
    found = {name: Runs() for name in commands}
    waiting = {}
    for name, command in commands.items():
        waiting[name] = _Waiting(command)
        try:
            waiting[name].hear()
        except _Silent as silent:
            found[name].fault = str(silent)
    for number, name in order(commands, rounds):
        runs = found[name]
        if wants_more(runs, number):
            try:
                told = waiting[name].ask()
            except _Silent as silent:
                runs.fault = str(silent)
                continue
            runs.took.append(Took(told["cpu"], told["wall"]))
            runs.memory = told["memory"]
    for one in waiting.values():
        one.end()
    return found


def cold(commands: Mapping[str, list[str]], rounds: int) -> dict[str, Runs]:
    """Run each as a process of its own, once unseen, and then in turns.

    After the first run its files are in memory, and Python has kept the bytecode of what it imports, whether the
    environment asks for that or not: otherwise those who import much would be timed compiling it.
    """
    found = {name: Runs() for name in commands}
    with tempfile.TemporaryDirectory() as bytecode:
        for number, name in order(commands, rounds + 1):
            runs = found[name]
            if not wants_more(runs, number - 1):
                continue
            took, memory, fault = _whole(commands[name], bytecode)
            runs.fault, runs.memory = fault, max(runs.memory, memory)
            if number:
                runs.took.append(took)
    return found


LAUNCHER = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
wall = time.perf_counter() - start
child.returncode = os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w") as told:
    json.dump([usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, child.returncode], told)
"""
"""A small process that starts the one that counts, as the memory of whoever starts a process is counted as its own."""


def _whole(command: list[str], bytecode: str) -> tuple[Took, float, str]:
    """What a whole process took, the most memory it held, and its last words if it failed."""
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "words").open("w+") as words:
        told = Path(folder) / "told"
        launch = [sys.executable, "-S", "-c", LAUNCHER, str(told), *command]
        surroundings = _surroundings() | {"PYTHONPYCACHEPREFIX": bytecode}
        surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
        subprocess.run(launch, cwd=ROOT, env=surroundings, stderr=words, check=True)
        cpu, wall, memory, status = json.loads(told.read_text())
        words.seek(0)
        said = words.read().strip().splitlines()
    return Took(cpu, wall), memory, (said or ["killed"])[-1] if status else ""


def _surroundings() -> dict[str, str]:
    """The environment of a solver's process: it finds our code, whichever Python runs it."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


class _Silent(Exception):
    """A solver that does not answer, and its last words."""


class _Waiting:
    """A process that works once for each line it is sent."""

    def __init__(self, command: list[str]) -> None:
        self.words = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed when it is let go
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=_surroundings(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.words
        )

    def ask(self) -> dict[str, Any]:
        """Let it work once."""
        assert self.process.stdin
        try:
            self.process.stdin.write(b"\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise _Silent(self._last_words()) from None
        return self.hear()

    def hear(self) -> dict[str, Any]:
        """What it answers. Raises _Silent if it does not."""
        assert self.process.stdout
        if not select.select([self.process.stdout], [], [], PATIENCE)[0]:
            self.process.kill()
            raise _Silent(f"not done in {PATIENCE} s")
        line = self.process.stdout.readline()
        if not line:
            raise _Silent(self._last_words())
        told: dict[str, Any] = json.loads(line)
        return told

    def end(self) -> None:
        """Let it go."""
        assert self.process.stdin
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            print("a solver had gone before it was let go", file=sys.stderr)
        self.process.wait(PATIENCE)
        self.words.close()

    def _last_words(self) -> str:
        self.process.wait(PATIENCE)
        self.words.seek(0)
        return (self.words.read().strip().splitlines() or ["killed"])[-1]

"""An environment for each solver, as two of them install a module of the same name; and LEMON's program, compiled."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from benchmarks.matching.solvers import SOLVERS

SOURCE = Path(__file__).parent / "lemon.cpp"


class Absent(Exception):
    """A solver cannot take part on this machine, and why."""


def python_of(name: str, folder: Path) -> str:
    """The Python to run a solver with, made if it is not there yet. Raises Absent where it cannot be."""
    solver = SOLVERS[name]
    if solver.kept:
        return sys.executable
    home = home_of(name, folder)
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        packages = [f"numpy=={np.__version__}", *solver.packages]
        done = subprocess.run([str(python), "-m", "pip", "install", "-q", *packages], check=False)
        if done.returncode:
            raise Absent(f"{', '.join(packages)} could not be installed")
    if name == "LEMON":
        compile_lemon(home)
    return str(python)


def home_of(name: str, folder: Path) -> Path:
    """Where a solver is installed; the two ways of one library share it."""
    return folder / name.partition(",")[0].lower()


def compile_lemon(home: Path, *options: str) -> None:
    """Compile lemon.cpp into a folder: `lemon.so` for Python, and the program `lemon`. Raises Absent where it fails."""
    made, half = home / "lemon.so", home / "lemon.o"
    if made.exists() and made.stat().st_mtime > SOURCE.stat().st_mtime:
        return
    options = options or ("-O3", "-march=native")
    _compile(*options, "-fPIC", "-c", str(SOURCE), "-o", str(half))
    _compile(str(half), "-o", str(home / "lemon"))
    _compile(str(half), "-shared", "-o", str(made))


def _compile(*options: str) -> None:
    try:
        done = subprocess.run(["g++", "-w", *options], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise Absent("there is no g++ on this machine") from None
    if done.returncode:
        missing = "fatal error: lemon/" in done.stderr
        raise Absent("LEMON's headers are not there (Debian: liblemon-dev)" if missing else done.stderr[:500])

"""Ours and the peers side by side, in one run: `python -m benchmarks.matching [--large] [--only 1000x300,…] …`.

The first run makes an environment for each peer in .envs, which is ignored by git, or in the folder given: two of them
install a module of the same name. Everything runs one after the other, each in its own process, on whatever else the
machine is doing; the load is written down. The table is printed, row by row as it comes and whole at the end.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PEERS = {
    "pot": ["POT==0.9.7.post1"],
    "ortools": ["ortools"],
    "scipy": ["scipy"],
    "mentor-match": ["mentor-match"],
    "matching": ["matching"],
    "greedy": [],
}
SIZES = [(200, 60), (1_000, 300), (4_000, 1_200), (10_000, 3_000), (20_000, 6_000)]
LARGE = [(100_000, 30_000), (500_000, 150_000)]
MOST = {"mentor-match": 300_000, "matching": 300_000, "scipy": 30_000_000, "pot": 30_000_000, "greedy": 30_000_000}
"""The most pairs a peer is given: beyond, it takes too long or too much memory."""

PATIENCE = 1800


def main() -> None:
    """Run every contestant at every size and write the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.matching")
    parser.add_argument("--large", action="store_true", help="ours alone, at the sizes of a country")
    parser.add_argument("--only", help="sizes, as 1000x300,4000x1200")
    parser.add_argument("--seed", type=int, default=1, help="another number gives other people")
    parser.add_argument("--environments", type=Path, default=HERE / ".envs", help="where the peers are installed")
    given = parser.parse_args()
    sizes = SIZES + (LARGE if given.large else [])
    if given.only:
        sizes = [(int(n), int(m)) for n, m in (size.split("x") for size in given.only.split(","))]
    rows = []
    for mentees, mentors in sizes:
        for kind in ("scarce", "ample"):
            if kind == "ample" and mentees * mentors > 40_000_000:
                continue
            rows += _size(mentees, mentors, kind, given.seed, given.environments)
    print(_table(rows, given.seed))


def _size(mentees: int, mentors: int, kind: str, seed: int, environments: Path) -> list[list[str]]:
    """The rows of one size: ours first, then the peers on the same values."""
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance.npz"
        command = [sys.executable, "-m", "benchmarks.matching.ours", str(mentees), str(mentors), str(seed), kind]
        contested = mentees * mentors <= 120_000_000
        ours = _run([*command, str(instance)] if contested else command)
        size = f"{mentees:,} × {mentors:,} {kind}"
        rows = [_row(size, "ours", ours, ours, mentees)]
        print(rows[-1], file=sys.stderr, flush=True)
        for peer, packages in PEERS.items():
            if contested and mentees * mentors <= MOST.get(peer, 1 << 60):
                python = _environment(environments / peer, packages)
                rows.append(
                    _row(size, peer, _run([python, str(HERE / "peers.py"), peer, str(instance)]), ours, mentees)
                )
                print(rows[-1], file=sys.stderr, flush=True)
    return rows


def _row(size: str, name: str, found: dict[str, Any] | str, ours: dict[str, Any] | str, mentees: int) -> list[str]:
    if isinstance(found, str) or isinstance(ours, str):
        return [size, name, str(found), *[""] * 9]
    passes = f"{found['seconds'] / found['pass']:.1f}" if "pass" in found else ""
    work = f"{found['cpu'] / found['pass_cpu']:.1f}" if "pass" in found else ""
    leave = f"{found['leave'] * 1000:.1f}" if "leave" in found else ""
    return [
        size,
        name,
        f"{found['seconds']:.3f}",
        f"{found['cpu']:.3f}",
        f"{found['seconds'] / ours['seconds']:.0f}×",
        f"{found['cpu'] / ours['cpu']:.0f}×",
        f"{found['memory']:.0f}",
        f"{found['process']:.0f}",
        f"{found['total'] / ours['total']:.3%}",
        f"{found['matched'] / mentees:.1%}",
        passes,
        work,
        leave,
    ]


def _run(command: list[str]) -> dict[str, Any] | str:
    """What a contestant printed, or in words why it did not."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return f"not done in {PATIENCE} s"
    if done.returncode:
        return f"failed: {(done.stderr.strip() or 'killed').splitlines()[-1]}"
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _environment(folder: Path, packages: list[str]) -> str:
    """The Python of an environment with only this peer in it."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "numpy", *packages], check=True)
    return str(python)


def _table(rows: list[list[str]], seed: int) -> str:
    head = [
        "pool",
        "who",
        "seconds",
        "CPU seconds",
        "of ours",
        "CPU of ours",
        "memory MB",
        "in all MB",
        "of the optimum",
        "matched",
        "passes",
        "CPU passes",
        "leave ms",
    ]
    lines = [" | ".join(row) for row in (head, ["---"] * len(head), *rows)]
    processor = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        "",
    )
    about = (
        f"{datetime.now().astimezone().date().isoformat()}, {os.cpu_count()} × {processor}, "
        f"Python {platform.python_version()}; seed {seed}; load of the machine at the end {os.getloadavg()[1]:.1f}."
    )
    return about + "\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()

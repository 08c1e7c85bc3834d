"""One solver as a whole process, from files to a file: `python -m benchmarks.matching.cold NAME TASK FOLDER`.

TASK: `values` (the finished values are in table.npy and places.npy) or `spreadsheets` (the people are in mentees.csv
and mentors.csv). Everything counts: starting Python, importing, reading, working, writing.
"""

import json
import sys
import threading
from datetime import date
from pathlib import Path

import numpy as np

TODAY = date(2026, 11, 2)


def main(name: str, task: str, folder: Path) -> None:
    """Read, solve, write."""
    if task == "values":
        from benchmarks.matching.solvers import SOLVERS

        mate = SOLVERS[name].load()(np.load(folder / "table.npy"), np.load(folder / "places.npy"))
        np.asarray(mate, np.int64).tofile(folder / f"mates {name}")
    else:
        pairs = from_spreadsheets(name, folder / "mentees.csv", folder / "mentors.csv")
        (folder / f"pairs {name}").write_text(json.dumps(pairs))


def from_spreadsheets(name: str, mentees: Path, mentors: Path) -> list[tuple[str, str]]:
    """The pairs by their ids: read by our reader and scored by our NumPy for everyone, as the others have neither."""
    from benchmarks.matching.solvers import whole
    from matchmaker import Policy
    from matchmaker.columns import columns_of
    from matchmaker.roster import open_people
    from matchmaker.roster_files import read_roster

    roster = read_roster(mentees, mentors)
    asking, offering = open_people(roster)
    columns = columns_of(asking, offering, Policy(), TODAY, roster.kept, roster.forbidden)
    mates = whole(name)(columns).tolist()
    return [(mentee.id, offering[mate].id) for mentee, mate in zip(asking, mates, strict=True) if mate >= 0]


if __name__ == "__main__":
    sys.setrecursionlimit(10**6)
    threading.stack_size(1 << 29)
    thread = threading.Thread(target=main, args=(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
    thread.start()
    thread.join()

"""Who takes part. Each solver loads itself and gives back the work that is timed.

A loader imports whatever its solver needs and returns a function of the finished values (int32 [mentees, mentors], −1
where a pair may not be made) and of the mentors' places (int64), which returns each mentee's mentor, or −1. Nothing may
be imported in the function it returns: in the warm tables only that function is timed, for ours as for the others.
Each has the quickest settings of those tried; RESULTS.md says what was tried.
"""

import ctypes
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from matchmaker.columns import Columns

Table = NDArray[np.int32]
Ints = NDArray[np.int64]
Solve = Callable[[Table, Ints], Ints]
"""From the finished values and the mentors' places to each mentee's mentor."""


def ours() -> Solve:
    """Ours, as it comes: plain Python up to 60,000 pairs, compiled beyond. It also finds prices, and the one answer."""
    from matchmaker.pairs import Edges, keys_of, pairs_of
    from matchmaker.solve import canonical, solve

    def work(table: Table, places: Ints) -> Ints:
        mentee, mentor = np.nonzero(table >= 0)
        pairs = pairs_of(Edges(mentee, mentor, table[mentee, mentor]), table.shape[0], places)
        keys = [keys_of([f"{kind}{k}" for k in range(size)]) for kind, size in zip("em", table.shape, strict=True)]
        return canonical(pairs, solve(pairs), *keys)

    return work


def ours_compiled() -> Solve:
    """Ours in a process that has matched a large pool before: then its compiled loops are used for small ones too."""
    import matchmaker.scan  # noqa: F401 - having been imported is what counts

    return ours()


def lemon(folder: Path = Path(sys.prefix)) -> Solve:
    """LEMON's network simplex, called from Python without a copy of the values (lemon.cpp)."""
    solve = ctypes.CDLL(str(folder / "lemon.so")).solve

    def work(table: Table, places: Ints) -> Ints:
        mate = np.empty(table.shape[0], np.int64)
        assert (
            solve(*(ctypes.c_void_p(some.ctypes.data) for some in (table, places)), *table.shape, _pointer(mate)) == 0
        )
        return mate

    return work


def _pointer(numbers: Ints) -> ctypes.c_void_p:
    return ctypes.c_void_p(numbers.ctypes.data)


def pot() -> Solve:
    """POT's network simplex on a list of pairs, without the checks of `ot.emd`; with one row and column to spare."""
    from ot.lp.emd_wrap import emd_c_sparse

    def work(table: Table, places: Ints) -> Ints:
        n, m = table.shape
        top = float(table.max(initial=0)) + 1
        mentee, mentor = np.nonzero(table >= 0)
        tail = np.concatenate((mentee, np.arange(n), np.full(m + 1, n))).astype(np.uint64)
        head = np.concatenate((mentor, np.full(n, m), np.arange(m + 1))).astype(np.uint64)
        cost = np.concatenate((top - table[mentee, mentor], np.full(n + m + 1, top)))
        supply = np.append(np.ones(n), float(places.sum()))
        demand = np.append(places.astype(float), float(n))
        row, column, flow, *_ = emd_c_sparse(supply, demand, tail, head, cost, 10**9)
        made = (row < n) & (column < m) & (flow > 0.5)
        mate = np.full(n, -1)
        mate[row[made].astype(np.int64)] = column[made].astype(np.int64)
        return mate

    return work


def ortools() -> Solve:
    """OR-Tools: minimum-cost flow over every pair that may be made, as the greatest flow of least cost."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    def work(table: Table, places: Ints) -> Ints:
        n, m = table.shape
        mentee, mentor = (part.astype(np.int32) for part in np.nonzero(table >= 0))
        flow = SimpleMinCostFlow()
        flow.add_arcs_with_capacity_and_unit_cost(
            np.concatenate((mentee, np.arange(n, dtype=np.int32))),
            np.concatenate((n + mentor, np.full(n, n + m, np.int32))),
            np.ones(mentee.size + n, np.int64),
            np.concatenate((-table[mentee, mentor].astype(np.int64), np.zeros(n, np.int64))),
        )
        supply = np.concatenate((np.ones(n, np.int64), -places, [-n]))
        flow.set_nodes_supplies(np.arange(n + m + 1, dtype=np.int32), supply)
        assert flow.solve_max_flow_with_min_cost() == flow.OPTIMAL
        taken = flow.flows(np.arange(mentee.size, dtype=np.int32)) > 0
        mate = np.full(n, -1)
        mate[mentee[taken]] = mentor[taken]
        return mate

    return work


def scipy() -> Solve:
    """SciPy's dense assignment, a column for each place."""
    from scipy.optimize import linear_sum_assignment

    def work(table: Table, places: Ints) -> Ints:
        owner = _owners(places)
        return _read(table, owner, *linear_sum_assignment(-np.maximum(table, 0).astype(float)[:, owner]))

    return work


def scipy_sparse() -> Solve:
    """SciPy's sparse assignment, a column for each place and one to wait in for each mentee."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    def work(table: Table, places: Ints) -> Ints:
        owner, n, top = _owners(places), table.shape[0], int(table.max(initial=0)) + 1
        spread = table[:, owner]
        mentee, place = np.nonzero(spread >= 0)
        start = np.concatenate(([0], np.cumsum(np.bincount(mentee, minlength=n) + 1)))
        column, cost = np.empty(start[-1], np.int32), np.full(start[-1], float(top))
        at = np.arange(mentee.size) + mentee
        column[at], cost[at] = place, top - spread[mentee, place]
        column[start[1:] - 1] = owner.size + np.arange(n)
        graph = csr_array((cost, column, start), shape=(n, owner.size + n))
        row, found = min_weight_full_bipartite_matching(graph)
        made = found < owner.size
        return _read(table, owner, row[made], found[made])

    return work


def lapx() -> Solve:
    """lapx: Jonker and Volgenant's algorithm, a column for each place, filled up to a square by lapx itself."""
    from lap import lapjvx

    def work(table: Table, places: Ints) -> Ints:
        owner = _owners(places)
        cost = (table.max(initial=0) + 1.0) - np.maximum(table, 0).astype(float)[:, owner]
        row, column = lapjvx(np.ascontiguousarray(cost), extend_cost=True, return_cost=False)
        return _read(table, owner, np.asarray(row), np.asarray(column))

    return work


def networkx() -> Solve:
    """NetworkX's network simplex, in Python, over every pair that may be made."""
    from networkx import DiGraph, network_simplex

    def work(table: Table, places: Ints) -> Ints:
        n, m = table.shape
        graph = DiGraph()
        graph.add_nodes_from((i, {"demand": -1}) for i in range(n))
        graph.add_node(n + m, demand=n)
        mentee, mentor = np.nonzero(table >= 0)
        worth = table[mentee, mentor].tolist()
        graph.add_edges_from(
            (i, n + j, {"weight": -value, "capacity": 1})
            for i, j, value in zip(mentee.tolist(), mentor.tolist(), worth, strict=True)
        )
        graph.add_edges_from((i, n + m, {"weight": 0, "capacity": 1}) for i in range(n))
        graph.add_edges_from((n + j, n + m, {"weight": 0, "capacity": room}) for j, room in enumerate(places.tolist()))
        _, flow = network_simplex(graph)
        taken = [[j - n for j, sent in flow[i].items() if sent and j < n + m] for i in range(n)]
        return np.array([some[0] if some else -1 for some in taken])

    return work


def mentor_match() -> Solve:
    """mentor-match: Munkres' algorithm over a grid of scores, one round with a mentor for each place."""
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor

    class Value:
        """The finished value as its only rule; who may not be matched is disallowed."""

        def __init__(self, table: Table) -> None:
            self.table = table

        def apply(self, match):
            worth = int(self.table[match.mentee.number, match.mentor.number])
            if worth < 0:
                match.disallowed = True
            return max(0, worth)

    def person(kind, number: int, place: int):
        made = kind(grade=0, email=f"{kind.__name__} {place}")
        made.number = number
        return made

    def work(table: Table, places: Ints) -> Ints:
        mentees = [person(Mentee, i, i) for i in range(table.shape[0])]
        mentors = [person(Mentor, j, place) for place, j in enumerate(_owners(places).tolist())]
        process.process_data(mentors, mentees, [[Value(table)]])
        return np.array([mentee.mentors[0].number if mentee.mentors else -1 for mentee in mentees])

    return work


def matching() -> Solve:
    """`matching`: hospitals and residents, both sides ordered by value: stable, and the best such for mentees."""
    from matching.games import HospitalResident

    def work(table: Table, places: Ints) -> Ints:
        mentees, mentors = {}, {}
        for i, row in enumerate(table):
            liked = np.flatnonzero(row >= 0)
            if liked.size:
                mentees[f"e{i}"] = [f"m{j}" for j in liked[np.argsort(-row[liked], kind="stable")]]
        for j, column in enumerate(table.T):
            liked = np.flatnonzero(column >= 0)
            if liked.size:
                mentors[f"m{j}"] = [f"e{i}" for i in liked[np.argsort(-column[liked], kind="stable")]]
        room = {name: int(places[int(name[1:])]) for name in mentors}
        game = HospitalResident.create_from_dictionaries(mentees, mentors, room)
        mate = np.full(table.shape[0], -1)
        for mentor, taken in game.solve(optimal="resident").items():
            for mentee in taken:
                mate[int(str(mentee.name)[1:])] = int(str(mentor.name)[1:])
        return mate

    return work


def greedy() -> Solve:
    """What a script or a spreadsheet does: the best pair that is left, again and again."""

    def work(table: Table, places: Ints) -> Ints:
        left = places.tolist()
        mate = [-1] * table.shape[0]
        mentee, mentor = np.nonzero(table >= 0)
        order = np.argsort(-table[mentee, mentor], kind="stable")
        for i, j in zip(mentee[order].tolist(), mentor[order].tolist(), strict=True):
            if mate[i] < 0 and left[j]:
                mate[i] = j
                left[j] -= 1
        return np.array(mate)

    return work


def _owners(places: Ints) -> Ints:
    """The mentor of each place."""
    return np.repeat(np.arange(places.size), places)


def _read(table: Table, owner: Ints, row: Ints, column: Ints) -> Ints:
    """Each mentee's mentor, of an assignment to places; one that may not be made stands for waiting."""
    mate = np.full(table.shape[0], -1)
    made = table[row, owner[column]] >= 0
    mate[row[made]] = owner[column[made]]
    return mate


@dataclass(frozen=True)
class Solver:
    """Who it is: how it is loaded, what is installed for it, the most pairs it is given, whether it finds the best."""

    load: Callable[[], Solve]
    packages: tuple[str, ...] = ()
    most: int = 40_000_000
    exact: bool = True
    kept: bool = False
    """Whether it is ours, and so runs in the environment of the project itself."""
    slow: bool = False
    """Whether it takes so long that beyond a small pool it is timed in one table only."""


SOLVERS = {
    "ours": Solver(ours, most=150_000_000, kept=True),
    "ours, compiled": Solver(ours_compiled, most=60_000, kept=True),
    "LEMON": Solver(lemon, most=150_000_000),
    "POT": Solver(pot, ("POT==0.9.7.post1",)),
    "OR-Tools": Solver(ortools, ("ortools==9.15.6755",), most=150_000_000),
    "lapx": Solver(lapx, ("lapx==0.11.1",), most=10_000_000),
    "SciPy": Solver(scipy, ("scipy==1.17.1",)),
    "SciPy, sparse": Solver(scipy_sparse, ("scipy==1.17.1",), most=10_000_000),
    "NetworkX": Solver(networkx, ("networkx==3.6.1",), most=20_000),
    "mentor-match": Solver(mentor_match, ("mentor-match==7.0.1",), most=300_000, slow=True),
    "matching": Solver(matching, ("matching==1.4.3",), most=300_000, exact=False, slow=True),
    "greedy": Solver(greedy, exact=False),
}
"""In the order of the tables. Beyond `most` pairs a solver takes too long or too much memory to be asked repeatedly."""


def whole(name: str) -> Callable[["Columns"], Ints]:
    """The whole work of a solver: from the people, as small integers and bit sets, to each mentee's mentor.

    The others have no scores of their own. They are given ours, of every pair, worked out by NumPy.
    """
    if name in ("ours", "ours, compiled"):
        from matchmaker.generate import best

        SOLVERS[name].load()
        return lambda columns: best(columns).mate
    score, solve = scoring(), SOLVERS[name].load()
    return lambda columns: solve(score(columns), columns.places)


def scoring() -> Callable[["Columns"], Table]:
    """The value of every pair by NumPy, in blocks that stay in the processor's cache."""
    from matchmaker.values import values

    def work(columns: "Columns") -> Table:
        n, m = columns.shape
        table, step = np.empty((n, m), np.int32), max(1, 200_000 // m)
        for low in range(0, n, step):
            table[low : low + step] = values(columns, low, min(n, low + step))
        return table

    return work


def physical_pass() -> Callable[["Columns"], None]:
    """One look at every pair by our compiled loop, which keeps nothing."""
    from matchmaker.scan import physical_pass as look

    return look

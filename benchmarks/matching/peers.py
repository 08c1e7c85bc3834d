"""One peer on one instance, in an environment of its own: `python peers.py NAME INSTANCE.npz` prints a line of JSON.

Every peer is handed the finished values of all pairs, in NumPy, and only its own work is timed: shaping its input,
solving, reading its answer. Each finds the best it can; nothing is asked of it that it does not offer.
"""

import json
import resource
import sys
import threading
import time

import numpy as np


def pot(table, places):
    """POT: optimal transport by network simplex, with a row for spare places and a column for those who wait."""
    import ot

    n, m = table.shape
    top = int(table.max()) + 1
    cost = np.full((n + 1, m + 1), float(top))
    cost[:n, :m] = top - np.maximum(table, 0)
    supply, demand = np.append(np.ones(n), places.sum()), np.append(places, n)
    plan = ot.emd(supply.astype(float), demand.astype(float), cost, numItermax=10**9)[:n, :m]
    return np.where(plan.max(axis=1) > 0.5, plan.argmax(axis=1), -1)


def ortools(table, places):
    """OR-Tools: minimum-cost flow over every pair that may be made."""
    from ortools.graph.python import min_cost_flow

    n, m = table.shape
    mentee, mentor = (part.astype(np.int32) for part in np.nonzero(table >= 0))
    end = n + m
    flow = min_cost_flow.SimpleMinCostFlow()
    tail = np.concatenate((mentee, np.arange(n), n + np.arange(m))).astype(np.int32)
    head = np.concatenate((n + mentor, np.full(n + m, end))).astype(np.int32)
    room = np.concatenate((np.ones(mentee.size + n), places)).astype(np.int64)
    price = np.concatenate((-table[mentee, mentor].astype(np.int64), np.zeros(n + m, np.int64)))
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, room, price)
    flow.set_nodes_supplies(np.append(np.arange(n), end).astype(np.int32), np.append(np.ones(n), -n).astype(np.int64))
    assert flow.solve() == flow.OPTIMAL
    taken = flow.flows(np.arange(mentee.size, dtype=np.int32)) > 0
    mate = np.full(n, -1)
    mate[mentee[taken]] = mentor[taken]
    return mate


def scipy(table, places):
    """SciPy: dense assignment, a column for each place."""
    from scipy.optimize import linear_sum_assignment

    owner = np.repeat(np.arange(places.size), places)
    spread = np.maximum(table, 0)[:, owner].astype(float)
    row, column = linear_sum_assignment(spread, maximize=True)
    mate = np.full(table.shape[0], -1)
    made = table[row, owner[column]] >= 0
    mate[row[made]] = owner[column[made]]
    return mate


def mentor_match(table, places):
    """mentor-match: Munkres' algorithm over a grid of scores, one round with a mentor for each place."""
    from matching import process
    from matching.mentee import Mentee
    from matching.mentor import Mentor

    class Value:
        """The finished value as its only rule; who may not be matched is disallowed."""

        def apply(self, match):
            worth = int(table[match.mentee.number, match.mentor.number])
            if worth < 0:
                match.disallowed = True
            return max(0, worth)

    mentees, mentors = [], []
    for kind, people, numbers in (
        (Mentee, mentees, range(table.shape[0])),
        (Mentor, mentors, np.repeat(np.arange(places.size), places).tolist()),
    ):
        for number in numbers:
            person = kind(grade=0, email=f"{kind.__name__} {len(people)}")
            person.number = number
            people.append(person)
    process.process_data(mentors, mentees, [[Value()]])
    return np.array([mentee.mentors[0].number if mentee.mentors else -1 for mentee in mentees])


def matching(table, places):
    """`matching`: hospitals and residents, both sides ordered by value: stable, and the best such for mentees."""
    from matching.games import HospitalResident

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


def greedy(table, places):
    """What a script or a spreadsheet does: the best pair that is left, again and again."""
    left = places.copy()
    mate = np.full(table.shape[0], -1)
    mentee, mentor = np.nonzero(table >= 0)
    for k in np.argsort(-table[mentee, mentor], kind="stable").tolist():
        i, j = mentee[k], mentor[k]
        if mate[i] < 0 and left[j]:
            mate[i] = j
            left[j] -= 1
    return mate


def main(name: str, path: str) -> None:
    """Time the peer and print what it found."""
    with np.load(path) as instance:
        table, places = instance["table"], instance["places"]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, work = time.perf_counter(), time.process_time()
    mate = globals()[name.replace("-", "_")](table, places)
    seconds, cpu = time.perf_counter() - start, time.process_time() - work
    made = np.flatnonzero(mate >= 0)
    assert (np.bincount(mate[made], minlength=places.size) <= places).all()
    assert (table[made, mate[made]] >= 0).all()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    total = int(table[made, mate[made]].sum(dtype=np.int64))
    told = {"seconds": seconds, "cpu": cpu, "total": total, "matched": int(made.size)}
    print(json.dumps(told | {"memory": (most - before) / 1024, "process": most / 1024}))


if __name__ == "__main__":
    # One of the peers copies its players recursively: give it the depth and the stack it needs.
    sys.setrecursionlimit(10**6)
    threading.stack_size(1 << 29)
    work = threading.Thread(target=main, args=sys.argv[1:])
    work.start()
    work.join()

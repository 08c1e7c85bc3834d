"""Two other ways to the optimum, for the tests: SciPy's dense assignment, and its linear programs."""

import numpy as np
from scipy.optimize import linear_sum_assignment, linprog
from scipy.sparse import coo_array

from matchmaker.pairs import Pairs


def by_table(pairs: Pairs) -> int:
    """The optimum by a table with a column a place; what may not be made is worth as little as waiting."""
    owner = np.repeat(np.arange(pairs.places.size), pairs.places)
    table = np.zeros((pairs.start.size - 1, pairs.places.size))
    for i in range(table.shape[0]):
        row = slice(pairs.start[i], pairs.start[i + 1])
        table[i, pairs.mentor[row]] = pairs.value[row]
    spread = table[:, owner]
    if not spread.size:
        return 0
    return int(spread[linear_sum_assignment(spread, maximize=True)].sum())


def by_flow(pairs: Pairs) -> int:
    """The optimum by a linear program, whose corners are whole."""
    count = pairs.mentor.size
    if not count:
        return 0
    n, m = pairs.start.size - 1, pairs.places.size
    mentee = np.repeat(np.arange(n), np.diff(pairs.start))
    lines = np.concatenate((mentee, n + pairs.mentor))
    limits = coo_array((np.ones(2 * count), (lines, np.tile(np.arange(count), 2))), shape=(n + m, count))
    room = np.concatenate((np.ones(n), pairs.places))
    # Scaled, and with the least tolerance the solver takes, so that it stays far below one point of ten million.
    scale = max(1, int(pairs.value.max()))
    close = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
    found = linprog(
        -pairs.value / scale, A_ub=limits.tocsr(), b_ub=room, bounds=(0, 1), method="highs-ds", options=close
    )
    return int(pairs.value[found.x > 0.5].sum())

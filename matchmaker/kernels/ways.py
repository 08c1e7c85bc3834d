"""What it costs to make room: the cheapest ways for others to move, by reduced costs.

If a mentee is taken from their mentor and put with another, somebody there has to go elsewhere, and so on, until the
place the mentee left is filled or stays empty. Under optimal prices every such move costs price + price − value ≥ 0,
waiting costs a mentee's price, leaving a place empty the place's. The least total is a shortest path (Dijkstra, 1959),
searched backwards from the place left, so one search tells it for every mentor that could be taken instead.
"""

from heapq import heappop, heappush

import numpy as np

from matchmaker.pairs import Ints, Small


def ways(
    back: Ints, giver: Small, value: Ints, u: Ints, v: Ints, mate: Ints, leave: Ints, target: int, most: int
) -> Ints:
    """Return the cost of making room at each mentor, and last at waiting, if `target` has a place to fill.

    `back`, `giver`, `value`: the pairs by mentor. `leave`: for each mentor the cost of just sending someone away, 0 if
    there is an empty place. `target`: a mentor, or the number of mentors for somebody who waits. Costs above `most` are
    given as −1, and need not be exact.
    """
    waiting = v.size
    cost = np.full(waiting + 1, -1, np.int64)
    done = np.zeros(waiting + 1, np.bool_)
    cost[target] = 0
    heap = [(np.int64(0), np.int64(target))]
    while len(heap) > 0:
        at, b = heappop(heap)
        if done[b]:
            continue
        done[b] = True
        if b == waiting:
            for c in range(waiting):
                d = np.int64(at + leave[c])
                if d <= most and (cost[c] < 0 or d < cost[c]):
                    cost[c] = d
                    heappush(heap, (d, np.int64(c)))
            continue
        d = np.int64(at + v[b])
        if d <= most and (cost[waiting] < 0 or d < cost[waiting]):
            cost[waiting] = d
            heappush(heap, (d, np.int64(waiting)))
        for e in range(back[b], back[b + 1]):
            a = giver[e]
            here = mate[a]
            if here < 0:
                here = np.int64(waiting)
            if here == b:
                continue
            d = np.int64(at + u[a] + v[b] - value[e])
            if d <= most and (cost[here] < 0 or d < cost[here]):
                cost[here] = d
                heappush(heap, (d, here))
    return cost

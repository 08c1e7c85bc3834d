"""An auction, to start near the answer.

D. P. Bertsekas, Annals of Operations Research 14, 1988, for several places each: whoever is unplaced bids for the
mentor that gains them most, up to what the second best would give and `step` more; the lowest bid among a mentor's
full places is its price. It begins at price zero, so a mentor with an empty place still costs nothing at the end.
"""

import numpy as np

from matchmaker.pairs import Ints, Small


def bid(start: Ints, other: Small, value: Ints, room: Ints, price: Ints, order: Ints, step: int, most: int) -> Ints:
    """Return the mentor each mentee is left with (−1: none), after at most `most` bids.

    `price`, changed in place, begins at zero, or for a mentor without a place above every value.
    """
    first = np.zeros(room.size + 1, np.int64)
    for b in range(room.size):
        first[b + 1] = first[b] + room[b]
    holder = np.full(first[-1], -1, np.int64)
    offer = np.zeros(first[-1], np.int64)
    count = np.zeros(room.size, np.int64)
    mate = np.full(start.size - 1, -1, np.int64)
    stack = order[::-1].copy()
    top = stack.size
    while top > 0 and most > 0:
        top -= 1
        most -= 1
        a = stack[top]
        best = np.int64(0)
        second = np.int64(0)
        choice = np.int64(-1)
        for e in range(start[a], start[a + 1]):
            gain = value[e] - price[other[e]]
            if gain > best:
                second = best
                best = gain
                choice = np.int64(other[e])
            elif gain > second:
                second = gain
        if choice < 0:
            continue
        low = first[choice]
        if count[choice] < room[choice]:
            low += count[choice]
            count[choice] += 1
        else:
            for s in range(first[choice] + 1, first[choice + 1]):
                if offer[s] < offer[low]:
                    low = s
            mate[holder[low]] = -1
            stack[top] = holder[low]
            top += 1
        holder[low] = a
        mate[a] = choice
        offer[low] = price[choice] + best - second + step
        if count[choice] == room[choice]:
            price[choice] = offer[first[choice]]
            for s in range(first[choice] + 1, first[choice + 1]):
                price[choice] = min(price[choice], offer[s])
    return mate

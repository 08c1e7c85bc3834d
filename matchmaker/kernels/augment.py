"""Shortest augmenting paths with prices, for places on both sides.

D. P. Bertsekas, "Network Optimization", 1998, ch. 4; R. Jonker and A. Volgenant, Computing 38, 1987; here for sparse
pairs and several places each, from any prices with price[a] + price[b] ≥ value and equality on the pairs held. What is
left to repair is a near node with an empty place and a price above its least. For each, Dijkstra's search over reduced
costs finds the cheapest way out: a far node with an empty place, or another near node whose price reaches its least
and that gives one place up. Prices then move so that every pair held stays tight and every other pair stays paid for.
"""

from heapq import heappop, heappush

import numpy as np

from matchmaker.pairs import Ints, Small

Side = tuple[Ints, Ints, Ints, Ints, Ints, Ints]


def augment(  # noqa: C901 - the compiler wants one function, and so does the reader of one search
    start: Ints, other: Small, value: Ints, order: Ints, near: Side, far: Side
) -> int:
    """Settle every near node in `order`, changing prices and pairs held in place. Return the number of searches.

    `start`, `other`, `value`: the pairs, by near node (compressed rows). `near` and `far` describe the two sides by
    (room, least, price, slot, held, count): node x holds `held[slot[x] : slot[x] + count[x]]`, has room[x] places, and
    may have an empty one once its price is down to least[x]. On one of the sides nobody has more than one place.
    """
    room_n, least_n, price_n, slot_n, held_n, count_n = near
    room_f, _, price_f, slot_f, held_f, count_f = far
    seen_n = np.zeros(room_n.size, np.int64)
    seen_f = np.zeros(room_f.size, np.int64)
    done_f = np.zeros(room_f.size, np.int64)
    way_n = np.zeros(room_n.size, np.int64)
    way_f = np.zeros(room_f.size, np.int64)
    dist_n = np.zeros(room_n.size, np.int64)
    dist_f = np.zeros(room_f.size, np.int64)
    met_n = np.zeros(room_n.size, np.int64)
    met_f = np.zeros(room_f.size, np.int64)
    search = 0
    for source in order:
        while count_n[source] < room_n[source] and price_n[source] > least_n[source]:
            search += 1
            best = price_n[source] - least_n[source]
            end = source
            ends_far = False
            seen_n[source] = search
            dist_n[source] = 0
            met_n[0] = source
            found_n = 1
            read_n = 0
            found_f = 0
            heap = [(best, np.int64(0))]
            heappop(heap)
            while True:
                while read_n < found_n:
                    a = met_n[read_n]
                    read_n += 1
                    at = dist_n[a]
                    if at + price_n[a] - least_n[a] < best:
                        best = at + price_n[a] - least_n[a]
                        end = a
                        ends_far = False
                    for e in range(start[a], start[a + 1]):
                        b = other[e]
                        d = at + price_n[a] + price_f[b] - value[e]
                        if d >= best or (seen_f[b] == search and d >= dist_f[b]):
                            continue
                        if d == at:
                            held = False
                            for s in range(slot_n[a], slot_n[a] + count_n[a]):
                                held = held or held_n[s] == b
                            if held:
                                seen_f[b] = search
                                done_f[b] = search
                                dist_f[b] = d
                                met_f[found_f] = b
                                found_f += 1
                                continue
                        seen_f[b] = search
                        dist_f[b] = d
                        way_f[b] = a
                        if count_f[b] < room_f[b]:
                            best = d
                            end = b
                            ends_far = True
                        else:
                            heappush(heap, (d, np.int64(b)))
                if len(heap) == 0:
                    break
                d, b = heappop(heap)
                if d >= best:
                    break
                if done_f[b] == search or d > dist_f[b]:
                    continue
                done_f[b] = search
                met_f[found_f] = b
                found_f += 1
                for s in range(slot_f[b], slot_f[b] + count_f[b]):
                    a = held_f[s]
                    if seen_n[a] != search:
                        seen_n[a] = search
                        dist_n[a] = d
                        way_n[a] = b
                        met_n[found_n] = a
                        found_n += 1
            for k in range(found_n):
                a = met_n[k]
                price_n[a] -= max(0, best - dist_n[a])
            for k in range(found_f):
                b = met_f[k]
                price_f[b] += max(0, best - dist_f[b])
            if ends_far:
                b = end
                place = slot_f[b] + count_f[b]
                count_f[b] += 1
            elif end == source:
                continue
            else:
                b = way_n[end]
                last = slot_n[end] + count_n[end] - 1
                s = last
                while held_n[s] != b:
                    s -= 1
                held_n[s] = held_n[last]
                count_n[end] -= 1
                place = slot_f[b]
                while held_f[place] != end:
                    place += 1
            while True:
                a = way_f[b]
                held_f[place] = a
                if a == source:
                    held_n[slot_n[a] + count_n[a]] = b
                    count_n[a] += 1
                    break
                old = way_n[a]
                s = slot_n[a]
                while held_n[s] != old:
                    s += 1
                held_n[s] = b
                place = slot_f[old]
                while held_f[place] != a:
                    place += 1
                b = old
    return search

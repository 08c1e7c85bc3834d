# mypy: allow-untyped-defs, disable-error-code="call-arg"
"""Every pair of a large roster, scored by compiled code and looked at once; only what is asked for is kept.

The same arithmetic as values.py, in tiles of mentors that stay in the processor's cache. Threads share the mentees; the
compiled loops run outside Python's lock, so no other machinery is needed. This module loads the compiler: import it
only when a pool is large.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from typing import Any

import numpy as np
from numba import njit
from numba.extending import intrinsic

from matchmaker.columns import APART, SAME, UNKNOWN, Columns
from matchmaker.columns import REFUSED as REFUSED_POINTS
from matchmaker.pairs import Edges, Ints, Small, joined

TILE = 2048
ROWS = 8
WORK_A_CALL, WORK_A_ROW = 500_000, 1_000
"""How much a thread is given at a time, counted in pairs; what looking at a mentee takes besides, in pairs."""

REFUSED = np.int32(REFUSED_POINTS)
ZERO = np.int32(0)
FAR = np.int32(1 << 30)
EVERY = 1 << 29
"""A band that holds every pair that may be made."""
PLACES = np.int64(0xFFFFFFFF)


@intrinsic
def _ones(_: Any, word: Any) -> Any:
    """Count the bits set in a word (NumPy's bitwise_count): one instruction, for which the compiler has no name."""
    return word(word), lambda _context, builder, _signature, given: builder.ctpop(given[0])


@njit(nogil=True, cache=True)
def _score(columns, rows, out, common, met):  # noqa: C901 - one loop, which numba compiles whole
    """Score some mentees with every mentor, −1 where refused: out [rows, mentors]; common, met: scratch."""
    base, floor, mentee_codes, mentor_codes, gains, mentee_bits, mentee_gate, mentor_bits = columns[:8]
    first, each, enough, gated, special_start, special_mentor, special_gain, special_bonus = columns[8:]
    mentors = out.shape[1]
    for left in range(0, mentors, TILE):
        width = min(mentors, left + TILE) - left
        for r in range(rows.size):
            i = rows[r]
            row = out[r, left : left + width]
            row[:] = 0
            for f in range(gains.shape[0]):
                same, apart, unknown = gains[f, SAME, i], gains[f, APART, i], gains[f, UNKNOWN, i]
                if same == 0 and apart == 0 and unknown == 0:
                    continue
                code, theirs = mentee_codes[f, i], mentor_codes[f, left : left + width]
                if apart == unknown:
                    for j in range(width):
                        row[j] = np.int32(row[j] + (same if theirs[j] == code else apart))
                else:
                    for j in range(width):
                        differ = unknown if theirs[j] < 0 else apart
                        row[j] = np.int32(row[j] + (same if theirs[j] == code else differ))
            for k in range(first.size - 1):
                one, most = each[k, i], enough[k]
                if gated[k] or (one != 0 and most < 32 * (first[k + 1] - first[k])):
                    common[:width] = 0
                    met[:width] = 0
                    for w in range(first[k], first[k + 1]):
                        mine, gate, offer = mentee_bits[w, i], mentee_gate[w, i], mentor_bits[w, left : left + width]
                        for j in range(width):
                            common[j] = np.int32(common[j] + np.int32(_ones(offer[j] & mine)))
                            met[j] = met[j] | (offer[j] & gate)
                    shut = REFUSED if gated[k] else ZERO
                    for j in range(width):
                        gain = np.int32(one * min(common[j], most))
                        row[j] = np.int32(row[j] + np.int32(gain + (shut if met[j] == 0 else ZERO)))
                elif one != 0:
                    for w in range(first[k], first[k + 1]):
                        mine, offer = mentee_bits[w, i], mentor_bits[w, left : left + width]
                        if mine != 0:
                            for j in range(width):
                                row[j] = np.int32(row[j] + np.int32(one * np.int32(_ones(offer[j] & mine))))
    for r in range(rows.size):
        i, row = rows[r], out[r]
        for s in range(special_start[i], special_start[i + 1]):
            row[special_mentor[s]] += special_gain[s]
        extra = base[i]
        for j in range(mentors):
            row[j] = np.int32(row[j] + extra) if row[j] >= floor else np.int32(-1)
        for s in range(special_start[i], special_start[i + 1]):
            if row[special_mentor[s]] >= 0:
                row[special_mentor[s]] += special_bonus[s]


@njit(nogil=True, cache=True)
def _only_score(columns, rows, mentors):
    """Score and do nothing else: a sum nobody needs."""
    out, common, met = np.empty((ROWS, mentors), np.int32), np.empty(TILE, np.int32), np.empty(TILE, np.uint32)
    total = 0
    for low in range(0, rows.size, ROWS):
        _score(columns, rows[low : low + ROWS], out[: rows[low : low + ROWS].size], common, met)
        total += out[0, low % mentors]
    return total


@njit(nogil=True, cache=True)
def _groups(mentors):
    """Choose how many groups to share a row among, so that looking at groups and into some costs about the same."""
    size = min(64, max(8, int(np.sqrt(mentors / 16))))
    return (mentors + size - 1) // size


@njit(nogil=True, cache=True)
def _peaks(row, less, peaks):
    """Find the greatest row − less of each group of places j, j + g, j + 2g, …, where g groups share the row."""
    groups = peaks.size
    peaks[:] = -FAR
    for low in range(0, row.size, groups):
        part, minus = row[low : low + groups], less[low : low + groups]
        for g in range(part.size):
            one, best = np.int32(part[g] - minus[g]), peaks[g]
            peaks[g] = one if one > best else best


@njit(nogil=True, cache=True)
def _greatest(row, nothing, at_least, most, peaks, keys):
    """Find the keys, ascending, of values ≥ at_least, or of `most` of the greatest and perhaps more. Count them."""
    _peaks(row, nothing, peaks)
    enough = 0
    for g in range(peaks.size):
        enough += peaks[g] >= at_least
    if enough > most:
        at_least = max(at_least, np.partition(peaks, peaks.size - most)[peaks.size - most])
    found = 0
    for g in range(peaks.size):
        if peaks[g] >= at_least:
            for j in range(g, row.size, peaks.size):
                if row[j] >= at_least:
                    keys[found] = (np.int64(row[j]) << 32) + (PLACES - j)
                    found += 1
    keys[:found].sort()
    return found


@njit(nogil=True, cache=True)
def _lists(columns, rows, mentors, index, worth, bar, rank, giver, price):
    """List the best mentors of each of `rows`, and for each mentor the mentees nearest to having listed them.

    Into index, worth [rows, k], and by mentor into rank, giver, price [mentors, t]; bar [mentors] is the least rank.
    """
    out, common, met = np.empty((ROWS, mentors), np.int32), np.empty(TILE, np.int32), np.empty(TILE, np.uint32)
    peaks, keys = np.empty(_groups(mentors), np.int32), np.empty(mentors, np.int64)
    nothing, most, each = np.zeros(mentors, np.int32), index.shape[1], rank.shape[1]
    for low in range(0, rows.size, ROWS):
        some = rows[low : low + ROWS]
        _score(columns, some, out[: some.size], common, met)
        for r in range(some.size):
            i, row, line = some[r], out[r], low + r
            found = _greatest(row, nothing, ZERO, most, peaks, keys)
            for t in range(min(most, found)):
                j = PLACES - (keys[found - 1 - t] & PLACES)
                index[line, t] = j
                worth[line, t] = row[j]
            if found < most:
                continue
            least = worth[line, most - 1]
            _peaks(row, bar, peaks)
            for g in range(peaks.size):
                if peaks[g] <= least:
                    continue
                for j in range(g, mentors, peaks.size):
                    if row[j] < 0 or np.int32(row[j] - bar[j]) <= least:
                        continue
                    weakest = 0
                    for t in range(1, each):
                        if rank[j, t] < rank[j, weakest]:
                            weakest = t
                    rank[j, weakest], giver[j, weakest], price[j, weakest] = row[j] - least, i, row[j]
                    bar[j] = rank[j].min()


@njit(nogil=True, cache=True)
def _near(columns, rows, u, v, band, index, worth, count):
    """List for each of `rows` its pairs with u + v − value ≤ band, nearest first, while index [rows, k] has room."""
    mentors = v.size
    out, common, met = np.empty((ROWS, mentors), np.int32), np.empty(TILE, np.int32), np.empty(TILE, np.uint32)
    peaks, keys = np.empty(_groups(mentors), np.int32), np.empty(mentors, np.int64)
    nothing, most = np.zeros(mentors, np.int32), index.shape[1]
    for low in range(0, rows.size, ROWS):
        some = rows[low : low + ROWS]
        _score(columns, some, out[: some.size], common, met)
        for r in range(some.size):
            i, row, line = some[r], out[r], low + r
            mine = u[i]
            for j in range(mentors):
                gain = np.int32(row[j] - np.int32(mine + v[j]))
                row[j] = gain if row[j] >= 0 else -FAR
            found = _greatest(row, nothing, np.int32(-band), most, peaks, keys)
            count[line] = found
            for t in range(min(most, found)):
                j = PLACES - (keys[found - 1 - t] & PLACES)
                index[line, t] = j
                worth[line, t] = row[j] + mine + v[j]


def physical_pass(columns: Columns, threads: int | None = None) -> None:
    """Score every pair once and store nothing: the least that any method which looks at every pair takes."""
    arrays, mentors = _arrays(columns), columns.shape[1]
    rows = np.arange(columns.shape[0])
    _share(columns, threads, rows.size, lambda: lambda part: _only_score(arrays, rows[part], mentors))


def lists(columns: Columns, each: int, back: int, threads: int | None = None) -> Edges:
    """List pairs to begin with: the `each` best of every mentee, and of every mentor the `back` nearest.

    Without the mentors' side nobody would list the unpopular. A pair on both sides is given twice.
    """
    n, m = columns.shape
    index, worth = np.full((n, min(each, m)), -1, np.int32), np.zeros((n, min(each, m)), np.int32)
    kept: list[tuple[Small, Small, Small]] = []

    def worker() -> Callable[[slice], None]:
        mine = (np.full((m, back), -FAR, np.int32), np.full((m, back), -1, np.int32), np.zeros((m, back), np.int32))
        bar = np.full(m, -FAR, np.int32)
        kept.append(mine)
        return lambda part: _lists(arrays, rows[part], m, index[part], worth[part], bar, *mine)

    arrays, rows = _arrays(columns), np.arange(n)
    _share(columns, threads, n, worker)
    rank, giver, price = (np.concatenate([mine[part] for mine in kept], axis=1) for part in range(3))
    best = np.argsort(-rank, axis=1, kind="stable")[:, :back]
    giver, price = np.take_along_axis(giver, best, 1), np.take_along_axis(price, best, 1)
    mentor, place = np.nonzero(giver >= 0)
    return joined(
        _listed(rows, index, worth), Edges(giver[mentor, place], mentor.astype(np.int32), price[mentor, place])
    )


def near(
    columns: Columns, u: Ints, v: Ints, band: int, each: int, rows: Ints | None = None, threads: int | None = None
) -> tuple[Edges, Small]:
    """List the pairs whose prices exceed their value by at most `band` (below zero: a price too low), `each` a mentee.

    With them how many each of them has: all are listed where that is less than `each`. `rows`: only these mentees.
    """
    m = columns.places.size
    rows = np.arange(columns.base.size) if rows is None else rows
    index, worth = np.full((rows.size, min(each, m)), -1, np.int32), np.zeros((rows.size, min(each, m)), np.int32)
    count, least = np.zeros(rows.size, np.int32), np.int32(band)
    if m and rows.size:
        prices, arrays = (u.astype(np.int32), v.astype(np.int32)), _arrays(columns)

        def look(part: slice) -> None:
            _near(arrays, rows[part], *prices, least, index[part], worth[part], count[part])

        _share(columns, threads, rows.size, lambda: look)
    return _listed(rows, index, worth), count


def _listed(rows: Ints, index: Small, worth: Small) -> Edges:
    listed = index >= 0
    mentee = np.repeat(rows.astype(np.int32), listed.sum(axis=1))
    return Edges(mentee, index[listed], worth[listed])


def _arrays(columns: Columns) -> tuple[Any, ...]:
    """Return the columns as the compiled loops take them."""
    c = columns
    return (
        *(
            c.base,
            np.int32(c.floor),
            c.mentee_codes,
            c.mentor_codes,
            c.gains,
            c.mentee_bits,
            c.mentee_gate,
            c.mentor_bits,
        ),
        *(c.first, c.each, c.enough, c.gated),
        *(c.special_start, c.special_mentor, c.special_gain, c.special_bonus),
    )


def _share(columns: Columns, threads: int | None, rows: int, worker: Callable[[], Callable[[slice], None]]) -> None:
    """Share rows, a handful at a time, among as many workers as there are threads."""
    step = max(8 * ROWS, WORK_A_CALL // (WORK_A_ROW + columns.places.size))
    parts = iter([slice(low, low + step) for low in range(0, rows, step)])
    crew = [worker() for _ in range(min(threads or cpu_count() or 1, rows // step + 1))]

    def work(one: Callable[[slice], None]) -> None:
        for part in parts:
            one(part)

    if len(crew) == 1:
        return work(crew[0])
    with ThreadPoolExecutor(len(crew)) as pool:
        list(pool.map(work, crew))
    return None

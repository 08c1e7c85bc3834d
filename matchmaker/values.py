"""The value of pairs by NumPy: a block of mentees against all mentors, one line of array arithmetic a term."""

import numpy as np
from numpy.typing import NDArray

from matchmaker.columns import APART, REFUSED, SAME, UNKNOWN, Columns


def values(columns: Columns, low: int, high: int) -> NDArray[np.int32]:
    """Value each pair of mentees low to high, −1 where it may not be made: int32 [high − low, mentors]."""
    rows = slice(low, high)
    worth = np.zeros((high - low, columns.places.size), np.int32)
    for mentee, mentor, gains in zip(columns.mentee_codes, columns.mentor_codes, columns.gains, strict=True):
        if gains[:, rows].any():
            known = np.where(mentor < 0, gains[UNKNOWN, rows, None], gains[APART, rows, None])
            worth += np.where(mentee[rows, None] == mentor, gains[SAME, rows, None], known)
    for k, each in enumerate(columns.each):
        words = range(columns.first[k], columns.first[k + 1])
        if each[rows].any():
            common = sum(np.bitwise_count(columns.mentee_bits[w, rows, None] & columns.mentor_bits[w]) for w in words)
            worth += each[rows, None] * np.minimum(common, columns.enough[k])
        if columns.gated[k]:
            shut = np.ones(worth.shape, np.bool_)
            for w in words:
                shut &= (columns.mentee_gate[w, rows, None] & columns.mentor_bits[w]) == 0
            worth += np.where(shut, np.int32(REFUSED), np.int32(0))
    special = slice(columns.special_start[low], columns.special_start[high])
    mentee = np.repeat(np.arange(high - low), np.diff(columns.special_start[low : high + 1]))
    mentor = columns.special_mentor[special]
    worth[mentee, mentor] += columns.special_gain[special]
    allowed = worth >= columns.floor
    worth += columns.base[rows, None]
    worth[mentee, mentor] += columns.special_bonus[special]
    return np.where(allowed, worth, np.int32(-1))

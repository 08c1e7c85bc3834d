"""Pools of mentees and mentors as they might be in English general practice: seeded, as columns, of any size.

Practices lie in PCNs, PCNs in sub-ICB locations, those in ICBs, those in regions; sizes are skewed, people cluster
where practices do. Wishes and offers follow a few popular codes and a long tail. About four pairs in ten are
admissible. A scarce pool has fewer places than mentees in some corner of the country, an ample one has more everywhere.
Nothing here was ever tuned to a solver: the generator was written before the large ones were run.
"""

import numpy as np
from numpy.typing import NDArray

from matchmaker import Policy
from matchmaker.columns import REFUSED, Columns
from matchmaker.pairs import keys_of

REGIONS, ICBS, SUB_ICBS, PCNS, PRACTICES = 7, 42, 106, 1_250, 6_300
ROLES, SITUATIONS, TOPICS, SLOTS, WAYS, LANGUAGES, PROFESSIONS = 8, 12, 40, 21, 3, 16, 6
PROFESSION_SHARE = np.array([0.34, 0.26, 0.2, 0.08, 0.07, 0.05])
Bits = NDArray[np.uint64]


def pool(mentees: int, mentors: int, seed: int, *, ample: bool = False, policy: Policy | None = None) -> Columns:
    """A pool of the given size; the same arguments give the same pool."""
    policy, rng = policy or Policy(), np.random.default_rng(seed)
    weights = policy.weights
    areas = _areas(rng)
    homes = (
        rng.choice(PRACTICES, mentees, p=_skewed(rng, PRACTICES)),
        rng.choice(PRACTICES, mentors, p=_skewed(rng, PRACTICES)),
    )
    professions = [rng.choice(PROFESSIONS, size, p=PROFESSION_SHARE).astype(np.int32) for size in (mentees, mentors)]
    near = (rng.random(mentees) < 0.25).astype(np.int32) * (weights.near // 3)

    codes = [np.stack([professions[side], *(area[homes[side]] for area in areas)]).astype(np.int32) for side in (0, 1)]
    # A few are locums, of whom neither practice nor area is known.
    for side, nobody in ((0, -2), (1, -1)):
        codes[side][1:, rng.random(codes[side].shape[1]) < 0.04] = nobody
    apart = weights.apart // 3
    gains = np.zeros((6, 3, mentees), np.int32)
    gains[0, 0] = weights.profession
    gains[1, 0] = REFUSED
    gains[2, 1] = apart
    gains[3, 0], gains[3, 1] = near, apart
    gains[4, 0], gains[4, 1] = near, apart
    gains[5, 0] = near
    for field in range(1, 6):
        gains[field, :, codes[0][field] < 0] = 0

    wants = [
        _picks(rng, mentees, ROLES, 1, 4, 0.5),
        _picks(rng, mentees, SITUATIONS, 0, 3, 0.7),
        _picks(rng, mentees, TOPICS, 1, 5, 0.8),
        _picks(rng, mentees, SLOTS, 2, 6, 0.2),
        _picks(rng, mentees, WAYS, 1, 3, 0.5),
        np.where(rng.random(mentees) < 0.3, _picks(rng, mentees, LANGUAGES, 1, 2, 1.0), 0).astype(np.uint64),
        np.uint64(2) << professions[0].astype(np.uint64),
    ]
    serves = _picks(rng, mentors, PROFESSIONS, 1, 3, 0.3) | (np.uint64(2) << professions[1].astype(np.uint64))
    offers = [
        _picks(rng, mentors, ROLES, 2, 6, 0.5),
        _picks(rng, mentors, SITUATIONS, 1, 6, 0.7),
        _picks(rng, mentors, TOPICS, 4, 14, 0.8),
        _picks(rng, mentors, SLOTS, 2, 8, 0.2),
        _picks(rng, mentors, WAYS, 1, 3, 0.5),
        np.where(rng.random(mentors) < 0.3, _picks(rng, mentors, LANGUAGES, 1, 3, 1.0), 0).astype(np.uint64),
        np.where(rng.random(mentors) < 0.2, np.uint64(1), serves),
    ]
    gated = np.array([False, False, False, True, True, False, True])
    points = (weights.roles, weights.situations, weights.topics, weights.times, weights.ways, weights.languages, 0)
    enough = (0, 0, 0, policy.enough_times, policy.enough_ways, 1, 1)
    each = np.stack(
        [
            weight // (most or np.maximum(1, np.bitwise_count(wanted).astype(np.int32)))
            if most == 0
            else np.full(mentees, weight // most)
            for weight, most, wanted in zip(points, enough, wants, strict=True)
        ]
    ).astype(np.int32)
    widths = [2 if size > 30 else 1 for size in (ROLES, SITUATIONS, TOPICS, SLOTS, WAYS, LANGUAGES, PROFESSIONS)]
    open_gate = np.full(mentees, 0xFFFFFFFFFFFFFFFF, np.uint64)
    special = _special(rng, mentees, mentors, weights.asked)
    places = rng.choice([1, 2, 3, 4], mentors, p=[0.25, 0.35, 0.25, 0.15]) + (2 if ample else 0)
    waited = np.minimum(rng.exponential(60, mentees), 700).astype(np.int64)
    return Columns(
        base=np.array(policy.matched + np.minimum(policy.waiting_cap, policy.waiting_per_day * waited), np.int32),
        floor=policy.floor,
        places=places.astype(np.int64),
        mentee_codes=codes[0],
        mentor_codes=codes[1],
        gains=gains,
        mentee_bits=_words(wants, widths),
        mentee_gate=_words(
            [wanted | np.uint64(1) if gate else open_gate for wanted, gate in zip(wants, gated, strict=True)], widths
        ),
        mentor_bits=_words([np.where(offer == 0, np.uint64(1), offer) for offer in offers], widths),
        first=np.cumsum([0, *widths]),
        each=each,
        enough=np.array([most or 32 * width for most, width in zip(enough, widths, strict=True)], np.int32),
        gated=gated,
        **special,
        mentee_keys=keys_of([f"e{i}" for i in range(mentees)]),
        mentor_keys=keys_of([f"m{j}" for j in range(mentors)]),
    )


def _areas(rng: np.random.Generator) -> list[NDArray[np.int32]]:
    """For each practice itself, its PCN, sub-ICB location, ICB and region."""
    up = [
        np.sort(rng.choice(above, below, p=_skewed(rng, above)))
        for above, below in ((REGIONS, ICBS), (ICBS, SUB_ICBS), (SUB_ICBS, PCNS), (PCNS, PRACTICES))
    ]
    pcn = up[3]
    sub_icb = up[2][pcn]
    icb = up[1][sub_icb]
    return [part.astype(np.int32) for part in (np.arange(PRACTICES), pcn, sub_icb, icb, up[0][icb])]


def _skewed(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    share = rng.lognormal(0, 0.6, size)
    return share / share.sum()


def _picks(rng: np.random.Generator, people: int, codes: int, least: int, most: int, tail: float) -> Bits:
    """For each person from least to most distinct codes, the popular ones first (Zipf's law): bit 1 + code set.

    Gumbel's trick: the greatest of log share + Gumbel noise are a weighted draw without replacement.
    """
    share = -tail * np.log(np.arange(1, codes + 1))
    bits = np.zeros(people, np.uint64)
    for low in range(0, people, 50_000):
        some = min(people - low, 50_000)
        order = np.argsort(-(share + rng.gumbel(size=(some, codes))), axis=1)
        take = rng.integers(least, most + 1, some)
        for rank in range(most):
            chosen = np.uint64(2) << order[:, rank].astype(np.uint64)
            bits[low : low + some] |= np.where(rank < take, chosen, np.uint64(0))
    return bits


def _words(sets: list[Bits], widths: list[int]) -> NDArray[np.uint32]:
    words = [
        (bits >> np.uint64(32 * w)).astype(np.uint32)
        for bits, width in zip(sets, widths, strict=True)
        for w in range(width)
    ]
    return np.ascontiguousarray(np.stack(words))


def _special(rng: np.random.Generator, mentees: int, mentors: int, asked: int) -> dict[str, NDArray[np.generic]]:
    """Three in ten keep away from up to three mentors; one in eight asks for a mentor by name."""
    away = np.repeat(np.arange(mentees), np.where(rng.random(mentees) < 0.3, rng.integers(1, 4, mentees), 0))
    asks = np.flatnonzero(rng.random(mentees) < 0.12)
    mentee = np.concatenate((away, asks))
    mentor = rng.integers(0, max(1, mentors), mentee.size)
    gain = np.concatenate((np.full(away.size, REFUSED), np.full(asks.size, asked)))
    _, first = np.unique(mentee * mentors + mentor, return_index=True)
    mentee, mentor, gain = mentee[first], mentor[first], gain[first]
    return {
        "special_start": np.concatenate(([0], np.cumsum(np.bincount(mentee, minlength=mentees)))).astype(np.int64),
        "special_mentor": mentor.astype(np.int32),
        "special_gain": gain.astype(np.int32),
        "special_bonus": np.zeros(mentee.size, np.int32),
    }

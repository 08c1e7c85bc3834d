from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker import Mentee, Mentor, Policy, verdict
from matchmaker.columns import columns_of
from matchmaker.roster import worth
from matchmaker.values import values
from tests.matchmaker.people import TODAY, mentee, mentees, mentor, mentors, policies


@given(
    st.lists(mentees(), max_size=4),
    st.lists(mentors(), max_size=4),
    policies(),
    st.sets(st.tuples(st.sampled_from(["e0", "e1"]), st.sampled_from(["m0", "m1"]))),
    st.sets(st.tuples(st.sampled_from(["e0", "e1"]), st.sampled_from(["m0", "m1"]))),
)
def test_columns_say_of_every_pair_what_verdict_and_suitability_say(
    asks: list[Mentee], offers: list[Mentor], policy: Policy, kept: set, forbidden: set
) -> None:
    asks = [replace(ask, id=f"e{i}") for i, ask in enumerate(asks)]
    offers = [replace(offer, id=f"m{j}", away=None, capacity=1) for j, offer in enumerate(offers)]
    table = values(columns_of(asks, offers, policy, TODAY, kept, forbidden), 0, len(asks))
    for i, ask in enumerate(asks):
        for j, offer in enumerate(offers):
            may = verdict(ask, offer, policy).eligible and (ask.id, offer.id) not in forbidden
            assert table[i, j] == (worth(ask, offer, policy, TODAY, kept) if may else -1)


@pytest.mark.parametrize("codes", [31, 32, 70])
def test_more_codes_than_fit_a_word_still_count(codes: int) -> None:
    every = frozenset(f"t{k:02}" for k in range(codes))
    last = frozenset({f"t{codes - 1:02}"})
    ask, offer = mentee(topics=every, slots=last), mentor(topics=last, slots=every)
    other = replace(offer, id="m2", slots=every - last)
    table = values(columns_of([ask], [offer, other], Policy(), TODAY), 0, 1)
    assert table[0, 0] == worth(ask, offer, Policy(), TODAY)
    assert table[0, 1] == -1


def test_the_heaviest_policy_and_the_most_refused_pair_fit_32_bits() -> None:
    most = dict.fromkeys(Policy().weights.__dataclass_fields__, 100000)
    heavy = Policy.from_mapping(
        {
            "weights": most,
            "matched": 100_000,
            "waiting_cap": 100_000,
            "keep": 100_000,
            "hard": ["pcn", "sub_icb", "icb", "profession"],
        }
    )
    same = dict.fromkeys(("member", "organisation", "pcn", "sub_icb", "icb", "region"), "X")
    ask = mentee(**same, slots=frozenset("a"), ways=frozenset("a"), prefers=("m1",), declined=frozenset({"m1"}))
    offer = mentor(
        **same, scheme="t", profession="gp", serves=frozenset("z"), slots=frozenset("b"), ways=frozenset("b")
    )
    dear = replace(
        ask, member="p", organisation=None, pcn="Y", sub_icb="Y", icb="Y", slots=frozenset(), ways=frozenset()
    )
    dear = replace(dear, declined=frozenset(), profession="gp", id="e2", prefers=("m2",))
    wanted = mentor(id="m2", pcn="Z", sub_icb="Z", icb="Z", profession="gp")
    table = values(columns_of([ask, dear], [offer, wanted], heavy, TODAY, {("e2", "m2")}), 0, 2)
    assert table.dtype == np.int32
    assert table[0, 0] == -1
    assert table[1, 1] == worth(dear, wanted, heavy, TODAY, {("e2", "m2")}) > 400_000

"""The stage tables are sound, and `move` asks them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ithaca.access.policy import ALLOWED, STAGED
from ithaca.records.stages import Impossible, Party, StageTable, rows, table

TABLES = list(STAGED.values())


@pytest.mark.parametrize("each", TABLES, ids=lambda each: each.noun)
def test_every_stage_can_be_reached(each: StageTable) -> None:
    reached = {each.first}
    for _ in each.rows:
        reached |= {row.to for row in each.rows if row.frm in reached}
    assert reached == set(each.stages)


@pytest.mark.parametrize("each", TABLES, ids=lambda each: each.noun)
def test_every_step_belongs_to_someone(each: StageTable) -> None:
    assert all(row.by for row in each.rows)


@pytest.mark.parametrize("each", TABLES, ids=lambda each: each.noun)
def test_only_the_listed_steps_are_possible(each: StageTable) -> None:
    listed = {(row.frm, row.act, party): row.to for row in each.rows for party in row.by}
    for stage in each.stages:
        for act in each.acts:
            for party in Party:
                if (stage, act, party) in listed:
                    assert each.to(stage, act, party) == listed[stage, act, party]
                    assert each.allows(stage, act, party)
                else:
                    assert not each.allows(stage, act, party)
                    with pytest.raises(Impossible):
                        each.to(stage, act, party)


@given(st.text(), st.text(), st.sampled_from(Party))
def test_what_is_not_a_stage_leads_nowhere(stage: str, act: str, party: Party) -> None:
    for each in TABLES:
        if stage not in each.stages or act not in each.acts:
            assert not each.allows(stage, act, party)


def test_an_act_is_listed_once_a_stage() -> None:
    with pytest.raises(ValueError, match="twice"):
        table(
            "door",
            "shut",
            rows(["shut"], "open", [Party.MEMBER], "open"),
            rows(["shut"], "open", [Party.MENTOR], "ajar"),
        )


def test_an_act_is_either_staged_or_in_the_policy_never_both() -> None:
    both = {(noun, act) for noun, act in ALLOWED if noun in STAGED and act in STAGED[noun].acts}
    assert both == set()

"""Every part of a score and every rule has words, for the mentee and for the desk."""

from dataclasses import fields

import pytest

from ithaca.records.mentorships.pairing.queries import candidates, others, score_parts
from ithaca.records.schemes.vocabulary import LANGUAGES, REASONS, ROLES, SLOTS, TOPICS, WAYS
from matchmaker.policy import HARDENABLE, Weights
from tests.cast import make_scheme

MATCHED = {
    "roles": next(iter(ROLES)),
    "situations": next(iter(REASONS)),
    "topics": next(iter(TOPICS)),
    "times": next(iter(SLOTS)),
    "ways": next(iter(WAYS)),
    "languages": next(iter(LANGUAGES)),
    "near": "icb",
    "apart": "icb",
}


@pytest.mark.parametrize("part", [field.name for field in fields(Weights)])
def test_every_part_has_a_heading_and_a_whole_sentence(part):
    assert score_parts.PART_WORDS[part]
    made = candidates.Part(part, 10, 20, frozenset({MATCHED.get(part, "x")}))
    (sentence,) = score_parts.why([made])
    assert sentence.endswith(".")
    assert ": ." not in sentence
    assert "%(" not in sentence


def test_every_reason_that_a_desk_can_be_shown_has_words_and_no_private_one_has_words_of_its_own():
    shown = {reason.shown_to_coordinator for reason in candidates.Reason}
    assert shown == set(score_parts.WORDS)
    private = {"line_manager", "partner", "declared_conflict", "excluded", "full", "on_leave", "no_common_time"}
    for code in private:
        assert others.told([candidates.Reason(code)]) == (candidates.Reason.NOT_AVAILABLE,)
    assert others.told([candidates.Reason.SAME_ICB, candidates.Reason.EXCLUDED]) == (candidates.Reason.SAME_ICB,)


@pytest.mark.django_db
@pytest.mark.parametrize("rule", sorted(HARDENABLE))
def test_every_rule_that_a_scheme_may_make_hard_is_told_as_hard_or_as_soft(rule):
    soft = score_parts.rules_of(make_scheme("soft"))
    hard = score_parts.rules_of(make_scheme("hard", matching_policy={"hard": [rule]}))
    assert (len(soft.hard), len(soft.soft)) == (0, len(HARDENABLE))
    assert (len(hard.hard), len(hard.soft)) == (1, len(HARDENABLE) - 1)

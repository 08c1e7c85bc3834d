"""The lists that pages offer to choose from."""

from ithaca.records.schemes.vocabulary import REASONS, SITUATIONS


def test_whatever_brings_someone_is_a_situation_that_a_mentor_can_know() -> None:
    assert SITUATIONS.keys() == REASONS.keys()

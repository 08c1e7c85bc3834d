"""What differs between the scheme's words and theirs."""

from hypothesis import given
from hypothesis import strategies as st

from ithaca.records.mentorships.rules import clauses
from ithaca.records.mentorships.rules.clauses import Change

CLAUSES = [
    {"key": "rhythm", "heading": "How often", "text": "About once a month."},
    {"key": "limits", "heading": "Limits", "text": "One line.\nAnother."},
]


def test_only_what_differs_is_kept() -> None:
    texts = {"rhythm": "Every six weeks.", "limits": "One line.\r\nAnother. ", "other": "not a clause"}
    assert clauses.changed(CLAUSES, texts) == {"rhythm": "Every six weeks."}


def test_a_clause_that_was_not_sent_stays_as_it_is() -> None:
    assert clauses.changed(CLAUSES, {}) == {}
    texts = {row.key: row.text for row in clauses.rows(CLAUSES, {"rhythm": "Weekly."})}
    assert texts == {"rhythm": "Weekly.", "limits": "One line.\nAnother."}


def test_the_difference_is_shown_word_by_word() -> None:
    found = clauses.pieces("About once a month.", "About twice a month.")
    assert [(piece.change, piece.text) for piece in found] == [
        (Change.KEPT, "About "),
        (Change.REMOVED, "once"),
        (Change.ADDED, "twice"),
        (Change.KEPT, " a month."),
    ]


def test_where_few_words_stay_one_text_follows_the_other() -> None:
    before, after = "About once a month is a good start.", "We meet every six weeks, in a park."
    assert [(piece.change, piece.text) for piece in clauses.pieces(before, after)] == [
        (Change.REMOVED, before),
        (Change.ADDED, after),
    ]


def test_words_that_only_a_space_parts_change_together() -> None:
    found = clauses.pieces(
        "We meet on Mondays at noon, as a rule, in town.", "We meet every other week, as a rule, in town."
    )
    assert [piece.text for piece in found] == [
        "We meet ",
        "on Mondays at noon,",
        "every other week,",
        " as a rule, in town.",
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_hold_both_texts_whole(before: str, after: str) -> None:
    found = clauses.pieces(before, after)
    same = clauses.plain(before) == clauses.plain(after)
    assert bool(found) != same
    if not same:
        old = "".join(piece.text for piece in found if piece.change is not Change.ADDED)
        new = "".join(piece.text for piece in found if piece.change is not Change.REMOVED)
        assert new == clauses.plain(after)
        assert old == clauses.plain(before) or old.split() == clauses.plain(before).split()


def test_json_comes_back() -> None:
    assert clauses.from_json(clauses.to_json({"a": "Å\n"})) == {"a": "Å\n"}

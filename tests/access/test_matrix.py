"""The docs tell the policy as it is."""

from pathlib import Path

from ithaca.access.matrix import page


def test_the_page_of_the_docs_is_current() -> None:
    written = Path(__file__).parents[2] / "docs" / "access.md"
    assert written.read_text(encoding="utf-8") == page(), "run: ithaca access-matrix > docs/access.md"

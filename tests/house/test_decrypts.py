"""The page that lists what can decrypt says what the code says, and a new caller is on it or the test is red."""

import re
from pathlib import Path

from ithaca.journeys.operating.decrypts import ROOT, found_in, page

WRITTEN = ROOT.parent / "docs" / "decrypts.md"
VAULT = ROOT / "tools" / "vault"
CRYPTOGRAPHY = re.compile(r"vault(?:\.| import .*\b)(envelopes|kernel|server_keys)\b")
CALLER = """
from ithaca.tools.vault.keyring import Keyring

def peek(row, keys: Keyring) -> Keyring:
    return Note.text.unseal(row, keys)

class Reader:
    def hand_on(self, row):
        return map(field.unseal, [row])

def take(keyring):
    return keyring.uk, unseal_as_text("kind", keyring.owner, "text")
"""


def test_the_page_of_the_docs_is_current() -> None:
    assert WRITTEN.read_text(encoding="utf-8") == page(), "run: ithaca decrypts > docs/decrypts.md"


def test_a_new_caller_is_found_whether_it_calls_or_hands_on_and_a_type_is_no_caller() -> None:
    found = {(one.function, one.owner, one.name) for one in found_in(CALLER, "records/new.py")}
    assert found == {
        ("peek", "Note.text", "unseal"),
        ("Reader.hand_on", "field", "unseal"),
        ("take", "", "uk"),
        ("take", "", "unseal_as_text"),
    }


def test_every_file_that_says_unseal_is_on_the_page() -> None:
    written = page()
    files = {path for path in ROOT.rglob("*.py") if re.search(r"\.unseal\b|unseal_as_text\(", path.read_text("utf-8"))}
    ours = {path for path in files if VAULT not in path.parents and path.name != "decrypts.py"}
    assert len(ours) > 25, "the files are found"
    assert {str(path) for path in ours if f"| {path.name} | `" not in written} == set()


def test_nobody_outside_the_vault_reaches_for_its_cryptography() -> None:
    def reaches(path: Path) -> bool:
        return bool(CRYPTOGRAPHY.search(path.read_text("utf-8")))

    assert {str(path) for path in ROOT.rglob("*.py") if VAULT not in path.parents and reaches(path)} == set()

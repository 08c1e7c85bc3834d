"""Ithaca may be given to anyone under Apache-2.0: nothing it installs says otherwise (docs/adr/0124)."""

import hashlib
import json
import re
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STANDARD = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
"""The SHA-256 of the licence's text as the Apache Software Foundation publishes it."""

FREE = re.compile(r"MIT|MIT-CMU|MIT-0|BSD|Apache|ISC|PSFL?|Python Software Foundation|MPL|Mozilla|CC0|CC-BY|Zlib|LGPL")
"""What may stand beside Apache-2.0. LGPL and MPL may, as we use these packages as they come and change nothing."""

COPYLEFT = re.compile(r"(?<![L\w])A?GPL|(?<!Lesser )General Public License(?! with)", re.IGNORECASE)
BUNDLED = re.compile(r"^\W*licen[cs]e\b[^:\n]*:\W*(A?GPL\S*.*)$", re.IGNORECASE | re.MULTILINE)
PACKAGES = sorted(re.findall(r"^([\w.-]+)(?:\[.*\])?==", (ROOT / "requirements" / "app.txt").read_text(), re.MULTILINE))


def said(package: Distribution) -> str:
    """Return what a package says of its licence: the expression, or else the old field and the classifiers."""
    about = package.metadata
    expression = about.get("License-Expression")
    classifiers = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    return expression or " / ".join([(about.get("License") or "").strip(), *classifiers])


def texts(package: Distribution) -> list[str]:
    """Return the licence files that came with a package, also those of the libraries inside its wheel."""
    named = re.compile(r"licen[cs]e|copying|notice|third|bundled", re.IGNORECASE)
    return [
        Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
        for file in package.files or ()
        if named.search(str(file))
        and file.suffix.lower() in ("", ".txt", ".md", ".rst", ".apache", ".bsd", ".third-party")
    ]


def test_the_licence_is_the_standard_text_and_named_everywhere() -> None:
    assert hashlib.sha256((ROOT / "LICENSE").read_bytes()).hexdigest() == STANDARD
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "Apache-2.0"
    assert json.loads((ROOT / "package.json").read_text())["license"] == "Apache-2.0"


def test_the_list_of_packages_is_read() -> None:
    assert len(PACKAGES) > 60
    assert {"django", "wagtail", "psycopg"} < set(PACKAGES)


@pytest.mark.parametrize("name", PACKAGES)
def test_no_package_forbids_it(name: str) -> None:
    package = distribution(name)
    licence = said(package)
    assert FREE.search(licence), licence
    assert not COPYLEFT.search(licence), licence
    held = [line for text in texts(package) for line in BUNDLED.findall(text)]
    assert [line for line in held if "exception" not in line.lower()] == []


@pytest.mark.parametrize(
    "licence",
    ["GPL-3.0-only", "AGPL-3.0", "GPLv2+", "GNU General Public License v2", "GNU Affero General Public License"],
)
def test_a_licence_that_forbids_it_is_recognised(licence: str) -> None:
    assert COPYLEFT.search(licence)


@pytest.mark.parametrize("licence", ["LGPL-3.0-only", "GNU Lesser General Public License v3"])
def test_a_lesser_licence_is_not_taken_for_one(licence: str) -> None:
    assert not COPYLEFT.search(licence)


@pytest.mark.parametrize("line", ["License: GPLv2", 'License for "x" binary wheels: GPLv2, due to a library'])
def test_a_library_inside_a_wheel_is_recognised(line: str) -> None:
    assert BUNDLED.search(f"Name: libx\n{line}\n")
    assert not BUNDLED.search("License: LGPLv3\n")

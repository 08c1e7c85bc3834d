"""The version is written in one place, and a checkout that was never installed can say it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import ithaca

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("asked", ["version", "--version"])
def test_the_command_says_the_version_without_settings_or_data(asked: str, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path / "data")}
    said = subprocess.run(
        [sys.executable, "-P", "-m", "ithaca", asked], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, f"ithaca {ithaca.__version__}\n", "")
    assert not (tmp_path / "data").exists()


def test_pyproject_reads_it_from_the_package() -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" not in written["project"]
    assert written["project"]["dynamic"] == ["version"]
    assert written["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "ithaca.__version__"}


def test_the_changelog_knows_the_version() -> None:
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1] == ithaca.__version__

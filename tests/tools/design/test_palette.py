"""Every pair of colours that stands together is easy to read: WCAG 2.2, 1.4.3 and 1.4.11."""

import re
from pathlib import Path

import pytest

ASSETS = Path("ithaca/tools/design/assets")
PALETTE = dict(re.findall(r"^\$([a-z]+): (#[0-9a-f]{6});", (ASSETS / "_palette.scss").read_text(), re.MULTILINE))
PALETTE["white"] = "#ffffff"


def luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(PALETTE[one]), luminance(PALETTE[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    ("ink", "paper"),
    ("ink", "white"),
    ("ink", "sand"),  # the footer
    ("ink", "straw"),  # a warning
    ("ink", "mist"),
    ("ink", "shallows"),  # a map
    ("ink", "sun"),  # whatever has the focus
    ("slate", "paper"),  # hints
    ("slate", "white"),
    ("link", "paper"),
    ("link", "white"),
    ("deep", "sand"),  # links of the footer
    ("plum", "paper"),
    ("plum", "white"),
    ("clay", "paper"),
    ("clay", "white"),
    ("white", "sea"),  # the header
    ("white", "deep"),
    ("white", "olive"),  # buttons
    ("white", "brick"),
    ("sea", "paper"),  # quiet buttons
    ("olive", "paper"),  # the padlock's words
    ("olive", "white"),
    ("brick", "paper"),  # errors
    ("brick", "white"),
]
EDGES = [
    ("sea", "shallows"),
    ("slate", "white"),
    ("slate", "paper"),
    ("brick", "paper"),
    ("olive", "paper"),
    ("sun", "sea"),
    ("sun", "ink"),
]


@pytest.mark.parametrize("pair", TEXT, ids="-on-".join)
def test_text_is_easy_to_read(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 4.5


@pytest.mark.parametrize("pair", EDGES, ids="-on-".join)
def test_edges_can_be_seen(pair: tuple[str, str]) -> None:
    assert contrast(*pair) >= 3


def test_the_measure_is_the_standard_one() -> None:
    PALETTE["black"] = "#000000"
    assert contrast("black", "white") == pytest.approx(21)


def test_colours_come_from_the_palette_alone() -> None:
    for path in ASSETS.glob("_*.scss"):
        if path.name != "_palette.scss":
            assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", path.read_text())) <= {"#ffffff"}, path.name


def test_the_stylesheet_knows_no_other_host_and_no_licensed_font() -> None:
    built = Path(".assets/built/ithaca.css").read_text().lower()
    assert "//" not in re.sub(r"/\*.*?\*/", "", built).replace("http://www.w3.org/2000/svg", "")
    assert "frutiger" not in built
    assert "prefers-reduced-motion" in built

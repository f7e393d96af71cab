"""Contrast: of the tokens as they are written, and of the shades made for any colours a portal may choose."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.theme.pairs import MARKS, PAIRS
from theme import colours
from theme.assets import FOLDER, files
from theme.colours import ACCENT, MAIN, contrast, dark_palette, palette

pytestmark = pytest.mark.unit

TOKENS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
_PROPERTY = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
_BLOCK = re.compile(r"@media ([^{]+) \{\s*:root \{(.*?)\}", re.DOTALL)
ANY_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def tokens(*modes: str) -> dict[str, str]:
    """The colours by name, as a browser sees them under these conditions."""
    head = TOKENS.split("@media", 1)[0]
    found = dict(_PROPERTY.findall(head))
    for condition, body in _BLOCK.findall(TOKENS):
        if set(re.findall(r"\(([^)]+)\)", condition)) <= set(modes):
            found |= dict(_PROPERTY.findall(body))
    return found


DARK, MORE = "prefers-color-scheme: dark", "prefers-contrast: more"
MODES = {"light": (), "dark": (DARK,), "light, more": (MORE,), "dark, more": (DARK, MORE)}


def faults(shades: dict[str, str]) -> list[str]:
    """The pairs that cannot be read or seen."""
    weak = [
        f"{text} on {ground}: {contrast(shades[text], shades[ground]):.2f}"
        for text, ground in PAIRS
        if contrast(shades[text], shades[ground]) < 4.5
    ]
    return weak + [
        f"{marks} on {ground}"
        for marks, ground in MARKS
        if max(contrast(shades[mark], shades[ground]) for mark in marks) < 3
    ]


@pytest.mark.parametrize("mode", MODES)
def test_every_pair_can_be_read_in_the_stock_colours(mode: str) -> None:
    own = dark_palette(MAIN, ACCENT) if DARK in MODES[mode] else palette(MAIN, ACCENT)
    assert faults(tokens(*MODES[mode]) | own) == []


@given(main=ANY_COLOUR, accent=ANY_COLOUR)
def test_every_pair_can_be_read_whatever_colours_a_portal_chooses(main: str, accent: str) -> None:
    assert faults(tokens() | palette(main, accent)) == []
    assert faults(tokens(DARK) | dark_palette(main, accent)) == []


@given(grey=st.integers(0, 255))
def test_no_grey_is_left_unreadable(grey: int) -> None:
    colour = f"#{grey:02x}{grey:02x}{grey:02x}"
    assert faults(tokens(DARK) | dark_palette(colour, colour)) == []


def test_the_style_sheet_and_the_arithmetic_know_the_same_grounds() -> None:
    light, dark = tokens(), tokens(DARK)
    assert light["ground"] == colours.GROUND
    assert (dark["ground"], dark["paper"], dark["sunken"], dark["ink-soft"]) == (
        colours.DARK_GROUND,
        colours.DARK_PAPER,
        colours.DARK_SUNKEN,
        colours.DARK_INK_SOFT,
    )
    stock = palette(MAIN, ACCENT)
    assert {name: light[name] for name in stock} == stock


def test_the_contrast_is_the_one_of_wcag() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    "path", [path for path in files() if path.stem not in ("tokens", "print")], ids=lambda path: path.name
)
def test_colours_are_named_in_the_tokens_alone(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text) == []


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_sizes_of_type_follow_the_reader_s_setting(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fixed = r"font(?:-size)?:[^;]*\d(?:px|pt)\b" if path.stem != "print" else r"font(?:-size)?:[^;]*\dpx\b"
    assert re.findall(fixed, text) == []

"""Shades of a portal's two colours, worked out here so that every pair can be read in every mode."""

from __future__ import annotations

import re
from collections.abc import Iterable

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
MAIN, ACCENT = "#8f1d1d", "#8a5a00"
#: The ground of every page; text in a portal's colour must be readable on it. The others as in tokens.css.
GROUND = "#faf8f5"
INK_SOFT = "#55504a"
DARK_GROUND, DARK_PAPER, DARK_SUNKEN, DARK_INK_SOFT = "#151311", "#1f1c1a", "#292522", "#bdb4a9"
LEAST_CONTRAST = 4.5  # WCAG 2.2, level AA
_BLACK, _WHITE = "#000000", "#ffffff"


def safe_colour(value: object, default: str) -> str:
    """The colour when it has the form ``#a1b2c3``, else the default; it goes into a style sheet."""
    return value.lower() if isinstance(value, str) and _COLOUR.fullmatch(value) else default


def mix(colour: str, other: str, share: float) -> str:
    """``share`` (0 to 1) of ``other`` stirred into ``colour``."""
    pairs = [(int(colour[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in pairs)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        (value / 12.92) if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours stand apart, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _least(colour: str, grounds: Iterable[str]) -> float:
    return min(contrast(colour, ground) for ground in grounds)


def _tint(colour: str) -> str:
    """The light ground in a colour's own hue."""
    return mix(colour, _WHITE, 0.93)


def readable(colour: str) -> str:
    """The colour, darkened as far as text in it needs to be read on the page's grounds."""
    while _least(colour, (GROUND, _tint(colour))) < LEAST_CONTRAST:
        colour = mix(colour, _BLACK, 0.06)
    return colour


def palette(main: object, accent: object) -> dict[str, str]:
    """The custom properties of the style sheet, by name without dashes in front."""
    found = {}
    for name, value, default in (("main", main, MAIN), ("accent", accent, ACCENT)):
        colour = readable(safe_colour(value, default))
        deep = mix(colour, _BLACK, 0.32)
        found[name] = colour
        found[f"{name}-dark"] = deep
        found[f"{name}-soft"] = _tint(colour)
        found[f"{name}-line"] = mix(colour, _WHITE, 0.72)
        found[f"{name}-fill"] = colour
        found[f"{name}-deep"] = deep
    return found


def _dark_tint(colour: str) -> str:
    """The dark ground in a colour's own hue: dark enough for soft text."""
    tint = mix(DARK_PAPER, colour, 0.16)
    while contrast(tint, DARK_INK_SOFT) < LEAST_CONTRAST:
        tint = mix(tint, DARK_PAPER, 0.2)
    return tint


def dark_palette(main: object, accent: object) -> dict[str, str]:
    """The same properties for readers who ask for a dark page."""
    found = {}
    for name, value, default in (("main", main, MAIN), ("accent", accent, ACCENT)):
        colour = readable(safe_colour(value, default))
        soft = _dark_tint(colour)
        text = mix(colour, _WHITE, 0.4)
        while _least(text, (DARK_GROUND, DARK_PAPER, DARK_SUNKEN, soft)) < LEAST_CONTRAST:
            text = mix(text, _WHITE, 0.06)
        fill = mix(colour, _BLACK, 0.12)
        found[name] = text
        found[f"{name}-dark"] = mix(text, _WHITE, 0.35)
        found[f"{name}-soft"] = soft
        found[f"{name}-line"] = mix(DARK_PAPER, text, 0.4)
        found[f"{name}-fill"] = fill
        found[f"{name}-deep"] = mix(fill, _BLACK, 0.38)
    return found

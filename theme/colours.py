"""Shades of a portal's two colours, worked out here so that old browsers need no colour arithmetic."""

from __future__ import annotations

import re

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
MAIN, ACCENT = "#8f1d1d", "#8a5a00"
#: The ground of every page; text in a portal's colour must be readable on it.
GROUND = "#faf8f5"
LEAST_CONTRAST = 4.5  # WCAG 2.2, level AA


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


def readable(colour: str) -> str:
    """The colour, darkened as far as text in it needs to be read on the page's ground."""
    while contrast(colour, GROUND) < LEAST_CONTRAST:
        colour = mix(colour, "#000000", 0.06)
    return colour


def palette(main: object, accent: object) -> dict[str, str]:
    """The custom properties of the style sheet, by name without dashes in front."""
    found = {}
    for name, value, default in (("main", main, MAIN), ("accent", accent, ACCENT)):
        colour = readable(safe_colour(value, default))
        found[name] = colour
        found[f"{name}-dark"] = mix(colour, "#000000", 0.32)
        found[f"{name}-soft"] = mix(colour, "#ffffff", 0.93)
        found[f"{name}-line"] = mix(colour, "#ffffff", 0.72)
    return found

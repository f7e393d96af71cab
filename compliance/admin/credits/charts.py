"""Bars as plain numbers for an SVG template: no script, no style, a table beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: Sizes in the units of the picture; it is scaled to the page.
WIDTH, HEIGHT, TOP, BOTTOM = 720, 240, 24, 28
LABEL, ROW, ROOM = 260, 26, 60


@dataclass(frozen=True)
class Bar:
    """One bar with its words."""

    label: str
    value: int
    x: float
    y: float
    width: float
    height: float
    url: str = ""

    @property
    def middle(self) -> float:
        """Where its words stand: across, or down for a bar that lies."""
        return round(self.x + self.width / 2, 1)

    @property
    def end(self) -> float:
        """A little beyond its right end."""
        return round(self.x + self.width + 6, 1)

    @property
    def line(self) -> float:
        """The line its words stand on, beside a bar that lies."""
        return round(self.y + self.height - 4, 1)

    @property
    def above(self) -> float:
        """A little above its upper end."""
        return round(self.y - 6, 1)


@dataclass(frozen=True)
class Chart:
    """A picture of bars: its name, what it says in one sentence, and the bars."""

    code: str
    title: str
    text: str
    bars: tuple[Bar, ...]
    width: float
    height: float

    @property
    def floor(self) -> float:
        """The line standing bars stand on."""
        return self.height - BOTTOM

    @property
    def foot(self) -> float:
        """Where their labels stand."""
        return self.height - 8


Values = Sequence[tuple[str, int, str]]


def standing(code: str, title: str, text: str, values: Values) -> Chart:
    """Bars that stand side by side: (label, number, address)."""
    highest = max([value for _label, value, _url in values] or [0]) or 1
    step = WIDTH / max(len(values), 1)
    room = HEIGHT - TOP - BOTTOM
    bars = []
    for at, (label, value, url) in enumerate(values):
        tall = round(value / highest * room, 1)
        left = round(at * step + step * 0.15, 1)
        bars.append(Bar(label, value, left, HEIGHT - BOTTOM - tall, round(step * 0.7, 1), tall, url))
    return Chart(code, title, text, tuple(bars), WIDTH, HEIGHT)


def lying(code: str, title: str, text: str, values: Values) -> Chart:
    """Bars that lie one below the other, for long names."""
    highest = max([value for _label, value, _url in values] or [0]) or 1
    room = WIDTH - LABEL - ROOM
    bars = tuple(
        Bar(label, value, LABEL, at * ROW + 4, round(value / highest * room, 1), ROW - 8, url)
        for at, (label, value, url) in enumerate(values)
    )
    return Chart(code, title, text, bars, WIDTH, max(len(bars), 1) * ROW)

"""Scores: weighted credit over what was due, group by group, and the shortest way to a better one.

Only what was due counts: a line without a credit is left out of the denominator. The double threshold is that
of QD 25/2021/QD-TTg (80 over all and 50 in each group).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Line:
    """One duty to score: its weight in whole points, and its credit from 0 to 1; None when it was not due."""

    code: str
    group: str
    weight: int
    credit: Fraction | None
    passed: bool = False


@dataclass(frozen=True)
class Tally:
    """Points reached out of the points that were due; `duties` counts the lines behind them."""

    points: Fraction
    possible: int
    duties: int
    passed: int

    @property
    def percent(self) -> Fraction | None:
        """Share of the possible points, 0 to 100; None when nothing was due."""
        return self.points * 100 / self.possible if self.possible else None


@dataclass(frozen=True)
class Score:
    """The whole and its groups; `left_out` are the codes that did not count."""

    total: Tally
    groups: Mapping[str, Tally]
    left_out: tuple[str, ...]


@dataclass(frozen=True)
class Threshold:
    """Percentages to reach: over all, and in each group that had anything due."""

    overall: int = 80
    each_group: int = 50

    def is_reached(self, score: Score) -> bool:
        """Whether the score passes both; False when nothing was due."""
        percent = score.total.percent
        if percent is None or percent < self.overall:
            return False
        shares = [tally.percent for tally in score.groups.values()]
        return all(share is None or share >= self.each_group for share in shares)


@dataclass(frozen=True)
class Action:
    """One line to mend: what it adds, in percentage points, and the percentage after it and all before it."""

    code: str
    gain: Fraction
    percent_after: Fraction


def score(lines: Iterable[Line]) -> Score:
    """The score of one unit. ValueError for a negative weight or a credit outside 0 to 1."""
    counted: list[Line] = []
    left_out: list[str] = []
    for line in lines:
        if line.weight < 0 or (line.credit is not None and not 0 <= line.credit <= 1):
            raise ValueError(f"not a line to score: {line}")
        if line.credit is None:
            left_out.append(line.code)
        else:
            counted.append(line)
    groups: dict[str, list[Line]] = {}
    for line in counted:
        groups.setdefault(line.group, []).append(line)
    return Score(
        _tally(counted), {group: _tally(members) for group, members in groups.items()}, tuple(left_out)
    )


def best_actions(lines: Sequence[Line], most: int = 3) -> list[Action]:
    """The lines that gain most when brought to full credit, best first, ties in the order given."""
    total = score(lines).total
    if not total.possible:
        return []
    open_lines = [line for line in lines if line.credit is not None and line.credit < 1 and line.weight]
    gaining = sorted(open_lines, key=_missing_points, reverse=True)[:most]
    found: list[Action] = []
    points = total.points
    for line in gaining:
        points += _missing_points(line)
        found.append(
            Action(line.code, _missing_points(line) * 100 / total.possible, points * 100 / total.possible)
        )
    return found


def ranks(percents: Mapping[str, Fraction | None], sample: Mapping[str, int], minimum: int) -> dict[str, int]:
    """Competition ranks (1, 2, 2, 4) by percentage, of those with at least `minimum` duties counted."""
    ranked = {
        code: share for code, share in percents.items() if share is not None and sample[code] >= minimum
    }
    return {code: 1 + sum(other > share for other in ranked.values()) for code, share in ranked.items()}


def rounded(percent: Fraction | None) -> float | None:
    """A percentage to one decimal, halves up; None stays None."""
    return None if percent is None else int(percent * 10 + Fraction(1, 2)) / 10


def _missing_points(line: Line) -> Fraction:
    return (1 - line.credit) * line.weight if line.credit is not None else Fraction(0)


def _tally(lines: Sequence[Line]) -> Tally:
    points = sum((line.credit * line.weight for line in lines if line.credit is not None), Fraction(0))
    return Tally(
        points, sum(line.weight for line in lines), len(lines), sum(1 for line in lines if line.passed)
    )

"""Whether a document is in force on a day: said by its own dates and by later documents. Plain Python."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Link(StrEnum):
    """What a document does to another."""

    REPLACES = "replaces"
    REPEALS = "repeals"
    REPEALS_PART = "repeals_part"
    AMENDS = "amends"
    CORRECTS = "corrects"
    BASED_ON = "based_on"


#: Links that end the other document, and those that end a part of it.
ENDS = frozenset({Link.REPLACES, Link.REPEALS})
ENDS_A_PART = frozenset({Link.REPEALS_PART})


class State(StrEnum):
    """How a document stands."""

    UNKNOWN = "unknown"
    COMING = "coming"
    IN_FORCE = "in_force"
    PARTLY = "partly"
    EXPIRED = "expired"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Effect:
    """One link as it bears on its target: what it does, and from which day."""

    kind: str
    day: datetime.date


@dataclass(frozen=True)
class Standing:
    """The days on which a document's state turns; `valid_from` is None where no date is known."""

    valid_from: datetime.date | None
    partly_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    replaced: bool = False

    def on(self, today: datetime.date) -> State:
        """The state on a day. An end that lies before the beginning still is an end."""
        if self.valid_to is not None and self.valid_to <= today:
            return State.REPLACED if self.replaced else State.EXPIRED
        if self.valid_from is None:
            return State.UNKNOWN
        if self.valid_from > today:
            return State.COMING
        if self.partly_from is not None and self.partly_from <= today:
            return State.PARTLY
        return State.IN_FORCE


def standing(
    issued: datetime.date | None,
    effective: datetime.date | None,
    expires: datetime.date | None,
    effects: Iterable[Effect],
) -> Standing:
    """The earliest end counts; on one and the same day a replacement names what to read instead."""
    effects = list(effects)
    ends = [(effect.day, effect.kind != Link.REPLACES) for effect in effects if effect.kind in ENDS]
    if expires is not None:
        ends.append((expires, True))
    parts = [effect.day for effect in effects if effect.kind in ENDS_A_PART]
    day, bare = min(ends, default=(None, True))
    return Standing(effective or issued, min(parts, default=None), day, replaced=not bare)


def fault(
    kind: str,
    own: int | None,
    target: int | None,
    issued: datetime.date | None,
    target_issued: datetime.date | None,
    targets_of: Callable[[int], Iterable[int]],
) -> str:
    """Why a link cannot be: "self", "newer" (the other was issued later), "circle"; "" when it can."""
    if target is None:
        return ""
    if own is not None and own == target:
        return "self"
    if issued and target_issued and target_issued > issued:
        return "newer"
    if own is not None and _reaches(target, own, targets_of):
        return "circle"
    return ""


def _reaches(start: int, goal: int, targets_of: Callable[[int], Iterable[int]]) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        for each in targets_of(ahead.pop()):
            if each == goal:
                return True
            if each not in seen:
                seen.add(each)
                ahead.append(each)
    return False

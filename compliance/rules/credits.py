"""What a finding is worth: credit for a score, after the proposal of the legal notes (section 8)."""

from __future__ import annotations

from fractions import Fraction

from compliance.rules.states import Channel, Level, State

FULL, HALF, QUARTER, NONE = Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(0)


def credit(judged: State | None, has_public: bool) -> Fraction | None:
    """1 on time or nothing arose, 1/2 late, 1/4 there but stale or incomplete, 0 missing; None: not due."""
    match judged:
        case State.MET | State.NOTHING_AROSE:
            return FULL
        case State.MET_LATE:
            return HALF
        case State.INCOMPLETE:
            return QUARTER
        case State.OVERDUE:
            return QUARTER if has_public else NONE
        case State.MISSING:
            return NONE
        case _:
            return None


def counts(level: Level, channel: Channel) -> bool:
    """Whether a duty counts in a score: what the law makes mandatory on the portal."""
    return level is Level.MANDATORY and channel is Channel.PORTAL


def passed(judged: State | None) -> bool:
    """Whether the law is met, on time or not: the unweighted mark beside the score."""
    return judged in (State.MET, State.NOTHING_AROSE, State.MET_LATE)

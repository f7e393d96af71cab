"""The closed lists the rules speak in: states, levels, channels, reasons, marks of verification."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """How one duty of one authority stands; `rank` orders from best (0) to worst."""

    MET = "met"
    NOTHING_AROSE = "nothing_arose"
    WAIVED = "waived"
    MET_LATE = "met_late"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    INCOMPLETE = "incomplete"
    OVERDUE = "overdue"
    MISSING = "missing"

    @property
    def rank(self) -> int:
        """0 for MET up to 8 for MISSING."""
        return _RANKS[self]


_RANKS = {state: number for number, state in enumerate(State)}

#: Nothing left to do.
SETTLED = frozenset({State.MET, State.NOTHING_AROSE, State.WAIVED, State.MET_LATE})
#: What an officer can be asked to mend.
FAILING = frozenset({State.INCOMPLETE, State.OVERDUE, State.MISSING})


class Level(StrEnum):
    """How strongly a duty binds a tier."""

    MANDATORY = "mandatory"
    ENCOURAGED = "encouraged"


class Channel(StrEnum):
    """Where the law wants the publication: the portal, any lawful form, or the e-procurement system."""

    PORTAL = "portal"
    ANY_FORM = "any_form"
    EGP = "egp"


class Verification(StrEnum):
    """How sure a legal statement is: read in the primary or a secondary text, recalled, or our proposal."""

    PRIMARY = "V"
    SECONDARY = "V2"
    RECALLED_HIGH = "R-h"
    RECALLED_MEDIUM = "R-m"
    RECALLED_LOW = "R-l"
    DESIGN = "D"


class ReasonCode(StrEnum):
    """Every explanation a finding can carry; the sentences live with the user interface."""

    ON_TIME = "on_time"
    EARLY = "early"
    MET_LATE = "met_late"
    MET_UNDATED = "met_undated"
    QUOTA_MET = "quota_met"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"
    CUT_SHORT = "cut_short"
    INCOMPLETE = "incomplete"
    INCOMPLETE_SECTION = "incomplete_section"
    FRESH = "fresh"
    CONFIRMED = "confirmed"
    STALE_SOON = "stale_soon"
    STALE = "stale"
    WORD_STALE_SOON = "word_stale_soon"
    WORD_STALE = "word_stale"
    QUOTA_SHORT = "quota_short"
    MISSING = "missing"
    MISSING_UNDATED = "missing_undated"
    NOTHING_DUE = "nothing_due"
    NOT_CHECKED = "not_checked"
    NOTHING_AROSE = "nothing_arose"
    WAIVED = "waived"
    PERIOD_NOT_DUE = "period_not_due"
    PERIOD_DUE_SOON = "period_due_soon"
    PERIOD_OVERDUE = "period_overdue"
    PERIOD_MISSING = "period_missing"
    MONTH_NOT_DUE = "month_not_due"
    MONTH_DUE_SOON = "month_due_soon"
    MONTH_OVERDUE = "month_overdue"
    MONTH_MISSING = "month_missing"
    YEAR_NOT_DUE = "year_not_due"
    YEAR_DUE_SOON = "year_due_soon"
    YEAR_OVERDUE = "year_overdue"
    YEAR_MISSING = "year_missing"
    WEEK_NOT_DUE = "week_not_due"
    WEEK_DUE_SOON = "week_due_soon"
    WEEK_OVERDUE = "week_overdue"
    WEEK_MISSING = "week_missing"


#: A section without a sign of life for too long, or soon: a word of confirmation settles it.
STALE = frozenset({ReasonCode.STALE, ReasonCode.WORD_STALE})
AGEING = STALE | {ReasonCode.STALE_SOON, ReasonCode.WORD_STALE_SOON}
#: A section that showed life lately enough, be it by the word that nothing arose.
ALIVE = frozenset({ReasonCode.FRESH, ReasonCode.CONFIRMED, ReasonCode.NOTHING_AROSE})
#: How the reasons begin that speak of an expected period, month or year.
OF_A_PERIOD = ("period_", "month_", "year_")

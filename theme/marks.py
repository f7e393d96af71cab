"""A sign for each state of a duty, so that none is told by colour alone."""

SIGNS = {
    "MET": "✓",
    "NOTHING_AROSE": "○",
    "WAIVED": "⊘",
    "MET_LATE": "✓›",
    "NOT_DUE": "·",
    "DUE_SOON": "△",
    "INCOMPLETE": "½",
    "OVERDUE": "!",
    "MISSING": "✕",
}


def sign(state: str) -> str:
    """The sign of a state; a question mark for one it does not know."""
    return SIGNS.get(state, "?")


ALERT_SIGNS = {"info": "ⓘ", "warning": "⚠", "danger": "⛔"}


def alert_sign(level: str) -> str:
    """The sign of a notice to everybody, beside its word."""
    return ALERT_SIGNS.get(level, ALERT_SIGNS["info"])

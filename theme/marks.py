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

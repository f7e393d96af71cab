"""Public pages kept as they were sent, until something on their portal changes (docs/decisions/0038)."""

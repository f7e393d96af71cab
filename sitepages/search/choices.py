"""What a search offers to narrow itself by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A way to narrow, or a narrowing to take back."""

    name: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class Facet:
    """Ways to narrow by one thing."""

    code: str
    choices: list[Choice]

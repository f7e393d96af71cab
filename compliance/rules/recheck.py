"""Which confirmations of a month somebody else looks at again: a share drawn by lot that can be repeated."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256


def chosen(candidates: Iterable[str], share: int, seed: str) -> tuple[str, ...]:
    """The share (percent, rounded up) of the candidates that the seed draws, in the order of the lot.

    The same candidates, share and seed always give the same, in whatever order they come. ValueError for a
    share outside 0 to 100.
    """
    if not 0 <= share <= 100:
        raise ValueError(f"a share lies between 0 and 100 percent: {share}")
    lots = sorted(set(candidates), key=lambda each: (_lot(seed, each), each))
    return tuple(lots[: -(-len(lots) * share // 100)])


def seed(month: str, unit: str) -> str:
    """The seed of a unit's month ("2021-07")."""
    return f"{month}/{unit}"


def _lot(seed: str, candidate: str) -> bytes:
    return sha256(f"{seed}/{candidate}".encode()).digest()

"""Receipt codes: read aloud and copied by hand without a slip, and not to be guessed.

Thirty-one letters and digits, none that look alike; the last one checks the others. Thirty-one is a prime, so
every single wrong character and every two that changed places are noticed.
"""

from __future__ import annotations

from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4

_PLACE = {char: number for number, char in enumerate(ALPHABET)}


def make_code(choose: Callable[[str], str]) -> str:
    """A new code; `choose` picks one character (`secrets.choice`)."""
    body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check(body)


def read_code(text: str) -> str | None:
    """The code somebody typed, spaces and hyphens left out; None when it cannot be one."""
    code = "".join(char for char in text[:100].upper() if char not in " -–—.\t\r\n")
    if len(code) != LENGTH or any(char not in _PLACE for char in code):
        return None
    return code if _check(code[:-1]) == code[-1] else None


def show_code(code: str) -> str:
    """The code in groups: ``K7QM-2XRW-9HTD``."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def _check(body: str) -> str:
    total = sum((number + 1) * _PLACE[char] for number, char in enumerate(body))
    # The check character has a weight of its own (LENGTH), so that swapping it with its neighbour shows.
    inverse = pow(LENGTH, -1, len(ALPHABET))
    return ALPHABET[(-total * inverse) % len(ALPHABET)]

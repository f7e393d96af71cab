"""What a period's code says: a year, the part of a year up to a quarter's end, or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"(\d{4})(?:-(?:(M3|M6|M9|Y)|(0[1-9]|1[0-2])))?")


@dataclass(frozen=True)
class Period:
    """A year, with a token (M3, M6, M9, Y) or a month, or neither."""

    year: int
    token: str = ""
    month: int | None = None


def read_period(code: str) -> Period | None:
    """The period of a code such as ``2021``, ``2021-M6`` or ``2021-07``; None for any other text."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    return Period(int(match[1]), match[2] or "", int(match[3]) if match[3] else None)

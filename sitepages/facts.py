"""What a page says that the law counts by: plain values, read by whoever judges, set by each page type."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """The legal facts of one record, as its page states them.

    `kind` is the record's kind where limits tell kinds apart ("own", "other"); `trigger` the day a term is
    counted from; `period` is "2021" (fiscal year), "2021-M6" (M3, M6, M9, Y), "2021-07" (month) or "";
    `week` any day of the week covered; `answered` the day a question was answered; `term_ends` the day from
    which the record may leave by itself. `filled` are the codes of the required fields that hold something,
    None when the page type does not tell. `asked` are the codes that may be asked of a record of this kind
    (a schedule of citizen reception has no decision number); None when all are. `duty` names the duty where
    it differs from the section's code.
    """

    kind: str = ""
    trigger: datetime.date | None = None
    period: str = ""
    week: datetime.date | None = None
    answered: datetime.date | None = None
    term_ends: datetime.date | None = None
    filled: frozenset[str] | None = None
    asked: frozenset[str] | None = None
    duty: str = ""

    def lacks(self, wanted: Iterable[str]) -> tuple[str, ...]:
        """Those of the codes that may be asked of such a record and hold nothing; none where it is silent."""
        if self.filled is None:
            return ()
        asked = (code for code in wanted if self.asked is None or code in self.asked)
        return tuple(code for code in asked if code not in self.filled)


def filled_of(**values: object) -> frozenset[str]:
    """The codes whose value holds something; zero is something, blank text is not."""
    return frozenset(code for code, value in values.items() if is_filled(value))


def is_filled(value: object) -> bool:
    """Whether a value holds something: not None, no blank text, no empty list."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, bool):
        return value
    return value is not None and (isinstance(value, int | datetime.date) or bool(value))

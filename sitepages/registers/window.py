"""The days on which a draft is open for comment. Plain Python."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Window:
    """From the first to the last day, both included; open only where both are known."""

    first: datetime.date | None
    last: datetime.date | None
    today: datetime.date

    @classmethod
    def of(cls, details: Mapping[str, Any], last: datetime.date | None, today: datetime.date) -> Window:
        """The window a record states; a day that cannot be read is none."""
        try:
            first = datetime.date.fromisoformat(str((details or {}).get("opens_at", "")))
        except ValueError:
            first = None
        return cls(first, last, today)

    @property
    def is_open(self) -> bool:
        return bool(self.first and self.last and self.first <= self.today <= self.last)

    @property
    def is_over(self) -> bool:
        return bool(self.last and self.today > self.last)

    @property
    def is_ahead(self) -> bool:
        return bool(self.first and self.today < self.first)

    @property
    def days_left(self) -> int:
        """Days after today on which a comment may still be sent."""
        return (self.last - self.today).days if self.is_open and self.last else 0

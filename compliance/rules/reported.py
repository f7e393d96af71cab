"""What is wrong with a report, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One thing wrong: a code, the heading it is under ("II.2") or the field, the paragraph, the words.

    `part` is the part of the text it stands in; nothing outside the text.
    """

    code: str
    place: str = ""
    paragraph: int = 0
    quote: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    part: str = ""

"""Which requests are a program's, by the User-Agent and the list kept in ``robots.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PATH = Path(__file__).with_name("robots.toml")
#: Longer than any browser's; what stands behind it is not read.
LONGEST = 500


@dataclass(frozen=True)
class RobotList:
    """Words of programs, and parts of people's browsers that only look like one; all in small letters."""

    words: tuple[str, ...]
    people: tuple[str, ...]

    def names(self, agent: str) -> bool:
        """Whether this User-Agent is a program's; an empty one is."""
        text = agent[:LONGEST].casefold()
        for part in self.people:
            text = text.replace(part, "")
        return not text.strip() or any(word in text for word in self.words)


@cache
def robot_list(further: Iterable[str] = ()) -> RobotList:
    """The kept list and further words."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    words = [word for group in data["robots"] for word in group["words"]]
    return RobotList(
        words=tuple(dict.fromkeys(word.casefold() for word in [*words, *further] if word.strip())),
        people=tuple(word.casefold() for word in data["people"]["words"]),
    )

"""What a reader asks for, read from what was typed. Whatever was typed can be read."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from sitepages.search.words import clean, number_beginning, take_dates, tokens
from sitepages.text import fold

LONGEST_QUERY = 200
MOST_WORDS = 12
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


@dataclass(frozen=True)
class Asked:
    """A query: words that must all be there, runs of words that must stand together, days and months.

    ``sequence`` is every word in order. ``cut`` says that something typed was left out as too much.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    days: tuple[datetime.date, ...] = ()
    months: tuple[tuple[int, int], ...] = ()
    sequence: tuple[str, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.days or self.months)

    @property
    def number(self) -> str:
        """What a number beginning with the whole query begins with; empty when it can be none."""
        if self.days or self.months or not any(char.isdigit() for word in self.words for char in word):
            return ""
        return number_beginning(self.sequence)


def read_query(typed: str) -> Asked:
    """The query that was meant; an empty one when nothing in it can be searched."""
    whole = " ".join(clean(typed[: LONGEST_QUERY * 4]).split())
    text = whole[:LONGEST_QUERY]
    cut = len(typed) > LONGEST_QUERY * 4 or len(whole) > LONGEST_QUERY
    phrases = [tokens(match[1]) for match in _QUOTED.finditer(text)]
    days, months, rest = take_dates(fold(_QUOTED.sub(" ", text)))
    for chunk in rest.split():
        together = tokens(chunk)
        if len(together) > 1 and any(char.isdigit() for char in chunk):
            phrases.append(together)  # a number such as 235/UBND-CCHC
    sequence = tokens(" ".join([*(match[1] for match in _QUOTED.finditer(text)), rest]))
    if not phrases:
        sequence = tokens(rest)
    kept = tuple(dict.fromkeys(sequence))[:MOST_WORDS]
    known = set(kept)
    return Asked(
        text=text,
        words=kept,
        phrases=tuple(
            dict.fromkeys(tuple(each) for each in phrases if len(each) > 1 and known.issuperset(each))
        ),
        days=tuple(dict.fromkeys(days))[:3],
        months=tuple(dict.fromkeys(months))[:3],
        sequence=tuple(sequence[:MOST_WORDS]),
        cut=cut or len(dict.fromkeys(sequence)) > MOST_WORDS or len(set(days)) > 3 or len(set(months)) > 3,
    )

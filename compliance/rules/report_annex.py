"""Whether a text says of a section of the sub-portals what the annex says of it: how many, by what law."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from compliance.rules.activity import Activity, Section, basis
from compliance.rules.figures import Kind
from compliance.rules.report_numbers import Number

_LAW = re.compile(r"\d+/\d{4}/[^\W\d_]+")


@dataclass(frozen=True)
class Differs:
    """A number or a law that is not the annex's."""

    code: str
    quote: str
    name: str
    expected: str


class AnnexCheck:
    """Compares lines with the annex; ``fold`` takes diacritics and capitals off a text."""

    def __init__(self, fold: Callable[[str], str], data: Activity) -> None:
        judged = data.judged if data.judged and data.judged.tells_missing else None
        self.rows = {fold(row.name): row for row in judged.sections()} if judged else {}
        self.total = judged.portals if judged else 0
        self.here = {each.duty: basis(each.law) for each in judged.worst if each.here} if judged else {}

    def wrong(self, text: str, folded: str, found: Sequence[Number]) -> Iterator[Differs]:
        """What a line says otherwise: a number of sub-portals counts for the section named before it."""
        named = self._named(text, folded)
        for at, (start, row) in enumerate(named):
            end = named[at + 1][0] if at + 1 < len(named) else len(text)
            begin = start if at or len(named) > 1 else 0
            right = {len(row.portals), len(row.missing)}
            for number in found:
                if number.kind is not Kind.PORTALS or not begin <= number.start < end:
                    continue
                is_whole = number.value == self.total and text[: number.start].rstrip().endswith("/")
                if number.value not in right and not is_whole:
                    expected = " / ".join(dict.fromkeys([str(len(row.portals)), str(len(row.missing))]))
                    yield Differs("annex", number.quote, row.name, expected)
            cited = text[start:end]
            laws = {row.law, basis(row.law), self.here.get(row.duty, row.law)}
            if _LAW.search(cited) and not any(law in cited for law in laws):
                yield Differs("annex_law", row.name, row.name, row.law)

    def _named(self, text: str, folded: str) -> list[tuple[int, Section]]:
        """The sections a line names, where they begin; of two names in one place the longer."""
        found: dict[int, tuple[str, Section]] = {}
        for name, row in self.rows.items():
            at = folded.find(name)
            while at >= 0:
                before, after = folded[at - 1 : at], folded[at + len(name) : at + len(name) + 1]
                alone = not before.isalnum() and not after.isalnum() and text[at : at + 1].isupper()
                if alone and len(name) > len(found.get(at, ("",))[0]):
                    found[at] = (name, row)
                at = folded.find(name, at + 1)
        kept: list[tuple[int, Section]] = []
        end = 0
        for at, (name, row) in sorted(found.items()):
            if at >= end:
                kept.append((at, row))
                end = at + len(name)
        return kept

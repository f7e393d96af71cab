"""Numbers that the words beside them tie to one figure: each is that figure, not merely any of its kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from compliance.rules.activity import Activity, OfficeLine
from compliance.rules.figures import Kind, figures
from compliance.rules.place_words import FigureWords
from compliance.rules.report_names import Named, OfficeNames
from compliance.rules.report_numbers import SENTENCE, Number
from compliance.rules.report_patterns import one_of
from compliance.rules.report_words import ReportWords

_FAR = 200
_FRACTION = re.compile(r"\s*/\s*(\d+)(?:\.\d{3})*")
_TIMES = re.compile(r"\b(?:thang|quy|tuan|ngay)\b")


@dataclass(frozen=True)
class Misplaced:
    """A number that is not the figure of its place: the words that say which, and what it should be."""

    number: Number
    where: str
    expected: tuple[int, ...]


@dataclass(frozen=True)
class _Spot:
    """A number with the words around it, up to the numbers beside it and the ends of its sentence."""

    number: Number
    start: int
    before: str
    after: int
    rest: str
    lead: str
    recent: str
    below: int | None
    noun: str
    follows: bool


class PlaceCheck:
    """Compares typed figures with the one figure their place names."""

    def __init__(
        self, words: ReportWords, fold: Callable[[str], str], data: Activity, names: OfficeNames
    ) -> None:
        self.words, self.places, self.data, self.names = words, words.places, data, names
        self.values = {key: each for key, each in figures(data).items() if each.value is not None}
        self.rows = {row.name: row for row in data.articles.rows}
        self.lines: dict[str, str] = {}
        self.amounts: dict[str, int] = {}
        for line in data.budget.lines if data.budget else ():
            self.amounts[line.code] = line.amount
            known = [fold(line.name), *fold(line.name).split(","), *self.places.lines.get(line.code, ())]
            self.lines |= {name.strip(): line.code for name in known if name.strip()}
        one = one_of(self.lines) if self.lines else r"(?!)"
        listed = rf"{one}(?:\s*(?:,|&|/|\bva\b)\s*{one})*"
        self.line = re.compile(rf"\b{one}")
        self.line_before = re.compile(rf"\b(?P<lines>{listed}){self.places.links}")
        self.line_after = re.compile(rf"{self.places.for_words}\s+(?P<lines>{listed})")

    def wrong(self, text: str, folded: str, found: Sequence[Number]) -> Iterator[Misplaced]:
        """The numbers of a line that are another figure's."""
        tied = (Kind.ARTICLES, Kind.OFFICES, Kind.VISITS, Kind.MONEY)
        if not any(number.kind in tied for number in found):
            return
        names = self.names.find(text) if any(number.kind is Kind.ARTICLES for number in found) else []
        for spot in self._spots(folded, found):
            kind = spot.number.kind
            if kind is Kind.ARTICLES:
                told = self._by_office(folded, spot, names) or self._by_month(spot, names)
            elif kind is Kind.OFFICES:
                told = self._by_doing(spot)
            else:
                told = self._by_line(spot) if kind is Kind.MONEY else None
            where, expected = told or self._by_words(spot) or ("", frozenset())
            if expected and spot.number.value not in expected:
                at = folded.find(where, spot.start)
                shown = {max(expected)} if kind is Kind.ARTICLES else expected
                yield Misplaced(spot.number, text[at : at + len(where)] if at >= 0 else where, tuple(shown))

    def _spots(self, folded: str, found: Sequence[Number]) -> Iterator[_Spot]:
        ends = [match.end() for match in SENTENCE.finditer(folded)]
        lead = (-1, "")
        for index, number in enumerate(found):
            at = bisect_left(ends, number.start + 1)
            first, last = (ends[at - 1] if at else 0), (ends[at] if at < len(ends) else len(folded))
            if lead[0] != first:
                lead = (first, folded[max(first, number.start - _FAR) : number.start])
            start = max(first, found[index - 1].end if index else 0, number.start - _FAR)
            before = folded[start : number.start]
            if before.rstrip().endswith("/"):
                continue  # the whole of which the number before is a part
            after, below = number.end, None
            if fraction := _FRACTION.match(folded, after):
                noun = self.places.noun.match(folded, fraction.end())
                after, below = (noun or fraction).end(), int(fraction[1][:9])
            following = [each.start for each in found[index + 1 : index + 3] if each.start >= after]
            stop = max(after, min([last, after + _FAR, *following[:1]]))
            recent = folded[max(0, number.start - _FAR) : number.start]
            noun_text, follows = folded[number.start : after], start > first
            yield _Spot(
                number, start, before, after, folded[after:stop], lead[1], recent, below, noun_text, follows
            )

    # --- articles

    def _by_office(
        self, folded: str, spot: _Spot, names: Sequence[Named]
    ) -> tuple[str, frozenset[int]] | None:
        """An office's own count beside its name."""
        if not self.places.unless.match(spot.rest):
            return None
        at = bisect_left(names, spot.number.start, key=lambda each: each.start)
        name = names[at - 1] if at and names[at - 1].start >= spot.start else None
        if name and spot.follows and self.places.of.fullmatch(folded[spot.start : name.start]):
            name = None  # it belongs to the number before
        if name and self.places.gives.fullmatch(folded[name.end : spot.number.start]):
            together = [name]
            for other in reversed(names[max(0, at - 30) : at - 1]):
                if not self.words.silent.separator.fullmatch(folded[other.end : together[-1].start]):
                    break
                together.append(other)
            rows = [self.rows[each.name] for each in together]
            if spot.number.value == 0:
                busy = [row for row in rows if row.total]
                return (busy[0].name, self._counts(busy[0], spot)) if busy else None
            return (name.name, self._counts(rows[0], spot)) if len(rows) == 1 else None
        of = self.places.of.match(spot.rest)
        behind = names[at] if of and at < len(names) else None
        if of and behind and behind.start == spot.after + of.end():
            following = names[at + 1] if at + 1 < len(names) else None
            gap = folded[behind.end : following.start] if following else "."
            if not self.words.silent.separator.fullmatch(gap):
                return behind.name, self._counts(self.rows[behind.name], spot)
        return None

    def _counts(self, row: OfficeLine, spot: _Spot) -> frozenset[int]:
        timed = _TIMES.search(spot.lead) or _TIMES.search(spot.before) or _TIMES.search(spot.rest)
        return frozenset((row.total, *row.counts) if timed else (row.total,))

    def _by_month(self, spot: _Spot, names: Sequence[Named]) -> tuple[str, frozenset[int]] | None:
        """What all offices wrote in the month named beside the number."""
        at = bisect_left(names, spot.start, key=lambda each: each.start)
        if (at < len(names) and names[at].start < spot.number.start) or not self.places.unless.match(
            spot.rest
        ):
            return None
        if self.places.of.match(spot.rest):
            return None
        match = next(iter([*self.words.silent.month.finditer(spot.before)][-1:]), None)
        if match and spot.follows and self.places.in_month.match(spot.before):
            match = None  # it belongs to the number before
        if match is None or not self.places.monthly.fullmatch(spot.before[match.end() :]):
            inside = self.places.in_month.match(spot.rest)
            match = inside and self.words.silent.month.match(spot.rest, inside.end())
        elif self.places.not_month.search(spot.before[: match.start()]):
            return None
        if not match:
            return None
        expected: set[int] = set()
        articles = self.data.articles
        for index, span in enumerate(articles.columns):
            if span.first.month == span.last.month == int(match[1]):
                for sums in (articles.column_totals, *(group.column_totals for group in articles.groups)):
                    expected |= set(sums[index : index + 1])
        return match[0], frozenset(expected)

    # --- offices

    def _by_doing(self, spot: _Spot) -> tuple[str, frozenset[int]] | None:
        """How many offices wrote, or did not, by the words behind them or before the number."""
        total = self.values["offices.total"].value
        if _TIMES.search(spot.lead) or _TIMES.search(spot.rest) or (spot.below or total) != total:
            return None
        counted = self.places.counted.search(spot.before)
        if counted:
            return self._doing("offices.silent" if counted["silent"] else "offices.writing", counted[0])
        noun = self.places.units.search(spot.noun)
        more = self.places.units.match(spot.rest)
        if not (noun or more):
            return None  # offices of one kind alone
        behind = spot.rest[more.end() :] if more else spot.rest
        for key, pattern in (
            ("offices.silent", self.places.silent),
            ("offices.writing", self.places.writing),
        ):
            match = pattern.match(behind)
            if match:
                return self._doing(key, match[0])
        return None

    def _doing(self, key: str, where: str) -> tuple[str, frozenset[int]]:
        value = self.values[key].value
        return where.strip(" :="), frozenset(() if value is None else (value,))

    # --- money, visits

    def _by_line(self, spot: _Spot) -> tuple[str, frozenset[int]] | None:
        """The lines of the budget a sum was spent on."""
        told = self.line_after.match(spot.before) if spot.follows else None
        match = self.line_before.search(spot.before, told.end() if told else 0)
        if match:
            ahead = spot.before[: match.start()]
            more = re.search(r"[a-z]", ahead) and self.places.more.search(ahead)
        else:
            match = self.line_after.match(spot.rest)
            if match is None:
                return None
            left = spot.rest[match.end() :]
            more = self.places.more.search(left) or self.line.search(left)
        if more:
            return match["lines"], frozenset()  # other lines may be meant
        codes = {self.lines[each[0]] for each in self.line.finditer(match["lines"])}
        return match["lines"], frozenset((sum(self.amounts[code] for code in codes),))

    def _by_words(self, spot: _Spot) -> tuple[str, frozenset[int]] | None:
        """The figure that the words nearest to the number name."""
        tied = [each for each in self.places.figures if each.kind is spot.number.kind]
        for each in tied:
            match = each.after and each.after.match(spot.rest)
            if match:
                return match[0].strip(), self._named(each.keys)
        for each in tied:
            told = each.after.match(spot.before) if each.after and spot.follows else None
            match = each.before.search(spot.before, told.end() if told else 0)
            if not match or self._is_open(spot, match.start(), each):
                continue
            found = self._named(each.keys)
            if each.is_no_rest and self.places.addends.search(re.sub(r"\([^()]*\)", "", spot.recent)):
                found |= frozenset(self.amounts.values())
            return match[0].strip(" ,:=–-"), found
        return None

    def _is_open(self, spot: _Spot, at: int, each: FigureWords) -> bool:
        """Whether other words of the sentence leave open which figure is meant."""
        unless = each.unless
        clause = spot.before[spot.before.rfind(",", 0, at) + 1 :]
        if unless and (unless.search(clause) or unless.search(spot.lead)):
            return True
        if not each.is_alone:
            return False
        told = self.line.search(spot.rest) and not self.places.addends.search(spot.rest)
        return bool(told or self.line.search(spot.lead) or not self.places.closes.match(spot.rest))

    def _named(self, keys: Sequence[str]) -> frozenset[int]:
        found: set[int] = set()
        for key in keys:
            stem = key.removesuffix("*")
            named = [key] if stem == key else [each for each in self.values if each.startswith(stem)]
            kinds = {self.values[each].kind for each in named if each in self.values} - {Kind.PERCENT}
            for each in named:
                figure = self.values.get(each)
                if figure and figure.value is not None and figure.kind in kinds:
                    found.add(figure.value)
        return frozenset(found)

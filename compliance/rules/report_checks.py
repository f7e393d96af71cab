"""What keeps a report from going out: figures that do not reconcile, or a text the data do not bear out."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from compliance.rules.activity import Activity
from compliance.rules.figures import Kind, figures, render, rendered, unknown_references, values_of
from compliance.rules.report_annex import AnnexCheck
from compliance.rules.report_numbers import Number, aims, lies_in, numbers
from compliance.rules.report_places import PlaceCheck
from compliance.rules.report_silent import QUOTED, SilentCheck
from compliance.rules.report_sums import check_data
from compliance.rules.report_text import Line, Part, brackets, expected_number, lines
from compliance.rules.report_words import ReportWords, folded_text
from compliance.rules.reported import Problem

_COUNTS = tuple(kind for kind in Kind if kind not in (Kind.MONEY, Kind.PERCENT, Kind.NAMES))
LONGEST_OPENER = 40


@dataclass(frozen=True)
class OwnFigure:
    """A figure the board vouches for: its number with the words after it, and its source."""

    text: str
    source: str


@dataclass(frozen=True)
class Checked:
    """A report as it would go out: data, text with references, what each reference shows, the letterhead."""

    data: Activity
    parts: Sequence[Part]
    shown: Mapping[str, str]
    letterhead: Mapping[str, str]
    own: Sequence[OwnFigure] = ()
    needed: Sequence[str] = field(default=("parent_body", "issuing_body"))


class Checker:
    """Checks reports; ``fold`` takes diacritics and capitals off a text."""

    def __init__(self, words: ReportWords, fold: Callable[[str], str]) -> None:
        self.words = words
        self.fold: Callable[[str], str] = lru_cache(maxsize=4096)(fold)

    def problems(self, report: Checked) -> list[Problem]:
        """Everything that is wrong, in the order of the report."""
        found = [
            Problem("blank", name) for name in report.needed if not report.letterhead.get(name, "").strip()
        ]
        for name, text in report.letterhead.items():
            found += self._spelling(text, report.data, Problem("spelling", name))
        found += check_data(report.data)
        found += [
            Problem("own_source", "own", quote=each.text) for each in report.own if not each.source.strip()
        ]
        return [*found, *self._text(report)]

    # --- text

    def _text(self, report: Checked) -> Iterator[Problem]:
        typed = list(lines(report.parts))
        if not any(line.level == 0 or not line.is_heading for line in typed):
            yield Problem("no_text", "text")
        yield from self._numbering(typed)
        annex = AnnexCheck(self.fold, report.data)
        silent = SilentCheck(self.words, self.fold, report.data)
        wrong = silent.wrong(rendered(line.whole, report.shown) for line in typed)
        places = PlaceCheck(self.words, self.fold, report.data, silent.names)
        values, known = values_of(report.data), figures(report.data)
        own = [self._own(each) for each in report.own]
        hidden = {
            key: "_" * len(each) if known[key].kind is Kind.NAMES else each
            for key, each in report.shown.items()
        }
        for position, line in enumerate(typed):
            place = _at(line)
            for key in unknown_references(line.whole, known):
                yield place("reference", key)
            made = render(line.text, report.shown)
            text = made.text
            folded = folded_text(rendered(line.text, hidden), self.fold)
            found = list(numbers(text, folded, self.words))
            aimed = list(aims(folded, self.words, report.data.period.last.year))
            refused: set[Number] = set()
            for number in found:
                if lies_in(aimed, number.start):
                    continue
                linked = made.is_linked(number.start)
                if not _is_known(number, values, linked=linked) and not self._is_own(number, folded, own):
                    refused.add(number)
                    yield place("number", number.quote, kind=number.kind or "", noun=number.noun)
            for each in places.wrong(text, folded, found):
                is_right = each.number not in refused and not self._is_own(each.number, folded, own)
                if is_right and not lies_in(aimed, each.number.start):
                    expected = " ".join(map(str, each.expected))
                    yield place("misplaced", each.number.quote, where=each.where, expected=expected)
            for told in annex.wrong(text, folded_text(text, self.fold), found):
                yield place(told.code, told.quote, name=told.name, expected=told.expected)
            yield from self._addends(text, folded, found, place)
            if position in wrong:
                said = wrong[position]
                yield place("silent", said.quote, missing=said.missing, extra=said.extra)
            yield from self._spelling(text, report.data, place("spelling", ""))

    def _numbering(self, typed: Sequence[Line]) -> Iterator[Problem]:
        """Headings number on without a gap, beginning anew below each higher one."""
        counters = [0, 0, 0]
        for line in typed:
            if not line.level:
                continue
            counters[line.level - 1] += 1
            counters[line.level :] = [0] * (3 - line.level)
            expected = expected_number(line.level, counters[line.level - 1], self.words.letters)
            if line.number != expected:
                yield _at(line)("heading", line.whole[:80], expected=expected, found=line.number)

    def _own(self, figure: OwnFigure) -> tuple[Decimal, str] | None:
        folded = folded_text(figure.text.strip(), self.fold)
        found = next(numbers(figure.text.strip(), folded, self.words), None)
        return (found.value, folded[found.start :]) if found else None

    @staticmethod
    def _is_own(number: Number, folded: str, own: Sequence[tuple[Decimal, str] | None]) -> bool:
        """Whether the board vouches for the number with the very words that follow it."""
        rest = folded[number.start :]
        return any(each and each[0] == number.value and rest.startswith(each[1]) for each in own)

    def _addends(
        self, text: str, folded: str, found: Sequence[Number], place: Callable[..., Problem]
    ) -> Iterator[Problem]:
        """A sum and its parts in brackets behind it agree; brackets within brackets stand for themselves."""
        for start, end in brackets(folded):
            inside = folded[start + 1 : start + 1 + LONGEST_OPENER].lstrip()
            at = bisect_right(found, start, key=_ends)
            if not inside.startswith(self.words.addends) or not at or found[at - 1].kind is Kind.PERCENT:
                continue
            whole = found[at - 1]
            inner = found[at : bisect_left(found, end, key=_begins)]
            parts = [number for number in inner if number.kind in (whole.kind, None)]
            total = sum((number.value for number in parts), Decimal(0))
            if len(parts) > 1 and total != whole.value:
                quote = text[whole.start : min(end + 1, whole.start + QUOTED)]
                yield place("addends", quote, sum=str(total), whole=str(whole.value))

    def _spelling(self, text: str, data: Activity, problem: Problem) -> Iterator[Problem]:
        """The unit's name is written as the unit writes it, wherever it stands."""
        folded = folded_text(text, self.fold)
        for name in (data.unit.name, *data.unit.parent_names):
            sought = self.fold(name)
            if len(name.split()) < 2:
                continue  # a single syllable is too often another word
            at = folded.find(sought)
            while at >= 0:
                written = text[at : at + len(sought)]
                is_name = _stands_alone(folded, at, len(sought)) and written[:1].isupper()
                if is_name and written not in (name, name.upper()):
                    yield replace(problem, quote=written, params={"name": name})
                at = folded.find(sought, at + 1)


def _begins(number: Number) -> int:
    return number.start


def _ends(number: Number) -> int:
    return number.end


def _at(line: Line) -> Callable[..., Problem]:
    return lambda code, quote, **params: Problem(code, line.place, line.paragraph, quote, params, line.part)


def _is_known(number: Number, values: Mapping[Kind, frozenset[int]], *, linked: bool) -> bool:
    """A figure that was typed must be there, under what it is said to count; one by reference is there."""
    if linked and (number.kind is None or number.loose):
        return True
    if number.noun:
        return False
    kinds = _COUNTS if number.kind is None else number.loose or (number.kind,)
    return any(number.value in values[kind] for kind in kinds)


def _stands_alone(text: str, at: int, length: int) -> bool:
    before, after = text[at - 1 : at], text[at + length : at + length + 1]
    return not before.isalnum() and not after.isalnum()

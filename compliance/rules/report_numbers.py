"""Numbers in a text: where they stand, what they count, and which of them are no figures at all."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from compliance.rules.figures import Kind
from compliance.rules.report_words import ReportWords, folded_text

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![\d])|\d{1,3}(?:,\d{3}){2,}(?![\d])|\d+(?:,\d+)?")
_SPACED = re.compile(r"(?<![\d.,/])(?<![\d.,/] )(?:\d(?: \d)+|\d{1,3}(?: \d{3})+)(?! ?[\d/]|[.,]\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_WORD = re.compile(r"[^\W\d_]+")
SENTENCE = re.compile(r"[.;!?]\s")
_CLAUSE = re.compile(r"[,:(]")
_FRACTION = re.compile(r"(?:/\s*\d+(?:\.\d{3})*\s*)+")
_ANYTHING = frozenset(Kind)
_FAR = 200  # a noun further from a number does not say what it counts


@dataclass(frozen=True)
class Number:
    """A number as it stands in a text; `kind` None: nothing says what it counts.

    `noun` is the word after it that is not known to name anything of the report. `loose` holds the kinds a
    noun just before it may mean, which a figure by reference need not heed.
    """

    start: int
    end: int
    quote: str
    value: Decimal
    kind: Kind | None
    noun: str = ""
    loose: frozenset[Kind] = frozenset()


def numbers(text: str, folded: str, words: ReportWords) -> Iterator[Number]:
    """The figures of a text; days, document numbers, provisions and names are passed over.

    A number in words is a figure when a known noun says what it counts.
    """
    masked = _masked(folded, words)
    spaced = [match for match in _SPACED.finditer(masked) if _after(masked, match.end(), words)[0]]
    apart = [match.span() for match in spaced]
    written = [(match.start(), match.end(), match[0].replace(" ", ""), False) for match in spaced] + [
        (match.start(), match.end(), match[0], False)
        for match in _NUMBER.finditer(masked)
        if not lies_in(apart, match.start())
    ]
    said = [
        (start, end, str(value), True)
        for start, end, value in words.spelled.find(folded_text(text, str.lower))
        if "_" not in masked[start:end]
    ]
    before = 0
    for start, end, figure, spelled in sorted(written + said):
        kind, scale, length, noun = _after(masked, end, words)
        loose: frozenset[Kind] = frozenset()
        if kind is None and not noun:
            kind, loose = _called(masked[before:start], words)
        if spelled and (kind is None or (length and not _is_spelled(text, end, length, words))):
            continue
        if kind is Kind.OFFICES and words.ranked.match(masked, end + length):
            continue
        value = _value(figure, decimal=kind is Kind.PERCENT or scale > 1)
        if kind is Kind.MONEY:
            value *= scale
        elif kind is Kind.PERCENT:
            value *= 10
        before = end
        quote = text[start : end + length].strip()
        yield Number(start, end + length, quote, value, kind, noun, loose)


def _masked(folded: str, words: ReportWords) -> str:
    for pattern in words.allowed:
        folded = pattern.sub(lambda match: "_" * len(match[0]), folded)
    for pattern in words.provisions:
        folded = pattern.sub(lambda match: _unless_counted(match, words, words.provision_counts), folded)
    for pattern in words.ordinals:
        folded = pattern.sub(lambda match: _unless_counted(match, words, _ANYTHING), folded)
    return folded


def aims(folded: str, words: ReportWords, year: int) -> Iterator[tuple[int, int]]:
    """Where a text says what is to be reached later than in the year: from there no number is a figure."""
    start = 0
    for end in [*(match.end() for match in SENTENCE.finditer(folded)), len(folded)]:
        aim = words.aims.search(folded, start, end)
        later = aim and words.later.search(folded, start, end)
        if aim and later and (later["year"] is None or int(later["year"]) > year):
            stop = words.aims_end.search(folded, aim.end(), end)
            yield aim.start(), stop.start() if stop else end
        start = end


def _value(figure: str, *, decimal: bool) -> Decimal:
    """The number written: a comma before three digits parts thousands where no fraction is to be expected."""
    if figure.count(",") > 1 or (not decimal and _THOUSANDS.fullmatch(figure)):
        return Decimal(figure.replace(",", ""))
    return Decimal(figure.replace(".", "").replace(",", "."))


def lies_in(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Whether one of the spans, in order and apart, holds the place."""
    index = bisect_right(spans, at, key=lambda span: span[0])
    return index > 0 and at < spans[index - 1][1]


def _unless_counted(match: re.Match[str], words: ReportWords, counts: Container[Kind]) -> str:
    """A place that holds no figure, unless what follows is counted."""
    kind = _after(match.string, match.end(), words)[0]
    return match[0] if kind in counts else "_" * len(match[0])


def _after(masked: str, at: int, words: ReportWords) -> tuple[Kind | None, int, int, str]:
    return _meaning(masked[at : at + _FAR], words)


def _called(before: str, words: ReportWords) -> tuple[Kind | None, frozenset[Kind]]:
    """What the words before a number say it counts, surely or perhaps."""
    sentence = SENTENCE.split(before)[-1][-_FAR:]
    found, at = None, 0
    while match := words.counted.search(sentence, at):
        found, at = match, match.start() + 1
    if found:
        return words.nouns[found["noun"]], frozenset()
    match = words.called.search(sentence)
    if match is None:
        return None, frozenset()
    clause = _CLAUSE.split(sentence[: match.end("noun")])[-1]
    kinds = {kind for noun, kind in words.nouns.items() if re.search(rf"\b{re.escape(noun)}\b", clause)}
    kind = words.nouns[match["noun"]]
    return kind, frozenset(kinds | {kind})


def _is_spelled(text: str, at: int, length: int, words: ReportWords) -> bool:
    """Whether the noun behind a number in words is written as it should be, with its diacritics."""
    noun = text[at : at + length].strip().lower()
    return noun.isascii() or noun in words.accented


def _meaning(after: str, words: ReportWords) -> tuple[Kind | None, int, int, str]:
    """What follows a number: its kind, its scale, how long that is, the unknown noun."""
    rest = after.lstrip(" ")
    skipped = len(after) - len(rest)
    fraction = _FRACTION.match(rest)  # 17/17 communes: the noun stands behind both
    if fraction:
        rest = rest[fraction.end() :].lstrip(" ")
    kind, scale, length, noun = _noun(rest, words)
    return kind, scale, 0 if fraction or not length else skipped + length, noun


def _noun(rest: str, words: ReportWords) -> tuple[Kind | None, int, int, str]:
    """The same of words that begin at once."""
    for sign in words.percent:
        if _begins(rest, sign):
            return Kind.PERCENT, 1, len(sign), ""
    scale, length = 1, 0
    for word, size in words.scales.items():
        if _begins(rest, word):
            scale, length = size, len(word)
            length += len(rest[length:]) - len(rest[length:].lstrip(" "))
    for word in words.currency:
        if _begins(rest[length:], word):
            return Kind.MONEY, scale, length + len(word), ""
    for noun in words.nouns:
        if _begins(rest, noun):
            return words.nouns[noun], 1, len(noun), ""
    found = _WORD.match(rest)
    if found is None or found[0] in words.plain:
        return None, 1, 0, ""
    return None, 1, len(found[0]), found[0]


def _begins(text: str, word: str) -> bool:
    """Whether the text begins with the word, and the word ends there."""
    if not text.startswith(word):
        return False
    after = text[len(word) : len(word) + 1]
    return not (word[-1:].isalpha() and after.isalnum())

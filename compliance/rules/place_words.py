"""Words beside a number that say which one figure it is, as patterns made of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compliance.rules.figures import Kind
from compliance.rules.report_patterns import SilentPatterns, one_of

_SIGNS = r"[\s:=,–-]"


@dataclass(frozen=True)
class FigureWords:
    """Words before or behind a number of a kind, and the figures it may then be.

    `unless` are words of the sentence that leave it open. `is_alone`: only where no more is said of what
    the number is; `is_no_rest`: not where it may be the rest of a sum told before.
    """

    kind: Kind
    keys: tuple[str, ...]
    before: re.Pattern[str]
    after: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    is_alone: bool
    is_no_rest: bool


@dataclass(frozen=True)
class PlaceWords:
    """All of it without diacritics and in lower case."""

    figures: tuple[FigureWords, ...]
    lines: Mapping[str, tuple[str, ...]]
    links: str
    for_words: str
    more: re.Pattern[str]
    closes: re.Pattern[str]
    addends: re.Pattern[str]
    gives: re.Pattern[str]
    of: re.Pattern[str]
    monthly: re.Pattern[str]
    in_month: re.Pattern[str]
    not_month: re.Pattern[str]
    unless: re.Pattern[str]
    noun: re.Pattern[str]
    units: re.Pattern[str]
    silent: re.Pattern[str]
    writing: re.Pattern[str]
    counted: re.Pattern[str]

    @classmethod
    def read(
        cls,
        raw: Mapping[str, Any],
        fold: Callable[[str], str],
        silent: SilentPatterns,
        nouns: Iterable[str],
        addends: Sequence[str],
    ) -> PlaceWords:
        """From the tables of the catalogue; KeyError or ValueError when one is missing or wrong."""

        def any_of(words: Iterable[str]) -> str:
            return one_of(fold(word) for word in words)

        word = {name: any_of(words) for name, words in raw.items() if name not in ("figures", "lines")}
        year = r"\s+nam\s+\d{4}"
        links = rf"(?:{_SIGNS}|\s*\([^()]*\)|{year}|\b{word['links']})*$"
        ends = r"(?=\s*(?:[.,;:!?()/–-]|$)|\s+" + word["closes"] + ")"
        still = silent.still.pattern.removesuffix(r"\s*")
        named = any_of(nouns)

        def figure(each: Mapping[str, Any]) -> FigureWords:
            behind, unless = each.get("after"), each.get("unless")
            return FigureWords(
                Kind(each["kind"]),
                tuple(each["figures"]),
                re.compile(rf"(?<!\w){any_of(each['before'])}{links}"),
                re.compile(rf"\s+{any_of(behind)}{ends}") if behind else None,
                re.compile(rf"\b{any_of(unless)}") if unless else None,
                bool(each.get("alone")),
                bool(each.get("not_rest")),
            )

        units = rf"\s*,?\s*{silent.units_text}"
        return cls(
            figures=tuple(figure(each) for each in raw["figures"]),
            lines={code: tuple(fold(name) for name in names) for code, names in raw["lines"].items()},
            links=links,
            for_words=rf"(?:\s+{word['for']})+",
            more=re.compile(rf"(?:,|\b{word['and']})\s*$|^\s*{word['and']}"),
            closes=re.compile(ends),
            addends=re.compile(rf"\b{one_of(addends)}"),
            gives=re.compile(rf"(?:{_SIGNS}|\([^()]*\)|\bhuyen\b|\b{word['gives']})*"),
            of=re.compile(rf"\s+{word['of']}\s+"),
            monthly=re.compile(rf"(?:{_SIGNS}|/\s*\d{{4}}|{year}|\b{word['monthly']})*"),
            in_month=re.compile(rf"\s+(?:{word['in_month']}\s+)?(?=thang\s+\d)"),
            not_month=re.compile(rf"(?:[\d,/-]|\b{word['not_month']})\s*$"),
            unless=re.compile(silent.unless_text),
            noun=re.compile(rf"\s*{named}"),
            units=re.compile(units),
            silent=re.compile(rf"{still}\s+{silent.claim_text}{ends}"),
            writing=re.compile(rf"{still}\s+{silent.does_text}{ends}"),
            counted=re.compile(
                rf"\b{word['number']}\s+(?:cac\s+)?{silent.units_text}\s+"
                rf"(?:(?P<silent>{silent.claim_text})|{silent.does_text}){links}"
            ),
        )

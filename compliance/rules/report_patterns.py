"""Patterns made of the words of the catalogue: where a sentence says that an office wrote nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_BULLET = r"[-+•*–—]"
#: A number or letter before an entry of a list.
ITEM = re.compile(rf"\s*(?:{_BULLET}+\s*|\(?\d{{1,2}}\s*[.)/]\s*|[^\W\d_]\s*\)\s*)")


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first, no part of a longer word."""
    listed = sorted(words, key=lambda word: (-len(word), word))
    return rf"(?>(?:{'|'.join(re.escape(word) for word in listed)})(?!\w))"


@dataclass(frozen=True)
class SilentPatterns:
    """What says an office wrote nothing, and what stands between such words and names of offices."""

    claim: re.Pattern[str]
    claim_text: str
    does_text: str
    units_text: str
    unless_text: str
    everyone: re.Pattern[str]
    excepted: re.Pattern[str]
    because: re.Pattern[str]
    still: re.Pattern[str]
    opens: re.Pattern[str]
    goes_on: re.Pattern[str]
    separator: re.Pattern[str]
    same_subject: re.Pattern[str]
    elsewhere: re.Pattern[str]
    acts: re.Pattern[str]
    month: re.Pattern[str]
    ends: re.Pattern[str]
    short: frozenset[str]

    @classmethod
    def of(
        cls,
        raw: Mapping[str, Sequence[str]],
        *,
        objects: Sequence[str],
        others: Sequence[str],
        offices: Sequence[str],
        fillers: Sequence[str],
    ) -> SilentPatterns:
        """From the folded words of the catalogue; KeyError when a list is missing."""
        thing = one_of(objects)
        links = rf"(?:\s+{one_of(raw['links'])})*"
        opener = one_of(raw["openers"])
        wide = rf"(?!\s+{one_of([*others, *raw['partly']])})(?:\s+[^\W_]+){{0,6}}?\s+{thing}"
        bare = rf"(?=\s*(?:[.,;:!?()–-]|$)|\s+(?:{opener}|{one_of(raw['times'])}))"
        loose = one_of([*fillers, *raw["loose"]])
        gone = rf"(?=\s*(?:[.,;:!?()–-]|$)|\s+{one_of([*raw['openers'], *raw['times'], *raw['on']])})"
        no = rf"\b{one_of(raw['negations'])}(?:\s+{one_of(raw['adverbs'])})*"
        unless = rf"(?!\s+{one_of(raw['unless'])})"
        does = (
            rf"(?>{one_of(raw['having'])}{links}\s+{thing}"
            rf"|(?:{one_of(raw['helpers'])}\s+)?{one_of(raw['verbs'])}{links}(?>{wide}|{bare})){unless}"
        )
        not_not = "".join(rf"(?<!\b{re.escape(word)} )" for word in raw["negations"])
        lacks = rf"{not_not}\b{one_of(raw['lacking'])}{links}\s+{thing}{unless}"
        claim = rf"(?:{no}\s+{does}|{lacks}|\b(?P<alone>{one_of(raw['alone'])}){gone})"
        unit = one_of(raw["units"])
        units = rf"{unit}(?:\s*,?\s*(?:va\s+)?{unit})*"
        still = rf"(?:\s+{one_of(raw['still'])})*"
        return cls(
            claim=re.compile(claim),
            claim_text=claim,
            does_text=does,
            units_text=units,
            unless_text=unless,
            everyone=re.compile(
                rf"\b{one_of(raw['all'])}\s+(?:{one_of(raw['many'])}\s+)?{units}(?:\s+{one_of(raw['within'])})?"
                rf"\s+{one_of(raw['evenly'])}{still}\s+{does}"
                rf"|{no}(?:\s+{one_of(raw['having'])})?(?:\s+{one_of(raw['links'])})*"
                rf"\s+{units}\s+{one_of(raw['any'])}{still}\s+{claim}"
            ),
            excepted=re.compile(rf"\b{one_of(raw['except'])}"),
            because=re.compile(rf"\s*,?\s*{one_of(raw['because'])}{still}\s*"),
            still=re.compile(rf"{still}\s*"),
            opens=re.compile(
                rf"(?:[:(]|\b{opener})\s*:?(?:\s*\b{one_of(raw['many'])}\s*:?)?\s*{_BULLET}?\s*[\"“]?\s*$"
            ),
            goes_on=re.compile(rf"\s*{_BULLET}?\s*{one_of(raw['continues'])}"),
            separator=re.compile(rf"(?:\([^()]*\)|[\s,;:/&\"“”+•–—-]|\d{{1,2}}[.)]|\b{loose})*"),
            same_subject=re.compile(
                rf"(?:\b{one_of(raw['being'])}\s+(?:[^\W_]+\s+){{0,4}}?|[–—-]\s*){one_of(offices)}"
            ),
            elsewhere=re.compile(rf"\b(?:{one_of(raw['doing'])}|{one_of(offices)}|{thing})"),
            acts=re.compile(rf"(?:\s+{one_of(fillers)})*\s+{one_of(raw['acting'])}"),
            month=re.compile(raw["month"][0]),
            ends=re.compile(r"[.!?…]+[\"”)]*(?=\s|$)"),
            short=frozenset(raw["short"]),
        )

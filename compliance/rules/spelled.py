"""Numbers in words, as the catalogue spells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LONGEST = 30  # no number anybody writes in words has more of them


@dataclass(frozen=True)
class SpelledNumbers:
    """The words of numbers, with their diacritics: without them too many are other words."""

    digits: Mapping[str, int]
    after_tens: Mapping[str, int]
    factors: Mapping[str, int]
    scales: Mapping[str, int]
    ten: str
    half: frozenset[str]
    bare: Mapping[str, str]
    large: frozenset[str]
    zero: frozenset[str]
    not_after: frozenset[str]
    lone: str
    lone_after: frozenset[str]
    year: str
    year_after: frozenset[str]

    @classmethod
    def of(
        cls, raw: Mapping[str, Any], units: Mapping[str, Sequence[str]], fold: Callable[[str], str]
    ) -> SpelledNumbers:
        """From the tables of the catalogue; KeyError when one is missing."""
        sizes = (("thousand", 10**3), ("million", 10**6), ("billion", 10**9))
        large = [
            raw["ten"],
            *raw["tens"],
            *raw["hundred"],
            *(word for name, _ in sizes for word in units[name]),
        ]
        every = [*reversed(large), *raw["zero"], *raw["after_tens"], *raw["also"], *raw["digits"]]
        return cls(
            digits={word: number for number, word in enumerate(raw["digits"])} | dict(raw["also"]),
            after_tens=dict(raw["after_tens"]),
            factors=dict.fromkeys(raw["tens"], 10) | dict.fromkeys(raw["hundred"], 100),
            scales={word: scale for name, scale in sizes for word in units[name]},
            ten=str(raw["ten"]),
            half=frozenset(raw["half"]),
            bare={fold(word): word for word in every if fold(word) != word},
            large=frozenset(fold(word) for word in large) - set(large),
            zero=frozenset(raw["zero"]),
            not_after=frozenset(raw["not_after"]),
            lone=str(raw["lone"]),
            lone_after=frozenset(raw["lone_after"]),
            year=str(raw["year"]),
            year_after=frozenset(raw["year_after"]),
        )

    def find(self, lowered: str) -> Iterator[tuple[int, int, int]]:
        """Each number in words: where it begins and ends, and its value.

        One word alone is an article and counts behind certain words only; another is also the year. Words
        without their diacritics are read when one of them says how large the number is.
        """
        words = [(match[0], match.start(), match.end()) for match in re.finditer(r"[^\W\d_]+", lowered)]
        bare = list(self._bare(lowered, words))
        yield from bare
        index = 0
        for start, end, value in self._exact(lowered, words):
            while index < len(bare) and bare[index][1] <= start:
                index += 1
            if index == len(bare) or end <= bare[index][0]:
                yield start, end, value

    def _bare(self, lowered: str, words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int, int]]:
        """Those without diacritics."""
        at = 0
        while at < len(words):
            stop = at
            while (
                stop < len(words)
                and words[stop][0].isascii()
                and (words[stop][0] in self.bare or self._is_part(words[stop][0]))
                and (stop == at or lowered[words[stop - 1][2] : words[stop][1]] == " ")
            ):
                stop += 1
            said = [word for word, _start, _end in words[at:stop]]
            if self.large.intersection(said):
                for start in range(max(0, len(said) - _LONGEST), len(said) - 1):
                    value = self.value(self._accented(said[start:]))
                    if value is not None and self.large.intersection(said[start:]):
                        yield words[at + start][1], words[stop - 1][2], value
                        break
            at = max(stop, at + 1)

    def _accented(self, said: Sequence[str]) -> list[str]:
        """The words with the diacritics they were meant to have."""
        made: list[str] = []
        for word in said:
            meant = self.bare.get(word, word)
            is_ten = (
                meant in self.factors and self.factors[meant] == 10 and not (made and made[-1] in self.digits)
            )
            made.append(self.ten if is_ten else meant)
        return made

    def _exact(self, lowered: str, words: Sequence[tuple[str, int, int]]) -> Iterator[tuple[int, int, int]]:
        """Those with their diacritics."""
        at = 0
        while at < len(words):
            stop = at
            while (
                stop < len(words)
                and self._is_part(words[stop][0])
                and (stop == at or lowered[words[stop - 1][2] : words[stop][1]] == " ")
            ):
                stop += 1
            for start in range(max(at, stop - _LONGEST), stop):
                said = [word for word, _start, _end in words[start:stop]]
                value = self.value(said)
                if value is None:
                    continue
                before = words[start - 1][0] if start and _adjoins(lowered, words, start) else ""
                if self._counts(said, before):
                    yield words[start][1], words[stop - 1][2], value
                break
            at = max(stop, at + 1)

    def value(self, said: Sequence[str]) -> int | None:
        """The number the words say; None when they say none."""
        total = group = 0
        digit: int | None = None
        scale = 10**12
        tens = False
        unit = 0
        if not said or not (self.digits.get(said[0], 0) or said[0] == self.ten):
            return None
        for word in said:
            if word in self.scales:
                group += digit or 0
                if not group or self.scales[word] >= scale:
                    return None
                scale = self.scales[word]
                total, group, digit, tens = total + group * scale, 0, None, False
                unit = scale
            elif word in self.half:
                if digit is not None or not unit:
                    return None
                total, unit = total + unit // 2, 0
            elif word in self.factors:
                if digit is None or (self.factors[word] == 100 and group):
                    return None
                group, digit, tens = group + digit * self.factors[word], None, self.factors[word] == 10
                unit = self.factors[word]
            elif word == self.ten:
                if digit is not None or tens:
                    return None
                group, tens = group + 10, True
            elif word in self.zero:
                if digit is not None:
                    return None
            elif digit is not None:
                return None
            elif word in self.after_tens and (tens or word not in self.digits):
                if not (tens or group):
                    return None
                digit = self.after_tens[word]
            elif word in self.digits:
                digit = self.digits[word]
            else:
                return None
        return total + group + (digit or 0)

    def _is_part(self, word: str) -> bool:
        known = (self.digits, self.after_tens, self.factors, self.scales, self.zero, self.half)
        return word == self.ten or any(word in each for each in known)

    def _counts(self, said: Sequence[str], before: str) -> bool:
        if before in self.not_after:
            return False
        if list(said) == [self.lone]:
            return before in self.lone_after
        return not (said[0] == self.year and before in self.year_after)


def _adjoins(text: str, words: Sequence[tuple[str, int, int]], at: int) -> bool:
    """Whether nothing but space stands between a word and the one before."""
    return text[words[at - 1][2] : words[at][1]].isspace()

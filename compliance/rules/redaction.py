"""What in a text tells who somebody is: found and proposed, so that a person may strike it out.

Words that announce an address are data and come in; a letter is compared without its marks, place by place,
so that positions in the text stay what they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    CITIZEN_ID = "citizen_id"
    PHONE = "phone"
    BANK = "bank"
    NAME = "name"
    ADDRESS = "address"


@dataclass(frozen=True)
class Span:
    """A stretch of text from `start` to before `end`."""

    start: int
    end: int
    kind: Kind


@dataclass(frozen=True)
class Known:
    """What is known of the asker."""

    name: str = ""
    email: str = ""
    phone: str = ""


_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
#: Digits that belong together, however they are grouped.
_NUMBER = re.compile(r"(?<![\w/])\+?\d(?:[ .\-]{0,2}\d){6,18}(?![\w/])")
_DATE = re.compile(r"\d{1,2}[.\-]\d{1,2}[.\-]\d{4}")
_MONEY = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
_WORD = re.compile(r"\w+")
_MOST_WORDS = 6


def bare(text: str) -> str:
    """Lower case without marks, each letter at its own place."""
    return "".join(_bare(char) for char in text)


def proposals(text: str, known: Known, address_words: Iterable[str] = ()) -> tuple[Span, ...]:
    """Stretches that look like personal data, in order, none inside another."""
    found = [Span(*match.span(), Kind.EMAIL) for match in _EMAIL.finditer(text)]
    for match in _NUMBER.finditer(text):
        if not (_DATE.fullmatch(match[0]) or _MONEY.fullmatch(match[0])):
            found.append(Span(*match.span(), _of_number(match[0])))
    found += own(text, known)
    found += _addresses(text, address_words)
    return _merged(found)


def own(text: str, known: Known) -> list[Span]:
    """Where the asker's own name, e-mail address or telephone stands, however it is written."""
    plain = bare(text)
    found = []
    words = _WORD.findall(bare(known.name))
    if words and (len(words) > 1 or len(words[0]) > 3):
        pattern = r"(?<!\w)" + r"\W{1,3}".join(map(re.escape, words)) + r"(?!\w)"
        found += [Span(*match.span(), Kind.NAME) for match in re.finditer(pattern, plain)]
        if len(words) > 2:  # middle and given name, as people are called
            pattern = r"(?<!\w)" + r"\W{1,3}".join(map(re.escape, words[-2:])) + r"(?!\w)"
            found += [Span(*match.span(), Kind.NAME) for match in re.finditer(pattern, plain)]
    if known.email:
        wanted = re.escape(bare(known.email))
        found += [Span(*match.span(), Kind.EMAIL) for match in re.finditer(wanted, plain)]
    phone = national(known.phone)
    if len(phone) >= 7:
        for match in _NUMBER.finditer(text):
            if national(match[0]).endswith(phone) or phone.endswith(national(match[0])):
                found.append(Span(*match.span(), Kind.PHONE))
    return found


def national(phone: str) -> str:
    """The digits of a number without the country's code and without the leading zero."""
    digits = "".join(char for char in phone if char.isdigit())
    if phone.strip().startswith("+84") or (digits.startswith("84") and len(digits) > 10):
        digits = digits[2:]
    return digits.lstrip("0")


def struck_out(text: str, spans: Sequence[Span], instead: str) -> str:
    """The text with every stretch replaced."""
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], instead]
        at = span.end
    return "".join([*parts, text[at:]])


def pieces(text: str, spans: Sequence[Span]) -> list[tuple[str, Kind | None]]:
    """The text cut at the stretches: each piece with what it is, None for what stays."""
    found: list[tuple[str, Kind | None]] = []
    at = 0
    for span in spans:
        found += [(text[at : span.start], None), (text[span.start : span.end], span.kind)]
        at = span.end
    return [each for each in [*found, (text[at:], None)] if each[0]]


def _of_number(text: str) -> Kind:
    digits = "".join(char for char in text if char.isdigit())
    if text.startswith("+") or (digits.startswith("0") and 9 <= len(digits) <= 11):
        return Kind.PHONE
    return Kind.CITIZEN_ID if len(digits) in (9, 12) else Kind.BANK


def _addresses(text: str, words: Iterable[str]) -> list[Span]:
    """A word such as house number or hamlet with what follows it, up to a comma or the sentence's end."""
    found = []
    lower = text.lower()
    for word in words:
        for match in re.finditer(r"(?<!\w)" + re.escape(word.lower()) + r"(?!\w)[ ]+", lower):
            tail = re.match(r"[^\s,.;:!?]+(?: +[^\s,.;:!?]+){0,2}", text[match.end() :])
            if tail and (tail[0][0].isdigit() or tail[0][0].isupper()):
                found.append(Span(match.start(), match.end() + _proper(tail[0]), Kind.ADDRESS))
    return found


def _proper(tail: str) -> int:
    """How far the name goes: as long as words begin with a capital or a digit."""
    end = 0
    for match in list(re.finditer(r"\S+", tail))[:_MOST_WORDS]:
        if not (match[0][0].isupper() or match[0][0].isdigit()):
            break
        end = match.end()
    return end


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if kept and span.start < kept[-1].end:
            if span.end > kept[-1].end:
                kept[-1] = Span(kept[-1].start, span.end, kept[-1].kind)
        else:
            kept.append(span)
    return tuple(kept)


def _bare(char: str) -> str:
    if char in "\u0111\u0110":
        return "d"
    first = unicodedata.normalize("NFD", char)[0].lower()
    return first if len(first) == 1 else char

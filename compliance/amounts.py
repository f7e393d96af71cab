"""Amounts of đồng in Vietnamese words, as vouchers and payment lists write them."""

from __future__ import annotations

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 10**9


def in_words(number: int) -> str:
    """A whole number in words: 1,015 is “một nghìn không trăm mười lăm”; a negative one begins with “âm”."""
    if number < 0:
        return f"âm {in_words(-number)}"
    return " ".join(_number(number, full=False)) or _DIGITS[0]


def money_in_words(amount: int) -> str:
    """An amount of đồng as a sentence begins it: “Hai trăm hai mươi ba nghìn năm trăm đồng”."""
    text = f"{in_words(amount)} đồng"
    return text[0].upper() + text[1:]


def _number(number: int, *, full: bool) -> list[str]:
    """The words of a number; `full` says its leading zeros, because something greater stands before it."""
    billions, rest = divmod(number, _BILLION)
    found: list[str] = []
    if billions:
        found = [*_number(billions, full=full), "tỷ"]
    for place in (2, 1, 0):
        group = rest // 1000**place % 1000
        if group:
            found += _group(group, full=full or bool(found))
            found += [_GROUPS[place]] if place else []
    return found


def _group(group: int, *, full: bool) -> list[str]:
    """Three digits in words."""
    hundreds, tens, ones = group // 100, group // 10 % 10, group % 10
    found = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return found + (["linh"] if ones and found else []) + _ones(ones, "bốn", "một", "năm")
    if tens == 1:
        return [*found, "mười", *_ones(ones, "bốn", "một", "lăm")]
    return [*found, _DIGITS[tens], "mươi", *_ones(ones, "tư", "mốt", "lăm")]


def _ones(ones: int, four: str, one: str, five: str) -> list[str]:
    """The last digit, which sounds otherwise after tens."""
    return [{1: one, 4: four, 5: five}.get(ones, _DIGITS[ones])] if ones else []

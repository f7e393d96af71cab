"""Amounts in words, as a treasury reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.amounts import in_words, money_in_words

pytestmark = pytest.mark.unit

DIGITS = {name: value for value, name in enumerate("không một hai ba bốn năm sáu bảy tám chín".split())}
DIGITS |= {"mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (111, "một trăm mười một"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_015, "một nghìn không trăm mười lăm"),
        (10_000, "mười nghìn"),
        (1_001_001, "một triệu không trăm linh một nghìn không trăm linh một"),
        (46_276_000, "bốn mươi sáu triệu hai trăm bảy mươi sáu nghìn"),
        (1_000_000_000, "một tỷ"),
        (1_000_000_021, "một tỷ không trăm hai mươi mốt"),
        (2_024_000_000_000, "hai nghìn không trăm hai mươi tư tỷ"),
        (10**18, "một tỷ tỷ"),
        (-5, "âm năm"),
    ],
)
def test_worked_examples(number: int, words: str) -> None:
    assert in_words(number) == words


def test_money_begins_a_sentence() -> None:
    assert money_in_words(223_500) == "Hai trăm hai mươi ba nghìn năm trăm đồng"


@given(st.integers(0, 10**18 - 1))
def test_words_read_back_are_the_number(number: int) -> None:
    assert read_back(in_words(number).split()) == number


def read_back(words: list[str]) -> int:
    """The number that Vietnamese words name."""
    if "tỷ" in words:
        cut = len(words) - words[::-1].index("tỷ") - 1
        return read_back(words[:cut]) * 10**9 + read_back(words[cut + 1 :])
    total = group = digit = 0
    for word in words:
        if word in DIGITS:
            digit = DIGITS[word]
        elif word == "trăm":
            group, digit = group + digit * 100, 0
        elif word == "mươi":
            group, digit = group + digit * 10, 0
        elif word == "mười":
            group += 10
        elif word in SCALES:
            total, group, digit = total + (group + digit) * SCALES[word], 0, 0
        else:
            assert word == "linh"
    return total + group + digit

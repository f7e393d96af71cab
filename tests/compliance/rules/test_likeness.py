"""Likeness looks through diacritics, normal forms, case and small edits; nothing is like nothing."""

from __future__ import annotations

import csv
import io
import itertools
import random
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules.likeness import (
    CHANGED,
    EVENT_DAYS,
    SHARED,
    SHORTEST_TEXT,
    SKETCH,
    Kind,
    Likeness,
    Text,
    compare,
    sketch,
    words_of,
)
from compliance.rules.likeness_marks import LONGEST, side_by_side

pytestmark = pytest.mark.unit

DEMO = Path(__file__).parents[3] / "fixtures" / "demo"
DAY = date(2021, 4, 15)
SYLLABLES = (
    "xã huyện đường nông dân cà phê trồng chăm sóc mùa mưa vườn nước thôn làng người già trẻ em học sinh "
    "thầy cô trường lớp vận động tuyên truyền bầu cử phòng dịch khẩu trang ủy ban nhân hội phụ nữ thanh niên "
    "công an giao thông kiểm tra xử lý quyết định kế hoạch đầu tư dự án ngân sách thu nhập hộ nghèo vay vốn"
).split()
TEXTS = st.lists(st.sampled_from(SYLLABLES), min_size=SHORTEST_TEXT, max_size=200).map(" ".join)
LONG_TEXTS = st.integers(0, 10_000).map(lambda seed: random.Random(seed).choices(SYLLABLES, k=150))


def bare(text: str) -> str:
    """As somebody types it who has no Vietnamese keyboard."""
    apart = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in apart if not unicodedata.combining(char))


def edited(words: list[str], every: int) -> list[str]:
    return [f"khac{at}" if at % every == 0 else word for at, word in enumerate(words)]


@given(TEXTS)
def test_the_way_of_typing_changes_nothing(text: str) -> None:
    plain = Text.of("", text)
    for typed in (
        unicodedata.normalize("NFD", text),
        bare(text),
        text.upper(),
        "  " + text.replace(" ", ",\t\u200b ") + "…\x07",
        unicodedata.normalize("NFD", text.upper()),
    ):
        other = Text.of("", typed)
        assert other.words == plain.words
        assert (other.digest, sketch(other)) == (plain.digest, sketch(plain))
        assert compare(plain, other) == Likeness(Kind.SAME, 100)


@given(TEXTS, TEXTS)
def test_likeness_goes_both_ways(one: str, other: str) -> None:
    first, second = Text.of(one[:80], one, DAY), Text.of(other[:80], other, DAY)
    assert compare(first, second) == compare(second, first)


@given(LONG_TEXTS)
def test_a_copy_with_every_tenth_word_changed_is_found(words: list[str]) -> None:
    text, copy = (Text.of("", " ".join(each)) for each in (words, edited(words, 10)))
    assert len(set(sketch(text)) & set(sketch(copy))) >= SHARED
    found = compare(text, copy)
    assert found is not None
    assert (found.kind, found.percent >= 88) == (Kind.CHANGED, True)


@given(TEXTS)
def test_a_sketch_is_small_and_fits_a_database(text: str) -> None:
    numbers = [*sketch(Text.of("", text)), Text.of("", text).digest]
    assert len(numbers) <= SKETCH + 1
    assert all(-(2**63) <= number < 2**63 for number in numbers)


@pytest.mark.parametrize("text", ["", " ", "một", "\x00\x01", "<p></p>", "!!! … 🙂", "a" * 10_000])
def test_a_text_that_says_nothing_is_like_nothing(text: str) -> None:
    empty = Text.of(text, text, DAY)
    assert sketch(empty) == ()
    assert empty.digest == 0
    assert compare(empty, empty) is None


def test_words() -> None:
    assert words_of("Đak Đoa: K’Dang, H'Neng – 15/4/2021") == words_of("dak doa k dang h neng 15 4 2021")


TITLE = "Khởi công cầu dân sinh qua suối ở xã Đak Krong"


@pytest.mark.parametrize(
    ("one", "other", "days", "alike"),
    [
        (TITLE, "Người dân Đak Krong vui ngày khởi công cầu mới", 1, True),
        (TITLE, TITLE, EVENT_DAYS, True),
        (TITLE, TITLE, EVENT_DAYS + 1, False),
        (TITLE, TITLE.replace("Đak Krong", "Ia Pết"), 0, False),
        ("Khai mạc kỳ họp thứ 3 Hội đồng nhân dân", "Khai mạc kỳ họp thứ 4 Hội đồng nhân dân", 0, False),
        ("Lịch công tác tuần", "Lịch công tác tuần", 0, False),
        (TITLE, f"{TITLE} " + "và nhiều việc khác của huyện trong tháng tư năm nay " * 2, 0, False),
        (TITLE * 200, TITLE * 200, 0, True),
    ],
)
def test_titles_of_one_event(one: str, other: str, days: int, alike: bool) -> None:
    places = (words_of("xã Đak Krong"), words_of("Đak Krong"), words_of("Ia Pết"))
    found = compare(Text.of(one, "", DAY), Text.of(other, "", DAY + timedelta(days=days)), places)
    assert (found is not None and found.kind is Kind.EVENT) is alike


def test_the_demo_holds_its_planted_copies_and_no_other() -> None:
    """Precision on 296 articles that share whole paragraphs: every text found was planted."""
    rows = [
        row
        for name in ("articles.csv", "commune_articles.csv")
        for row in csv.DictReader(io.StringIO((DEMO / name).read_text(encoding="utf-8")))
    ]
    texts = [(row["title"], Text.of(row["title"], f"{row['lead']} {row['body']}")) for row in rows]
    found = {
        (one, other, likeness.kind.value)
        for (one, text), (other, against) in itertools.combinations(texts, 2)
        if (likeness := compare(text, against)) is not None
    }
    same = "Những triệu phú chân đất ở Hải Yang"
    assert found == {
        (same, same, "same"),
        ("Hnol dồn sức cho tiêu chí thu nhập", "Xã Hnol tập trung nâng cao tiêu chí thu nhập", "changed"),
        (
            "Hành trình trở về của người lầm lỡ ở Hà Bầu",
            "Hà Bầu: Hành trình trở về của một người lầm lỡ",
            "changed",
        ),
    }


@given(TEXTS, TEXTS)
def test_side_by_side_keeps_every_word(one: str, other: str) -> None:
    sides = side_by_side(one, other)
    for text, spans, against in ((one, sides.one, sides.other), (other, sides.other, sides.one)):
        assert " ".join(span.text for span in spans).split() == text.split()
        shared = [word for span in spans if not span.alone for word in words_of(span.text)]
        assert shared == [word for span in against if not span.alone for word in words_of(span.text)]


def test_side_by_side_marks_what_differs_and_cuts_what_is_endless() -> None:
    sides = side_by_side("Xã họp dân\nngày mai", "XA HOP dan\nhôm nay")
    assert [(span.text, span.alone) for span in sides.one] == [
        ("Xã họp dân", False),
        ("\n", False),
        ("ngày mai", True),
    ]
    assert side_by_side("a " * (LONGEST + 1), "b").cut
    assert side_by_side("", "").one == ()
    assert CHANGED > 50

"""Words, queries and snippets: whatever is typed can be read, and marking never breaks the markup."""

from __future__ import annotations

import datetime
import re
import unicodedata
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitepages.search.asked import LONGEST_QUERY, MOST_WORDS, read_query
from sitepages.search.shown import SNIPPET, holds, marked, snippet
from sitepages.search.words import date_marks, number_beginning, number_mark, tokens

pytestmark = pytest.mark.unit

VIETNAMESE = st.text(
    alphabet='aăâbcdđeêghiklmnoôơpqrstuưvxy áàảãạắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữự0123456789/-."“”_', max_size=80
)
ANYTHING = st.one_of(st.text(max_size=200), VIETNAMESE)
WORD = re.compile(r"[a-z0-9]{1,40}")


@given(ANYTHING)
def test_words_are_plain_and_cutting_again_changes_nothing(text: str) -> None:
    words = tokens(text)
    assert all(WORD.fullmatch(word) for word in words)
    assert tokens(" ".join(words)) == words


@given(VIETNAMESE)
def test_however_composed_the_words_are_the_same(text: str) -> None:
    forms = {tuple(tokens(unicodedata.normalize(form, text))) for form in ("NFC", "NFD", "NFKC", "NFKD")}
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Thủ tục ĐẤT ĐAI", ["thu", "tuc", "dat", "dai"]),
        ("235/UBND-CCHC", ["235", "ubnd", "cchc"]),
        ("th\u200bủ tục", ["thu", "tuc"]),
        ("\u202eủy ban\u202c", ["uy", "ban"]),
        ("qu\u00adyết định", ["quyet", "dinh"]),
        ("ﬁle １２ m²", ["file", "12", "m2"]),
        ("😀 🇻🇳 … — _", []),
        ("x" * 100, ["x" * 40]),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(ANYTHING)
def test_any_query_is_read(typed: str) -> None:
    asked = read_query(typed)
    assert len(asked.text) <= LONGEST_QUERY
    assert len(asked.words) <= MOST_WORDS
    assert all(WORD.fullmatch(word) for word in asked.words)
    assert all(len(phrase) > 1 and set(phrase) <= set(asked.words) for phrase in asked.phrases)
    assert read_query(asked.text) == read_query(read_query(asked.text).text)


DAY = datetime.date(2021, 7, 5)


@pytest.mark.parametrize(
    "typed",
    ["5/7/2021", "05-07-2021", "5.7.2021", "05/07/2021", "2021-07-05", "ngày 5 tháng 7 năm 2021",
     "5 tháng 7 năm 2021", "ngày 05/7/2021", "Ngay 5 thang 7 nam 2021"],
)  # fmt: skip
def test_a_day_however_written(typed: str) -> None:
    asked = read_query(typed)
    assert (asked.days, asked.months, asked.words) == ((DAY,), (), ())
    assert "_d20210705" in date_marks(f"Họp {typed}. Sau đó")


@pytest.mark.parametrize("typed", ["tháng 6/2021", "thang 6 nam 2021", "6/2021", "06/2021", "Tháng 6-2021"])
def test_a_month_however_written(typed: str) -> None:
    asked = read_query(typed)
    assert (asked.days, asked.months, asked.words) == ((), ((2021, 6),), ())
    assert list(date_marks(f"trong {typed}, huyện")) == ["_w202106"]


@pytest.mark.parametrize(
    "typed",
    ["31/2/2021", "12/2021/NQ-HĐND", "5/7", "13/2021/x", "1/1/0001", "99/99/9999", "năm 2021", "1.500.2021"],
)
def test_what_only_looks_like_a_day_is_words(typed: str) -> None:
    asked = read_query(typed)
    assert not asked.days
    assert not asked.months
    assert asked.words


def test_words_beside_a_day_are_kept() -> None:
    asked = read_query("lịch công tác ngày 5/7/2021 huyện")
    assert asked.words == ("lich", "cong", "tac", "huyen")
    assert asked.days == (DAY,)


@pytest.mark.parametrize(
    ("typed", "phrases"),
    [
        ('"nông thôn mới" xã', (("nong", "thon", "moi"),)),
        ("“nông thôn” 235/UBND-CCHC", (("nong", "thon"), ("235", "ubnd", "cchc"))),
        ('"thừa', ()),
        ('""', ()),
        ("quốc-gia", ()),
    ],
)
def test_phrases(typed: str, phrases: tuple[tuple[str, ...], ...]) -> None:
    assert read_query(typed).phrases == phrases


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("235/UBND-CCHC", "235/UBND-CCHC"),
        ("235 ubnd", "235/UBND-CCHC"),
        ("235", "235/UBND-CCHC"),
        ("5/qd-ubnd", "05/QĐ-UBND"),
        ("05 qđ", "5/QĐ-UBND"),
    ],
)
def test_a_number_is_known_by_its_beginning(typed: str, number: str) -> None:
    assert number_mark(number).startswith(read_query(typed).number)


def test_a_number_is_not_known_by_half_a_word() -> None:
    assert not number_mark("2350/UBND").startswith(read_query("235").number)
    assert number_beginning(["235"]) == "_n235_"
    assert read_query("ủy ban").number == ""


@pytest.mark.parametrize(
    "operator", ["AND", "OR NOT", "NEAR(a b)", "a* b^", "title:a", "a & b | !c <-> d", "' -- ;", "%00\x00"]
)
def test_operators_are_words_like_others(operator: str) -> None:
    assert all(WORD.fullmatch(word) for word in read_query(operator).words)


def _plain(html: str) -> str:
    assert not re.findall(r"<(?!/?mark>)", html)
    assert html.count("<mark>") == html.count("</mark>")
    return unescape(html.replace("<mark>", "").replace("</mark>", ""))


@given(ANYTHING, st.lists(VIETNAMESE, max_size=4))
def test_marking_changes_no_letter(text: str, typed: list[str]) -> None:
    words = [word for each in typed for word in tokens(each)] + tokens(text)[:2]
    assert _plain(marked(text, words)) == text
    assert _plain(snippet(text, words)).strip("… ") in text


def test_marks_stand_around_the_words_as_written() -> None:
    html = marked("<script>Thủ tục</script> & đất", ["thu", "dat"])
    assert html == "&lt;script&gt;<mark>Thủ</mark> tục&lt;/script&gt; &amp; <mark>đất</mark>"


def test_a_snippet_shows_where_most_words_stand() -> None:
    text = "đất " + "khác " * 200 + "cấp giấy chứng nhận quyền sử dụng đất " + "sau " * 200
    html = snippet(text, ["giay", "chung", "dat"])
    assert "<mark>giấy</mark> <mark>chứng</mark>" in html
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert len(_plain(html)) <= SNIPPET + 70


def test_which_words_a_text_holds() -> None:
    assert holds("Đất đai, thủ tục", ["dat", "tuc", "khac"]) == {"dat", "tuc"}

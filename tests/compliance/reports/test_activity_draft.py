"""The drafted text: it holds against its own figures whatever they are, and praises nothing unmeasured."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from compliance.queries.activity_judged import cited
from compliance.reports.activity import Letter, Written
from compliance.reports.activity_assessed import strengths
from compliance.reports.activity_draft import ASSESSMENT, draft
from compliance.reports.activity_files import problems_of
from compliance.rules.activity import (
    Activity,
    Counted,
    Documents,
    Duplicates,
    Procedures,
    Questions,
    Visits,
)
from compliance.rules.figures import REFERENCE, figures
from tests.activity import figures_of, table

pytestmark = pytest.mark.unit

BODY = "Ban Biên tập"
COUNT = st.integers(0, 30)
NAMES = ["Công an huyện", "Phòng Dân tộc", "Thanh tra huyện", "Phòng Tư pháp", "TT. Bồi dưỡng chính trị"]


def _named(count: int) -> tuple[str, ...]:
    return tuple(f"Thủ tục {chr(97 + index)}" for index in range(count))


@st.composite
def activities(draw: Any) -> Activity:
    """Figures that agree with each other."""
    rows = {name: (draw(COUNT), draw(COUNT) * draw(st.booleans())) for name in NAMES}
    rows |= dict.fromkeys(draw(st.sets(st.sampled_from(NAMES))), (0, 0))
    decisions, plans = draw(COUNT), draw(COUNT)
    on_time, late = draw(st.integers(0, 3)), draw(st.integers(0, 2))
    visits = draw(st.integers(0, 9_999))
    data = figures_of(
        table(rows),
        documents=Documents(
            decisions + plans,
            (Counted("decision", "Quyết định", decisions), Counted("plan", "Kế hoạch", plans)),
        ),
        procedures=Procedures(_named(draw(st.integers(0, 3))), _named(draw(st.integers(0, 3)))),
        questions=draw(st.sampled_from([None, Questions(on_time + late, on_time, late, 0, 0)])),
        visits=draw(st.sampled_from([None, Visits(visits, visits + 7, datetime.date(2021, 6, 30))])),
        duplicates=draw(st.sampled_from([None, Duplicates(2, 1, 1)])),
        opened=draw(st.sampled_from([(), ("Bầu cử",)])),
        neglected=draw(st.sampled_from([None, ("Tôn giáo", "Quy hoạch")])),
    )
    return dataclasses.replace(
        data, articles=dataclasses.replace(data.articles, before=draw(st.integers(0, 200)))
    )


@given(activities())
def test_a_draft_always_agrees_with_its_figures(data: Activity) -> None:
    with translation.override("vi"):
        parts = draft(data, issuing_body=BODY, basis="Căn cứ Quyết định số 93/QĐ-UBND ngày 15/01/2019.")
    letter = Letter(parent_body="UBND huyện Đak Đoa", issuing_body=BODY)
    assert problems_of(Written(data, parts, letter)) == []


@given(activities(), st.sampled_from(["vi", "en"]))
def test_every_strength_rests_on_a_figure_above_zero(data: Activity, language: str) -> None:
    with translation.override(language):
        said = list(strengths(data))
    known = figures(data)
    for line in said:
        used = REFERENCE.findall(line)
        assert used, line
        assert all(known[key].value or known[key].names for key in used), line


def test_without_any_figure_nothing_is_praised() -> None:
    data = figures_of(
        table({"Công an huyện": (0,)}), procedures=Procedures((), ()), questions=None, opened=(), visits=None
    )
    assert list(strengths(data)) == []
    with translation.override("vi"):
        text = "\n".join(part.text for part in draft(data, issuing_body=BODY) if part.code == ASSESSMENT)
    for praise in ("kịp thời", "thường xuyên", "hiệu quả", "100%", "suốt kỳ", "nền nếp"):
        assert praise not in text


@pytest.mark.parametrize(
    ("law", "verification", "expected"),
    [
        ("NĐ 244, chưa đối chiếu số điều", "V", "NĐ 244"),
        ("NĐ 244, chưa đối chiếu số điều; NĐ 43, Điều 10", "V", "NĐ 244; NĐ 43, Điều 10"),
        ("Luật A, chưa đối chiếu điều khoản", "D", "Luật A, chưa đối chiếu điều khoản"),
        ("Luật A, chưa đối chiếu điều khoản; NĐ 43, Điều 10", "D, V", None),
        ("Luật A, chưa đối chiếu điều khoản", "", None),
        ("NĐ 43, Điều 10", "V", "NĐ 43, Điều 10"),
    ],
)
def test_that_an_article_was_not_looked_up_is_said_unless_the_text_was_read(
    law: str, verification: str, expected: str | None
) -> None:
    assert cited(law, verification) == (law if expected is None else expected)

"""The main job on the real figures of 2021."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from compliance.models import (
    Assessment,
    FindingRecord,
    Objection,
    PayPeriod,
    Review,
    ReviewMark,
    ReviewScore,
    RoyaltyEntry,
    TechnicalCheck,
)
from compliance.queries import payments
from compliance.queries.budget import budget_standing
from compliance.queries.reviews import review_sheet
from compliance.reports.files import report_file
from portal.demo.load import load_demo
from sitepages.models import ArticlePage, Authority, LegalDocumentPage
from sitepages.queries import section_page
from tests.builders import authority

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

#: The appendix of report 01/BC-BBT of 29/07/2021, columns I–VI.
APPENDIX = """\
board,1,"Trung tâm Văn hóa, Thông tin và Thể thao",22,7,9,18,24,0,80
board,2,Công an huyện,5,6,12,5,7,4,39
board,3,Phòng Nông nghiệp và PTNT,0,8,6,2,8,0,24
board,4,Phòng Văn hóa và Thông tin,4,3,2,6,2,0,17
board,5,Phòng Tư pháp,0,2,3,6,1,0,12
board,6,Phòng Kinh tế và Hạ tầng,0,0,1,8,0,0,9
board,7,Phòng Giáo dục và Đào tạo,2,1,2,0,3,0,8
board,8,Văn phòng HĐND và UBND,0,0,2,3,0,0,5
board,9,Phòng Tài nguyên và Môi trường,0,1,0,0,4,0,5
board,10,Ban chỉ huy quân sự huyện,0,2,1,0,1,0,4
board,11,Phòng Nội vụ,0,0,1,0,0,0,1
board,12,Phòng Tài chính - Kế hoạch,0,0,0,0,0,0,0
board,13,Phòng Dân tộc,0,0,0,0,0,0,0
board,15,Thanh tra huyện,0,0,0,0,0,0,0
board,16,Phòng Lao động - TBXH huyện,0,0,0,0,0,0,0
board,17,Văn phòng Huyện ủy,0,0,0,0,0,0,0
collaborator,1,Huyện Đoàn,0,1,3,5,0,0,9
collaborator,2,Thanh Nhật (Báo Gia Lai),0,2,3,1,3,0,9
collaborator,3,Trường THCS DT Nội trú,0,1,3,1,1,0,6
collaborator,4,Hội Liên hiệp phụ nữ huyện,1,2,0,1,1,0,5
collaborator,5,Trường THCS Võ Thị Sáu,0,1,2,1,0,1,5
collaborator,6,Ủy ban MTTQVN,0,0,0,1,0,0,1
collaborator,7,Bảo hiểm xã hội,0,0,1,0,0,0,1
collaborator,8,Trường THCS Nguyễn Văn Cừ,0,0,1,0,0,0,1
collaborator,9,TT. Bồi dưỡng chính trị,0,0,0,0,1,0,1
"""


def printed(*args: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def table(*args: str) -> Any:
    return json.loads(printed("contribution_table", *args, "--format", "json"))


def test_the_table_equals_the_appendix_cell_by_cell(demo: None) -> None:
    document = table("--from", "2021-01", "--to", "2021-06")
    expected = [
        (row[0], row[2], [int(cell) for cell in row[3:9]], int(row[9]))
        for row in csv.reader(io.StringIO(APPENDIX))
    ]
    found = [
        (group["code"], row["office"], row["months"], row["total"])
        for group in document["groups"]
        for row in group["rows"]
    ]
    assert found == expected
    assert document["column_totals"] == [34, 37, 52, 58, 56, 5]
    assert document["total"] == 242
    assert document["silent_offices"] == [row[1] for row in expected if row[3] == 0]
    assert document["period"] == {"from": "2021-01", "to": "2021-06"}
    assert document["excluded"] == []


def test_the_other_formats_say_the_same(demo: None) -> None:
    rows = list(
        csv.reader(
            io.StringIO(
                printed("contribution_table", "--from", "2021-01", "--to", "2021-06", "--format", "csv")
            )
        )
    )
    assert rows[-1][2:] == ["34", "37", "52", "58", "56", "5", "242"]
    assert len(rows) == 27
    text = printed("contribution_table", "--from", "2021-01", "--to", "2021-06", "--format", "md")
    assert "| 34 | 37 | 52 | 58 | 56 | 5 | 242 |" in text


def test_a_commune_has_a_table_of_its_own(demo: None) -> None:
    document = table("--from", "2021-01", "--to", "2021-06", "--authority", "glar")
    assert document["total"] == 3
    assert document["groups"][0]["rows"][0]["office"] == "UBND xã Glar"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--from", "2021-06", "--to", "2021-01"], "2021-06"),
        (["--from", "2021-13", "--to", "2021-12"], "2021-13"),
        (["--from", "06/2021", "--to", "2021-12"], "06/2021"),
        (["--from", "2021-01", "--to", "2021-02", "--authority", "dak-dao"], "dak-dao"),
    ],
)
def test_a_wrong_period_or_unit_is_named(options: list[str], word: str) -> None:
    with pytest.raises(CommandError, match=word):
        printed("contribution_table", *options)


def test_the_figures_of_the_demo(demo: None) -> None:
    assert ArticlePage.objects.filter(office__authority=authority()).count() == 242
    assert ArticlePage.objects.exclude(office__authority=authority()).count() == 54
    closed = PayPeriod.objects.closed()
    assert [period.lines for period in closed.order_by("first_day")] == [37, 40, 55, 61, 59, 8]
    assert (
        list(closed.order_by("first_day").values_list("status", flat=True)) == ["paid"] * 4 + ["closed"] * 2
    )
    sums = {name: sum(getattr(period, name) for period in closed) for name in ("royalties", "remuneration")}
    assert sums == {"royalties": 37_846_000, "remuneration": 8_430_000}
    assert sum(RoyaltyEntry.objects.filter(period__in=closed).values_list("amount", flat=True)) == 37_846_000
    standing = budget_standing(authority(), 2021)
    assert (standing.amount, standing.royalties, standing.spent, standing.left) == (
        150_000_000,
        46_276_000,
        54_896_000,
        150_000_000 - 54_896_000,
    )
    money = payments.standing(authority())
    assert (money.earned, money.paid + money.owed, money.advances) == (46_276_000, 46_276_000, 0)
    assert money.paid == sum(period.total for period in closed if period.status == "paid")


def test_loading_twice_changes_nothing(demo: None) -> None:
    kinds = (
        ArticlePage, LegalDocumentPage, Assessment, TechnicalCheck, get_user_model(), Review, ReviewMark,
        ReviewScore, Objection,
    )  # fmt: skip
    before = [kind.objects.count() for kind in kinds]
    assert load_demo() is False
    assert [kind.objects.count() for kind in kinds] == before


def test_the_assessment_of_the_report_day(demo: None) -> None:
    document = json.loads(printed("assess", "--date", "2021-07-29", "--json"))
    findings = {(row["authority"], row["duty"]): row for row in document["findings"]}
    assert len(findings) == 18 * 36
    assert {row["state"] for row in findings.values()} >= {
        "MET",
        "MET_LATE",
        "INCOMPLETE",
        "OVERDUE",
        "MISSING",
    }
    for row in findings.values():
        assert row["explanation"]
        assert row["law"]
        assert row["rule"]
        assert row["verification"]
    schedule = findings["dak-doa", "leaders_schedule"]
    assert schedule["rule"] == "leaders_schedule@ND43"
    assert schedule["level"] == "mandatory"
    execution = findings["dak-doa", "budget_execution"]
    assert execution["due"] == "2021-07-15"  # 15 calendar days after 30/06/2021
    assert FindingRecord.objects.filter(assessment__date="2021-07-29").count() == 2 * 18 * 36


def test_every_portal_was_checked_on_the_day_it_was_loaded(demo: None) -> None:
    checks = TechnicalCheck.objects.select_related("authority")
    assert sorted(each.authority.code for each in checks) == sorted(
        Authority.objects.filter(site__isnull=False).values_list("code", flat=True)
    )
    assert {each.error for each in checks} == {""}
    assert all("mobile" in each.passed for each in checks)
    last = Assessment.objects.latest("date", "pk")
    assert {each.date for each in checks} == {last.date}
    judged = FindingRecord.objects.filter(assessment=last, duty="portal_functions")
    assert not judged.filter(reason="not_checked").exists()


def test_the_section_of_documents_holds_some(demo: None) -> None:
    for code in ("dak-doa", "glar", "trang"):
        home = section_page(authority(code), "legal_admin_documents")
        assert LegalDocumentPage.objects.child_of(home).live().count() >= 2


def test_assessing_a_past_day_again_gives_the_same(demo: None) -> None:
    first = printed("assess", "--date", "2021-07-29", "--json")
    assert printed("assess", "--date", "2021-07-29", "--json") == first


def test_the_demo_is_not_for_production(settings: Any) -> None:
    settings.SETTINGS_MODULE = "portal.settings.production"
    with pytest.raises(CommandError):
        call_command("load_demo")


def test_the_reviews_of_the_demo(demo: None) -> None:
    closed, following = Review.objects.order_by("first_month")
    assert (closed.period, following.period) == ("2021-01..2021-06", "2021-07..2021-12")
    assert closed.is_closed
    assert not following.is_closed
    for review in (closed, following):
        units = [row.authority.code for row in review.units.select_related("authority")]
        assert sorted(units) == ["a-dok", "dak-doa", "glar", "k-dang", "trang"]
        assert review.marks.exclude(machine_state="").count() == review.marks.count() > 100
    assert not closed.marks.filter(verifier_state="").exists()
    assert not following.marks.exclude(verifier_state="").exists()
    objection = Objection.objects.get()
    assert objection.is_accepted
    glar = review_sheet(closed).standing_of(authority("glar").pk)
    assert glar.before.score.total.points < glar.score.total.points
    for kind in ("docx", "md", "json"):
        assert report_file(closed, kind, made_at=closed.closed_at)

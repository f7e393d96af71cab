"""What each page type states to the law: kind, day, period, and which required fields hold something."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sitepages.facts import Facts
from sitepages.models import (
    BudgetDisclosurePage,
    DisclosureFile,
    DisclosurePage,
    DocumentFile,
    EventPage,
    LegalDocumentPage,
    PlainPage,
    PortalDocument,
    ProcurementPage,
    SectionPage,
    WorkSchedulePage,
    WorkScheduleRow,
)
from sitepages.queries import section_page
from tests.builders import authority, make_article, make_disclosure, make_document

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DAY = datetime.date(2021, 6, 30)
TABLE = [("figures", {"caption": "Bảng", "unit": "", "table": {"data": [["a", "1"]]}})]


def pdf() -> PortalDocument:
    return PortalDocument.objects.create(
        title="Tệp",
        file=ContentFile(io.BytesIO(b"%PDF-1.4").read(), "tep.pdf"),
        collection=authority().collection,
    )


def filled(page: Any) -> set[str]:
    return set(page.facts().filled)


def missing(page: Any) -> set[str]:
    facts = page.facts()
    return set(facts.asked - facts.filled)


def test_a_legal_document() -> None:
    page = make_document(issued=DAY, origin="other")
    facts = page.facts()
    assert (facts.kind, facts.trigger, facts.duty) == ("other", DAY, "")
    assert filled(page) == {"document_type", "authority", "number", "issue_date", "abstract", "file"}
    page.files = [DocumentFile(document=pdf())]
    page.effective_date = DAY
    page.save()
    assert filled(LegalDocumentPage.objects.get(pk=page.pk)) == {
        *("document_type", "authority", "number", "issue_date", "effective_date", "abstract", "file")
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("A", "B", "C"), ("A", "B", "C")], {"week", "leader", "item", "place"}),
        ([("A", "B", "C"), ("A", "B", " ")], {"week", "leader", "item"}),
        ([], {"week"}),
    ],
)
def test_a_work_schedule_counts_what_every_row_has(rows: Any, expected: set[str]) -> None:
    page = WorkSchedulePage(week_start=DAY)
    page.rows = [WorkScheduleRow(date=DAY, leader=a, content=b, place=c) for a, b, c in rows]
    facts = page.facts()
    assert (facts.trigger, facts.week) == (DAY, DAY)
    assert facts.filled == expected


def test_a_project() -> None:
    bare = ProcurementPage(project="Đường", approval_date=DAY)
    assert bare.facts().trigger == DAY
    assert filled(bare) == {"name", "field", "status"}
    whole = ProcurementPage(
        project="Đường",
        approval_date=DAY,
        goal="Đi lại",
        project_type="Xây mới",
        period="2021",
        funding="Ngân sách huyện",
        sponsor="Nhà nước",
        price=0,
        egp_number="1",
        egp_url="https://muasamcong.mpi.gov.vn/",
    )
    assert filled(whole) == {
        *("name", "goal", "field", "type", "period", "budget", "funding_type", "sponsor", "status"),
        *("egp_number", "egp_url"),
    }


@pytest.mark.parametrize(
    ("values", "expected", "fields"),
    [
        (
            {"kind": "settlement", "decision_number": "41", "decision_date": DAY},
            Facts(duty="budget_settlement", trigger=DAY, period="2021"),
            {"budget_year", "approval_number", "approval_date"},
        ),
        (
            {"kind": "decided", "decision_number": "41", "decision_date": DAY, "tables": TABLE},
            Facts(duty="budget_decided", trigger=DAY, period="2021"),
            {"budget_year", "decision_number", "decision_date", "tables"},
        ),
        (
            {"kind": "execution", "period": "M6", "explanation": "Thu đạt"},
            Facts(duty="budget_execution", trigger=DAY, period="2021-M6"),
            {"budget_year", "period", "explanation"},
        ),
        (
            {"kind": "execution", "period": "Y", "trigger_date": DAY},
            Facts(duty="budget_execution", kind="annual", trigger=DAY, period="2021-Y"),
            {"budget_year", "period"},
        ),
        (
            {"kind": "draft", "trigger_date": DAY},
            Facts(duty="budget_draft", trigger=DAY, period="2021"),
            {"budget_year"},
        ),
    ],
)
def test_a_budget_disclosure(values: dict[str, Any], expected: Facts, fields: set[str]) -> None:
    facts = BudgetDisclosurePage(fiscal_year=2021, **values).facts()
    assert (facts.duty, facts.kind, facts.trigger, facts.period) == (
        *(expected.duty, expected.kind, expected.trigger, expected.period),
    )
    assert facts.filled == fields


def test_an_article() -> None:
    own = make_article()
    assert filled(own) == {"title", "author", "office", "source", "category"}
    copy = own.copy(to=own.get_parent(), update_attrs={"slug": "sao"})
    assert "source" not in filled(copy)
    copy.source = "Báo Gia Lai"
    assert "source" in filled(copy)
    assert "author" not in filled(make_article(people=()))


def test_an_event_and_a_section_state_nothing() -> None:
    for page in (EventPage(title="Hội"), SectionPage(title="Mục", section="leaders")):
        assert page.facts() == Facts()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([("paragraph", "<p>Huyện được thành lập năm 2000.</p>")], {"history", "culture"}),
        ([("paragraph", "<p> &nbsp; </p>")], set()),
        ([], set()),
        (TABLE, {"history", "culture"}),
    ],
)
def test_a_page_of_text_covers_what_it_says_once_it_says_anything(body: Any, expected: set[str]) -> None:
    page: Any = PlainPage(title="Giới thiệu", covers=["history", "culture"])
    page.body = body
    section_page(authority(), "intro_apparatus").add_child(instance=page)
    assert filled(PlainPage.objects.get(pk=page.pk)) == expected


# --- Disclosure records -------------------------------------------------------------------------------


def test_a_record_knows_its_kind_day_and_period() -> None:
    page = make_disclosure(
        "unit_budget", kind="quarter_or_half_year", legal_day=DAY, fiscal_year=2021, period_token="M6"
    )
    facts = page.facts()
    assert (facts.kind, facts.trigger, facts.period) == ("quarter_or_half_year", DAY, "2021-M6")
    month = make_disclosure("citizen_reception_complaints", fiscal_year=2021, month=7)
    assert (month.facts().kind, month.facts().period) == ("schedule", "2021-07")
    assert make_disclosure("public_assets", fiscal_year=2020).facts().period == "2020"
    assert make_disclosure("leaders", fiscal_year=2020, kind="own").facts() == Facts(
        filled=frozenset(), asked=frozenset({"full_name", "position", "bio", "duties"})
    )


def test_a_question_knows_when_it_was_answered_and_a_list_when_it_may_go() -> None:
    answered = make_disclosure("qa_feedback", legal_day=DAY, answered_on=DAY)
    assert (answered.facts().trigger, answered.facts().answered) == (DAY, DAY)
    people = make_disclosure("social_policy_lists", legal_day=DAY, term_ends=DAY)
    assert people.facts().term_ends == DAY
    assert "remove_after" in filled(people)


def test_columns_details_files_and_tables_fill_the_required_fields() -> None:
    page: Any = make_disclosure("land_use_plan", number="118/QĐ", legal_day=DAY, details={"explanation": " "})
    assert missing(page) == {"period", "map", "table", "explanation"}
    page.fiscal_year = 2021
    page.details = {"explanation": "Chuyển 160 ha"}
    page.files = [DisclosureFile(document=pdf(), serves="map")]
    page.body = TABLE
    page.save()
    again = DisclosurePage.objects.get(pk=page.pk)
    assert missing(again) == set()
    again.files = [DisclosureFile(document=pdf(), serves="table"), DisclosureFile(document=pdf(), serves="")]
    again.body = []
    assert missing(again) == {"map"}  # two fields could be served: a file that says nothing serves neither


def test_a_file_that_says_nothing_serves_the_only_field_for_files() -> None:
    page = make_disclosure("democracy_integrity")
    page.files = [DisclosureFile(document=pdf())]
    assert "file" in filled(page)


def test_a_record_is_asked_only_what_concerns_its_kind() -> None:
    details = {"reception_place": "Trụ sở", "reception_schedule": "Thứ Ba"}
    schedule = make_disclosure("citizen_reception_complaints", kind="schedule", details=details)
    assert missing(schedule) == set()
    decision = make_disclosure("citizen_reception_complaints", kind="complaint_decision", details=details)
    assert missing(decision) == {"decision_number", "decision_date"}


def test_what_depends_on_another_answer_is_asked_with_it() -> None:
    statistics = make_disclosure("statistics_finance_recruitment", details={"kind": "statistics"})
    recruiting = make_disclosure("statistics_finance_recruitment", details={"kind": "recruitment"})
    assert "closes_at" not in missing(statistics)
    assert "closes_at" in missing(recruiting)
    assert "answer" not in missing(make_disclosure("qa_feedback", details={"status": "in_progress"}))
    assert missing(make_disclosure("qa_feedback", details={"status": "answered"})) >= {
        "answer",
        "answered_at",
    }


def test_zero_is_a_figure_and_what_the_portal_knows_is_never_asked() -> None:
    page = make_disclosure("funds_contributions", details={"fund": "Quỹ", "income": 0, "spending": 0})
    assert {"income", "spending"} <= filled(page)
    assert "published_at" not in missing(make_disclosure("law_dissemination"))
    assert missing(make_disclosure("portal_functions")) == set()


def test_what_a_section_does_not_know_counts_for_nothing() -> None:
    page = make_disclosure("taxes_fees", details={"full_name": "A", "fee": "Phí"}, month=3, fiscal_year=2021)
    assert filled(page) == {"fee"}
    assert page.facts().period == ""


def test_a_record_follows_its_section_and_stays_in_it() -> None:
    page = make_disclosure("taxes_fees")
    page.section = "leaders"
    page.save()
    assert page.section == "taxes_fees"
    assert not page.can_move_to(section_page(authority(), "public_assets"))
    assert page.can_move_to(section_page(authority("glar"), "taxes_fees"))
    copy = page.copy(to=section_page(authority(), "public_assets"), update_attrs={"slug": "sao"})
    assert DisclosurePage.objects.get(pk=copy.pk).section == "public_assets"
    assert page.with_content_json({**page.serializable_data(), "section": "leaders"}).section == "taxes_fees"


def test_facts_of_many_records_ask_for_their_files_alone() -> None:
    for _number in range(3):
        make_disclosure("taxes_fees", details={"fee": "Phí"})
    pages = DisclosurePage.objects.filter(section="taxes_fees").prefetch_related("files")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert [page.facts().filled for page in pages] == [frozenset({"fee"})] * len(pages)
    assert len(queries) == 2

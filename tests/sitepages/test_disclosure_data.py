"""The sections, what their records state, and the law's catalogue name the same things."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from django.utils import translation

from sitepages import disclosures as reader
from sitepages.checks import page_types_are_complete
from sitepages.disclosures import disclosure, disclosures, field_name, problems
from sitepages.vocabulary import sections, words

pytestmark = pytest.mark.unit

#: The legal catalogue: its 36 sections, and the fields the law requires of each.
REQUIRED = {
    "intro_apparatus": "org_chart functions admin_boundary_map natural_conditions history culture relics "
    "unit_valid_from",
    "leaders": "full_name position bio duties",
    "officials_contacts": "full_name position unit phone official_email",
    "portal_contact": "owner responsible_person address phone email spokesperson_name spokesperson_phone "
    "spokesperson_email social_accounts",
    "news": "title author office source published_at category",
    "directives": "number issue_date abstract file",
    "leaders_schedule": "week leader item place",
    "rewards_sanctions": "decision_number issue_date subject content",
    "work_programme_reports": "period number issue_date file",
    "law_dissemination": "source_document published_at content",
    "legal_admin_documents": "document_type authority number issue_date effective_date abstract file",
    "draft_consultation": "draft_title full_text opens_at closes_at receiving_unit comments result_summary",
    "admin_procedures": "procedure_code name national_portal_url decision_number",
    "socio_economic_plan": "year approval_number approval_date file result_report",
    "investment_calls": "project goal location scale capital contact",
    "construction_planning": "plan_name approval_number approval_date maps explanation",
    "land_use_plan": "period approval_number approval_date map table explanation",
    "land_recovery_compensation": "project decision_number issue_date affected_area plan_file",
    "environment_resources": "topic decision_number date file",
    "projects_procurement": "name goal field type period budget funding_type sponsor status egp_number "
    "egp_url",
    "budget_draft": "budget_year explanation tables posted_at",
    "budget_decided": "budget_year decision_number decision_date tables",
    "budget_execution": "budget_year period explanation tables",
    "budget_settlement": "budget_year approval_number approval_date explanation tables",
    "unit_budget": "unit budget_year kind number date tables",
    "funds_contributions": "fund period income spending list_file",
    "public_assets": "year asset_group table",
    "taxes_fees": "fee subject rate legal_document",
    "qa_feedback": "received_at assigned_to status answered_at answer public",
    "citizen_reception_complaints": "reception_place reception_schedule decision_number decision_date",
    "information_access": "list_of_information address form time duration focal_point request_form",
    "democracy_integrity": "document number issue_date file",
    "social_policy_lists": "policy criteria procedure result_list_minimised published_at remove_after",
    "statistics_finance_recruitment": "kind period_or_notice file closes_at",
    "english_pages": "org_chart_en contacts_en",
    "portal_functions": "search sitemap_html sitemap_xml rss print save mobile https ipv6 unicode alt_text "
    "headings contrast satisfaction_rating channel_list visit_statistics domain_pattern "
    "part_of_provincial_portal",
}
#: The kinds that the law's limits tell apart.
KINDS = {
    "portal_contact": "own ad_hoc",
    "law_dissemination": "own legal_access_draft_score legal_access_result",
    "admin_procedures": "own announcement",
    "unit_budget": "estimate quarter_or_half_year annual_execution settlement execution_3_6_9 "
    "estimate_or_settlement",
    "funds_contributions": "own reception_closed distribution_finished",
    "qa_feedback": "own forward",
    "citizen_reception_complaints": "schedule complaint_decision denunciation_conclusion online_reception",
    "information_access": "own online_request_simple online_request_complex inaccuracy_claim",
    "social_policy_lists": "own policy_received_by_commune approval_or_payment",
    "portal_functions": "planned_maintenance planned_outage",
}
#: Sections that readers look for and no catalogue asks for.
OF_NO_DUTY = {"apology_letters", "hotlines"}
BUDGETS = {"budget_draft", "budget_decided", "budget_execution", "budget_settlement"}


def test_every_section_of_the_catalogue_says_what_its_records_state() -> None:
    assert len(REQUIRED) == 36
    asked = {code: [field.code for field in each.by_law] for code, each in disclosures().items()}
    assert {code: asked.pop(code) for code in OF_NO_DUTY} == {code: [] for code in OF_NO_DUTY}
    assert asked == {code: fields.split() for code, fields in REQUIRED.items()}
    assert {
        code: [kind.code for kind in each.kinds] for code, each in disclosures().items() if each.kinds
    } == {code: kinds.split() for code, kinds in KINDS.items()}
    assert problems() == []


def test_every_section_of_the_catalogue_has_its_place_on_a_portal() -> None:
    placed = set(sections()) - {"announcements", "all_sections"} - OF_NO_DUTY
    assert placed == (set(REQUIRED) - BUDGETS) | {"budget"}
    slugs = [section.slug for section in sections().values()]
    assert len(slugs) == len(set(slugs))
    for section in sections().values():
        assert section.kind != "section" or section.accepts
        assert section.kind == "map" or section.group in words("section_groups")


def test_the_addresses_of_before_and_the_main_menu_stay() -> None:
    assert [(section.code, section.slug) for section in sections().values() if section.in_menu] == [
        ("intro_apparatus", "gioi-thieu"),
        ("news", "tin-tuc"),
        ("announcements", "thong-bao"),
        ("directives", "chi-dao-dieu-hanh"),
        ("legal_admin_documents", "van-ban"),
        ("leaders_schedule", "lich-cong-tac"),
        ("projects_procurement", "dau-thau-mua-sam-cong"),
        ("budget", "cong-khai-ngan-sach"),
        ("admin_procedures", "thu-tuc-hanh-chinh"),
        ("portal_contact", "lien-he"),
        ("all_sections", "cong-khai"),
    ]


@pytest.mark.parametrize("section", [*REQUIRED])
def test_each_required_field_has_a_name_in_both_languages(section: str) -> None:
    for code in REQUIRED[section].split():
        with translation.override("vi"):
            vietnamese = field_name(section, code)
        with translation.override("en"):
            english = field_name(section, code)
        assert vietnamese
        assert english
        assert vietnamese != code
        assert english != vietnamese or english in {"RSS", "HTTPS"}


def test_an_unknown_field_is_named_by_its_code() -> None:
    assert field_name("leaders", "shoe_size") == "shoe_size"
    assert field_name("no_such_section", "number") == "number"


def test_a_kind_the_section_does_not_know_is_its_first() -> None:
    assert disclosure("qa_feedback").kind("forward") == "forward"
    assert disclosure("qa_feedback").kind("settlement") == "own"
    assert disclosure("leaders").kind("own") == ""


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"columns": ("kind", "legal_day", "answered_on", "colour")}, "colour"),
        ({"trigger": None}, "trigger"),
        ({"kinds": ()}, "kinds"),
    ],
)
def test_a_slip_in_the_data_is_told_by_the_check(
    changes: dict[str, Any], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = dataclasses.replace(disclosures()["qa_feedback"], **changes)
    monkeypatch.setattr(reader, "disclosures", lambda: {"qa_feedback": entry})
    assert any(word in line for line in problems())
    assert any("qa_feedback" in str(error.msg) for error in page_types_are_complete(None))


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"type": "colour"}, "colour"),
        ({"column": "month"}, "month"),
        ({"kinds": frozenset({"estimate"})}, "estimate"),
        ({"type": "choice"}, "options"),
        ({"when_field": "mood"}, "mood"),
    ],
)
def test_a_slip_in_a_field_is_told(
    changes: dict[str, Any], word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = disclosures()["qa_feedback"]
    fields = [
        dataclasses.replace(field, **changes) if field.code == "assigned_to" else field
        for field in entry.fields
    ]
    monkeypatch.setattr(
        reader, "disclosures", lambda: {"qa_feedback": dataclasses.replace(entry, fields=tuple(fields))}
    )
    assert [line for line in problems() if "assigned_to" in line and word in line]

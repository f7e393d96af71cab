"""The shipped law: 36 sections, every tier bound, the worked examples; a broken law is refused by name."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from compliance.catalogue.law import LAW, load_catalogue, parse_catalogue, read_sources
from compliance.catalogue.loader import load_calendar
from compliance.catalogue.reading import CatalogueError
from compliance.rules.lookup import binding_on, bindings_on, due_terms
from compliance.rules.types import Binding, Channel, Level, Limit, RequiredFields, Verification

pytestmark = pytest.mark.unit

CODES = """
intro_apparatus leaders officials_contacts portal_contact
news directives leaders_schedule rewards_sanctions work_programme_reports
law_dissemination legal_admin_documents draft_consultation admin_procedures
socio_economic_plan investment_calls construction_planning land_use_plan land_recovery_compensation
environment_resources projects_procurement
budget_draft budget_decided budget_execution budget_settlement unit_budget funds_contributions
public_assets taxes_fees
qa_feedback citizen_reception_complaints information_access
democracy_integrity social_policy_lists statistics_finance_recruitment
english_pages portal_functions
""".split()
TIERS = ("province", "department", "district", "commune")
CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["cases"]

REGIMES = """
version = "test"
triggers = ["issue"]
[groups.G1]
name_vi = "Nhóm"
name_en = "Group"
[regimes.ONE]
document = "Decree"
from = 2020-01-01
to = 2020-12-31
status = "V"
"""
SECTION = """
[diary]
site_section = "diary"
group = "G1"
name_vi = "Nhật ký"
name_en = "Diary"
evidence = "document_record"
weight = 5
soon_days = 1
[[diary.bindings]]
regime = "ONE"
tiers = ["district"]
level = "mandatory"
channel = "portal"
refs = [{ article = "1", status = "V" }]
[[diary.limits]]
regime = "ONE"
trigger = "issue"
deadline = "working_days"
days = 2
refs = [{ article = "2", status = "V" }]
"""
BINDING = SECTION[SECTION.index("[[diary.bindings]]") : SECTION.index("[[diary.limits]]")]
LIMIT = SECTION[SECTION.index("[[diary.limits]]") :]


def write(folder: Path, section: str = SECTION, regimes: str = REGIMES) -> Path:
    (folder / "regimes.toml").write_text(regimes, encoding="utf-8")
    (folder / "G1.toml").write_text(section, encoding="utf-8")
    return folder


def test_the_shipped_sections() -> None:
    catalogue = load_catalogue()
    assert list(catalogue.codes) == CODES
    assert catalogue is load_catalogue()
    assert catalogue.digest == load_catalogue(LAW).digest == parse_catalogue(read_sources()).digest
    assert {each.code for each in catalogue.of_section("budget")} == {
        "budget_draft",
        "budget_decided",
        "budget_execution",
        "budget_settlement",
    }
    assert {each.group for each in catalogue.requirements} == set(catalogue.groups)
    with pytest.raises(KeyError):
        catalogue.requirement("diary")


@pytest.mark.parametrize("code", CODES)
def test_every_section_names_law_fields_and_both_names(code: str) -> None:
    requirement = load_catalogue().requirement(code)
    assert requirement.name_vi != requirement.name_en
    rows: list[Binding | Limit] = [*requirement.bindings, *requirement.limits]
    for row in rows:
        assert row.bases
        for basis in row.bases:
            assert basis.document
            assert basis.article
            assert basis.status in Verification
    fields = {
        name
        for limit in requirement.limits
        if isinstance(limit.deadline, RequiredFields)
        for name in limit.deadline.fields
    }
    assert fields


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("tier", ["district", "commune"])
def test_both_tiers_are_bound_without_a_gap_once_they_are(code: str, tier: str) -> None:
    requirement = load_catalogue().requirement(code)
    days = [date(year, month, 1) for year in range(2019, 2028) for month in (1, 7, 9)]
    edges = [date(2022, 8, 14), date(2022, 8, 15), date(2023, 6, 30), date(2025, 12, 31), date(2026, 8, 31)]
    bound = [binding_on(requirement, tier, day) is not None for day in sorted([*days, *edges])]
    assert any(bound)
    turns = sum(before != after for before, after in pairwise(bound))
    assert turns <= (2 if code == "english_pages" else 1), "once bound, always bound"


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['section']}-{case['tier']}-{case['trigger']}"
)
def test_the_worked_examples(case: dict[str, Any]) -> None:
    requirement = load_catalogue().requirement(case["section"])
    found = due_terms(requirement, case["kind"], case["trigger"], case["tier"], load_calendar())
    due = found[0].due if found else ""
    assert due == case["due"], case["why"]
    if found:
        assert case["regime"] in {term.limit.regime for term in found if term.due == due}, case["why"]


def test_the_four_examples_of_the_legal_notes() -> None:
    def due(code: str, trigger: date, tier: str) -> date:
        return due_terms(load_catalogue().requirement(code), "", trigger, tier, load_calendar())[0].due

    assert due("directives", date(2021, 4, 28), "district") == date(2021, 5, 4)
    assert due("qa_feedback", date(2021, 6, 1), "district") == date(2021, 6, 22)
    assert due("budget_execution", date(2026, 9, 30), "commune") == date(2026, 10, 12)
    assert due("budget_decided", date(2026, 12, 10), "commune") == date(2027, 1, 11)


@pytest.mark.parametrize(
    ("code", "tier", "day", "level", "channel"),
    [
        ("directives", "commune", date(2021, 1, 1), Level.ENCOURAGED, Channel.PORTAL),
        ("directives", "district", date(2021, 1, 1), Level.MANDATORY, Channel.PORTAL),
        ("leaders_schedule", "district", date(2022, 8, 14), Level.MANDATORY, Channel.PORTAL),
        ("leaders_schedule", "district", date(2022, 8, 15), Level.ENCOURAGED, Channel.PORTAL),
        ("projects_procurement", "commune", date(2022, 8, 15), Level.MANDATORY, Channel.PORTAL),
        ("budget_decided", "commune", date(2023, 6, 30), Level.ENCOURAGED, Channel.ANY_FORM),
        ("budget_decided", "commune", date(2023, 7, 1), Level.MANDATORY, Channel.PORTAL),
        ("budget_decided", "district", date(2021, 1, 1), Level.MANDATORY, Channel.PORTAL),
        ("english_pages", "district", date(2023, 1, 1), Level.MANDATORY, Channel.PORTAL),
        ("english_pages", "district", date(2021, 1, 1), Level.ENCOURAGED, Channel.PORTAL),
    ],
)
def test_levels_and_channels(code: str, tier: str, day: date, level: Level, channel: Channel) -> None:
    found = binding_on(load_catalogue().requirement(code), tier, day)
    assert found is not None
    assert (found.level, found.channel) == (level, channel)


def test_what_was_not_read_says_so() -> None:
    found = bindings_on(load_catalogue().requirement("directives"), "district", date(2026, 9, 1))
    basis = found[0].bases[0]
    assert basis.status is Verification.DESIGN
    assert basis.note


def test_a_good_law_loads(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path))
    assert [each.code for each in catalogue.requirements] == ["diary"]
    assert [limit.code for limit in catalogue.requirements[0].limits] == ["diary@ONE"]
    again = load_catalogue(write(tmp_path, "# a remark\n" + SECTION))
    assert again.digest == catalogue.digest


@pytest.mark.parametrize(
    ("section", "entry", "problem"),
    [
        ("[diary", "", "cannot be read"),
        (SECTION + BINDING, "diary@ONE", "overlaps another entry for the tier district"),
        (SECTION + LIMIT, "diary@ONE", "overlaps another entry"),
        (
            SECTION + LIMIT.replace("days = 2", "days = 2\nfrom = 2021-01-01\nto = 2020-12-31"),
            "diary.limits[2]",
            "before it begins",
        ),
        (
            SECTION + LIMIT.replace("days = 2", "days = 2\nfrom = 2021-01-01"),
            "diary.limits[2]",
            "before it begins",
        ),
        (SECTION.replace('regime = "ONE"', 'regime = "TWO"', 1), "diary.bindings[1]", "unknown regime 'TWO'"),
        (SECTION.replace("working_days", "moon_phases"), "diary.limits[1]", "deadline"),
        (SECTION.replace("days = 2\n", ""), "diary.limits[1]", "takes days"),
        (SECTION.replace("days = 2", "days = 2\nhours = 3"), "diary.limits[1]", "takes days"),
        (SECTION.replace("days = 2", "days = -2"), "diary.limits[1]", "days"),
        (
            SECTION.replace('refs = [{ article = "1", status = "V" }]', "refs = []"),
            "diary.bindings[1]",
            "refs",
        ),
        (SECTION.replace('refs = [{ article = "2", status = "V" }]\n', ""), "diary.limits[1]", "refs"),
        (SECTION.replace('"2", status = "V"', '"2", status = "sure"'), "diary.limits[1]", "status"),
        (SECTION.replace('article = "2"', 'article = " "'), "diary.limits[1]", "article"),
        (
            SECTION.replace('trigger = "issue"', 'trigger = "isue"'),
            "diary.limits[1]",
            "unknown trigger 'isue'",
        ),
        (SECTION.replace('"district"', '"hamlet"'), "diary.bindings[1]", "tiers"),
        (SECTION.replace('group = "G1"', 'group = "G9"'), "diary", "unknown group 'G9'"),
        (SECTION.replace("weight = 5", 'weight = "5"'), "diary", "weight"),
        (SECTION.replace("weight = 5", "weight = 5\ncolour = 1"), "diary", "colour"),
        (SECTION[: SECTION.index("[[diary.bindings]]")] + LIMIT, "diary", "bindings"),
    ],
)
def test_a_broken_law_names_file_and_entry(tmp_path: Path, section: str, entry: str, problem: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write(tmp_path, section))
    assert (caught.value.file, caught.value.entry) == ("G1.toml", entry)
    assert problem in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ("to = 2020-12-31", "to = 2019-12-31", "regimes.ONE"),
        ('status = "V"', 'status = "sure"', "regimes.ONE"),
        ('name_en = "Group"', "name_en = 1", "groups.G1"),
        ('version = "test"', "", ""),
    ],
)
def test_broken_regimes_name_their_entry(tmp_path: Path, old: str, new: str, entry: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write(tmp_path, regimes=REGIMES.replace(old, new)))
    assert (caught.value.file, caught.value.entry) == ("regimes.toml", entry)


def test_a_section_may_stand_in_one_file_only(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "G2.toml").write_text(SECTION, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"G2\.toml: diary: the section is there twice"):
        load_catalogue(tmp_path)


def test_a_missing_folder_is_a_catalogue_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"regimes\.toml"):
        load_catalogue(tmp_path / "absent")


def test_a_group_whose_file_is_missing_or_empty_is_told(tmp_path: Path) -> None:
    more = REGIMES.replace("[regimes.ONE]", '[groups.G2]\nname_vi = "N"\nname_en = "G"\n[regimes.ONE]')
    write(tmp_path, regimes=more)
    for content in (None, ""):
        if content is not None:
            (tmp_path / "G2.toml").write_text(content, encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"groups\.G2.*no sections"):
            load_catalogue(tmp_path)

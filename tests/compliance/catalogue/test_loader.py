"""The shipped catalogues load; a broken one is refused with its file and entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.catalogue.loader import (
    HOLIDAYS,
    ROYALTIES,
    SECTIONS,
    CatalogueError,
    load_calendar,
    load_catalogue,
    load_royalties,
)
from compliance.rules.deadlines import version_on
from compliance.rules.types import Channel, Level, Verification

pytestmark = pytest.mark.unit

CODES = (
    "leaders_schedule",
    "directives",
    "projects_procurement",
    "budget_draft",
    "budget_decided",
    "budget_execution",
    "budget_settlement",
)
VERSION = """
version = "test"
[duties]
directives = { section = "directives", evidence = "document_record", name_vi = "CĐ", name_en = "Directives" }
[bases]
decree = { document = "Decree", article = "17", status = "V" }
[[versions]]
version = "directives@ONE"
in_force = { from = 2020-01-01, to = 2020-12-31 }
tiers = { district = { level = "mandatory", channel = "portal" } }
soon_days = 1
limits = [{ trigger = "issue", deadline = "working_days", days = 2 }]
bases = ["decree"]
"""
SECOND = VERSION[VERSION.index("[[versions]]") :].replace("@ONE", "@TWO")


def write(folder: Path, text: str) -> Path:
    """A catalogue file with that text."""
    path = folder / "broken.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_duties() -> None:
    catalogue = load_catalogue()
    assert catalogue.codes == CODES
    assert catalogue is load_catalogue()
    assert catalogue.digest == load_catalogue(SECTIONS).digest
    assert {each.section for each in catalogue.requirements if each.code.startswith("budget")} == {"budget"}
    assert [each.version for each in catalogue.versions("leaders_schedule")] == [
        "leaders_schedule@ND43",
        "leaders_schedule@LOCAL",
    ]
    with pytest.raises(KeyError):
        catalogue.versions("news")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("tier", ["district", "commune", "province"])
@pytest.mark.parametrize("year", range(2017, 2028))
def test_every_tier_is_bound_without_a_gap(code: str, tier: str, year: int) -> None:
    versions = load_catalogue().versions(code)
    for day in (date(year, 1, 1), date(year, 7, 1), date(year, 8, 31), date(year, 9, 1), date(year, 12, 31)):
        assert version_on(versions, tier, day) is not None


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
    ],
)
def test_levels_and_channels(code: str, tier: str, day: date, level: Level, channel: Channel) -> None:
    found = version_on(load_catalogue().versions(code), tier, day)
    assert found is not None
    assert (found.levels[tier], found.channel[tier]) == (level, channel)


def test_what_was_not_read_says_so() -> None:
    found = version_on(load_catalogue().versions("directives"), "district", date(2026, 9, 1))
    assert found is not None
    basis = found.bases[0]
    assert basis.status is Verification.DESIGN
    assert basis.note


def test_a_good_file_loads(tmp_path: Path) -> None:
    catalogue = load_catalogue(write(tmp_path, VERSION))
    assert [each.regime for each in catalogue.requirements] == ["ONE"]
    again = load_catalogue(write(tmp_path, "# a remark\n" + VERSION))
    assert again.digest == catalogue.digest


@pytest.mark.parametrize(
    ("text", "entry", "problem"),
    [
        ("version = ", "", "cannot be read"),
        (VERSION + SECOND, "directives@TWO", "overlaps directives@ONE for the tier district"),
        (VERSION + SECOND.replace("@TWO", "@ONE"), "directives@ONE", "twice"),
        (VERSION.replace("to = 2020-12-31", "to = 2019-12-31"), "directives@ONE", "before it begins"),
        (VERSION.replace("working_days", "moon_phases"), "directives@ONE", "limits.0.deadline"),
        (VERSION.replace(", days = 2", ""), "directives@ONE", "needs days"),
        (VERSION.replace('bases = ["decree"]', "bases = []"), "directives@ONE", "bases"),
        (VERSION.replace('bases = ["decree"]\n', ""), "directives@ONE", "bases"),
        (VERSION.replace('["decree"]', '["rumour"]'), "directives@ONE", "unknown legal basis rumour"),
        (VERSION.replace('status = "V"', 'status = "sure"'), "decree", "status"),
        (VERSION.replace("directives@ONE", "diary@ONE"), "diary@ONE", "unknown duty"),
        (VERSION.replace("soon_days = 1", 'soon_days = "1"'), "directives@ONE", "soon_days"),
        (VERSION.replace("soon_days = 1", "soon_days = 1\ncolour = 1"), "directives@ONE", "colour"),
        (VERSION.replace("district", "hamlet"), "directives@ONE", "hamlet"),
        (VERSION[: VERSION.index("[[versions]]")] + "versions = []", "", "bases.versions"),
        (
            VERSION.replace(
                "[bases]", 'diary = { section = "d", evidence = "e", name_vi = "v", name_en = "n" }\n[bases]'
            ),
            "diary",
            "no version",
        ),
    ],
)
def test_a_broken_catalogue_names_file_and_entry(tmp_path: Path, text: str, entry: str, problem: str) -> None:
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(write(tmp_path, text))
    assert (caught.value.file, caught.value.entry) == ("broken.toml", entry)
    assert problem in str(caught.value)


def test_a_missing_file_is_a_catalogue_error(tmp_path: Path) -> None:
    for load in (load_catalogue, load_calendar, load_royalties):
        with pytest.raises(CatalogueError, match=r"absent\.toml"):
            load(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ('"2021-09-02" =', '"2021-02-30" =', "2021-02-30"),
        ('"2021-09-02" =', '"2031-09-02" =', "2031-09-02"),
        ('worked = "2026-01-10"', 'worked = "2026-01-12"', "2026-01-02"),
        ('worked = "2026-01-10"', 'worked = "soon"', "2026-01-02"),
    ],
)
def test_a_broken_calendar_names_its_day(tmp_path: Path, old: str, new: str, entry: str) -> None:
    text = HOLIDAYS.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CatalogueError) as caught:
        load_calendar(write(tmp_path, text.replace(old, new)))
    assert caught.value.entry == entry


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ("2026-09-01", "2026-08-31", "ND287"),
        ("valid_to = 2026-08-31", "valid_to = 2014-05-31", "ND18"),
        ("amount = 1490000", "amount = 0", "2019-07-01"),
        ("valid_from = 2019-07-01", "valid_from = 2018-07-01", "2018-07-01"),
    ],
)
def test_a_broken_royalty_table_names_its_row(tmp_path: Path, old: str, new: str, entry: str) -> None:
    text = ROYALTIES.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(CatalogueError) as caught:
        load_royalties(write(tmp_path, text.replace(old, new, 1)))
    assert caught.value.entry == entry


def test_base_salaries_adjoin() -> None:
    tables = load_royalties()
    found = [tables.base_salary(day) for day in (date(2017, 6, 30), date(2023, 6, 30), date(2023, 7, 1))]
    assert [each and each.amount for each in found] == [None, 1_490_000, 1_800_000]
    assert tables.regime(date(2014, 5, 31)) is None

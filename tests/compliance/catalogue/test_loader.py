"""The shipped calendar and money tables load; a broken one is refused with its file and entry."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.catalogue.loader import (
    HOLIDAYS,
    ROYALTIES,
    CatalogueError,
    load_calendar,
    load_royalties,
)

pytestmark = pytest.mark.unit


def write(folder: Path, text: str) -> Path:
    """A catalogue file with that text."""
    path = folder / "broken.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_missing_file_is_a_catalogue_error(tmp_path: Path) -> None:
    for load in (load_calendar, load_royalties):
        with pytest.raises(CatalogueError, match=r"absent\.toml"):
            load(tmp_path / "absent.toml")


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ('"2021-09-02" =', '"2021-02-30" =', "2021-02-30"),
        ('"2021-09-02" =', '"2031-09-02" =', "2031-09-02"),
        ('worked = "2026-01-10"', 'worked = "2026-01-12"', "2026-01-02"),
        ('worked = "2026-01-10"', 'worked = "soon"', "2026-01-02"),
        ('worked = "2026-01-10"', 'worked = "2031-01-11"', "2026-01-02"),
        ("2026, 2027]", "2026, 2027, 2028]", "2028"),
        ("2026, 2027]", "2026, 2027, 2027]", "years"),
        ('"2021-09-02" =', '"20210902" =', "20210902"),
        ("2026, 2027]", "2026]", "2027-01-01"),
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

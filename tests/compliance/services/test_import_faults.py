"""Faults of an import stay short, and a new unit is told from all others."""

from __future__ import annotations

import pytest

from compliance.services.csv_files import LONGEST_SHOWN, ImportRefusedError
from compliance.services.review_rows import read_marks

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEAD = "unit,section,state,note,unit_name,unit_tier\n"


def problems(*lines: str) -> list[str]:
    with pytest.raises(ImportRefusedError) as caught:
        read_marks((HEAD + "\n".join(lines)).encode(), create_units=True)
    return caught.value.problems


def test_a_fault_is_one_short_line_however_long_its_cell() -> None:
    found = problems(f"glar,{'x' * 90_000},met,,,")
    assert len(found) == 1
    assert len(found[0]) <= LONGEST_SHOWN


@pytest.mark.parametrize("name", ["xã Glar", "  XÃ  glar ", "-1+1|cmd", "＝1+1", '"xã\nMới"'])
def test_a_new_unit_takes_no_other_ones_name_and_no_formula(name: str) -> None:
    assert len(problems(f"moi,directives,met,,{name},commune")) == 1


def test_two_writings_of_one_code_are_one_unit() -> None:
    found = problems("NEW9,directives,met,,Xa chín,commune", "new9,news,met,,Xa mười,commune")
    assert len(found) == 1, "another name for the same code"

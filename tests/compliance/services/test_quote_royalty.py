"""The royalty of one article, asked on the console."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from compliance.models import BaseSalary

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def quoted(*options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("quote_royalty", "--genre", "news", "--json", *options, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.parametrize(
    ("day", "gross", "unit", "source"),
    [
        ("2021-06-15", 223_500, 149_000, "Nghị định 18/2014"),
        ("2026-11-21", 379_500, 253_000, "Nghị định 253/2026"),
    ],
)
def test_the_worked_examples(day: str, gross: int, unit: int, source: str) -> None:
    found = quoted("--coefficient", "1.5", "--published", day)
    rule = found.pop("rule")
    assert found == {"gross": gross, "tax": 0, "net": gross, "unit_value": unit}
    assert source in rule


def test_tax_goes_by_the_day_of_payment_and_the_whole_payment() -> None:
    assert quoted("--coefficient", "10", "--published", "2021-06-15")["tax"] == 0
    video = ("--genre", "video", "--coefficient", "15", "--published", "2021-06-15")
    found = quoted(*video)
    assert (found["gross"], found["tax"], found["net"]) == (2_235_000, 223_500, 2_011_500)
    later = quoted(*video, "--paid", "2026-11-21")
    assert (later["gross"], later["tax"], later["net"]) == (2_235_000, 0, 2_235_000)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--coefficient", "-1", "--published", "2021-06-15"), "--coefficient"),
        (("--coefficient", "0", "--published", "2021-06-15"), "--coefficient"),
        (("--coefficient", "NaN", "--published", "2021-06-15"), "--coefficient"),
        (("--coefficient", "một", "--published", "2021-06-15"), "một"),
        (("--coefficient", "10.01", "--published", "2021-06-15"), "Nghị định 18/2014"),
        (("--coefficient", "1", "--published", "15/06/2021"), "15/06/2021"),
        (("--coefficient", "1", "--published", "2021-06-15", "--paid", "2021-06-14"), "--paid"),
        (("--coefficient", "1", "--published", "2010-01-01"), "01/01/2010"),
        (("--coefficient", "1", "--published", "2021-06-15", "--genre", "poem"), "poem"),
        (("--coefficient", "1", "--published", "2021-06-15", "--authority", "nowhere"), "nowhere"),
    ],
)
def test_what_cannot_be_quoted_is_refused_with_its_place(options: tuple[str, ...], named: str) -> None:
    with pytest.raises(CommandError, match=named):
        quoted(*options)


def test_a_period_without_base_salary_is_refused() -> None:
    BaseSalary.objects.all().delete()
    with pytest.raises(CommandError, match="15/06/2021"):
        quoted("--coefficient", "1", "--published", "2021-06-15")

"""Anybody can count a score again from the files alone: csv and fractions, nothing of ours."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import defaultdict
from fractions import Fraction
from typing import Any

import pytest

from compliance.models import Assessment
from compliance.opendata.content import exact
from tests.builders import authority
from tests.compliance.opendata.conftest import DAY, data

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

#: The formula as the documentation gives it.
CREDITS = {"MET": "1", "NOTHING_AROSE": "1", "MET_LATE": "1/2", "INCOMPLETE": "1/4", "MISSING": "0"}


def rows(path: str, **query: Any) -> list[dict[str, str]]:
    content = data(path, format="csv", **query).content
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def one_decimal(share: Fraction) -> Fraction:
    return Fraction(int(share * 10 + Fraction(1, 2)), 10)


def test_every_score_follows_from_the_findings(assessed: Assessment) -> None:
    points: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    possible: dict[tuple[str, str], int] = defaultdict(int)
    counted: dict[tuple[str, str], int] = defaultdict(int)
    passed: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows(f"/assessments/{DAY}/findings"):
        if row["counted"] == "true" and row["credit"] != "":
            for key in ((row["unit"], ""), (row["unit"], row["group"])):
                points[key] += Fraction(row["credit"]) * int(row["weight"])
                possible[key] += int(row["weight"])
                counted[key] += 1
                passed[key] += row["judged"] in ("MET", "MET_LATE", "NOTHING_AROSE")
    published = rows(f"/assessments/{DAY}/scores")
    assert {row["unit"] for row in published} == {"dak-doa", "glar"}
    assert {(row["unit"], row["group"]) for row in published} == set(points)
    for row in published:
        key = row["unit"], row["group"]
        assert Fraction(row["points"]) == points[key]
        assert int(row["possible"]) == possible[key]
        assert (int(row["duties"]), int(row["passed"])) == (counted[key], passed[key])
        assert Fraction(row["percent"]) == one_decimal(points[key] * 100 / possible[key])
    for unit in ("dak-doa", "glar"):
        stored = assessed.scores.get(authority=authority(unit))
        assert Fraction(stored.points) == points[unit, ""]
        assert stored.possible == possible[unit, ""]
    assert points["dak-doa", ""] > 0


def test_every_credit_follows_from_the_state(assessed: Assessment) -> None:
    found = rows(f"/assessments/{DAY}/findings")
    for row in found:
        wanted = CREDITS.get(row["judged"], "")
        if row["judged"] == "OVERDUE":
            wanted = "1/4" if row["has_public"] == "true" else "0"
        assert row["credit"] == (str(float(Fraction(wanted))).removesuffix(".0") if wanted else ""), row
        assert (row["counted"] == "true") == (row["level"] == "mandatory" and row["channel"] == "portal")
    assert {row["credit"] for row in found} >= {"0", "1"}


def test_json_and_csv_say_the_same(assessed: Assessment) -> None:
    table = rows("/units/glar/findings")
    listed = data("/units/glar/findings").json()["findings"]
    assert [(row["duty"], row["state"], row["due"]) for row in table] == [
        (row["duty"], row["state"], row["due"] or "") for row in listed
    ]
    assert [row["explanation"] for row in table] == [row["explanation"] for row in listed]
    assert {row["date"] for row in table} == {str(DAY)}


def test_an_edition_proves_its_own_digest(assessed: Assessment) -> None:
    named = data("/assessments").json()["assessments"][0]
    edition = data(f"/editions/{named['edition']}").json()
    content = {name: edition[name] for name in ("law", "calendar", "local")}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    assert hashlib.sha256(text.encode()).hexdigest() == edition["digest"] == named["edition"]
    assert [each["digest"] for each in data("/editions").json()["editions"]] == [named["edition"]]


def test_the_duties_name_every_rule_a_finding_was_judged_by(assessed: Assessment) -> None:
    rules = {row["rule"] for row in rows("/duties")}
    judged = {row["rule"] for row in rows(f"/assessments/{DAY}/findings")}
    assert judged <= rules
    duties = data("/duties").json()
    groups = {group["code"] for group in duties["groups"]}
    assert all(duty["group"] in groups and duty["bindings"] for duty in duties["duties"])
    marks = {
        basis["verification"] for duty in duties["duties"] for basis in duty["bindings"][0]["legal_bases"]
    }
    assert marks <= {"V", "V2", "R-h", "R-m", "R-l", "D"}


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("0", "0"), ("100", "100"), ("7/2", "3.5"), ("1/4", "0.25"), ("165/4", "41.25"), ("1/3", "1/3")],
)
def test_points_are_exact(stored: str, shown: str) -> None:
    assert exact(stored) == shown
    assert Fraction(shown) == Fraction(stored)

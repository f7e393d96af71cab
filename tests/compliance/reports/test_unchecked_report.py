"""A text the check stumbles over is told of, with its part; it neither shuts the page nor goes out."""

from __future__ import annotations

import logging

import pytest
from django.utils import translation

from compliance.reports.activity import Letter, Written
from compliance.reports.activity_files import problems_of
from compliance.reports.activity_words import place_in_words, problem_in_words
from compliance.rules.report_checks import Checker
from compliance.rules.report_text import Part
from tests.activity import figures_of, table

pytestmark = pytest.mark.unit


def _written() -> Written:
    parts = (Part("opening", "Kính gửi Ủy ban nhân dân."), Part("results", "Rất dài."))
    letter = Letter(parent_body="UBND huyện Đak Đoa", issuing_body="Ban Biên tập")
    return Written(figures_of(table({"Công an huyện": (1, 2)})), parts, letter)


def test_the_part_is_shown_and_the_mistake_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = Checker.problems

    def fails(self: Checker, report: object) -> object:
        if any(part.code == "results" for part in report.parts):  # type: ignore[attr-defined]
            raise RecursionError
        return real(self, report)  # type: ignore[arg-type]

    monkeypatch.setattr(Checker, "problems", fails)
    with caplog.at_level(logging.ERROR):
        found = problems_of(_written())
    assert [(each.code, each.place, each.quote) for each in found] == [
        ("unchecked", "part_results", "Rất dài.")
    ]
    assert "RecursionError" in caplog.text
    with translation.override("en"):
        assert problem_in_words(found[0]).startswith(f"{place_in_words(found[0])}: the text that begins")


def test_a_check_that_fails_everywhere_still_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(_self: Checker, report: object) -> object:
        if len(report.parts) > 1:  # type: ignore[attr-defined]
            raise ValueError
        return []

    monkeypatch.setattr(Checker, "problems", fails)
    assert [(each.code, each.place) for each in problems_of(_written())] == [("unchecked", "text")]

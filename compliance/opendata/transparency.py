"""The page “Transparency” of one portal: its score, every duty with its state, and how both went."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, FindingRecord, ScoreRecord
from compliance.opendata.api import ROOT
from compliance.opendata.content import exact, finding_out
from compliance.presentation import group_name, state_name
from compliance.queries.publicity import (
    last_assessment_of,
    open_units,
    public_findings,
    public_pages,
    public_scores,
    scores_over_time,
)
from compliance.wording import channel_label, level_label
from sitepages.models import Authority
from sitepages.tongues import read_in

MONTHS = 12
#: The drawing, in its own units: the plot within its margins.
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 640, 240, 76, 24, 24, 40


@dataclass(frozen=True)
class Mark:
    """One point of the drawing."""

    x: int
    y: int
    label: str


@dataclass(frozen=True)
class Drawing:
    """The course of the score: points joined by a line, and lines across at round percentages."""

    width: int
    height: int
    left: int
    right: int
    marks: tuple[Mark, ...]
    rules: tuple[Mark, ...]

    @property
    def line(self) -> str:
        """The points as SVG wants them."""
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """The page of the portal that answers; 404 where it is not switched on."""
    site = Site.find_for_request(request)
    found = list(open_units())
    unit = next((each for each in found if site is not None and each.site_id == site.pk), None)
    if unit is None:
        raise Http404
    with translation.override(read_in(request)):
        return render(request, "transparency/unit.html", _context(unit, found))


def _context(unit: Authority, found: list[Authority]) -> dict[str, Any]:
    assessment = last_assessment_of(unit)
    context: dict[str, Any] = {
        "unit": unit,
        "assessment": assessment,
        "findings_url": f"{ROOT}/units/{unit.code}/findings",
        "scores_url": f"{ROOT}/units/{unit.code}/scores",
    }
    if assessment is None:
        return context
    score = public_scores(assessment, [unit]).first()
    course = _by_month(list(scores_over_time(unit)[: MONTHS * 31]))
    below = [each for each in found if each.parent_id == unit.pk]
    return context | {
        "score": _tally(score) if score else None,
        "reaches_threshold": bool(score and score.reaches_threshold),
        "groups": _groups(assessment, unit, score),
        "states": [(state, state_name(state)) for state in FindingRecord.State.values],
        "course": course,
        "drawing": drawn(course),
        "below": _below(assessment, below),
    }


def _groups(assessment: Assessment, unit: Authority, score: ScoreRecord | None) -> list[dict[str, Any]]:
    """The duties by group, in the order of the catalogue, each group with its share of the score."""
    rows = list(public_findings(assessment, [unit]))
    pages = public_pages(rows, timezone.localdate())
    order = list(load_catalogue().groups)
    place = {code: number for number, code in enumerate(order)}
    rows.sort(key=lambda row: (place.get(row.group, len(order)), row.pk))
    tallies = score.groups if score else {}
    return [
        {
            "code": code,
            "name": group_name(code),
            "tally": _figures(tallies[code]) if code in tallies else None,
            "duties": [
                {
                    "finding": finding_out(row, pages),
                    "binding": f"{level_label(row.level)}, {channel_label(row.channel).lower()}",
                }
                for row in members
            ],
        }
        for code, members in groupby(rows, key=lambda row: row.group)
    ]


def _below(assessment: Assessment, units: list[Authority]) -> list[dict[str, Any]]:
    """The units below that show their own page, with their scores on the same day."""
    scores = {score.authority_id: score for score in public_scores(assessment, units)} if units else {}
    return [{"unit": each, "score": _tally(scores[each.pk]) if each.pk in scores else None} for each in units]


def _by_month(scores: list[ScoreRecord]) -> list[dict[str, Any]]:
    """The last score of each month, oldest first."""
    months: dict[tuple[int, int], ScoreRecord] = {}
    for score in scores:  # newest first
        day = score.assessment.date
        months.setdefault((day.year, day.month), score)
    newest = list(months.values())[:MONTHS]
    return [{"date": score.assessment.date, **_tally(score)} for score in reversed(newest)]


def drawn(course: list[dict[str, Any]]) -> Drawing | None:
    """The course as a drawing; None when there are not two points to join."""
    known = [each for each in course if each["percent"] is not None]
    if len(known) < 2:
        return None
    step = (_WIDTH - _LEFT - _RIGHT) / (len(known) - 1)
    marks = tuple(
        Mark(round(_LEFT + number * step), _height(each["percent"]), f"{each['date']:%m/%Y}")
        for number, each in enumerate(known)
    )
    rules = tuple(Mark(_LEFT, _height(Decimal(percent)), str(percent)) for percent in (0, 50, 80, 100))
    return Drawing(_WIDTH, _HEIGHT, _LEFT, _WIDTH - _RIGHT, marks, rules)


def _height(percent: Decimal) -> int:
    return round(_HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * float(percent) / 100)


def _tally(score: ScoreRecord) -> dict[str, Any]:
    values = {name: getattr(score, name) for name in ("points", "possible", "percent", "duties", "passed")}
    return _figures(values)


def _figures(tally: dict[str, Any]) -> dict[str, Any]:
    """Figures as a template writes them: points as a decimal, where one is exact."""
    points = exact(tally["points"])
    return {**tally, "points": points if "/" in points else Decimal(points)}

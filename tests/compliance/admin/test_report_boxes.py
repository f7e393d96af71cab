"""What is wrong with a report is told with the box of the editor it stands in."""

from __future__ import annotations

import pytest

from compliance.admin.activity.forms import ReportForm
from compliance.admin.activity.shown import told
from compliance.models import ActivityReport
from compliance.rules.reported import Problem

pytestmark = pytest.mark.unit


def test_a_problem_names_its_box() -> None:
    form = ReportForm(instance=ActivityReport(text=[]))
    problems = [
        Problem("no_text", "II.1", 3, "x", part="assessment"),
        Problem("blank", "issuing_body"),
        Problem("own_source", "own", quote="5 xe"),
        Problem("documents_sum", "data", params={"found": "1", "expected": "2"}),
    ]
    found = told(problems, form)
    assert [each["box"] for each in found] == ["part_assessment", "issuing_body", "own_figures", ""]
    assert [each["label"] for each in found[:3]] == [str(form[each["box"]].label) for each in found[:3]]

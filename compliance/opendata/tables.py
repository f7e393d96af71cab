"""The same answers as CSV: UTF-8 with a byte-order mark, nothing a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from compliance.opendata import schemas as out
from compliance.presentation import guarded

FINDING_COLUMNS = (
    "date",
    *(name for name in out.FindingOut.model_fields if name not in ("evidence", "open_items", "counts")),
    "open_items",
    "evidence_title",
    "evidence_url",
)
SCORE_COLUMNS = (
    "unit",
    "unit_name",
    "date",
    "group",
    "group_name",
    "points",
    "possible",
    "percent",
    "duties",
    "passed",
    "reaches_threshold",
)
UNIT_COLUMNS = tuple(out.UnitOut.model_fields)
ASSESSMENT_COLUMNS = tuple(out.AssessmentOut.model_fields)
EDITION_COLUMNS = tuple(out.EditionOut.model_fields)
DUTY_COLUMNS = (
    "duty",
    "section",
    "group",
    "name_vi",
    "name_en",
    "weight",
    "entry",
    "rule",
    "regime",
    "tiers",
    "level",
    "channel",
    "kind",
    "trigger",
    "deadline",
    "deadline_text",
    "fields",
    "valid_from",
    "valid_to",
    "residual",
    "local",
    "legal_bases",
    "verification",
)


def csv_file(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """A CSV file with these columns; what a row lacks is left empty."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guarded(_cell(row.get(name))) for name in columns])
    return text.getvalue().encode("utf-8-sig")


def plain_rows(items: Iterable[Any]) -> Iterable[dict[str, Any]]:
    """Rows of answers without inner structure."""
    return (item.model_dump(mode="json") for item in items)


def finding_rows(answer: out.FindingsOut) -> Iterable[dict[str, Any]]:
    """One row a finding, with the day it was judged."""
    for finding in answer.findings:
        row = finding.model_dump(mode="json")
        evidence = row["evidence"] or {}
        row |= {
            "date": answer.assessment.date.isoformat(),
            "open_items": len(finding.open_items),
            "evidence_title": evidence.get("title"),
            "evidence_url": evidence.get("url"),
        }
        yield row


def score_rows(scores: Iterable[out.ScoreOut]) -> Iterable[dict[str, Any]]:
    """One row for the whole (group left empty), then one a group."""
    for score in scores:
        row = score.model_dump(mode="json")
        whole = {"unit": row["unit"], "unit_name": row["unit_name"], "date": row["date"]}
        yield row
        for group in row["groups"]:
            yield whole | group


def duty_rows(answer: out.DutiesOut) -> Iterable[dict[str, Any]]:
    """One row for each binding and each limit of each duty."""
    for duty in answer.duties:
        own = duty.model_dump(mode="json")
        shared = {name: own[name] for name in ("section", "group", "name_vi", "name_en", "weight")}
        for entry, rows in (("binding", own["bindings"]), ("limit", own["limits"])):
            for row in rows:
                bases = row.pop("legal_bases")
                laws = [f"{each['document']}, {each['article']}".strip(", ") for each in bases]
                marks = dict.fromkeys(each["verification"] for each in bases)
                yield {
                    "duty": duty.code,
                    **shared,
                    "entry": entry,
                    **row,
                    "legal_bases": "; ".join(laws),
                    "verification": list(marks),
                }


def _cell(value: Any) -> Any:
    """A value as one cell: lists by spaces, truth as true or false, whole figures without a point."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return " ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value

"""Stored activity reports: their figures then and now, and what a new one begins with."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from compliance.catalogue.loader import load_catalogue
from compliance.catalogue.reading import digest
from compliance.models import ActivityReport
from compliance.queries.activity import activity
from compliance.rules.activity import Activity
from compliance.rules.figures import Figure, figures
from compliance.rules.report_text import Part
from compliance.rules.stretches import Stretch
from sitepages.models import Authority

#: Raised whenever the same figures would be shown otherwise, or the digest covers something else.
FORMAT = 3
_FIGURES_AND_TEXT = "1"  # the format whose digest left out the letterhead, the period and the rules
LETTERHEAD = (
    "parent_body", "issuing_body", "number", "place", "dated_on", "signing_authority", "signer_position",
    "signer_name", "recipients", "basis",
)  # fmt: skip
_ADAPTER = TypeAdapter(Activity)


def to_json(data: Activity) -> dict[str, Any]:
    """The figures as plain JSON values."""
    plain: dict[str, Any] = _ADAPTER.dump_python(data, mode="json")
    return plain


def from_json(plain: Mapping[str, Any]) -> Activity:
    """The figures as they were stored; ValueError for anything else."""
    return _ADAPTER.validate_python(plain)


def fresh_data(report: ActivityReport, *, today: datetime.date) -> Activity:
    """The report's figures as the database has them now."""
    days = Stretch(report.first_day, report.last_day)
    return activity(report.authority, days, on=report.dated_on or today, today=today)


def data_of(report: ActivityReport, *, today: datetime.date) -> Activity:
    """The frozen figures of an issued report, the present ones of a draft."""
    return from_json(report.data) if report.is_issued else fresh_data(report, today=today)


def parts_of(report: ActivityReport) -> tuple[Part, ...]:
    """The text, part by part."""
    return tuple(Part(str(each["code"]), str(each["text"])) for each in report.text)


def versions() -> dict[str, str]:
    """By which rules a report is made."""
    book = load_catalogue()
    return {"catalogue": book.version, "catalogue_digest": book.digest, "format": str(FORMAT)}


def content_digest(report: ActivityReport) -> str:
    """SHA-256 over all that an issued report prints, its period and the versions of its rules.

    A report of the first format is taken as it was then: its figures, its text, its other figures.
    """
    kept: dict[str, Any] = {"data": report.data, "text": list(report.text), "own": report.own_figures}
    if report.versions.get("format") == _FIGURES_AND_TEXT:
        return digest(kept)
    replaced = report.replaces
    return digest(
        kept
        | {name: getattr(report, name) for name in LETTERHEAD if name != "dated_on"}
        | {
            "unit": report.authority.code,
            "dated_on": _day(report.dated_on),
            "period": [_day(report.first_day), _day(report.last_day)],
            "issued_at": report.issued_at.astimezone(datetime.UTC).isoformat() if report.issued_at else None,
            "replaces": [replaced.number, _day(replaced.dated_on)] if replaced else None,
            "versions": dict(report.versions),
            "issued_by": report.issued_by_id,
        }
    )


def is_intact(report: ActivityReport) -> bool:
    """Whether a report still is what its digest says; a draft has none."""
    return report.is_issued == bool(report.digest) and (
        not report.is_issued or report.digest == content_digest(report)
    )


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def last_letter(authority: Authority) -> ActivityReport | None:
    """The newest report of the portal, whose letterhead the next one begins with."""
    return ActivityReport.objects.filter(authority=authority).order_by("-made_at", "-pk").first()


@dataclass(frozen=True)
class Change:
    """A figure that is no longer what the issued report says."""

    key: str
    before: Figure | None
    now: Figure | None


def changes(before: Activity, now: Activity) -> list[Change]:
    """The figures that changed, in the order of the report."""
    old, new = figures(before), figures(now)
    keys = dict.fromkeys([*old, *new])
    return [Change(key, old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]

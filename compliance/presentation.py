"""Stored values as people read them: findings and tables in words, for screens and commands alike."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.catalogue.loader import load_catalogue
from compliance.models import FindingRecord, ProbeFinding, ProbeRun, TechnicalCheck
from compliance.probe_wording import probe_error_label
from compliance.rules.counting import Table
from compliance.wording import coefficient_error, exclusion_label, explain, rest_label
from sitepages.models import Office


def duty_name(code: str) -> str:
    """The duty's name in the language of the reader; the code itself when the catalogue no longer has it."""
    try:
        newest = load_catalogue().versions(code)[-1]
    except KeyError:
        return code
    return newest.name_en if (get_language() or "vi").startswith("en") else newest.name_vi


def explanation(finding: FindingRecord) -> str:
    """One sentence on why the finding is what it is, with the rest days passed over."""
    params = dict(finding.params)
    skipped = params.pop("skipped", "")
    unknown = params.pop("unknown_years", "")
    sentence = explain(finding.reason, params)
    if skipped:
        days = []
        for item in skipped.split(","):
            day, _sep, why = item.partition(":")
            if why != "weekend":
                days.append(f"{datetime.date.fromisoformat(day):%d/%m/%Y} ({rest_label(why)})")
        if days:
            sentence += " " + _("Not counted: weekends and %(days)s.") % {"days": ", ".join(days)}
    if unknown:
        sentence += " " + _("The holidays of %(years)s are not in the calendar yet; check the date.") % {
            "years": unknown
        }
    return sentence


def finding_as_dict(finding: FindingRecord) -> dict[str, Any]:
    """A finding for JSON: dates in ISO 8601."""

    def iso(day: datetime.date | None) -> str | None:
        return day.isoformat() if day else None

    return {
        "authority": finding.authority.code,
        "authority_name": finding.authority.display_name,
        "duty": finding.duty,
        "name": duty_name(finding.duty),
        "section": finding.section,
        "state": finding.state,
        "level": finding.level,
        "rule": finding.rule,
        "law": finding.law,
        "verification": finding.verification,
        "trigger": iso(finding.trigger),
        "due": iso(finding.due),
        "published": iso(finding.published),
        "period": finding.period,
        "evidence": {"page": finding.page_id, "title": finding.page_title, "url": finding.page_url}
        if finding.page_id
        else None,
        "explanation": explanation(finding),
    }


def probe_run_as_dict(run: ProbeRun) -> dict[str, Any]:
    """A probe of a portal hosted elsewhere for JSON."""

    def finding(found: ProbeFinding) -> dict[str, Any]:
        return {
            "section": found.section,
            "state": found.state,
            "newest_title": found.newest_title,
            "newest_url": found.newest_url,
            "newest_date": found.newest_date.isoformat() if found.newest_date else None,
            "source": found.source,
            "page_url": found.page_url,
            "sha256": found.snapshot,
            "excerpt": found.excerpt,
            "error": found.error,
            "explanation": probe_error_label(found.error) if found.error else "",
            "checked": found.checked,
        }

    return {
        "unit": run.target.authority.code,
        "url": run.target.base_url,
        "ok": run.ok,
        "error": run.error,
        "explanation": probe_error_label(run.error) if run.error else "",
        "findings": [finding(found) for found in run.findings.all()],
    }


def technical_check_as_dict(check: TechnicalCheck) -> dict[str, Any]:
    """A technical check for JSON: functions by code."""
    return {
        "unit": check.authority.code,
        "url": check.url,
        "date": check.date.isoformat(),
        "passed": check.passed,
        "failed": check.failed,
        "untold": check.untold,
        "error": check.error,
        "explanation": probe_error_label(check.error) if check.error else "",
    }


def table_as_dict(table: Table) -> dict[str, Any]:
    """The office x month table for JSON."""
    names = dict(Office.Group.choices)
    return {
        "period": {"from": str(table.months[0]), "to": str(table.months[-1])},
        "groups": [
            {
                "code": group.name,
                "name": str(names.get(group.name, group.name)),
                "rows": [
                    {"office": row.office.name, "months": list(row.counts), "total": row.total}
                    for row in group.rows
                ],
            }
            for group in table.groups
        ],
        "column_totals": list(table.column_totals),
        "total": table.total,
        "silent_offices": [office.name for office in table.silent_offices],
        "excluded": [
            {
                "id": item.article.id,
                "title": item.article.title,
                "url": item.article.url,
                "reason": item.reason.value,
                "explanation": exclusion_label(item.reason.value),
            }
            for item in table.excluded
        ],
    }


def held_back_label(code: str) -> str:
    """Why an article is not paid yet."""
    if code == "no_grade":
        return _("no coefficient given yet")
    if code == "no_terms":
        return _("no base salary known for its date")
    return coefficient_error(code)

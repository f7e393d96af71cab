"""Stored values as people read them: findings and tables in words, for screens and commands alike."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from compliance.catalogue.loader import load_catalogue
from compliance.models import FindingRecord, ProbeFinding, ProbeRun, TechnicalCheck
from compliance.probe_wording import probe_error_label
from compliance.rules.counting import Exclusion, Table
from compliance.rules.deadlines import deadline_code
from compliance.rules.lookup import Term
from compliance.rules.review import SectionInfo
from compliance.rules.types import LegalBasis, Requirement
from compliance.wording import (
    SENTENCES,
    coefficient_error,
    exclusion_label,
    explain,
    rest_label,
    state_label,
    term_label,
)
from sitepages.disclosures import field_name
from sitepages.models import Office

#: What belongs to the counting, not to the sentence.
_COUNTED = ("skipped", "unknown_years", "term")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: What no spreadsheet file can hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def guarded(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay numbers."""
    if not isinstance(value, str):
        return value
    clean = _NOT_XML.sub("", value)
    return f"'{clean}" if clean.startswith(_FORMULA) else clean


def duty_name(code: str) -> str:
    """The duty's name in the language of the reader; the code itself when the catalogue no longer has it."""
    try:
        requirement = load_catalogue().requirement(code)
    except KeyError:
        return code
    return requirement.name_en if _reads_english() else requirement.name_vi


def group_name(code: str) -> str:
    """The name of a group of duties in the language of the reader."""
    group = load_catalogue().groups.get(code)
    if group is None:
        return code
    return group.name_en if _reads_english() else group.name_vi


def section_label(section: SectionInfo) -> str:
    """The section's name in the language of the reader."""
    return section.name_en if (get_language() or "vi").startswith("en") else section.name_vi


def group_label(section: SectionInfo) -> str:
    """The name of the section's group in the language of the reader; its code when it has no name."""
    name = section.group_en if (get_language() or "vi").startswith("en") else section.group_vi
    return name or _("Group %(code)s") % {"code": section.group}


def explanation(finding: FindingRecord) -> str:
    """Why the finding is what it is: what was found, what lacks, and how its date was counted."""
    sentence = told(finding.reason, finding.params, finding.lacking, finding.duty)
    return f"{sentence} {counting(finding)}".strip()


def full_explanation(finding: FindingRecord) -> str:
    """The explanation with rule, law and the page found, for a reader who sees nothing else."""
    basis = {"rule": finding.rule, "law": finding.law}
    parts = [explanation(finding), _("Rule: %(rule)s; basis: %(law)s.") % basis]
    if finding.page_url and finding.has_public:
        parts.append(_("Page found: %(url)s") % {"url": finding.page_url})
    return " ".join(parts)


def told(
    reason: str,
    params: Mapping[str, Any],
    lacking: Sequence[str] = (),
    duty: str = "",
    sentences: Mapping[str, Any] = SENTENCES,
) -> str:
    """The sentence of a reason, with the names of the missing details."""
    shown = {key: value for key, value in params.items() if key not in _COUNTED}
    sentence = explain(reason, shown, sentences)
    if lacking:
        names = ", ".join(field_name(duty, code) for code in lacking)
        sentence += " " + _("Missing: %(names)s.") % {"names": names}
    if reason == "waived" and params.get("until"):
        day = datetime.date.fromisoformat(str(params["until"]))
        sentence += " " + _("The excuse holds until %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
    if reason == "nothing_arose" and params.get("first"):
        days = [datetime.date.fromisoformat(str(params[name])) for name in ("first", "last")]
        text = _("Declared for %(first)s – %(last)s.")
        sentence += " " + text % {"first": f"{days[0]:%d/%m/%Y}", "last": f"{days[1]:%d/%m/%Y}"}
    return sentence


def counting(finding: FindingRecord) -> str:
    """How the due date was counted: the term, the day it runs from, the rest days passed over."""
    params = finding.params
    parts = []
    if finding.trigger and params.get("term"):
        text = _("Term: %(term)s, counted from %(day)s.")
        parts.append(text % {"term": term_label(params["term"]), "day": f"{finding.trigger:%d/%m/%Y}"})
    skipped = [item.partition(":") for item in params.get("skipped", "").split(",") if item]
    parts.append(passed_over((datetime.date.fromisoformat(day), why) for day, _sep, why in skipped))
    if params.get("unknown_years"):
        parts.append(_unknown(params["unknown_years"]))
    return " ".join(part for part in parts if part)


def passed_over(days: Iterable[tuple[datetime.date, str]]) -> str:
    """The rest days a term did not count, weekends summed up; "" when there were none."""
    every = list(days)
    named = [f"{day:%d/%m/%Y} ({rest_label(why)})" for day, why in every if why != "weekend"]
    if named:
        return _("Not counted: weekends and %(days)s.") % {"days": ", ".join(named)}
    return _("Not counted: weekends.") if every else ""


def law_text(bases: Iterable[LegalBasis]) -> str:
    """Documents and articles in one line."""
    return "; ".join(
        f"{basis.document}, {basis.article}" if basis.article else basis.document for basis in bases
    )


def term_in_words(term: Term) -> str:
    """How one term was counted, as one text."""
    counted = term.counted
    text = _("Term: %(term)s, counted from %(day)s; due on %(due)s.") % {
        "term": term_label(deadline_code(term.limit.deadline)),
        "day": f"{term.trigger:%d/%m/%Y}",
        "due": f"{term.due:%d/%m/%Y}",
    }
    unknown = _unknown(", ".join(map(str, counted.unknown_years))) if counted.unknown_years else ""
    return " ".join(part for part in (text, passed_over(counted.skipped), unknown) if part)


def finding_as_dict(finding: FindingRecord) -> dict[str, Any]:
    """A finding for JSON: dates in ISO 8601."""
    return {
        "authority": finding.authority.code,
        "authority_name": finding.authority.display_name,
        "duty": finding.duty,
        "name": duty_name(finding.duty),
        "section": finding.section,
        "group": finding.group,
        "state": finding.state,
        "judged": finding.judged or None,
        "level": finding.level,
        "channel": finding.channel,
        "weight": finding.weight,
        "rule": finding.rule,
        "law": finding.law,
        "verification": finding.verification,
        "trigger": _iso(finding.trigger),
        "due": _iso(finding.due),
        "published": _iso(finding.published),
        "period": finding.period,
        "missing_fields": finding.lacking,
        "evidence": {"page": finding.page_id, "title": finding.page_title, "url": finding.page_url}
        if finding.page_id
        else None,
        "open_items": [
            {
                "title": item["title"],
                "state": item["state"],
                "due": item["due"],
                "period": item["period"],
                "explanation": told(item["reason"], item["params"], item["lacking"], finding.duty),
            }
            for item in finding.open_items
        ],
        "counts": finding.counts,
        "explanation": full_explanation(finding),
    }


def state_name(code: str) -> str:
    """The name of a stored state ("MET_LATE")."""
    return state_label(code.lower())


def requirement_name(requirement: Requirement) -> str:
    """A duty's name in the language of the reader."""
    return requirement.name_en if _reads_english() else requirement.name_vi


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
        "carried": table.carried_by_office,
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
    return exclusion_label(code) if code == Exclusion.NOT_COUNTED else coefficient_error(code)


def _unknown(years: str) -> str:
    return _("The holidays of %(years)s are not in the calendar yet; check the date.") % {"years": years}


def _iso(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _reads_english() -> bool:
    return (get_language() or "vi").startswith("en")

"""An activity report as a file, checked first: the one door for the command and the admin."""

from __future__ import annotations

import datetime
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from compliance.catalogue.report_words import load_report_words
from compliance.models import ActivityReport
from compliance.queries.activity_stored import data_of, is_intact, parts_of, to_json, versions
from compliance.reports.activity import Letter, Written, activity_document, number_in_words
from compliance.reports.activity_words import shown_figures
from compliance.reports.files import KINDS
from compliance.reports.layout import docx_bytes
from compliance.reports.pdf import pdf_bytes
from compliance.reports.review_data import markdown
from compliance.reports.wording import long_date
from compliance.rules.activity import Activity
from compliance.rules.figures import Figure, figures, rendered
from compliance.rules.report_checks import Checked, Checker, OwnFigure
from compliance.rules.report_silent import QUOTED
from compliance.rules.reported import Problem
from sitepages.text import fold

logger = logging.getLogger(__name__)
LETTER = (
    "parent_body", "issuing_body", "number", "place", "dated_on", "signing_authority", "signer_position",
    "signer_name", "recipients",
)  # fmt: skip


class RefusedError(Exception):
    """A report that does not hold together is not written; `problems` say where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(str(len(problems)))
        self.problems = list(problems)


def written_of(report: ActivityReport, data: Activity) -> Written:
    """A stored report with its figures."""
    letter = Letter(**{name: getattr(report, name) for name in LETTER})
    replaced = report.replaces
    with translation.override(settings.LANGUAGE_CODE):
        told = (
            _("This report takes the place of the report No. %(number)s of %(date)s.")
            % {"number": number_in_words(replaced.number), "date": long_date(replaced.dated_on)}
            if replaced
            else ""
        )
    return Written(data, parts_of(report), letter, report.own_figures, told)


def problems_of(report: Written) -> list[Problem]:
    """Everything that keeps the report from going out."""
    letter = report.letter
    letterhead = {name: str(getattr(letter, name) or "") for name in LETTER if name != "dated_on"}
    with translation.override(settings.LANGUAGE_CODE):
        shown = shown_figures(report.data)
    checked = Checked(report.data, report.parts, shown, letterhead, own_figures(report.own))
    try:
        return _checker().problems(checked)
    except Exception:  # a report nobody could open again would be worse; it does not go out unchecked
        logger.exception("The text of a report of %s could not be checked", report.data.unit.code)
        return _unchecked(checked)


def _unchecked(report: Checked) -> list[Problem]:
    """The parts the check cannot read; the whole text when no part alone is to blame."""
    found = []
    for part in report.parts:
        try:
            _checker().problems(replace(report, parts=[part]))
        except Exception:  # told above
            found.append(Problem("unchecked", f"part_{part.code}", quote=part.text.strip()[:QUOTED]))
    return found or [Problem("unchecked", "text")]


def check_stored(report: ActivityReport, data: Activity) -> list[Problem]:
    """The same for a stored one."""
    return problems_of(written_of(report, data))


def own_figures(text: str) -> list[OwnFigure]:
    """The figures the board vouches for, a line each: figure | source."""
    lines = (line.partition("|") for line in text.splitlines() if line.strip())
    return [OwnFigure(figure.strip(), source.strip()) for figure, _bar, source in lines]


def stored_file(report: ActivityReport, kind: str, *, today: datetime.date) -> bytes:
    """A stored report; an issued one as it was issued, ever the same. RefusedError, KeyError as below.

    Refused too is what somebody changed in the database: it would go out as if it had been signed.
    """
    if not is_intact(report):
        raise RefusedError([Problem("altered")])
    data = data_of(report, today=today)
    made_at = report.issued_at or report.made_at
    return activity_file(written_of(report, data), kind, made_at=made_at, stored=report)


def activity_file(
    report: Written, kind: str, *, made_at: datetime.datetime, stored: ActivityReport | None = None
) -> bytes:
    """The bytes of the report; RefusedError when it does not hold together, KeyError for an unknown kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    if stored is None or not stored.is_issued:  # what was issued held together by the checks of its day
        problems = problems_of(report)
        if problems:
            raise RefusedError(problems)
    with translation.override(settings.LANGUAGE_CODE):
        if kind == "json":
            content = as_dict(report, stored)
            return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
        document = activity_document(report)
        if kind == "md":
            return markdown(document).encode()
        write = pdf_bytes if kind == "pdf" else docx_bytes
        return write(document, made_at=made_at)


def as_dict(report: Written, stored: ActivityReport | None = None) -> dict[str, Any]:
    """The report for machines: letterhead, every figure by key, the tables behind them, the text."""
    letter, data = report.letter, report.data
    issued = stored if stored is not None and stored.is_issued else None
    shown = shown_figures(data)
    return {
        "report": {
            "number": letter.number or None,
            "place": letter.place or None,
            "date": letter.dated_on.isoformat() if letter.dated_on else None,
            "parent_body": letter.parent_body,
            "issuing_body": letter.issuing_body,
            "signed_by": [letter.signing_authority, letter.signer_position, letter.signer_name],
            "recipients": [line for line in letter.recipients.splitlines() if line.strip()],
            "state": stored.state if stored is not None else "unstored",
            "issued_at": timezone.localtime(issued.issued_at).isoformat() if issued else None,
            "digest": issued.digest if issued else None,
            "versions": dict(sorted((issued.versions if issued else versions()).items())),
            "replaces": report.replaces or None,
        },
        "figures": {key: _plain(figure) for key, figure in figures(data).items()},
        **to_json(data),
        "own_figures": [{"figure": each.text, "source": each.source} for each in own_figures(report.own)],
        "text": [
            {"part": part.code, "lines": [rendered(line, shown) for line in part.text.splitlines() if line]}
            for part in report.parts
        ],
    }


def _plain(figure: Figure) -> Any:
    if figure.names is not None:
        return list(figure.names)
    if figure.value is not None and figure.kind == "percent":
        return figure.value / 10
    return figure.value


@cache
def _checker() -> Checker:
    return Checker(load_report_words(fold), fold)

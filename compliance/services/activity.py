"""The life of an activity report: drafted, written, issued with its figures, replaced by a new edition."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import ActivityReport
from compliance.queries.activity_stored import LETTERHEAD, content_digest, fresh_data, to_json, versions
from compliance.rules.activity import Activity
from compliance.rules.report_text import Part
from compliance.rules.reported import Problem
from compliance.rules.stretches import Stretch
from sitepages.models import Authority
from sitepages.text import nfc

Check = Callable[[ActivityReport, Activity], Sequence[Problem]]
LONGEST_TEXT = 200_000
_CARRIED = tuple(name for name in LETTERHEAD if name not in ("number", "dated_on"))


class ReportError(Exception):
    """The step cannot be taken; the message says why and what to do."""


class ReportRefusedError(ReportError):
    """The report does not hold together; `problems` say where."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(_("The report was not issued: its text and its figures do not agree."))
        self.problems = list(problems)


@transaction.atomic
def start_report(
    authority: Authority,
    days: Stretch,
    *,
    letter: Mapping[str, Any],
    parts: Sequence[Part],
    user: Any,
    now: datetime.datetime,
    subscription: Any = None,
) -> ActivityReport:
    """A new draft with the letterhead and the text given."""
    report = ActivityReport(
        authority=authority,
        first_day=days.first,
        last_day=days.last,
        text=as_text(parts),
        made_by=user,
        made_at=now,
        subscription=subscription,
        **{name: value for name, value in letter.items() if name in LETTERHEAD},
    )
    report.save()
    log(instance=report, action="compliance.start_report", user=user)
    return report


@transaction.atomic
def write_report(
    report: ActivityReport, values: Mapping[str, Any], parts: Sequence[Part], *, user: Any
) -> ActivityReport:
    """Keep what the board wrote; ReportError when the report has been issued meanwhile."""
    held = _held(report)
    for name in (*LETTERHEAD, "own_figures"):
        if name in values:
            setattr(held, name, values[name])
    held.text = as_text(parts)
    held.save()
    log(instance=held, action="compliance.write_report", user=user)
    return held


@transaction.atomic
def issue_report(
    report: ActivityReport, *, check: Check, user: Any, now: datetime.datetime, today: datetime.date
) -> ActivityReport:
    """Freeze text and figures under the report's number, alone at the portal.

    ReportError without number or date, or when the number is taken; ReportRefusedError when ``check`` finds
    anything.
    """
    list(Authority.objects.select_for_update(no_key=True).filter(pk=report.authority_id))
    held = _held(report)
    if not held.number.strip() or held.number.strip().startswith("/") or held.dated_on is None:
        raise ReportError(_("Fill in the number and the date of the report first."))
    if held.dated_on > today:
        raise ReportError(_("The date of the report lies in the future."))
    if held.last_day >= today:
        raise ReportError(_("The period is not over yet."))
    taken = ActivityReport.objects.issued().filter(
        authority=held.authority, number=held.number, dated_on__year=held.dated_on.year
    )
    if taken.exists():
        raise ReportError(_("The number %(number)s is taken this year.") % {"number": held.number})
    data = fresh_data(held, today=today)
    problems = check(held, data)
    if problems:
        raise ReportRefusedError(problems)
    held.data = to_json(data)
    held.versions = versions()
    held.state = ActivityReport.State.ISSUED
    held.issued_by, held.issued_at = user, now
    held.digest = content_digest(held)
    held.save()
    log(instance=held, action="compliance.issue_report", user=user, data={"digest": held.digest})
    return held


@transaction.atomic
def new_edition(report: ActivityReport, *, user: Any, now: datetime.datetime) -> ActivityReport:
    """A draft that will take the place of an issued report; ReportError when there is one already."""
    list(Authority.objects.select_for_update(no_key=True).filter(pk=report.authority_id))
    if not report.is_issued:
        raise ReportError(_("Only an issued report can be replaced."))
    if ActivityReport.objects.filter(replaces=report).exists():
        raise ReportError(_("A new edition of this report is there already."))
    made = ActivityReport(
        authority=report.authority,
        first_day=report.first_day,
        last_day=report.last_day,
        text=report.text,
        own_figures=report.own_figures,
        replaces=report,
        made_by=user,
        made_at=now,
        **{name: getattr(report, name) for name in _CARRIED},
    )
    made.save()
    log(instance=made, action="compliance.replace_report", user=user)
    return made


@transaction.atomic
def remove_draft(report: ActivityReport, *, user: Any) -> None:
    """Throw a draft away; ReportError once it was issued."""
    held = _held(report)
    log(instance=held, action="compliance.remove_report", user=user)
    held.delete()


def as_text(parts: Sequence[Part]) -> list[dict[str, str]]:
    """The parts as they are stored: in one normal form, line ends alike; ReportError when far too long."""
    text = [
        {"code": part.code, "text": "\n".join(line.rstrip() for line in nfc(part.text).splitlines())}
        for part in parts
    ]
    if sum(len(part["text"]) for part in text) > LONGEST_TEXT:
        raise ReportError(_("The text is longer than %(longest)s characters.") % {"longest": LONGEST_TEXT})
    return text


def _held(report: ActivityReport) -> ActivityReport:
    rows = ActivityReport.objects.select_for_update(of=("self",), no_key=True).select_related("authority")
    held: ActivityReport = rows.get(pk=report.pk)
    if held.is_issued:
        raise ReportError(_("The report has been issued; make a new edition to change it."))
    return held

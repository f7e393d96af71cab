"""What the command of activity reports is asked: unit, period, file."""

from __future__ import annotations

import datetime
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from compliance.models import ActivityReport
from compliance.rules.months import FIRST_YEAR, LAST_YEAR, Month
from compliance.rules.stretches import Stretch
from sitepages.models import Authority

LONGEST = datetime.timedelta(days=366)


def authority_of(code: str | None) -> Authority:
    """The unit of a code, the main portal's without one."""
    units = Authority.objects.select_related("site__root_page", "tier", "parent")
    wanted = units.filter(code=code) if code else units.filter(parent__isnull=True, site__isnull=False)
    found: Authority | None = wanted.first()
    if found is None:
        known = ", ".join(Authority.objects.values_list("code", flat=True))
        text = _("--authority: no unit “%(code)s”. Known: %(known)s.")
        raise CommandError(text % {"code": code or "", "known": known})
    return found


def days_of(first: str | None, last: str | None) -> Stretch:
    """The days between two months or days, both included."""
    start, end = _day("--from", first, ends=False), _day("--to", last, ends=True)
    if end < start:
        raise CommandError(
            _("--to (%(last)s) lies before --from (%(first)s).") % {"last": last, "first": first}
        )
    if end - start >= LONGEST:
        raise CommandError(_("A report covers at most one year."))
    return Stretch(start, end)


def stored_report(pk: int) -> ActivityReport:
    """A stored report by its id."""
    rows = ActivityReport.objects.select_related("authority__site__root_page", "authority__tier", "replaces")
    found: ActivityReport | None = rows.filter(pk=pk).first()
    if found is None:
        raise CommandError(_("--stored: there is no report %(pk)s.") % {"pk": pk})
    return found


def write_out(target: str, content: bytes) -> None:
    """The file, or a word on why it cannot be written."""
    try:
        Path(target).write_bytes(content)
    except OSError:
        text = _("Cannot write %(file)s: no such folder, or no right to it.")
        raise CommandError(text % {"file": target}) from None


def _day(option: str, text: str | None, *, ends: bool) -> datetime.date:
    if not text:
        raise CommandError(
            _("%(option)s is missing. Write it as 2021-01 or 2021-01-20.") % {"option": option}
        )
    try:
        if len(text.strip()) == len("2021-01"):
            month = Month.parse(text)
            return month.last if ends else month.first
        day = datetime.date.fromisoformat(text.strip())
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
    except ValueError:
        raise CommandError(
            _("%(option)s: “%(text)s” is no month and no day. Write it as 2021-01 or 2021-01-20.")
            % {"option": option, "text": text}
        ) from None
    return day

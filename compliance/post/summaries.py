"""The monthly letter to a head of office in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from compliance.post.letters import Line, Part, Sheet, as_letter
from compliance.post.links import absolute
from compliance.queries.heads import Summary
from compliance.queries.overview import UnitLine
from compliance.queries.staff import one_line
from compliance.services.remind import Letter
from sitepages.models import Authority

#: Names in one part; the page shows them all.
MOST = 40


def write_summary(summary: Summary) -> Letter:
    """The summary as a letter in the language its reader chose."""
    with override(summary.person.language):
        return as_letter(_sheet(summary), summary.person.language)


def overview_link(unit: Authority, summary: Summary) -> str:
    """The page behind the letter: the portal, in the letter's month."""
    month = str(summary.month)
    asked = urlencode({"authority": unit.code, "first": month, "last": month})
    return absolute(f"{reverse('compliance_overview')}?{asked}")


def _sheet(summary: Summary) -> Sheet:
    month = f"{summary.month.first:%m/%Y}"
    own = next(line for line in summary.counted.units if line.unit == summary.home)
    subject = _("Articles of %(month)s: %(number)s, %(unit)s")
    opening = _(
        "In %(month)s %(unit)s published %(number)s articles; in the same month of the year before"
        " %(before)s."
    )
    shown = {
        "month": month,
        "number": own.total,
        "unit": summary.home.display_name,
        "before": own.before,
    }
    return Sheet(
        subject=one_line(subject % shown),
        greeting=_("Dear %(name)s,") % {"name": summary.person.name},
        opening=opening % shown,
        parts=tuple(part for part in _parts(summary, own) if part.lines),
        closing=(
            _("To receive this letter no longer, turn it off at the foot of the page below."),
            _("This letter was written by the system; there is no need to answer it."),
        ),
        admin_url=overview_link(summary.home, summary),
    )


def _parts(summary: Summary, own: UnitLine) -> Iterator[Part]:
    url = overview_link(summary.home, summary)
    short = [
        Line(
            line.office.full_name,
            detail=_("%(counted)s of %(quota)s articles, %(short)s lacking")
            % {
                "counted": line.total,
                "quota": line.owed.total if line.owed else 0,
                "short": line.short,
            },
        )
        for line in own.short
    ]
    yield _part(_("Offices below their quota"), short, url)
    silent = [Line(line.office.full_name) for line in own.silent]
    yield _part(_("Offices without an article"), silent, url)
    others = [
        Line(
            line.unit.display_name,
            detail=_(
                "Articles: %(number)s; the year before: %(before)s; offices without an article: %(silent)s"
            )
            % {"number": line.total, "before": line.before, "silent": len(line.silent)},
            url=overview_link(line.unit, summary),
        )
        for line in summary.counted.units
        if line.unit != summary.home
    ]
    yield _part(_("Other portals"), others, url)


def _part(heading: str, lines: list[Line], url: str) -> Part:
    left = len(lines) - MOST
    more = ngettext("and %(number)s more", "and %(number)s more", left) % {"number": left} if left > 0 else ""
    return Part(f"{heading} ({len(lines)})", tuple(lines[:MOST]), more=more, url=url)

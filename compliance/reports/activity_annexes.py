"""The tables behind an activity report: articles by office and month, and what sub-portals lack."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from compliance.reports.document import Annex, Table
from compliance.rules.activity import Activity, Span
from compliance.rules.months import Month
from sitepages.models import Office

Maker = Callable[[str, str], Annex]
PORTRAIT, LANDSCAPE = 160.0, 247.0
_MOST_UPRIGHT = 7  # more columns than this want the page sideways
_ROMAN = ("I", "II", "III", "IV", "V")


def office_annex(data: Activity, period: str) -> Maker | None:
    """Two groups of offices by month, with all sums; sideways from eight columns on."""
    articles = data.articles
    sideways = len(articles.columns) > _MOST_UPRIGHT
    width = LANDSCAPE if sideways else PORTRAIT
    cell = min(20.0, (width - 12 - 18 - 60) / max(len(articles.columns), 1))
    names = dict(Office.Group.choices)
    rows: list[list[str]] = []
    bands, sums = set(), set()
    filler = [""] * (len(articles.columns) + 2)
    for numeral, group in zip(_ROMAN, articles.groups, strict=False):
        bands.add(len(rows))
        rows.append([f"{numeral}. {str(names.get(group.code, group.code)).upper()}", *filler])
        rows += [
            [str(row.number), row.name, *(_count(each) for each in row.counts), str(row.total)]
            for row in group.rows
        ]
        sums.add(len(rows))
        rows.append(["", _("Sum of the group"), *map(str, group.column_totals), str(group.total)])
    sums.add(len(rows))
    rows.append(["", _("Grand total"), *map(str, articles.column_totals), str(articles.total)])
    last = len(articles.columns) + 1
    whole = all(_is_month(each) for each in articles.columns)
    one_year = articles.columns[0].first.year == articles.columns[-1].last.year
    table = Table(
        head=[
            _("No."),
            _("Office"),
            *(_head(each, whole, one_year) for each in articles.columns),
            _("Total"),
        ],
        rows=rows,
        widths=[12.0, width - 12 - 18 - cell * len(articles.columns), *[cell] * len(articles.columns), 18.0],
        left=frozenset({1}),
        size=12 if cell >= 9 else 10,
        bands=frozenset(bands),
        sums=frozenset(sums),
        over=((2, last, _("Month") if whole else _("Days")),) if last > 2 else (),
    )
    title = _("Articles by office in %(period)s") % {"period": period}
    return lambda label, reference: Annex(label, title, reference, [table], landscape=sideways)


def subportal_annex(data: Activity) -> Maker | None:
    """The sections sub-portals do not meet, with law and portals, and how many have nothing; or None."""
    if data.judged is None or not data.judged.subportals:
        return None
    told = data.judged.tells_missing
    everybody = [portal.name for portal in data.judged.subportals]
    if len(everybody) < data.judged.portals:
        everybody = []  # those that lack nothing are not named here
    rows = []
    for number, row in enumerate(data.judged.sections(), start=1):
        nothing = [_count(len(row.missing))] if told else []
        names = _which(list(row.portals), everybody)
        rows.append([str(number), row.name, row.law, str(len(row.portals)), *nothing, names])
    head = [_("No."), _("Section not met"), _("Legal basis"), _("Sub-portals that do not meet it (number)")]
    widths = [12.0, 60.0, 53.0, 22.0, 20.0, 80.0]
    title = _("Mandatory sections that sub-portals do not meet (assessment of %(day)s)")
    if told:
        head.append(_("Of these, nothing at all (number)"))
    else:  # as it was issued
        head[1], head[3] = _("Section lacking"), _("Sub-portals (number)")
        widths = [12.0, 60.0, 55.0, 20.0, 100.0]
        title = _("Mandatory sections that sub-portals lack (assessment of %(day)s)")
    table = Table(
        head=[*head, _("Sub-portals")],
        rows=rows,
        widths=widths,
        left=frozenset({1, 2, len(head)}),
        size=11,
    )
    title %= {"day": f"{data.judged.date:%d/%m/%Y}"}
    return lambda label, reference: Annex(label, title, reference, [table], landscape=True)


def _which(units: list[str], everybody: list[str]) -> str:
    """The portals, or all but which, whatever is shorter."""
    rest = [name for name in everybody if name not in units]
    if not everybody or len(rest) >= len(units):
        return ", ".join(units)
    return _("All but %(names)s") % {"names": ", ".join(rest)} if rest else _("All sub-portals")


def _count(number: int) -> str:
    return str(number) if number else ""


def _is_month(days: Span) -> bool:
    return Month.of(days.first).first == days.first and Month.of(days.last).last == days.last


def _head(days: Span, whole: bool, one_year: bool) -> str:
    if whole:
        return str(days.first.month) if one_year else f"{days.first:%m/%Y}"
    if days.first == days.last:
        return f"{days.first:%d/%m}"
    return f"{days.first:%d/%m}–{days.last:%d/%m}"

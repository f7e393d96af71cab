"""Activity reports for tests: stored ones, and figures made by hand."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from compliance.models import ActivityReport
from compliance.queries.activity_stored import content_digest, fresh_data, to_json, versions
from compliance.rules.activity import (
    Activity,
    Articles,
    Budget,
    Documents,
    MoneyLine,
    OfficeGroup,
    OfficeLine,
    Procedures,
    Questions,
    Span,
    Unit,
    Visits,
)
from sitepages.models import Authority

FIRST, LAST = datetime.date(2021, 1, 1), datetime.date(2021, 3, 31)


def make_report(unit: Authority, mark: str, user: Any, *, issued: bool = False) -> ActivityReport:
    """A report whose every text carries the mark; an issued one is written past the service."""
    report = ActivityReport(
        authority=unit,
        first_day=FIRST,
        last_day=LAST,
        parent_body=mark,
        issuing_body=f"{mark} ban",
        place=mark,
        number=f"{mark}/BC" if issued else "",
        dated_on=datetime.date(2021, 4, 5) if issued else None,
        text=[{"code": "opening", "text": f"{mark} báo cáo."}],
        made_by=user,
        made_at=timezone.now(),
    )
    if issued:
        report.data, report.versions = to_json(fresh_data(report, today=LAST)), versions()
        report.state, report.issued_by, report.issued_at = "issued", user, timezone.now()
        report.digest = content_digest(report)
    report.save()
    return report


def table(rows: dict[str, tuple[int, ...]], group: str = "board", start: int = 1) -> OfficeGroup:
    """A group of offices by name, numbered on."""
    lines = tuple(
        OfficeLine(number, f"o{number}", name, "", counts, sum(counts))
        for number, (name, counts) in enumerate(rows.items(), start=start)
    )
    sums = tuple(map(sum, zip(*rows.values(), strict=True)))
    return OfficeGroup(group, lines, sums, sum(sums))


def figures_of(*groups: OfficeGroup, **values: Any) -> Activity:
    """The figures of six months of 2021, with what is given in place of the rest."""
    width = len(groups[0].column_totals)
    months = tuple(Span(datetime.date(2021, m, 1), datetime.date(2021, m, 28)) for m in range(1, width + 1))
    sums = tuple(sum(group.column_totals[index] for group in groups) for index in range(width))
    silent = tuple(row.name for group in groups for row in group.rows if not row.total)
    articles = Articles(months, tuple(groups), sums, sum(sums), 0, silent)
    kept = {
        "unit": Unit("dak-doa", "Đak Đoa", "huyện Đak Đoa", "UBND huyện Đak Đoa", ()),
        "period": Span(datetime.date(2021, 1, 1), datetime.date(2021, 6, 30)),
        "articles": articles,
        "opened": ("Bầu cử", "Tuyên truyền", "Hỏi đáp"),
        "documents": Documents(0, ()),
        "visits": Visits(9_933, 96_811),
        "procedures": Procedures((), ("a", "b", "c")),
        "questions": Questions(3, 1, 1, 1, 0),
        "budget": Budget(
            2021,
            150_000_000,
            (MoneyLine("royalties", "", 46_276_000), MoneyLine("stationery", "", 8_620_000)),
            54_896_000,
        ),
        "duplicates": None,
        "neglected": None,
        "judged": None,
    }
    return Activity(**(kept | values))

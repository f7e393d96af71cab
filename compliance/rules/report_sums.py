"""Whether the figures of a report agree with each other: rows, columns, parts and wholes."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.rules.activity import Activity, Articles
from compliance.rules.reported import Problem


def check_data(data: Activity) -> list[Problem]:
    """Every sum that is not the sum of its parts, and every running number that leaves a gap."""
    return [*_table(data.articles), *_parts(data), *_sections(data)]


def _table(articles: Articles) -> Iterator[Problem]:
    width = range(len(articles.columns))
    for group in articles.groups:
        for position, row in enumerate(group.rows, start=1):
            if row.number != position:
                yield _wrong("numbering", row.name, found=row.number, expected=position)
            if (
                len(row.counts) != len(width)
                or sum(row.counts) != row.total
                or min(row.counts, default=0) < 0
            ):
                yield _wrong("row_sum", row.name, found=row.total, expected=sum(row.counts))
        for index in width:
            added = sum(row.counts[index] for row in group.rows if index < len(row.counts))
            found = group.column_totals[index] if index < len(group.column_totals) else None
            if found != added:
                yield _wrong("column_sum", f"{group.code} {index + 1}", found=found, expected=added)
        added = sum(row.total for row in group.rows)
        if group.total != added:
            yield _wrong("group_sum", group.code, found=group.total, expected=added)
    for index in width:
        added = sum(row.counts[index] for row in articles.rows if index < len(row.counts))
        found = articles.column_totals[index] if index < len(articles.column_totals) else None
        if found != added:
            yield _wrong("column_sum", str(index + 1), found=found, expected=added)
    added = sum(row.total for row in articles.rows)
    if not articles.total == added == sum(articles.column_totals):
        yield _wrong("total_sum", "", found=articles.total, expected=added)
    silent = tuple(row.name for row in articles.rows if not row.total)
    if articles.silent != silent:
        yield _wrong("silent_rows", "", found="; ".join(articles.silent), expected="; ".join(silent))


def _parts(data: Activity) -> Iterator[Problem]:
    documents, budget, asked = data.documents, data.budget, data.questions
    added = sum(each.count for each in documents.by_type)
    if documents.total != added:
        yield _wrong("documents_sum", "", found=documents.total, expected=added)
    if budget:
        added = sum(line.amount for line in budget.lines)
        if budget.spent != added:
            yield _wrong("budget_sum", "", found=budget.spent, expected=added)
    if asked:
        added = asked.on_time + asked.late + asked.waiting + asked.overdue
        if asked.received != added:
            yield _wrong("questions_sum", "", found=asked.received, expected=added)
    if data.visits and data.visits.in_period > data.visits.in_all:
        yield _wrong("visits_sum", "", found=data.visits.in_period, expected=data.visits.in_all)


def _sections(data: Activity) -> Iterator[Problem]:
    """What the text says of a section of the portals below is what its row of the annex says."""
    if data.judged is None or not data.judged.tells_missing:
        return
    rows = {row.duty: row for row in data.judged.sections()}
    for each in data.judged.worst:
        row = rows.get(each.duty)
        expected = len(row.portals) if row else 0
        if each.units != expected:
            yield _wrong("annex_sum", each.name, found=each.units, expected=expected)
        elif row and each.units_law != row.law:
            yield _wrong("annex_basis", each.name, found=each.units_law, expected=row.law)


def _wrong(code: str, quote: str, **params: object) -> Problem:
    return Problem(code, "data", 0, quote, {name: str(value) for name, value in params.items()})

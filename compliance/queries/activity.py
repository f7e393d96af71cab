"""Everything an activity report counts, read from the database: a few queries whatever the size."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.db.models import Count

from compliance.models import Observation
from compliance.queries import activity_sources as sources
from compliance.queries.activity_judged import judged
from compliance.queries.activity_questions import questions
from compliance.queries.contributions import office_facts
from compliance.queries.counts import contribution_table
from compliance.queries.tallies import counted
from compliance.rules.activity import (
    Activity,
    Articles,
    Counted,
    Documents,
    OfficeGroup,
    OfficeLine,
    Procedures,
    Span,
    Unit,
)
from compliance.rules.months import FIRST_YEAR, Month, span
from compliance.rules.stretches import Stretch, months_from
from compliance.rules.tallies import By
from sitepages.models import Authority, DisclosurePage, LegalDocumentPage, Office, SectionPage
from sitepages.sent.marks import OF_ITS_OWN
from sitepages.vocabulary import words

PROCEDURES = "admin_procedures"
State = Observation.State


def activity(authority: Authority, days: Stretch, *, on: datetime.date, today: datetime.date) -> Activity:
    """The figures of a portal and period; ``on`` is the day of the report, whose assessment is told."""
    return Activity(
        unit=_unit(authority),
        period=Span(days.first, days.last),
        articles=articles(authority, columns_of(days)),
        opened=_opened(authority, days),
        documents=_documents(authority, days),
        visits=sources.visits(authority, days),
        procedures=_procedures(authority, days),
        questions=questions(authority, days, today=min(on, today)),
        budget=sources.budget(authority, days),
        duplicates=sources.duplicates(authority, days),
        neglected=sources.neglected(authority, days),
        judged=judged(authority, min(on, today)),
    )


def columns_of(days: Stretch) -> tuple[Stretch, ...]:
    """The reporting months of the period: they begin on the day of the month on which it begins."""
    return months_from(days)


def _unit(authority: Authority) -> Unit:
    names: list[str] = []
    above = authority.parent
    while above is not None and len(names) < 5:
        names.append(above.name)
        above = above.parent
    return Unit(
        authority.code,
        authority.name,
        authority.display_name,
        authority.full_name or authority.display_name,
        tuple(names),
    )


def articles(authority: Authority, columns: Sequence[Stretch]) -> Articles:
    """Articles by office and column: calendar months by the office x month table, others by days."""
    days = Stretch(columns[0].first, columns[-1].last)
    facts = office_facts(authority, days.first, days.last)
    if all(column.is_month for column in columns):
        first, last = Month.of(days.first), Month.of(days.last)
        table = contribution_table(authority, first, last)
        counts = {row.office.code: row.counts for row in table.rows}
        facts = [row.office for row in table.rows]
        before = (
            contribution_table(
                authority, Month(first.year - 1, first.month), Month(last.year - 1, last.month)
            ).total
            if first.year > FIRST_YEAR
            else 0
        )
    else:
        found = counted([authority], By.OFFICE, columns)
        codes = {str(pk): code for pk, code in authority.offices.values_list("pk", "code")}
        counts = {codes[row.key]: tuple(int(each) for each in row.counts) for row in found.rows}
        before = found.before
    short = dict(authority.offices.values_list("code", "short_name"))
    groups = []
    for code in Office.Group.values:
        rows = tuple(
            OfficeLine(
                number, office.code, office.name, short.get(office.code, ""), row := counts.get(
                    office.code, (0,) * len(columns)
                ), sum(row),
            )
            for number, office in enumerate((each for each in facts if each.group == code), start=1)
        )  # fmt: skip
        if rows:
            sums = _sums([row.counts for row in rows], len(columns))
            groups.append(OfficeGroup(code, rows, sums, sum(sums)))
    totals = _sums([group.column_totals for group in groups], len(columns))
    return Articles(
        tuple(Span(each.first, each.last) for each in columns),
        tuple(groups),
        totals,
        sum(totals),
        before,
        tuple(row.name for group in groups for row in group.rows if not row.total),
    )


def _sums(rows: Sequence[Sequence[int]], width: int) -> tuple[int, ...]:
    return tuple(sum(row[index] for row in rows) for index in range(width))


def _opened(authority: Authority, days: Stretch) -> tuple[str, ...]:
    """Sections whose page was first public in the period."""
    start, end = span(days.first, days.last)
    if authority.site is None:
        return ()
    found = SectionPage.objects.descendant_of(authority.site.root_page).live()
    found = found.filter(first_published_at__gte=start, first_published_at__lt=end, alias_of__isnull=True)
    return tuple(found.order_by("first_published_at", "path").values_list("title", flat=True))


def _documents(authority: Authority, days: Stretch) -> Documents:
    """Documents first public in the period and still public, by type."""
    start, end = span(days.first, days.last)
    if authority.site is None:
        return Documents(0, ())
    found = (
        LegalDocumentPage.objects.descendant_of(authority.site.root_page)
        .live()
        .filter(OF_ITS_OWN, first_published_at__gte=start, first_published_at__lt=end)
    )
    rows = dict(found.order_by().values_list("document_type").annotate(number=Count("pk")))
    names = {code: word.name_vi for code, word in words("document_types").items()}
    order = [*names, *sorted(set(rows) - set(names))]
    by_type = tuple(Counted(code, names.get(code, code), rows[code]) for code in order if rows.get(code))
    return Documents(sum(rows.values()), by_type)


def _procedures(authority: Authority, days: Stretch) -> Procedures:
    """Procedures first public in the period, and those taken down in it that stayed down to its end."""
    start, end = span(days.first, days.last)
    added: list[str] = []
    if authority.site is not None:
        found = DisclosurePage.objects.descendant_of(authority.site.root_page).filter(
            OF_ITS_OWN,
            section=PROCEDURES,
            first_published_at__gte=start,
            first_published_at__lt=end,
        )
        added = list(found.order_by("first_published_at", "pk").values_list("title", flat=True))
    notes = Observation.objects.filter(authority=authority, duty=PROCEDURES, at__lt=end).order_by("at", "pk")
    standing: dict[int, tuple[str, str, datetime.datetime]] = {}
    for page, state, title, at in notes.values_list("page_id", "state", "title", "at"):
        if page not in standing or standing[page][0] != state:
            standing[page] = (state, title, at)
    removed = tuple(
        title for state, title, at in standing.values() if state == State.WITHDRAWN and at >= start
    )
    return Procedures(tuple(added), removed)

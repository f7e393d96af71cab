"""Lines of a file that are numbers: how many articles an office had in a month."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from compliance.models import ImportedTally, ImportJob, PayPeriod
from compliance.queries.counted import office_months
from compliance.rules.months import Month
from compliance.rules.past import read_count, read_month
from compliance.services.bulk import insert_rows
from compliance.services.past.check import BATCH, Checker, digest_of, months_of
from compliance.services.past.spool import NEW, Spool, Spooled
from sitepages.models import Authority
from sitepages.text import fold


class TallyChecker(Checker):
    """One number a line, or a column a month; nothing and a dash mean no article and are not kept."""

    def rows(self, unit: Authority, value: Mapping[str, str], cells: Sequence[str]) -> Iterator[Spooled]:
        office = self.office(unit, value["office"])
        if office is None:
            return
        wanted = _("“%(text)s” is no number of articles from 0 to 9999.")
        for heading, month, text in self._numbers(value, cells):
            pieces = self.parsed("pieces", text, read_count, wanted, heading=heading)
            if month is None or pieces is None:
                continue
            if month.first > self.request.now.date():
                self.fault(
                    "pieces",
                    _("“%(text)s” lies in the future.") % {"text": months_of(month)},
                    heading=heading,
                )
            elif pieces:
                data = {"office": office.pk, "month": month.first.isoformat(), "pieces": pieces}
                key = digest_of(office.pk, str(month))
                yield Spooled(self.line, unit.pk, key, "", digest_of(data), data)

    def _heading(self, month: Month) -> str:
        """The column of a month where months are columns."""
        columns = {each: self.table.headings[index] for index, each in self.months.items()}
        return columns.get(month, "")

    def _numbers(
        self, value: Mapping[str, str], cells: Sequence[str]
    ) -> Iterator[tuple[str, Month | None, str]]:
        for index, month in self.months.items():
            yield self.table.headings[index], month, cells[index] if index < len(cells) else ""
        if not self.months:
            month = self.parsed(
                "month",
                fold(value["month"]),
                lambda text: read_month(text, fold(value.get("year", ""))),
                _("“%(text)s” is no month, written as 01/2020."),
            )
            yield "", month, value["pieces"]

    def compare(self, batch: list[tuple[int, Spooled]]) -> None:
        rows = [row for _number, row in batch]
        known = {
            (office, month): pieces
            for office, month, pieces in ImportedTally.objects.filter(
                office__in={row.data["office"] for row in rows}
            ).values_list("office", "month", "pieces")
        }
        months = sorted({datetime.date.fromisoformat(row.data["month"]) for row in rows})
        counted = office_months(
            {row.unit for row in rows}, [Month.of(month) for month in months]
        )  # articles that count already
        present, changed = [], []
        for number, row in batch:
            month = datetime.date.fromisoformat(row.data["month"])
            before = known.get((row.data["office"], month))
            if before is not None and before != row.data["pieces"]:
                changed.append(number)
                self.differs(row)
            elif before is not None:
                present.append(number)
            else:
                self._new(row, Month.of(month), counted.get((row.data["office"], Month.of(month)), 0))
        self.found(present, changed)

    def _new(self, row: Spooled, month: Month, articles: int) -> None:
        if articles:
            self.fault(
                "pieces",
                _(
                    "%(month)s: the office has %(count)s articles on the portal in that month. A number "
                    "would count them twice; remove the line."
                )
                % {"month": months_of(month), "count": articles},
                line=row.line,
                heading=self._heading(month),
            )
        elif PayPeriod.objects.closed().filter(authority=row.unit, first_day=month.first).exists():
            self.fault(
                "month",
                _("the pay period of %(month)s is closed: its articles cannot change any more.")
                % {"month": months_of(month)},
                line=row.line,
                heading=self._heading(month),
            )


def write_tallies(spool: Spool, job_of: Callable[[int], ImportJob], progress: Callable[[int], None]) -> int:
    """Write the new numbers of a spool; how many."""
    done = 0
    for batch in spool.batches(BATCH, NEW):
        insert_rows(
            [
                ImportedTally(
                    job=job_of(row.unit),
                    authority_id=row.unit,
                    office_id=row.data["office"],
                    month=datetime.date.fromisoformat(row.data["month"]),
                    pieces=row.data["pieces"],
                )
                for _number, row in batch
            ]
        )
        done += len(batch)
        progress(done)
    return done

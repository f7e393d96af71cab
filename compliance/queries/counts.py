"""The office x month table: counted by the database, by the rule of `rules.counting`."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.queries.contributions import office_facts
from compliance.queries.counted import office_months, uncounted
from compliance.queries.past import carried
from compliance.rules.counting import Excluded, Table, exclusion, tabulate
from compliance.rules.months import Month, months
from sitepages.models import Authority, Office


def contribution_table(authority: Authority, first: Month, last: Month) -> Table:
    """Articles of the authority by office and month. ValueError when ``last`` lies before ``first``.

    Months before the system show the numbers handed over, where no article of the office counts.
    """
    period = months(first, last)
    codes = dict(Office.objects.filter(authority=authority).values_list("pk", "code"))
    counted = {
        (codes[office], month): number
        for (office, month), number in office_months([authority], period).items()
    }
    return tabulate(
        counted,
        office_facts(authority, first.first, last.last),
        period,
        _excluded(authority, period, frozenset(codes.values())),
        carried(authority, first, last),
    )


def _excluded(authority: Authority, period: Sequence[Month], codes: frozenset[str]) -> list[Excluded]:
    found = []
    for fact in uncounted(authority, period[0], period[-1]):
        reason = exclusion(fact, codes)
        if reason is not None:
            found.append(Excluded(fact, reason))
    return found

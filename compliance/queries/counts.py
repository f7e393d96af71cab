"""The office x month table."""

from __future__ import annotations

from compliance.queries.contributions import article_facts, office_facts
from compliance.rules.counting import Table, count
from compliance.rules.months import Month, months
from sitepages.models import Authority


def contribution_table(authority: Authority, first: Month, last: Month) -> Table:
    """Articles of the authority by office and month. ValueError when ``last`` lies before ``first``."""
    period = months(first, last)
    facts = article_facts(authority, first.start, last.end)
    return count(facts, office_facts(authority, first.first, last.last), period)

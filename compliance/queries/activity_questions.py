"""Questions of citizens in a period, and whether they were answered in the time the law gives."""

from __future__ import annotations

import datetime

from compliance.models import Question
from compliance.queries.questions import SECTION, counted_rows
from compliance.queries.rulebook import current_rulebook
from compliance.rules.activity import Questions
from compliance.rules.lookup import record_terms
from compliance.rules.stretches import Stretch
from sitepages.models import Authority, DisclosurePage


def questions(authority: Authority, days: Stretch, *, today: datetime.date) -> Questions | None:
    """Questions received in the period, as they stand; None where the portal never kept one.

    What came through the desk counts by its own clock, its answer public or not; other records by the law. A
    record without a day to count to is answered in time.
    """
    if authority.site is None:
        return None
    kept = DisclosurePage.objects.descendant_of(authority.site.root_page).filter(
        section=SECTION, alias_of__isnull=True, first_published_at__isnull=False, question__isnull=True
    )
    asked = counted_rows(authority, days.first, days.last, today)
    rows = list(
        kept.filter(legal_day__gte=days.first, legal_day__lte=days.last).values_list(
            "kind", "legal_day", "answered_on"
        )
    )
    if not (rows or asked or kept.exists() or Question.objects.filter(authority=authority).exists()):
        return None
    book = current_rulebook()
    try:
        requirement = book.requirement(SECTION)
    except KeyError:
        requirement = None
    counts = {"on_time": 0, "late": 0, "waiting": 0, "overdue": 0}
    for each in asked:
        counts[each.standing.value] += 1
    for kind, received, answered in rows:
        terms = (
            record_terms(requirement, authority.tier.code, kind or "own", received, book.calendar)
            if requirement
            else []
        )
        due = min((term.due for term in terms), default=datetime.date.max)
        if answered and answered <= today:
            counts["on_time" if answered <= due else "late"] += 1
        else:
            counts["waiting" if today <= due else "overdue"] += 1
    return Questions(len(rows) + len(asked), **counts)

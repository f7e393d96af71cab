"""The leaders' schedule: one week ahead of the other."""

from __future__ import annotations

from datetime import date, timedelta

from compliance.rules.deadlines import due_date, week_start
from compliance.rules.items import Case, fulfilled_item, recency, week_of
from compliance.rules.lookup import Term
from compliance.rules.states import ReasonCode as Code
from compliance.rules.states import State
from compliance.rules.types import Item, Limit, Params

_WEEK = timedelta(days=7)


def week_item(case: Case, limit: Limit) -> Item:
    """Met by a later week's schedule, or by this week's until the next is due soon."""
    monday = week_start(case.today)
    weeks = [(week, record) for record in case.public if (week := week_of(record))]
    later = [week for week, _record in weeks if week > monday]
    covered = min(later, default=monday)
    held = [record for week, record in weeks if week == covered]
    this = _term(case, limit, monday)
    if not held:
        return _lacking(case, this, max((week for week, _record in weeks if week < monday), default=None))
    record = min(held, key=recency)
    following = _term(case, limit, monday + _WEEK)
    if not later and (following.due - case.today).days <= case.requirement.soon_days:
        params = _params(case, following)
        return case.item(
            State.DUE_SOON, Code.WEEK_DUE_SOON, params, record, following, following.trigger.isoformat()
        )
    published = record.published or case.today
    return fulfilled_item(case, record, _term(case, limit, covered), published, covered.isoformat())


def this_week(case: Case, limit: Limit) -> Item | None:
    """This week's schedule by itself, whatever the next week needs; None when it is not public."""
    monday = week_start(case.today)
    held = [record for record in case.public if week_of(record) == monday]
    if not held:
        return None
    record = min(held, key=recency)
    published = record.published or case.today
    return fulfilled_item(case, record, _term(case, limit, monday), published, monday.isoformat())


def _lacking(case: Case, term: Term, past: date | None) -> Item:
    params = _params(case, term)
    week = term.trigger.isoformat()
    since = case.since > term.due
    if since:
        return case.item(State.NOT_DUE, Code.WEEK_NOT_DUE, params, None, term, week)
    if any(each.first <= term.trigger <= each.last for each in case.declarations):
        return case.item(State.NOTHING_AROSE, Code.NOTHING_AROSE, params | {"period": week}, None, term, week)
    if past:
        params["latest"] = past.isoformat()
        return case.item(State.OVERDUE, Code.WEEK_OVERDUE, params, None, term, week)
    return case.item(State.MISSING, Code.WEEK_MISSING, params, None, term, week)


def _params(case: Case, term: Term) -> Params:
    return {"week": term.trigger.isoformat(), **case.days(term.due)}


def _term(case: Case, limit: Limit, monday: date) -> Term:
    return Term(limit, monday, due_date(limit.deadline, monday, case.calendar))

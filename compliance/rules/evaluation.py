"""Evaluate one duty of one authority on one day: requirement versions + evidence + today -> finding.

A record is judged under the version in force on its trigger date; published evidence never worsens a state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from compliance.rules.calendar import Counted, WorkingCalendar
from compliance.rules.deadlines import due_date, period_token, version_on, week_start
from compliance.rules.expectations import Slot, period_slots, period_tokens, year_slots
from compliance.rules.types import (
    Evidence,
    Finding,
    Limit,
    PeriodEnd,
    Reason,
    Requirement,
    State,
    WeeklyAhead,
)
from compliance.rules.types import ReasonCode as Code

Params = dict[str, str | int]

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """When one record is due, under which version and limit, and how the term was counted."""

    due: date
    version: Requirement
    limit: Limit
    counted: Counted


def due(
    versions: Sequence[Requirement], kind: str, trigger: date, tier: str, calendar: WorkingCalendar
) -> Due | None:
    """When a record triggered that day is due, under the version then in force; None when none binds.

    An empty or unknown kind takes the limit "own" where there is one, else the first limit of a record. For a
    weekly duty the trigger is any day of the week covered, for a periodic one the last day of the period.
    """
    version = version_on(versions, tier, trigger)
    if version is None:
        return None
    records = [limit for limit in version.limits if not isinstance(limit.deadline, PeriodEnd)]
    pool = records or list(version.limits)
    by_kind = {limit.kind: limit for limit in pool}
    limit = by_kind.get(kind) or by_kind.get("own") or pool[0]
    counted = due_date(limit.deadline, trigger, calendar)
    return Due(counted.due, version, limit, counted)


def evaluate(
    versions: Sequence[Requirement],
    evidence: Sequence[Evidence],
    tier: str,
    today: date,
    calendar: WorkingCalendar,
) -> Finding | None:
    """The standing of one duty (all versions of one code) of one authority as of today.

    Evidence triggered after today is ignored; published after today counts as not yet public. None when no
    version binds the tier today and nothing is outstanding. ValueError when several codes are mixed.
    """
    if len({version.code for version in versions}) > 1:
        raise ValueError("evaluate takes the versions of one code only")
    bound = tuple(version for version in versions if tier in version.levels)
    if not bound:
        return None
    seen = [_as_of(each, today) for each in evidence if _is_known(each, today)]
    case = _Case(bound, tuple(sorted(seen, key=_order)), tier, today, calendar)
    current = version_on(bound, tier, today)
    if current and any(isinstance(limit.deadline, WeeklyAhead) for limit in current.limits):
        return case.week(current)
    expected = list(case.expected())
    late_or_running = [*case.outstanding(), *(each for each in expected if each.state is not State.MET)]
    if late_or_running:
        return min(late_or_running, key=_urgency)
    if current is None:
        return None
    if expected:
        return expected[0]
    return case.latest_published() or case.nothing(current)


@dataclass(frozen=True)
class _Case:
    """One duty of one authority on one day; its evidence is as of that day and in a fixed order."""

    versions: tuple[Requirement, ...]
    evidence: tuple[Evidence, ...]
    tier: str
    today: date
    calendar: WorkingCalendar

    def due(self, record: Evidence) -> Due | None:
        """When a dated record is due by itself; None for undated records and for those of a budget period."""
        if record.trigger is None or period_token(record.period) in period_tokens(self.versions):
            return None
        return due(self.versions, record.kind, record.trigger, self.tier, self.calendar)

    def outstanding(self) -> Iterator[Finding]:
        """One finding for each dated record that is not public."""
        for record in self.evidence:
            term = None if record.published else self._own_term(record)
            if term:
                state = self._state(term.version, term.counted.due)
                params: Params = {"title": record.title, **self._days(term.counted.due)}
                yield self._finding(term.version, state, state.value, params, record, term)

    def latest_published(self) -> Finding | None:
        """The duty met by its latest public record, or None."""
        public = [record for record in self.evidence if record.published]
        return self._met(max(public, key=_recency)) if public else None

    def nothing(self, current: Requirement) -> Finding:
        """No public record and no dated one: missing, unless the duty's first period is still to come."""
        if current.latest_trigger or period_tokens([current]):
            return self._finding(current, State.NOT_DUE, Code.NOTHING_DUE, {})
        if self.evidence:
            record = self.evidence[-1]
            return self._finding(
                current, State.MISSING, Code.MISSING_UNDATED, {"title": record.title}, record
            )
        return self._finding(current, State.MISSING, Code.MISSING, {})

    def expected(self) -> Iterator[Finding]:
        """The newest expected period and fiscal year; unless public, the one before it when that is late."""
        years = year_slots(self.versions, self.tier, self.today, self.calendar)
        ahead = self._public_for(str(int(years[0].period) + 1)) if years else []
        if ahead:
            yield self._met(min(ahead, key=_recency))
            years = []
        for slots in (period_slots(self.versions, self.tier, self.today, self.calendar), years):
            found = [self._slot(slot) for slot in slots]
            newest = found[0] if found else None
            late = [each for each in found if each and each.state in (State.OVERDUE, State.MISSING)]
            if late and not (newest and newest.state is State.MET):
                yield late[0]
            elif newest:
                yield newest

    def week(self, current: Requirement) -> Finding:
        """The leaders' schedule: met by a later week's, or by this week's until the next is due soon."""
        monday = week_start(self.today)
        weeks = [(week, record) for record in self.evidence if record.published and (week := _week(record))]
        later = [week for week, _ in weeks if week > monday]
        covered = min(later, default=monday)
        held = [record for week, record in weeks if week == covered]
        slot = _week_slot(current, monday)
        if not held:
            past = max((week for week, _ in weeks if week < monday), default=None)
            params = self._week_params(slot) | ({"latest": past.isoformat()} if past else {})
            lacking = State.OVERDUE if past else State.MISSING
            return self._finding(current, lacking, f"week_{lacking.value}", params, None, slot)
        record = min(held, key=_recency)
        following = _week_slot(current, monday + _WEEK)
        if not later and (following.counted.due - self.today).days <= current.soon_days:
            params = self._week_params(following)
            return self._finding(current, State.DUE_SOON, Code.WEEK_DUE_SOON, params, record, following)
        return self._met(record, _week_slot(current, covered))

    def _public_for(self, period: str) -> list[Evidence]:
        return [record for record in self.evidence if record.period == period and record.published]

    def _slot(self, slot: Slot) -> Finding | None:
        """One expected publication; None when a dated record, judged by its own term, stands for it."""
        public = self._public_for(slot.period)
        if public:
            return self._met(min(public, key=_recency), slot if slot.kind == "period" else None)
        own = [record for record in self.evidence if record.period == slot.period]
        if any(self.due(record) for record in own):
            return None
        state = self._state(slot.version, slot.counted.due)
        earlier = [record for record in self.evidence if record.period < slot.period]
        if state is State.OVERDUE and not any(slot.kind == "year" or record.published for record in earlier):
            state = State.MISSING
        params: Params = {"period": slot.period, **self._days(slot.counted.due)}
        return self._finding(
            slot.version, state, f"{slot.kind}_{state.value}", params, own[-1] if own else None, slot
        )

    def _met(self, record: Evidence, slot: Slot | None = None) -> Finding:
        """The duty met by a public record: on time or late by its slot or its own term, or without a term."""
        term = slot or self._own_term(record)
        published = record.published or self.today
        params: Params = {"title": record.title, "published": published.isoformat()}
        if term is None:
            version = version_on(self.versions, self.tier, self.today) or self.versions[-1]
            return self._finding(version, State.MET, Code.MET_UNDATED, params, record)
        late = (published - term.counted.due).days
        params["due"] = term.counted.due.isoformat()
        if late > 0:
            params["days"] = late
        return self._finding(
            term.version, State.MET, Code.MET_LATE if late > 0 else Code.ON_TIME, params, record, term
        )

    def _own_term(self, record: Evidence) -> Slot | None:
        term = self.due(record)
        if term is None or record.trigger is None:
            return None
        return Slot("record", record.period, term.version, record.trigger, term.counted)

    def _state(self, version: Requirement, due_on: date) -> State:
        left = (due_on - self.today).days
        if left < 0:
            return State.OVERDUE
        return State.DUE_SOON if left <= version.soon_days else State.NOT_DUE

    def _days(self, due_on: date) -> Params:
        """The due date, and the days left before it or late after it."""
        return {"due": due_on.isoformat(), "days": abs((due_on - self.today).days)}

    def _week_params(self, slot: Slot) -> Params:
        return {"week": slot.period, **self._days(slot.counted.due)}

    def _finding(
        self,
        version: Requirement,
        state: State,
        code: str,
        params: Params,
        record: Evidence | None = None,
        slot: Slot | None = None,
    ) -> Finding:
        return Finding(
            code=version.code,
            state=state,
            level=version.levels[self.tier],
            version=version.version,
            regime=version.regime,
            bases=version.bases,
            trigger=slot.trigger if slot else None,
            due=slot.counted.due if slot else None,
            published=record.published if record else None,
            period=slot.period if slot else record.period if record else "",
            record=record,
            reason=Reason(Code(code), params),
            skipped=slot.counted.skipped if slot else (),
            unknown_years=slot.counted.unknown_years if slot else (),
        )


def _week_slot(version: Requirement, monday: date) -> Slot:
    return Slot("week", monday.isoformat(), version, monday, Counted(monday - _DAY))


def _week(record: Evidence) -> date | None:
    """The Monday of the week a schedule covers, from its week or its period; None when it names neither."""
    if record.week:
        return week_start(record.week)
    return week_start(date.fromisoformat(record.period)) if _ISO_DAY.fullmatch(record.period) else None


def _is_known(record: Evidence, today: date) -> bool:
    return record.trigger is None or record.trigger <= today or _week(record) is not None


def _as_of(record: Evidence, today: date) -> Evidence:
    if record.published and record.published > today:
        return replace(record, published=None)
    return record


def _order(record: Evidence) -> tuple[object, ...]:
    """A total order of records, so that the order they arrive in never matters."""
    days = (record.trigger or date.min, record.published or date.min, record.week or date.min)
    return (*days, record.record_id, record.title, record.url, record.kind, record.period)


def _recency(record: Evidence) -> tuple[object, ...]:
    return (record.published or date.min, *_order(record))


def _urgency(finding: Finding) -> tuple[object, ...]:
    """Worst state first, then the earliest due date, then the order of records."""
    order = _order(finding.record) if finding.record else ()
    return (-finding.state.rank, finding.due or date.max, finding.period, order)

"""One thing owed at a time: records by their own term, what they must state, how long they must stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from compliance.rules.calendar import WorkingCalendar
from compliance.rules.deadlines import AHEAD, week_start
from compliance.rules.display import Kept, kept
from compliance.rules.expectations import Slot
from compliance.rules.lookup import (
    Term,
    is_of_period,
    kinds_on,
    record_terms,
    required_fields,
)
from compliance.rules.states import ReasonCode as Code
from compliance.rules.states import State
from compliance.rules.types import (
    Declaration,
    Evidence,
    Item,
    Params,
    Reason,
    Requirement,
    TicketAnswer,
)

#: Kinds of evidence whose fields the section states as a whole, not each record by itself.
OF_THE_SECTION = ("page_fields", "list_index", "form_and_log", "probe")
COMPLETE_WITHIN = timedelta(days=366)  # older records are history: nobody is asked to complete them

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Memo:
    """Terms and slots already counted: many units ask for the same, under the same rules and calendar."""

    terms: dict[tuple[str, str, str, date], list[Term]] = field(default_factory=dict)
    slots: dict[tuple[str, str, date, date], list[list[Slot]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """One duty of one unit on one day; `evidence` as of that day, in a fixed order; `since` its first day."""

    requirement: Requirement
    evidence: tuple[Evidence, ...]
    declarations: tuple[Declaration, ...]
    tier: str
    today: date
    since: date
    calendar: WorkingCalendar
    memo: Memo

    @property
    def public(self) -> list[Evidence]:
        """The records that are public."""
        return [record for record in self.evidence if record.is_public]

    def terms(self, record: Evidence) -> list[Term]:
        """The terms of a dated record, strictest first; none for undated records and those of a period."""
        if record.trigger is None or is_of_period(self.requirement, self.tier, record.period):
            return []
        asked = (self.requirement.code, self.tier, record.kind, record.trigger)
        if asked not in self.memo.terms:
            self.memo.terms[asked] = record_terms(
                self.requirement, self.tier, record.kind, record.trigger, self.calendar
            )
        return self.memo.terms[asked]

    def item(
        self,
        state: State,
        code: Code,
        params: Params,
        record: Evidence | None = None,
        term: Term | None = None,
        period: str = "",
        lacking: tuple[str, ...] = (),
    ) -> Item:
        """An item with the term it was counted by."""
        return Item(
            state=state,
            reason=Reason(code, params),
            limit=term.limit if term else None,
            trigger=term.trigger if term else None,
            due=term.due if term else None,
            period=period or (record.period if record else ""),
            record=record,
            lacking=lacking,
            skipped=term.counted.skipped if term else (),
            unknown_years=term.counted.unknown_years if term else (),
        )

    def pending(self, due: date) -> State:
        """The state of something not public, by its due date."""
        left = (due - self.today).days
        if left < 0:
            return State.OVERDUE
        return State.DUE_SOON if left <= self.requirement.soon_days else State.NOT_DUE

    def days(self, due: date) -> Params:
        """The due date, and the days left before it or late after it."""
        return {"due": due.isoformat(), "days": abs((due - self.today).days)}


def record_items(case: Case) -> Iterator[Item]:
    """One item for each record that has a term of its own, and for each public one that lacks fields."""
    for record in case.evidence:
        terms = case.terms(record)
        fulfilled = fulfilled_on(case, record, terms)
        if fulfilled is not None:
            yield fulfilled_item(case, record, terms[0] if terms else None, fulfilled)
        elif terms and not record.inherited and terms[0].trigger >= case.since:
            yield _open_item(case, record, terms[0])


def fulfilled_on(case: Case, record: Evidence, terms: Sequence[Term]) -> date | None:
    """The day the record did what was owed: answered, or made public and kept so as long as it must."""
    if any(isinstance(term.limit.deadline, TicketAnswer) for term in terms):
        return record.answered
    if record.is_public or _left_lawfully(case, record):
        return record.published
    return None


def fulfilled_item(
    case: Case, record: Evidence, term: Term | None, fulfilled: date, period: str = ""
) -> Item:
    """A record that is there: on time or late by its term, incomplete when it lacks fields."""
    params: Params = {"title": record.title, "published": fulfilled.isoformat()}
    if term:
        params["due"] = term.due.isoformat()
    lacking = _lacking(case, record)
    if lacking:
        return case.item(State.INCOMPLETE, Code.INCOMPLETE, params, record, term, period, lacking)
    if term is None:
        return case.item(State.MET, Code.MET_UNDATED, params, record, None, period)
    late = (fulfilled - term.due).days
    if late > 0:
        return case.item(State.MET_LATE, Code.MET_LATE, params | {"days": late}, record, term, period)
    early = fulfilled < term.trigger and not isinstance(term.limit.deadline, AHEAD) and not period
    return case.item(State.MET, Code.EARLY if early else Code.ON_TIME, params, record, term, period)


def section_fields(case: Case) -> Item | None:
    """What the section as a whole does not state, where that is what counts; None when nothing lacks."""
    if case.requirement.evidence not in OF_THE_SECTION or not case.public:
        return None
    known = [record.filled for record in case.public if record.filled is not None]
    if not known:
        return None
    stated = frozenset().union(*known)
    wanted = required_fields(case.requirement, case.tier, "", case.today)
    lacking = tuple(name for name in wanted if name not in stated)
    if not lacking:
        return None
    newest = max(case.public, key=recency)
    return case.item(State.INCOMPLETE, Code.INCOMPLETE_SECTION, {}, newest, None, "", lacking)


def is_known(requirement: Requirement, tier: str, record: Evidence, today: date) -> bool:
    """Whether a record counts on the day: what is dated in the future counts only where terms run ahead."""
    if record.trigger is None or record.trigger <= today or week_of(record) is not None:
        return True
    ahead = [limit for limit in requirement.limits if isinstance(limit.deadline, AHEAD)]
    kinds = kinds_on(requirement, tier, record.trigger)
    return any(limit.kind in (record.kind, "") and limit.kind in kinds for limit in ahead)


def week_of(record: Evidence) -> date | None:
    """The Monday of the week a schedule covers, from its week or its period; None when it names neither."""
    if record.week:
        return week_start(record.week)
    return week_start(date.fromisoformat(record.period)) if _ISO_DAY.fullmatch(record.period) else None


def order(record: Evidence) -> tuple[object, ...]:
    """A total order of records, so that the order they arrive in never matters."""
    days = [record.trigger, record.published, record.week, record.removed, record.changed, record.confirmed]
    filled = tuple(sorted(record.filled)) if record.filled is not None else ()
    known = (record.filled is not None, record.inherited, record.answered or date.min)
    texts = (record.title, record.url, record.kind, record.period)
    return (*(day or date.min for day in days), record.record_id, *texts, *known, filled)


def recency(record: Evidence) -> tuple[object, ...]:
    """By the day of publication, then the total order."""
    return (record.published or date.min, *order(record))


def _open_item(case: Case, record: Evidence, term: Term) -> Item:
    params: Params = {"title": record.title, **case.days(term.due)}
    if record.published and record.removed:
        params |= {"published": record.published.isoformat(), "removed": record.removed.isoformat()}
        display = _display(case, record)
        code = Code.CUT_SHORT if display else Code.WITHDRAWN
        if display:
            params["until"] = display.until.isoformat()
        return case.item(State.OVERDUE, code, params, record, term)
    state = case.pending(term.due)
    return case.item(state, Code(state.value), params, record, term)


def _display(case: Case, record: Evidence) -> Kept | None:
    """How long a record that was published must stay."""
    if record.published is None:
        return None
    return kept(case.requirement, case.tier, record.kind, record.published, case.calendar, record.term_ends)


def _left_lawfully(case: Case, record: Evidence) -> bool:
    """Whether a record taken down had stayed as long as it must, or its own term had ended."""
    if record.published is None or record.removed is None:
        return False
    if record.term_ends and record.removed >= record.term_ends:
        return True
    display = _display(case, record)
    return display is not None and record.removed >= display.until


def _lacking(case: Case, record: Evidence) -> tuple[str, ...]:
    """The fields a public record should state and does not."""
    if case.requirement.evidence in OF_THE_SECTION or record.filled is None or record.inherited:
        return ()
    day = record.trigger or record.published or case.today
    if not record.is_public or day < case.today - COMPLETE_WITHIN or day < case.since:
        return ()
    wanted = required_fields(case.requirement, case.tier, record.kind, day)
    return tuple(name for name in wanted if name not in record.filled)

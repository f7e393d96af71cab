"""The standing of a duty: examples of every reason, and the properties that must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.rules.evaluation import evaluate
from compliance.rules.types import (
    Evidence,
    Finding,
    Freshness,
    Level,
    State,
    WeeklyAhead,
    WithinHours,
    WithinWorkingDays,
)

pytestmark = pytest.mark.unit

CALENDAR = load_calendar()
CATALOGUE = load_catalogue()
MONDAY = date(2021, 7, 5)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
Seen = tuple[Evidence, ...]


def record(number: int = 1, **changes: object) -> Evidence:
    return replace(Evidence(record_id=number, title=f"Record {number}"), **changes)  # type: ignore[arg-type]


def judge(code: str, today: date, *evidence: Evidence, tier: str = "district") -> Finding:
    found = evaluate(CATALOGUE.requirement(code), evidence, tier, today, CALENDAR)
    assert found is not None
    return found


def told(finding: Finding) -> tuple[State, str, date | None]:
    return finding.state, finding.item.reason.code, finding.item.due


ISSUED = record(trigger=date(2021, 4, 28), kind="own")
SHOWN = replace(ISSUED, published=date(2021, 5, 4))
DUE = date(2021, 5, 4)


@pytest.mark.parametrize(
    ("today", "state", "reason"),
    [
        (date(2021, 4, 29), State.NOT_DUE, "not_due"),
        (date(2021, 5, 3), State.DUE_SOON, "due_soon"),
        (date(2021, 5, 4), State.DUE_SOON, "due_soon"),
        (date(2021, 5, 5), State.OVERDUE, "overdue"),
    ],
)
def test_a_record_waiting_for_publication(today: date, state: State, reason: str) -> None:
    found = judge("directives", today, ISSUED)
    assert told(found) == (state, reason, DUE)
    assert (found.item.trigger, found.item.record, found.rule) == (ISSUED.trigger, ISSUED, "directives@ND43")
    assert (date(2021, 5, 3), "compensation") in found.item.skipped
    assert found.item.reason.params["due"] == "2021-05-04"


def test_a_record_on_time_late_and_without_a_date() -> None:
    today = date(2021, 6, 1)
    late = replace(SHOWN, published=date(2021, 5, 7))
    assert told(judge("directives", today, SHOWN)) == (State.MET, "on_time", DUE)
    assert told(judge("directives", today, late)) == (State.MET_LATE, "met_late", DUE)
    assert judge("directives", today, late).item.reason.params["days"] == 3
    undated = record(published=date(2021, 5, 7))
    assert told(judge("directives", today, undated)) == (State.MET, "fresh", date(2021, 8, 5))


def test_publication_in_the_future_does_not_count_yet() -> None:
    assert judge("directives", date(2021, 5, 3), SHOWN).state is State.DUE_SOON
    assert judge("directives", date(2021, 4, 27), SHOWN).state is State.MISSING


def test_the_most_urgent_record_speaks() -> None:
    older = record(2, trigger=date(2021, 4, 1))
    found = judge("directives", date(2021, 5, 5), ISSUED, older, record(3, trigger=date(2021, 5, 5)))
    assert (found.state, found.item.record) == (State.OVERDUE, older)


def test_nothing_at_all() -> None:
    assert told(judge("directives", date(2021, 5, 1))) == (State.MISSING, "missing", None)
    assert told(judge("directives", date(2021, 5, 1), record())) == (State.MISSING, "missing_undated", None)


def test_nothing_binds() -> None:
    directives = CATALOGUE.requirement("directives")
    assert evaluate(directives, [], "hamlet", date(2021, 5, 1), CALENDAR) is None
    assert evaluate(directives, [SHOWN], "district", date(2010, 5, 1), CALENDAR) is None


def test_what_is_outstanding_outlives_its_regime() -> None:
    whole = CATALOGUE.requirement("directives")
    old = replace(
        whole,
        bindings=tuple(each for each in whole.bindings if each.regime == "ND43"),
        limits=tuple(each for each in whole.limits if each.regime == "ND43"),
    )
    found = evaluate(old, [ISSUED], "district", date(2024, 1, 1), CALENDAR)
    assert found is not None
    assert found.state is State.OVERDUE
    assert evaluate(old, [SHOWN], "district", date(2024, 1, 1), CALENDAR) is None


def test_a_commune_is_encouraged() -> None:
    assert judge("directives", date(2021, 5, 5), ISSUED, tier="commune").level is Level.ENCOURAGED


def schedule(week: date, published: date) -> Evidence:
    return record(week=week, published=published, trigger=week)


THIS = schedule(MONDAY, MONDAY - 3 * DAY)
NEXT = schedule(MONDAY + WEEK + DAY, MONDAY + DAY)
PAST = schedule(MONDAY - WEEK, MONDAY - 10 * DAY)


@pytest.mark.parametrize(
    ("today", "evidence", "expected"),
    [
        (MONDAY, (THIS,), (State.MET, "on_time", MONDAY - DAY)),
        (MONDAY + DAY, (schedule(MONDAY, MONDAY + DAY),), (State.MET_LATE, "met_late", MONDAY - DAY)),
        (MONDAY + 2 * DAY, (THIS,), (State.DUE_SOON, "week_due_soon", MONDAY + 6 * DAY)),
        (MONDAY + 6 * DAY, (THIS,), (State.DUE_SOON, "week_due_soon", MONDAY + 6 * DAY)),
        (MONDAY + 6 * DAY, (THIS, NEXT), (State.MET, "on_time", MONDAY + 6 * DAY)),
        (MONDAY + DAY, (PAST,), (State.OVERDUE, "week_overdue", MONDAY - DAY)),
        (MONDAY + DAY, (PAST, NEXT), (State.MET, "on_time", MONDAY + 6 * DAY)),
        (MONDAY, (PAST, NEXT), (State.OVERDUE, "week_overdue", MONDAY - DAY)),
        (MONDAY, (), (State.MISSING, "week_missing", MONDAY - DAY)),
    ],
)
def test_leaders_schedule(today: date, evidence: Seen, expected: tuple[State, str, date]) -> None:
    assert told(judge("leaders_schedule", today, *evidence)) == expected


def test_a_week_may_be_named_by_its_period() -> None:
    found = judge("leaders_schedule", MONDAY, record(period="2021-07-05", published=MONDAY))
    assert found.state is State.MET_LATE


def period(name: str, published: date | None = None, **changes: object) -> Evidence:
    return record(period=name, published=published, **changes)


M3, M6 = period("2021-M3", date(2021, 4, 10)), period("2021-M6", date(2021, 7, 20))


@pytest.mark.parametrize(
    ("today", "evidence", "state", "reason", "name"),
    [
        (date(2021, 7, 1), (M3,), State.NOT_DUE, "period_not_due", "2021-M6"),
        (date(2021, 7, 12), (M3,), State.DUE_SOON, "period_due_soon", "2021-M6"),
        (date(2021, 7, 16), (M3,), State.OVERDUE, "period_overdue", "2021-M6"),
        (date(2021, 7, 20), (M3, M6), State.MET_LATE, "met_late", "2021-M6"),
        (date(2021, 7, 16), (), State.MISSING, "period_missing", "2021-M6"),
        (date(2021, 7, 1), (), State.MISSING, "period_missing", "2021-M3"),
        (
            date(2021, 7, 1),
            (period("2020-M9", date(2020, 10, 5)),),
            State.OVERDUE,
            "period_overdue",
            "2021-M3",
        ),
        (date(2021, 7, 1), (period("2021-M6", date(2021, 7, 1)),), State.MET, "on_time", "2021-M6"),
        (date(2017, 2, 1), (), State.NOT_DUE, "nothing_due", ""),
        (date(2026, 10, 13), (M6,), State.OVERDUE, "period_overdue", "2026-M9"),
    ],
)
def test_budget_execution(today: date, evidence: Seen, state: State, reason: str, name: str) -> None:
    found = judge("budget_execution", today, *evidence)
    assert (found.state, found.item.reason.code, found.item.period) == (state, reason, name)


def test_the_annual_execution_is_a_record_of_its_own() -> None:
    annual = period("2026-Y", trigger=date(2026, 10, 20))
    m9 = period("2026-M9", date(2026, 10, 5))
    found = judge("budget_execution", date(2026, 11, 5), annual, m9, tier="commune")
    assert told(found) == (State.OVERDUE, "overdue", date(2026, 10, 30))


Y20, Y21 = period("2020", date(2020, 1, 5)), period("2021", date(2021, 1, 8), trigger=date(2020, 12, 10))


@pytest.mark.parametrize(
    ("today", "evidence", "state", "reason", "name"),
    [
        (date(2020, 12, 30), (Y20,), State.MET, "met_undated", "2020"),
        (date(2021, 1, 8), (Y20,), State.NOT_DUE, "year_not_due", "2021"),
        (date(2021, 1, 28), (Y20,), State.DUE_SOON, "year_due_soon", "2021"),
        (date(2021, 2, 2), (Y20,), State.OVERDUE, "year_overdue", "2021"),
        (date(2021, 2, 2), (), State.MISSING, "year_missing", "2021"),
        (date(2021, 1, 8), (), State.MISSING, "year_missing", "2020"),
        (date(2021, 1, 8), (Y21,), State.MET, "on_time", "2021"),
        (date(2021, 1, 7), (Y20, Y21), State.DUE_SOON, "due_soon", "2021"),
        (date(2021, 1, 7), (Y21,), State.MISSING, "year_missing", "2020"),
        (date(2021, 1, 12), (replace(Y21, published=None), Y20), State.OVERDUE, "overdue", "2021"),
        (date(2020, 12, 20), (period("2021", date(2020, 12, 15)),), State.MET, "met_undated", "2021"),
        (date(2017, 2, 2), (), State.NOT_DUE, "nothing_due", ""),
    ],
)
def test_budget_decided(today: date, evidence: Seen, state: State, reason: str, name: str) -> None:
    found = judge("budget_decided", today, *evidence)
    assert (found.state, found.item.reason.code, found.item.period) == (state, reason, name)


def test_a_settlement_is_expected_a_year_later() -> None:
    found = judge("budget_settlement", date(2021, 7, 1), period("2018", date(2019, 12, 1)))
    assert (found.state, found.item.period, found.item.due) == (State.OVERDUE, "2019", date(2021, 2, 1))


def test_years_without_calendar_data_are_passed_on() -> None:
    found = judge("directives", date(2028, 1, 5), record(trigger=date(2027, 12, 31)))
    assert found.item.unknown_years == (2028,)


# Properties ------------------------------------------------------------------------------------------

TODAY = date(2021, 7, 14)
CODES = st.sampled_from(CATALOGUE.codes)
PERIODS = st.sampled_from(["", "2019", "2020", "2021", "2022", "2020-M9", "2021-M3", "2021-M6", "2020-Y"])
DATES = st.none() | st.dates(date(2020, 1, 1), TODAY)
ANY = st.builds(
    Evidence,
    record_id=st.integers(1, 5),
    title=st.sampled_from("abc"),
    kind=st.sampled_from(["", "own", "other", "annual"]),
    trigger=DATES,
    period=PERIODS,
    published=DATES,
    week=st.none() | st.dates(MONDAY - 2 * WEEK, MONDAY + 3 * WEEK),
)
TIERS = st.sampled_from(["district", "commune", "province"])


def rank(code: str, evidence: list[Evidence], tier: str, today: date = TODAY) -> int:
    """The rank of the state; late counts as met: a late record is a duty done that was not known before."""
    state = judge(code, today, *evidence, tier=tier).state
    return 0 if state is State.MET_LATE else state.rank


@given(CODES, TIERS, st.lists(ANY, max_size=6), st.randoms())
def test_the_order_of_evidence_does_not_matter(
    code: str, tier: str, found: list[Evidence], random: object
) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert judge(code, TODAY, *shuffled, tier=tier) == judge(code, TODAY, *found, tier=tier)


@given(CODES, TIERS, st.lists(ANY, max_size=6), ANY, st.dates(date(2020, 1, 1), TODAY + WEEK))
def test_published_evidence_never_worsens(
    code: str, tier: str, found: list[Evidence], more: Evidence, published: date
) -> None:
    more = replace(more, published=published, answered=published)  # a question is settled by its answer
    assert rank(code, [*found, more], tier, TODAY + WEEK) <= rank(code, found, tier, TODAY + WEEK)


@given(CODES, TIERS, st.lists(ANY, min_size=1, max_size=6), st.data())
def test_publishing_a_record_never_worsens(
    code: str, tier: str, found: list[Evidence], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(found) - 1))
    shown = [replace(each, published=TODAY) if i == chosen else each for i, each in enumerate(found)]
    hidden = [replace(each, published=None) if i == chosen else each for i, each in enumerate(found)]
    assert rank(code, shown, tier) <= rank(code, hidden, tier)


@given(CODES, TIERS, st.lists(ANY, max_size=6), st.integers(1, 700))
def test_overdue_stays_overdue_until_new_evidence(
    code: str, tier: str, found: list[Evidence], later: int
) -> None:
    ahead = {"2021", "2022"}  # a year's paper published years early is met when its year comes
    known = [each for each in found if (each.week or TODAY - WEEK) < MONDAY and each.period not in ahead]
    before = judge(code, TODAY, *known, tier=tier)
    if before.state is State.OVERDUE:
        assert judge(code, TODAY + later * DAY, *known, tier=tier).state is State.OVERDUE


@given(CODES, TIERS, st.lists(ANY, max_size=6))
def test_a_due_date_is_never_a_rest_day(code: str, tier: str, found: list[Evidence]) -> None:
    item = judge(code, TODAY, *found, tier=tier).item
    free = isinstance(item.limit.deadline, Freshness | WithinHours | WeeklyAhead) if item.limit else True
    assert item.due is None or free or CALENDAR.is_working_day(item.due)


@given(st.dates(date(2020, 1, 1), date(2020, 12, 31)), st.integers(0, 30), TIERS)
def test_a_later_rule_never_rewrites_an_earlier_duty(trigger: date, days: int, tier: str) -> None:
    known = CATALOGUE.requirement("directives")
    new = replace(
        next(each for each in known.limits if each.kind == "own"),
        code="directives@NEW",
        deadline=WithinWorkingDays(days),
        valid_from=date(2021, 1, 1),
        valid_to=None,
    )
    outstanding = [record(trigger=trigger)]
    before = judge("directives", date(2021, 3, 1), *outstanding, tier=tier)
    changed = replace(known, limits=(*known.limits, new))
    assert evaluate(changed, outstanding, tier, date(2021, 3, 1), CALENDAR) == before

"""What must hold for every duty the rules can express, not only for those of the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from compliance.rules.deadlines import due_date
from compliance.rules.evaluation import evaluate
from compliance.rules.local import Adjustment, OffDay, adjusted, weight_on, with_days
from compliance.rules.states import FAILING, State
from compliance.rules.types import (
    CalendarDaysBefore,
    Deadline,
    Declaration,
    Evidence,
    Finding,
    Freshness,
    Limit,
    MinimumDisplay,
    Monthly,
    OnChange,
    PeriodEnd,
    Quota,
    RequiredFields,
    Requirement,
    TicketAnswer,
    Waiver,
    WithinCalendarDays,
    WithinHours,
    WithinWorkingDays,
    WorkingDaysBefore,
)
from tests.compliance.rules.making import CALENDAR, limit, requirement

pytestmark = pytest.mark.unit

TODAY = date(2021, 7, 14)
DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
PAST = st.dates(date(2020, 1, 1), TODAY)
NUMBERS = st.integers(0, 40)
UNITS = st.sampled_from(["wd", "cd"])
MOVED: st.SearchStrategy[Deadline] = st.one_of(
    st.builds(WithinWorkingDays, NUMBERS),
    st.builds(WithinCalendarDays, NUMBERS),
    st.builds(WorkingDaysBefore, st.integers(1, 20)),
    st.builds(CalendarDaysBefore, st.integers(1, 20)),
    st.builds(TicketAnswer, NUMBERS, UNITS),
    st.builds(OnChange),
    st.builds(PeriodEnd, st.just(("M3", "M6", "M9")), NUMBERS, UNITS),
    st.builds(Monthly, st.integers(1, 20), UNITS, st.booleans()),
)
FIXED: st.SearchStrategy[Deadline] = st.one_of(
    st.builds(WithinHours, st.integers(1, 100)),
    st.builds(Freshness, st.integers(1, 400)),
    st.builds(MinimumDisplay, st.integers(0, 60)),
)
FIELDS = st.frozensets(st.sampled_from("abc"))
KINDS = st.sampled_from(["", "own", "other"])
TERMS = st.one_of(st.builds(WithinWorkingDays, NUMBERS), st.builds(WithinCalendarDays, NUMBERS), FIXED)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    deadline = draw(
        TERMS | MOVED | st.builds(RequiredFields, st.just(("a", "b"))) | st.builds(Quota, st.just(2))
    )
    first = draw(st.sampled_from([date(2011, 10, 1), date(2021, 1, 1)]))
    return limit(deadline, draw(KINDS), first=first, residual=draw(st.booleans()))


DUTIES = st.builds(
    lambda found, sort: requirement(*found, evidence=sort),
    st.lists(limits(), max_size=4),
    st.sampled_from(["document_record", "page_fields", "periodic_report"]),
)
RECORDS = st.builds(
    Evidence,
    record_id=st.integers(1, 6),
    title=st.sampled_from("ab"),
    kind=KINDS,
    trigger=st.none() | PAST,
    period=st.sampled_from(["", "2021", "2021-M3", "2021-M6", "2021-06", "2020-Y"]),
    published=st.none() | PAST,
    confirmed=st.none() | PAST,
    answered=st.none() | PAST,
    filled=st.none() | FIELDS,
)
WORDS = st.lists(st.builds(lambda a, b: Declaration(min(a, b), max(a, b)), PAST, PAST), max_size=2)


def judged(duty: Requirement, found: Sequence[Evidence], today: date = TODAY, **rest: object) -> Finding:
    finding = evaluate(duty, found, "district", today, CALENDAR, **rest)  # type: ignore[arg-type]
    assert finding is not None
    return finding


def rank(duty: Requirement, found: Sequence[Evidence], **rest: object) -> int:
    return judged(duty, found, **rest).state.rank


@given(MOVED, DAYS)
def test_a_due_date_that_must_be_worked_is_a_working_day(deadline: Deadline, day: date) -> None:
    assert CALENDAR.is_working_day(due_date(deadline, day, CALENDAR).due)


@given(MOVED | FIXED, DAYS, st.integers(0, 30))
def test_a_later_trigger_is_never_due_earlier(deadline: Deadline, day: date, later: int) -> None:
    first = due_date(deadline, day, CALENDAR).due
    assert due_date(deadline, day + timedelta(days=later), CALENDAR).due >= first


@given(MOVED, DAYS)
def test_the_days_passed_over_are_the_rest_days_told(deadline: Deadline, day: date) -> None:
    counted = due_date(deadline, day, CALENDAR)
    for skipped, why in counted.skipped:
        assert CALENDAR.rest_reason(skipped) == why


@given(DUTIES, st.lists(RECORDS, max_size=6), WORDS, st.randoms())
def test_the_order_of_evidence_and_words_does_not_matter(
    duty: Requirement, found: list[Evidence], words: list[Declaration], random: Random
) -> None:
    shuffled, turned = random.sample(found, len(found)), random.sample(words, len(words))
    assert judged(duty, found, declarations=words) == judged(duty, shuffled, declarations=turned)


@given(DUTIES, st.lists(RECORDS, max_size=5), RECORDS)
def test_complete_evidence_in_time_never_worsens(
    duty: Requirement, found: list[Evidence], more: Evidence
) -> None:
    day = more.trigger or TODAY
    good = replace(
        more, record_id=9, published=day, answered=day, filled=frozenset("abc"), confirmed=TODAY, removed=None
    )
    ahead = [
        each for each in duty.limits if isinstance(each.deadline, WorkingDaysBefore | CalendarDaysBefore)
    ]
    assume(not ahead or more.trigger is None)
    assert rank(duty, [*found, good]) <= rank(duty, found)


@given(DUTIES, st.lists(RECORDS, min_size=1, max_size=5), st.data())
def test_publishing_confirming_and_completing_a_record_never_worsens(
    duty: Requirement, found: list[Evidence], data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(found) - 1))
    hidden = replace(found[chosen], published=None, answered=None, confirmed=None, filled=frozenset())
    shown = replace(found[chosen], published=TODAY, answered=TODAY, confirmed=TODAY, filled=frozenset("abc"))
    before = [hidden if number == chosen else each for number, each in enumerate(found)]
    after = [shown if number == chosen else each for number, each in enumerate(found)]
    settled = {State.MET_LATE.rank: State.MET.rank}  # publishing late is the best a late record can do
    assert settled.get(rank(duty, after), rank(duty, after)) <= rank(duty, before)


@given(DUTIES, st.lists(RECORDS, max_size=5), WORDS)
def test_a_word_or_a_waiver_never_worsens(
    duty: Requirement, found: list[Evidence], words: list[Declaration]
) -> None:
    plain = judged(duty, found)
    assert judged(duty, found, declarations=words).state.rank <= plain.state.rank
    excused = judged(duty, found, waivers=[Waiver("1/QĐ", "why", date(2020, 1, 1))])
    assert excused.state.rank <= plain.state.rank
    assert (excused.state is State.WAIVED) == (plain.state in FAILING | {State.DUE_SOON})


@given(DUTIES, st.lists(RECORDS, max_size=5), limits())
def test_a_rule_to_come_rewrites_nothing(duty: Requirement, found: list[Evidence], more: Limit) -> None:
    to_come = replace(more, valid_from=TODAY + timedelta(days=1))
    assert judged(replace(duty, limits=(*duty.limits, to_come)), found) == judged(duty, found)


@given(DUTIES, st.lists(RECORDS, max_size=5), RECORDS, st.integers(1, 30))
def test_what_is_dated_in_the_future_changes_nothing(
    duty: Requirement, found: list[Evidence], more: Evidence, ahead: int
) -> None:
    soon = TODAY + timedelta(days=ahead)
    later = [
        each for each in duty.limits if isinstance(each.deadline, WorkingDaysBefore | CalendarDaysBefore)
    ]
    assume(not later)
    future = replace(
        more, record_id=9, trigger=soon, published=soon, period="", confirmed=None, answered=None
    )
    assert judged(duty, [*found, future]) == judged(duty, found)


@given(DUTIES, st.lists(RECORDS, max_size=5))
def test_every_finding_names_its_law_and_its_most_urgent_item(
    duty: Requirement, found: list[Evidence]
) -> None:
    finding = judged(duty, found)
    assert finding.bases
    assert finding.rule.startswith("duty@")
    if finding.open_items:
        assert finding.state is finding.open_items[0].state
        ranks = [item.state.rank for item in finding.open_items]
        assert ranks == sorted(ranks, reverse=True)


@given(st.integers(1, 60), DAYS, DAYS, st.integers(0, 90))
def test_a_local_deadline_is_only_ever_stricter(days: int, first: date, trigger: date, law: int) -> None:
    duty = requirement(limit(WithinWorkingDays(law)))
    local = adjusted(duty, [Adjustment("deadline", "duty", days, first)])
    record = Evidence(1, "a", trigger=trigger)
    today = date(2023, 1, 1)
    before, after = judged(duty, [record], today).item.due, judged(local, [record], today).item.due
    assert before is not None
    assert after is not None
    assert after <= before
    assert after == before or trigger >= first


@given(DAYS, st.integers(1, 20), DAYS)
def test_a_weight_changes_from_its_day_on(day: date, points: int, first: date) -> None:
    duty = requirement()
    weight = weight_on(duty, [Adjustment("weight", "duty", points, first)], "district", day)
    assert weight == (points if day >= first else duty.weight)


@given(st.lists(DAYS, max_size=4), DAYS, st.integers(0, 20))
def test_more_holidays_never_make_a_term_shorter(days: list[date], trigger: date, term: int) -> None:
    calendar = with_days(CALENDAR, [OffDay(day, "holiday", "local") for day in days])
    before = due_date(WithinWorkingDays(term), trigger, CALENDAR).due
    assert due_date(WithinWorkingDays(term), trigger, calendar).due >= before

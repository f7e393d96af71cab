"""The clock of a question, its code, and what is struck out of a text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_calendar
from compliance.catalogue.questions import load_handling
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.question_codes import ALPHABET, LENGTH, make_code, read_code, show_code
from compliance.rules.question_stats import Counted, figures, ranks
from compliance.rules.questions import (
    AFTER_HOURS,
    Mark,
    Pause,
    Standing,
    Term,
    day_counted_from,
    days_taken,
    run_clock,
    standing,
)
from compliance.rules.redaction import Kind, Known, own, pieces, proposals, struck_out

pytestmark = pytest.mark.unit

CLOSES = datetime.time(17)
DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2022, 6, 30))
TERMS = st.builds(Term, st.integers(1, 60), st.sampled_from(["wd", "cd"]))
KNOWN = Known("Nguyễn Thị Lan", "lan@example.vn", "0905 123 456")


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    days = draw(st.sets(DAYS, max_size=40))
    return WorkingCalendar(dict.fromkeys(days, "x"), years=frozenset(range(2019, 2023)))


@given(day=DAYS, term=TERMS, calendar=calendars())
def test_an_answer_is_due_on_a_working_day(day: datetime.date, term: Term, calendar: WorkingCalendar) -> None:
    begins = calendar.next_working_day(day)
    clock = run_clock(day, begins, term, calendar)
    assert calendar.is_working_day(clock.due)
    assert clock.due > begins


@given(day=DAYS, term=TERMS, calendar=calendars())
def test_the_days_told_add_up_to_the_term(day: datetime.date, term: Term, calendar: WorkingCalendar) -> None:
    begins = calendar.next_working_day(day)
    clock = run_clock(day, begins, term, calendar)
    numbers = [line.number for line in clock.lines if line.number]
    assert numbers == list(range(1, term.days + 1))
    assert clock.counted == term.days
    shown = [line.day for line in clock.lines]
    assert shown == [day + datetime.timedelta(days=n) for n in range((clock.due - day).days + 1)]


@given(day=DAYS, n=st.integers(1, 60), calendar=calendars())
def test_the_clock_counts_as_the_law_does(day: datetime.date, n: int, calendar: WorkingCalendar) -> None:
    begins = calendar.next_working_day(day)
    assert run_clock(day, begins, Term(n), calendar).due == calendar.after_working_days(begins, n).due
    assert run_clock(day, begins, Term(n, "cd"), calendar).due == calendar.after_calendar_days(begins, n).due


@given(day=DAYS, term=TERMS, calendar=calendars(), holiday=DAYS)
def test_one_holiday_more_never_makes_it_earlier(
    day: datetime.date, term: Term, calendar: WorkingCalendar, holiday: datetime.date
) -> None:
    more = WorkingCalendar({**calendar.holidays, holiday: "new"}, years=calendar.years)
    before = run_clock(day, calendar.next_working_day(day), term, calendar)
    assert run_clock(day, more.next_working_day(day), term, more).due >= before.due


@given(day=DAYS, term=TERMS, calendar=calendars(), start=st.integers(0, 40), length=st.integers(0, 30))
def test_a_pause_that_stops_the_clock_never_makes_it_earlier(
    day: datetime.date, term: Term, calendar: WorkingCalendar, start: int, length: int
) -> None:
    begins = calendar.next_working_day(day)
    first = begins + datetime.timedelta(days=start)
    paused = run_clock(
        day, begins, term, calendar, pauses=[Pause(first, first + datetime.timedelta(days=length))]
    )
    assert paused.due >= run_clock(day, begins, term, calendar).due
    assert paused.counted == term.days
    assert all(line.number == 0 for line in paused.lines if line.mark == Mark.PAUSED)


@pytest.mark.parametrize(
    ("sent", "begins", "why"),
    [
        ("2021-06-01T09:00", "2021-06-01", ""),
        ("2021-06-01T17:00", "2021-06-01", ""),
        ("2021-06-01T17:01", "2021-06-02", AFTER_HOURS),
        ("2021-06-04T20:00", "2021-06-07", AFTER_HOURS),
        ("2021-06-05T09:00", "2021-06-07", "weekend"),
        ("2021-04-30T09:00", "2021-05-04", "holiday"),
    ],
)
def test_what_comes_late_or_on_a_rest_day_counts_from_the_next_working_day(
    sent: str, begins: str, why: str
) -> None:
    found = day_counted_from(datetime.datetime.fromisoformat(sent), CLOSES, load_calendar())
    assert found == (datetime.date.fromisoformat(begins), why)


def test_the_worked_example_of_the_decree() -> None:
    day = datetime.date(2021, 6, 1)
    assert run_clock(day, day, Term(15), load_calendar()).due == datetime.date(2021, 6, 22)


def test_an_open_pause_reaches_to_today() -> None:
    day = datetime.date(2021, 6, 1)
    open_pause = [Pause(datetime.date(2021, 6, 2))]
    clock = run_clock(day, day, Term(2), load_calendar(), pauses=open_pause, today=datetime.date(2021, 6, 4))
    assert clock.due == datetime.date(2021, 6, 8)
    assert [line.mark for line in clock.skipped] == ["paused"] * 3 + ["weekend"] * 2


def test_how_a_question_stands() -> None:
    due = datetime.date(2021, 6, 22)
    day = datetime.timedelta(days=1)
    assert standing(due, due, None) is Standing.WAITING
    assert standing(due, due, None, soon=due - day) is Standing.SOON
    assert standing(due, due + day, None) is Standing.OVERDUE
    assert standing(due, due + day, due) is Standing.ON_TIME
    assert standing(due, due + day, due + day) is Standing.LATE
    assert days_taken(datetime.date(2021, 6, 4), datetime.date(2021, 6, 7), load_calendar()) == 1


@given(picks=st.lists(st.sampled_from(ALPHABET), min_size=LENGTH - 1, max_size=LENGTH - 1), data=st.data())
def test_one_wrong_character_or_a_swap_is_noticed(picks: list[str], data: st.DataObject) -> None:
    chosen = iter(picks)
    code = make_code(lambda _alphabet: next(chosen))
    assert read_code(show_code(code).lower()) == code
    place = data.draw(st.integers(0, LENGTH - 1))
    other = data.draw(st.sampled_from([char for char in ALPHABET if char != code[place]]))
    assert read_code(code[:place] + other + code[place + 1 :]) is None
    if place and code[place] != code[place - 1]:
        assert read_code(code[: place - 1] + code[place] + code[place - 1] + code[place + 1 :]) is None


@pytest.mark.parametrize(
    "text", ["", "x" * 10_000, "K7QM-2XRW", "0O1I-0O1I-0O1I", "\x00", "\u202e", "🙂" * 12]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert read_code(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gọi 0905.123.456 nhé", [(Kind.PHONE, "0905.123.456")]),
        ("gọi +84 905 123 456", [(Kind.PHONE, "+84 905 123 456")]),
        ("thư lan@example.vn", [(Kind.EMAIL, "lan@example.vn")]),
        ("căn cước 064123456789", [(Kind.CITIZEN_ID, "064123456789")]),
        ("CMND 230123456", [(Kind.CITIZEN_ID, "230123456")]),
        ("tài khoản 19001234567890", [(Kind.BANK, "19001234567890")]),
        ("tôi là NGUYEN THI  LAN", [(Kind.NAME, "NGUYEN THI  LAN")]),
        ("chị Thị Lan hỏi", [(Kind.NAME, "Thị Lan")]),
        ("nhà ở thôn 3, xã Glar", [(Kind.ADDRESS, "thôn 3")]),
        ("số nhà 12 Trần Phú hỏi", [(Kind.ADDRESS, "số nhà 12 Trần Phú")]),
        ("ngày 12/03/2021, Quyết định 235/UBND-CCHC", []),
        ("năm 2021 và 2022, phí 1.500.000 đồng thì sao", []),
        ("tổ chức họp thôn", []),
    ],
)
def test_what_looks_like_personal_data(text: str, found: list[tuple[Kind, str]]) -> None:
    spans = proposals(text, KNOWN, load_handling().address_words)
    assert [(span.kind, text[span.start : span.end]) for span in spans] == found


@given(text=st.text(max_size=200))
def test_striking_out_keeps_the_rest(text: str) -> None:
    spans = proposals(text, KNOWN, load_handling().address_words)
    assert "".join(piece for piece, _kind in pieces(text, spans)) == text
    assert struck_out(text, spans, "") == "".join(
        piece for piece, kind in pieces(text, spans) if kind is None
    )


@given(before=st.text(max_size=30), after=st.text(max_size=30))
def test_the_askers_own_data_is_always_found(before: str, after: str) -> None:
    for written in ("nguyễn thị lan", "LAN@EXAMPLE.VN"):
        assert own(f"{before} {written} {after}", KNOWN)


def test_a_small_sample_is_neither_ranked_nor_averaged() -> None:
    row = Counted(Standing.ON_TIME, 3, 5)
    few = figures([row] * 4, least_ratings=5)
    many = figures([*[row] * 9, Counted(Standing.LATE, 20)], least_ratings=5)
    worse = figures([*[row] * 8, *[Counted(Standing.LATE, 20)] * 2], least_ratings=5)
    assert few.stars is None
    assert many.stars == 5
    assert (many.median_days, many.answered, many.received) == (3, 10, 10)
    assert ranks({"a": few, "b": many, "c": worse}, least_answered=10) == {"b": 1, "c": 2}

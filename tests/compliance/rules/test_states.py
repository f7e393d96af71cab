"""Every state by example: fields, display, freshness, questions, declarations, waivers, successors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from compliance.rules.states import State
from compliance.rules.types import (
    Declaration,
    Evidence,
    Freshness,
    LatestTrigger,
    MinimumDisplay,
    Monthly,
    PeriodEnd,
    Quota,
    RequiredFields,
    TicketAnswer,
    Waiver,
    WeeklyAhead,
    WithinWorkingDays,
)
from tests.compliance.rules.making import judge, limit, requirement, told

pytestmark = pytest.mark.unit

TODAY = date(2021, 7, 29)
DAY = timedelta(days=1)
TWO = limit(WithinWorkingDays(2))
RECORD = Evidence(1, "Decision 5", trigger=date(2021, 7, 1), published=date(2021, 7, 2))


def test_a_record_that_lacks_fields_names_them() -> None:
    duty = requirement(TWO, limit(RequiredFields(("number", "abstract", "file"))))
    found = judge(duty, TODAY, replace(RECORD, filled=frozenset({"number"})))
    assert told(found) == ("incomplete", "incomplete")
    assert found.item.lacking == ("abstract", "file")
    whole = replace(RECORD, filled=frozenset({"number", "abstract", "file", "more"}))
    assert told(judge(duty, TODAY, whole)) == ("met", "on_time")
    assert told(judge(duty, TODAY, RECORD)) == ("met", "on_time"), "unknown is not incomplete"


def test_fields_of_a_later_law_are_not_asked_of_an_earlier_record() -> None:
    later = limit(RequiredFields(("egp_number",)), regime="LDT23", first=date(2024, 1, 1))
    duty = requirement(TWO, limit(RequiredFields(("name",))), later)
    assert told(judge(duty, TODAY, replace(RECORD, filled=frozenset({"name"})))) == ("met", "on_time")
    new = replace(RECORD, trigger=date(2024, 7, 1), published=date(2024, 7, 2), filled=frozenset({"name"}))
    assert judge(duty, date(2024, 7, 29), new).item.lacking == ("egp_number",)


def test_a_section_states_its_fields_as_a_whole() -> None:
    duty = requirement(limit(RequiredFields(("history", "map"))), evidence="page_fields")
    history = Evidence(1, "History", published=date(2021, 1, 5), filled=frozenset({"history"}))
    place = Evidence(2, "Map", published=date(2021, 1, 6), filled=frozenset({"map"}))
    found = judge(duty, TODAY, history)
    assert (told(found), found.item.lacking) == (("incomplete", "incomplete_section"), ("map",))
    assert told(judge(duty, TODAY, history, place)) == ("met", "met_undated")


def test_what_is_taken_down_too_early_is_not_public() -> None:
    duty = requirement(TWO, limit(MinimumDisplay(30)))
    cut = replace(RECORD, removed=date(2021, 7, 20))
    found = judge(duty, TODAY, cut)
    assert told(found) == ("overdue", "cut_short")
    assert found.item.reason.params["until"] == "2021-08-01"
    stayed = replace(RECORD, removed=date(2021, 8, 1))
    assert told(judge(duty, date(2021, 8, 2), stayed)) == ("met", "on_time")
    ended = replace(cut, term_ends=date(2021, 7, 20))
    assert told(judge(duty, TODAY, ended)) == ("met", "on_time")
    assert told(judge(requirement(TWO), TODAY, cut)) == ("overdue", "withdrawn")


def test_a_section_grows_stale_and_a_confirmation_renews_it() -> None:
    duty = requirement(limit(Freshness(90)), evidence="page_fields", soon=5)
    page = Evidence(1, "Contacts", published=date(2021, 1, 5), changed=date(2021, 4, 10))
    fresh = judge(duty, date(2021, 7, 3), page)
    assert told(fresh) == ("met", "fresh")
    assert (fresh.item.trigger, fresh.item.due) == (date(2021, 4, 10), date(2021, 7, 9))
    assert told(judge(duty, date(2021, 7, 4), page)) == ("due_soon", "stale_soon")
    found = judge(duty, TODAY, page)
    assert told(found) == ("overdue", "stale")
    assert (found.item.due, found.has_public) == (date(2021, 7, 9), True)
    confirmed = replace(page, confirmed=date(2021, 7, 20))
    assert told(judge(duty, TODAY, confirmed)) == ("met", "confirmed")


def test_a_late_record_stays_late_however_fresh_the_section_is() -> None:
    duty = requirement(TWO, limit(Freshness(300)))
    late = Evidence(1, "Decision", trigger=date(2021, 6, 1), period="2021", published=date(2021, 7, 20))
    assert told(judge(duty, TODAY, late)) == ("met_late", "met_late")


def test_a_declaration_renews_a_section_and_is_named_when_it_grows_old() -> None:
    duty = requirement(limit(Freshness(90)), soon=5)
    page = Evidence(1, "Plan", published=date(2021, 1, 5))
    word = Declaration(date(2021, 1, 1), date(2021, 3, 31), "")
    assert told(judge(duty, date(2021, 6, 20), page, declarations=[word])) == (
        "nothing_arose",
        "nothing_arose",
    )
    soon = judge(duty, date(2021, 6, 27), page, declarations=[word])
    assert told(soon) == ("due_soon", "word_stale_soon")
    late = judge(duty, TODAY, page, declarations=[word])
    assert told(late) == ("overdue", "word_stale")
    assert (late.item.trigger, late.item.due) == (date(2021, 3, 31), date(2021, 6, 29))
    assert late.item.reason.params["latest"] == "2021-03-31"


def test_a_local_figure_for_freshness_takes_the_place_of_our_convention() -> None:
    ours, local = limit(Freshness(30), regime="LOCAL"), limit(Freshness(200), regime="LOCAL", local=True)
    page = Evidence(1, "News", published=date(2021, 6, 1))
    assert told(judge(requirement(ours), TODAY, page)) == ("overdue", "stale")
    assert told(judge(requirement(ours, local), TODAY, page)) == ("met", "fresh")


def test_a_question_is_answered_not_published() -> None:
    duty = requirement(limit(TicketAnswer(15, "wd")), evidence="ticket")
    asked = Evidence(1, "Question", trigger=date(2021, 6, 1))
    assert told(judge(duty, date(2021, 6, 22), asked)) == ("due_soon", "due_soon")
    assert told(judge(duty, date(2021, 6, 23), asked)) == ("overdue", "overdue")
    late = replace(asked, answered=date(2021, 6, 23), published=date(2021, 6, 2))
    assert told(judge(duty, TODAY, late)) == ("met_late", "met_late")
    shown = replace(asked, published=date(2021, 6, 2))
    assert told(judge(duty, TODAY, shown)) == ("overdue", "overdue"), "posting a question is no answer"


def test_a_quota_is_counted_by_the_month() -> None:
    duty = requirement(limit(Quota(2)), evidence="dataset_record")
    june = [Evidence(n, f"News {n}", published=date(2021, 6, n)) for n in (1, 30)]
    found = judge(duty, TODAY, *june)
    assert told(found) == ("met", "quota_met")
    short = judge(duty, TODAY, june[0], Evidence(3, "July", published=date(2021, 7, 1)))
    assert told(short) == ("overdue", "quota_short")
    assert short.item.reason.params == {"period": "2021-06", "made": 1, "quota": 2}
    gone = [replace(each, removed=date(2021, 7, 2)) for each in june]
    assert judge(duty, TODAY, *gone).item.reason.params["made"] == 0, "taken down"
    theirs = [replace(each, inherited=True) for each in june]
    assert judge(duty, TODAY, *theirs).item.reason.params["made"] == 0, "a predecessor's"


def test_a_month_ahead() -> None:
    duty = requirement(limit(Monthly(5, "wd", ahead=True), "schedule"), evidence="schedule", soon=3)
    july = Evidence(1, "July", kind="schedule", period="2021-07", published=date(2021, 6, 20))
    on_time = judge(duty, date(2021, 7, 10), july)
    assert told(on_time) == ("met", "on_time")
    assert (on_time.item.trigger, on_time.item.due) == (date(2021, 7, 1), date(2021, 6, 24))
    assert told(judge(duty, date(2021, 7, 23), july)) == ("due_soon", "month_due_soon")
    assert told(judge(duty, TODAY, july)) == ("overdue", "month_overdue")
    assert told(judge(duty, TODAY)) == ("missing", "month_missing")
    august = Evidence(2, "August", kind="schedule", period="2021-08", published=date(2021, 7, 23))
    assert told(judge(duty, TODAY, july, august)) == ("met", "on_time")


def test_nothing_arose() -> None:
    word = Declaration(date(2021, 4, 1), date(2021, 6, 30), "no tender")
    duty = requirement(TWO)
    assert told(judge(duty, TODAY, declarations=[word])) == ("nothing_arose", "nothing_arose")
    assert told(judge(duty, TODAY + 400 * DAY, declarations=[word])) == ("missing", "missing")
    waiting = Evidence(1, "Decision", trigger=date(2021, 7, 1))
    assert told(judge(duty, TODAY, waiting, declarations=[word])) == ("overdue", "overdue")


def test_nothing_arose_in_a_period() -> None:
    duty = requirement(limit(PeriodEnd(("M3", "M6"), 15, "cd")), evidence="periodic_report")
    half = Declaration(date(2021, 1, 1), date(2021, 6, 30))
    assert told(judge(duty, TODAY, declarations=[half])) == ("nothing_arose", "nothing_arose")
    quarter = Declaration(date(2021, 1, 1), date(2021, 3, 31))
    found = judge(duty, TODAY, declarations=[quarter])
    assert (told(found)[0], found.item.period) == ("missing", "2021-M6")


def test_nothing_arose_renews_a_quiet_section() -> None:
    duty = requirement(TWO, limit(Freshness(60)))
    assert told(judge(duty, date(2021, 10, 1), RECORD)) == ("overdue", "stale")
    word = Declaration(date(2021, 7, 1), date(2021, 9, 30))
    assert told(judge(duty, date(2021, 10, 1), RECORD, declarations=[word]))[0] in ("met", "nothing_arose")


def test_a_waiver_excuses_what_fails_and_nothing_else() -> None:
    waiver = Waiver("12/QĐ", "flood", date(2021, 7, 1), date(2021, 8, 31))
    duty = requirement(TWO)
    found = judge(duty, TODAY, waivers=[waiver])
    assert (told(found), found.judged) == (("waived", "waived"), State.WAIVED)
    assert found.item.reason.params == {"decision": "12/QĐ", "why": "flood", "until": "2021-08-31"}
    assert told(judge(duty, TODAY, RECORD, waivers=[waiver])) == ("met", "on_time")
    assert told(judge(duty, date(2021, 9, 1), waivers=[waiver])) == ("missing", "missing")
    assert told(judge(duty, date(2021, 6, 30), waivers=[waiver])) == ("missing", "missing")


def test_a_successor_inherits_history_not_guilt() -> None:
    began = date(2021, 7, 1)
    duty = requirement(TWO)
    owed = Evidence(1, "Old decision", trigger=date(2021, 6, 1), inherited=True)
    assert told(judge(duty, TODAY, owed, since=began))[0] == "missing"
    own = Evidence(2, "Own, of the days before", trigger=date(2021, 6, 30))
    assert told(judge(duty, TODAY, own, since=began)) == ("missing", "missing_undated")
    history = replace(RECORD, inherited=True, trigger=date(2021, 6, 1), published=date(2021, 6, 2))
    assert told(judge(duty, TODAY, history, since=began)) == ("met", "on_time")
    periods = requirement(limit(PeriodEnd(("M3", "M6"), 15, "cd")))
    assert told(judge(periods, TODAY, since=began)) == ("not_due", "nothing_due")
    yearly = requirement(TWO, yearly=LatestTrigger(-1, 12, 31))
    assert told(judge(yearly, TODAY, since=began)) == ("not_due", "nothing_due")
    weekly = requirement(limit(WeeklyAhead()))
    assert told(judge(weekly, date(2021, 7, 2), since=began)) == ("not_due", "week_not_due")
    assert told(judge(weekly, date(2021, 7, 5), since=began))[0] == "missing"


def test_what_was_due_is_judged_beside_what_is_coming() -> None:
    duty = requirement(TWO)
    coming = Evidence(2, "Decision 9", trigger=date(2021, 7, 28))
    found = judge(duty, TODAY, RECORD, coming)
    assert (found.state, found.judged) == (State.DUE_SOON, State.MET)
    late = replace(RECORD, published=date(2021, 7, 12))
    assert judge(duty, TODAY, late, coming).judged is State.MET_LATE
    assert judge(duty, TODAY, coming).judged is None


def test_every_open_item_is_told_most_urgent_first() -> None:
    duty = requirement(TWO)
    waiting = [Evidence(n, f"Decision {n}", trigger=date(2021, 7, n)) for n in range(1, 29)]
    found = judge(duty, TODAY, RECORD, *waiting)
    assert len(found.open_items) == 20
    dues = [item.due or TODAY for item in found.open_items]
    assert dues == sorted(dues)
    assert found.counts["overdue"] == 26
    assert found.item == found.open_items[0]


def test_published_before_its_own_day_is_met_and_told() -> None:
    early = replace(RECORD, published=date(2021, 6, 30))
    assert told(judge(requirement(TWO), TODAY, early)) == ("met", "early")


def test_an_empty_draft_makes_nothing_overdue() -> None:
    duty = requirement(TWO, yearly=LatestTrigger(-1, 12, 31))
    nothing_yet = judge(duty, TODAY)
    assert told(nothing_yet)[0] == "missing"
    bare = Evidence(1, "Draft")
    assert told(judge(duty, TODAY, bare)) == told(nothing_yet)
    known = Evidence(1, "Draft", period="2019")
    assert told(judge(duty, TODAY, known))[0] == "overdue"

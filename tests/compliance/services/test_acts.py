"""What each act does to the next assessment, and never to an earlier one."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import ModelLogEntry

from compliance.models import CalendarDay, Declaration, FindingRecord, LocalRule, Observation
from compliance.presentation import explanation
from compliance.rules.months import local_moment
from compliance.services.assess import take_assessment
from compliance.services.local_rules import add_days, end_rule, remove_day, remove_rule, save_rule
from compliance.services.statements import declare_nothing_arose, grant_waiver, withdraw
from sitepages.models import Tier
from tests.builders import authority, make_document, make_superuser

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = datetime.date(2021, 7, 29)
NOVEMBER = datetime.date(2026, 11, 1)
DUTY = "projects_procurement"


def judged(on: datetime.date, duty: str = DUTY, code: str = "glar") -> FindingRecord:
    found: FindingRecord = take_assessment(on, today=on).findings.get(authority__code=code, duty=duty)
    return found


def rule(**values: Any) -> LocalRule:
    given = {"decision_number": "45/QĐ-UBND", "reason": "Quy chế", "valid_from": NOVEMBER, "unit": "wd"}
    return LocalRule(**(given | values))


def declare(last: datetime.date = TODAY, first: datetime.date = datetime.date(2021, 7, 1)) -> Declaration:
    return declare_nothing_arose(
        authority("glar"), DUTY, first=first, last=last, note="Không có", user=None, today=TODAY
    )


def excuse(until: datetime.date) -> Any:
    return grant_waiver(
        authority("glar"),
        DUTY,
        decision_number="812/QĐ",
        decision_date=TODAY,
        reason="Chia tách",
        valid_from=TODAY,
        valid_until=until,
        user=None,
        today=TODAY,
    )


def test_a_declared_duty_is_settled_until_it_is_taken_back() -> None:
    assert judged(TODAY).state == "MISSING"
    statement = declare()
    after = judged(TODAY)
    assert (after.state, after.judged) == ("NOTHING_AROSE", "NOTHING_AROSE")
    assert "01/07/2021" in explanation(after)
    withdraw(statement, user=None, now=local_moment("2021-07-29T10:00"))
    assert judged(TODAY).state == "MISSING"
    kept = FindingRecord.objects.filter(authority__code="glar", duty=DUTY).order_by("assessment_id")
    assert [finding.state for finding in kept] == ["MISSING", "NOTHING_AROSE", "MISSING"]


def test_a_declaration_is_not_heard_before_it_was_made() -> None:
    declare()
    assert judged(TODAY - datetime.timedelta(days=1)).state == "MISSING"


def test_the_same_is_declared_once_until_it_is_taken_back() -> None:
    first = declare()
    with pytest.raises(ValidationError):
        declare()
    withdraw(first, user=None, now=local_moment("2021-07-29T10:00"))
    with pytest.raises(ValidationError):
        withdraw(first, user=None, now=local_moment("2021-07-29T11:00"))
    declare()
    assert Declaration.objects.filter(withdrawn_at__isnull=True).count() == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY, TODAY + datetime.timedelta(days=1)), (TODAY, TODAY - datetime.timedelta(days=1))],
)
def test_a_declaration_knows_neither_tomorrow_nor_reversed_days(
    first: datetime.date, last: datetime.date
) -> None:
    with pytest.raises(ValidationError) as error:
        declare(last, first)
    assert set(error.value.error_dict) == {"last"}


def test_a_waiver_excuses_until_its_last_day() -> None:
    excuse(TODAY + datetime.timedelta(days=1))
    for day, state in ((0, "WAIVED"), (1, "WAIVED"), (2, "MISSING")):
        assert judged(TODAY + datetime.timedelta(days=day)).state == state
    finding = judged(TODAY)
    assert "812/QĐ" in explanation(finding)
    assert "30/07/2021" in explanation(finding)


def test_a_decision_is_recorded_once_and_taken_back_once() -> None:
    waiver = excuse(TODAY)
    with pytest.raises(ValidationError):
        excuse(TODAY)
    withdraw(waiver, user=None, now=local_moment("2021-07-29T10:00"))
    assert judged(TODAY).state == "MISSING"
    actions = ModelLogEntry.objects.filter(action__startswith="compliance.").values_list("action", flat=True)
    assert sorted(actions) == ["compliance.waive", "compliance.withdraw"]


def ask(received: datetime.date, page: int) -> None:
    """A question published when it was received, and not answered."""
    moment = local_moment(f"{received}T08:00")
    Observation.objects.create(
        page_id=page,
        authority=authority("glar"),
        duty="qa_feedback",
        at=moment,
        recorded_at=moment,
        state=Observation.State.PUBLIC,
        title=f"Hỏi {page}",
        kind="own",
        trigger=received,
        published=received,
    )


def test_a_local_answer_time_binds_questions_from_its_first_day_on() -> None:
    ask(datetime.date(2026, 10, 30), 900_001)
    before = judged(datetime.date(2026, 11, 24), "qa_feedback")
    assert before.due is None or before.due.year > 2026
    save_rule(rule(duty="qa_feedback", kind="answer", value=15), user=make_superuser(), today=NOVEMBER)
    assert judged(datetime.date(2026, 11, 24), "qa_feedback").state == before.state
    ask(datetime.date(2026, 11, 2), 900_002)
    late = judged(datetime.date(2026, 11, 24), "qa_feedback")
    assert (late.due, late.state, late.rule) == (datetime.date(2026, 11, 23), "OVERDUE", "qa_feedback@LOCAL")
    assert "45/QĐ-UBND" in late.law
    assert judged(datetime.date(2026, 11, 23), "qa_feedback").state == "DUE_SOON"


def test_a_weight_changes_the_score_from_its_first_day_on() -> None:
    make_document(issued=datetime.date(2026, 11, 2))
    december, eve = datetime.date(2026, 12, 1), datetime.date(2026, 11, 30)

    def possible(on: datetime.date) -> int:
        taken = take_assessment(on, today=on)
        return int(taken.scores.get(authority__code="dak-doa").possible)

    before, eve_before = possible(december), possible(eve)
    district = Tier.objects.get(code="district")
    save_rule(
        rule(duty="directives", kind="weight", value=9, valid_from=december, tier=district),
        user=make_superuser(),
        today=NOVEMBER,
    )
    assert possible(december) == before + 4
    assert possible(eve) == eve_before
    assert judged(december, "directives", "dak-doa").weight == 9
    assert judged(december, "directives", "glar").weight == 5


def test_a_day_off_moves_the_due_date_and_is_told() -> None:
    make_document(issued=datetime.date(2026, 11, 19))
    assert judged(datetime.date(2026, 11, 20), "directives", "dak-doa").due == datetime.date(2026, 11, 26)
    bare = {"decision_number": "9/TB", "name": "Nghỉ bão"}
    root, today = make_superuser(), datetime.date(2026, 11, 21)
    swap = ((24, "rest"), (28, "worked"))
    add_days(
        [CalendarDay(day=datetime.date(2026, 11, day), kind=kind, **bare) for day, kind in swap],
        user=root,
        today=today,
    )
    moved = judged(today, "directives", "dak-doa")
    assert moved.due == datetime.date(2026, 11, 27)
    assert "2026-11-24:swapped" in moved.params["skipped"]
    holiday = CalendarDay(day=datetime.date(2026, 11, 27), kind="holiday", **bare)
    add_days([holiday], user=root, today=today)
    assert judged(today, "directives", "dak-doa").due == datetime.date(2026, 11, 28)


def test_a_rule_that_holds_is_ended_and_nothing_else() -> None:
    root, today = make_superuser(), datetime.date(2026, 11, 21)
    row = save_rule(rule(duty="directives", kind="freshness", value=60), user=root, today=NOVEMBER)
    row.value = 30
    with pytest.raises(ValidationError):
        save_rule(row, user=root, today=today)
    with pytest.raises(ValidationError):
        remove_rule(row, user=root, today=today)
    with pytest.raises(ValidationError):
        end_rule(row, last=today - datetime.timedelta(days=1), user=root, today=today)
    ended = end_rule(row, last=today, user=root, today=today)
    assert (ended.value, ended.valid_to) == (60, today)
    with pytest.raises(ValidationError):
        end_rule(row, last=today, user=root, today=today + datetime.timedelta(days=1))


def test_a_rule_to_come_is_changed_and_taken_away() -> None:
    root, today = make_superuser(), datetime.date(2026, 11, 21)
    row = rule(duty="directives", kind="weight", value=7, valid_from=datetime.date(2027, 1, 1))
    save_rule(row, user=root, today=today)
    row.value = 8
    save_rule(row, user=root, today=today)
    assert LocalRule.objects.get().value == 8
    remove_rule(row, user=root, today=today)
    assert not LocalRule.objects.exists()
    found = ModelLogEntry.objects.filter(action__endswith="_rule").order_by("pk")
    assert [entry.action.partition(".")[2] for entry in found] == ["set_rule", "change_rule", "remove_rule"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_from": datetime.date(2026, 10, 31)}, "valid_from"),
        ({"valid_from": datetime.date(2090, 1, 1)}, "valid_from"),
        ({"duty": "leaders_schedule"}, "kind"),
        ({"kind": "answer"}, "kind"),
        ({"kind": "weight", "value": 101}, "value"),
        ({"kind": "weight", "record_kind": "own"}, "record_kind"),
        ({"kind": "deadline", "record_kind": "forward"}, "record_kind"),
        ({"value": 0}, "value"),
        ({"value": 367}, "value"),
        ({"decision_number": "  "}, "decision_number"),
        ({"reason": ""}, "reason"),
        ({"valid_to": datetime.date(2026, 10, 1)}, "valid_to"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_by_its_field(values: dict[str, Any], field: str) -> None:
    row = rule(**({"duty": "directives", "kind": "freshness", "value": 60} | values))
    with pytest.raises(ValidationError) as error:
        save_rule(row, user=make_superuser(), today=datetime.date(2026, 11, 21))
    assert field in error.value.error_dict
    assert not LocalRule.objects.exists()


def test_rules_of_one_kind_never_overlap() -> None:
    root, today = make_superuser(), datetime.date(2026, 11, 21)
    save_rule(rule(duty="directives", kind="quota", value=2), user=root, today=today)
    later = rule(duty="directives", kind="quota", value=3, valid_from=datetime.date(2027, 1, 1))
    with pytest.raises(ValidationError) as error:
        save_rule(later, user=root, today=today)
    assert "01/11/2026" in str(error.value)
    with pytest.raises(ValidationError):
        save_rule(rule(duty="no_such_duty", kind="quota", value=2), user=root, today=today)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-10-30", "holiday"),
        ("2026-11-28", "rest"),
        ("2026-11-27", "worked"),
        ("2027-01-01", "holiday"),
        ("2027-01-01", "year"),
        ("2028-02-01", "year"),
        ("2040-01-01", "holiday"),
        ("2026-04-27", "rest"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused_with_its_whole_decision(day: str, kind: str) -> None:
    bare = {"decision_number": "9/TB", "name": "x"}
    good = CalendarDay(day=datetime.date(2026, 12, 30), kind="rest", **bare)
    bad = CalendarDay(day=datetime.date.fromisoformat(day), kind=kind, **bare)
    with pytest.raises(ValidationError):
        add_days([good, bad], user=make_superuser(), today=datetime.date(2026, 11, 21))
    assert not CalendarDay.objects.exists()


def test_a_day_that_has_been_stays() -> None:
    root = make_superuser()
    bare = {"decision_number": "9/TB", "name": "x"}
    made = add_days(
        [CalendarDay(day=datetime.date(2026, 11, day), kind="holiday", **bare) for day in (20, 23)],
        user=root,
        today=datetime.date(2026, 11, 19),
    )
    with pytest.raises(ValidationError):
        remove_day(made[0], user=root, today=datetime.date(2026, 11, 20))
    remove_day(made[1], user=root, today=datetime.date(2026, 11, 20))
    assert list(CalendarDay.objects.values_list("day", flat=True)) == [datetime.date(2026, 11, 20)]

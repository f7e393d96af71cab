"""Reminders: each step once, to the right people, one letter a person."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Workflow

from compliance.models import FrozenRowError, OutgoingMail, ReminderStep
from compliance.post.letters import write_letter
from compliance.services import remind
from compliance.services.remind import NoAssessmentError, compose_digests
from sitepages.models import Authority
from tests.builders import make_document, make_user
from tests.compliance.post.desk import TODAY, assess, compose, finding, moment, recipients, steps, thing

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DAY = datetime.timedelta(days=1)


@pytest.fixture
def people() -> dict[str, Any]:
    """An officer and a head in the commune, a board and an administrator in the district."""
    return {
        "officer": make_user("officer", "glar", "can-bo"),
        "head": make_user("board", "glar", "lanh-dao"),
        "district": make_user("board", "dak-doa", "huyen"),
        "administrator": make_user("administrator", "dak-doa", "quan-tri"),
    }


@pytest.mark.parametrize(
    ("today", "step", "told"),
    [
        (datetime.date(2021, 7, 7), "before", {"can-bo"}),
        (datetime.date(2021, 7, 14), "due", {"can-bo"}),
        (datetime.date(2021, 7, 19), "after_3", {"can-bo", "lanh-dao"}),
        (datetime.date(2021, 7, 28), "after_10", {"can-bo", "lanh-dao", "huyen"}),
    ],
)
def test_each_step_climbs_to_whom_it_should(
    people: Any, today: datetime.date, step: str, told: set[str]
) -> None:
    assess(today, glar=[thing()])
    compose(today)
    assert set(recipients()) == told
    assert steps()[-1] == (step, False)
    row = ReminderStep.objects.latest("pk")
    assert {user.username for user in people.values() if user.pk in row.recipients} == told


def test_the_day_before_the_first_step_nobody_is_bothered(people: Any) -> None:
    today = datetime.date(2021, 7, 6)
    assess(today, glar=[thing("NOT_DUE")])
    assert not compose(today).letters
    assert not OutgoingMail.objects.exists()


def test_running_twice_sends_nothing_twice(people: Any) -> None:
    assess(glar=[thing()])
    compose()
    kept = list(ReminderStep.objects.values_list("pk", "step"))
    again = compose()
    assert not again.letters
    assert not again.plan.steps
    assert OutgoingMail.objects.count() == 1
    assert list(ReminderStep.objects.values_list("pk", "step")) == kept


def test_a_whole_life_sends_each_step_once(people: Any) -> None:
    day = datetime.date(2021, 7, 1)
    while day <= datetime.date(2021, 8, 20):
        assess(day, glar=[thing("OVERDUE" if day > TODAY else "DUE_SOON")])
        compose(day)
        compose(day)
        day += DAY
    assert steps() == [("before", False), ("due", False), ("after_3", False), ("after_10", False)]
    days = [timezone.localtime(row.created_at).date() for row in ReminderStep.objects.order_by("pk")]
    assert [day.day for day in days] == [7, 14, 19, 28]
    assert OutgoingMail.objects.count() == 1 + 1 + 2 + 3


def test_missed_runs_are_caught_up_by_one_letter_and_logged(people: Any) -> None:
    today = datetime.date(2021, 7, 21)
    assess(today, glar=[thing()])
    compose(today)
    assert steps() == [("before", True), ("due", True), ("after_3", False)]
    assert set(recipients()) == {"can-bo", "lanh-dao"}
    assert OutgoingMail.objects.count() == 2


def test_a_new_due_day_is_a_new_matter(people: Any) -> None:
    assess(glar=[thing()])
    compose()
    later = TODAY + 14 * DAY
    assess(later, glar=[thing("DUE_SOON", later)])
    compose(later)
    assert [step for step, _skipped in steps()][-1] == "due"
    assert ReminderStep.objects.filter(step="due", skipped=False).count() == 2


def test_what_is_settled_is_forgotten(people: Any) -> None:
    assess(glar=[thing("DUE_SOON")])
    later = TODAY + 5 * DAY
    assess(later, glar=[])
    assert not compose(later).letters


def test_waived_and_encouraged_duties_remind_nobody(people: Any) -> None:
    assessment = assess()
    finding(assessment, "glar", [thing()], state="WAIVED", reason="waived")
    finding(assessment, "glar", [thing()], duty="leaders_schedule", level="encouraged")
    finding(assessment, "glar", [thing()], duty="budget_draft", channel="any_form")
    assert not compose().letters


def test_one_letter_a_person_for_all_their_units(people: Any) -> None:
    both = make_user("officer", "trang", "hai-noi")
    both.groups.add(*people["officer"].groups.all())
    assess(glar=[thing()], trang=[thing("DUE_SOON", title="Quyết định của Trang")])
    compose()
    mail = OutgoingMail.objects.get(recipient=both)
    assert "Quyết định 1/QĐ-UBND" in mail.text
    assert "Quyết định của Trang" in mail.text
    other = OutgoingMail.objects.get(recipient=people["officer"])
    assert "Trang" not in other.text + other.html


def test_a_deactivated_person_gets_nothing_and_the_next_above_is_told(people: Any) -> None:
    people["officer"].is_active = False
    people["officer"].save()
    assess(glar=[thing()])
    compose()
    assert set(recipients()) == {"lanh-dao"}


def test_an_address_that_cannot_be_used_is_reported(people: Any, capsys: Any) -> None:
    people["officer"].email = "khong-phai-dia-chi"
    people["officer"].save()
    assess(glar=[thing()])
    composed = compose()
    assert set(recipients()) == {"lanh-dao"}
    assert [person.pk for _unit, person in composed.plan.silent] == [people["officer"].pk]


def test_units_without_an_account_come_first_for_the_district(people: Any) -> None:
    assess(trang=[thing("MISSING", None, page=None)], glar=[thing(due=TODAY - 30 * DAY)])
    compose()
    mail = OutgoingMail.objects.get(recipient=people["district"])
    first, second = mail.text.index("xã Trang"), mail.text.index("xã Glar")
    assert first < second
    assert "xã Trang" in OutgoingMail.objects.get(recipient=people["administrator"]).text
    assert "xã Trang" not in OutgoingMail.objects.get(recipient=people["officer"]).text
    assert steps("trang") == [("no_account", False)]
    assert not compose().letters


def test_what_has_no_date_is_called_to_mind_once(people: Any) -> None:
    for day in (TODAY, TODAY + 40 * DAY):
        assess(day, glar=[thing("MISSING", None, page=None)])
        compose(day)
    assert steps() == [("notice", False)]
    assert set(recipients()) == {"can-bo"}


def test_a_page_that_waits_is_told_to_the_board_but_not_to_its_maker(people: Any) -> None:
    second = make_user("board", "glar", "lanh-dao-2")
    page = make_document(code="glar", issued=TODAY)
    page.save_revision(user=second)
    Workflow.objects.get(active=True).start(page, people["officer"])
    assess()
    compose()
    assert set(recipients()) == {"lanh-dao"}
    mail = OutgoingMail.objects.get()
    assert page.title in mail.text
    assert f"/admin/pages/{page.pk}/edit/" in mail.text
    assert not compose().letters


def test_a_unit_that_has_ended_is_left_alone(people: Any) -> None:
    Authority.objects.filter(code="glar").update(valid_to=TODAY - DAY)
    assess(glar=[thing()])
    assert not compose().letters


def test_a_dry_run_writes_nothing(people: Any, capsys: Any) -> None:
    assess(glar=[thing()])
    assert len(compose(dry_run=True).letters) == 1
    assert not OutgoingMail.objects.exists()
    assert not ReminderStep.objects.exists()


def test_a_crash_while_writing_records_neither_step_nor_letter(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assess(glar=[thing()], dak_doa=[thing()])

    def fails(*args: Any) -> Any:
        raise RuntimeError("power cut")

    monkeypatch.setattr(remind, "_mail", fails)
    with pytest.raises(RuntimeError):
        compose()
    assert not ReminderStep.objects.exists()
    monkeypatch.undo()
    assert compose().letters


@pytest.mark.parametrize("day", [None, TODAY - 2 * DAY, TODAY + DAY])
def test_reminders_rest_on_a_recent_assessment(people: Any, day: datetime.date | None) -> None:
    if day:
        assess(day, glar=[thing()])
    with pytest.raises(NoAssessmentError):
        compose_digests(TODAY, moment(TODAY), write_letter)
    assert not OutgoingMail.objects.exists()


def test_the_command_says_to_assess_first(people: Any) -> None:
    with pytest.raises(CommandError, match="assess"):
        call_command("send_reminders")


def test_the_commands_write_send_and_report(people: Any, capsys: Any, mailoutbox: Any) -> None:
    today = timezone.localdate()
    assess(today, glar=[thing("MISSING", None, page=None)])
    call_command("send_reminders", "--dry-run")
    assert "can-bo@example.org" in capsys.readouterr().out
    assert not mailoutbox
    call_command("send_reminders")
    call_command("send_reminders")
    call_command("send_mail_queue")
    assert [mail.to for mail in mailoutbox] == [["can-bo@example.org"]]


def test_a_step_once_recorded_stays(people: Any) -> None:
    assess(glar=[thing()])
    compose()
    row = ReminderStep.objects.get(step="due")
    with pytest.raises(FrozenRowError):
        row.delete()

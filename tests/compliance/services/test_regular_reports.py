"""Reports made by themselves: after each period, after a standstill, after month became quarter."""

from __future__ import annotations

import datetime
import io
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from compliance.admin.activity.forms import SubscriptionForm
from compliance.admin.activity.menu import VIEWSETS
from compliance.models import ActivityReport, OutgoingMail, ReportSubscription
from compliance.post.reports import made_in_words
from compliance.rules.regular import due_period
from compliance.services.regular import make_due
from compliance.services.remind import Letter
from tests.builders import authority, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

D = datetime.date


def regular(**values: Any) -> ReportSubscription:
    return ReportSubscription.objects.create(authority=authority(), **({"every": "month", "day": 5} | values))


def run(today: D) -> list[str]:
    """What a run on that day says it did."""
    made = make_due(
        today,
        timezone.now(),
        begin=lambda _unit, _days: ({}, []),
        write=lambda _report, _to: Letter("", "", ""),
    )
    return [made_in_words(each) for each in made]


def days() -> list[tuple[D, D]]:
    return list(ActivityReport.objects.order_by("first_day", "pk").values_list("first_day", "last_day"))


def test_a_regular_report_is_made_once_and_mailed_to_those_who_may_write_it() -> None:
    board, head, elsewhere = make_user("board"), make_user("office-head"), make_user("board", "glar")
    row = regular(day=1)
    row.recipients.set([board, head, elsewhere])
    for _run in range(2):
        call_command("make_reports", stdout=io.StringIO())
    report = ActivityReport.objects.get()
    assert report.subscription == row
    assert [each.recipient for each in OutgoingMail.objects.all()] == [board]
    assert f"/admin/activity/{report.pk}/" in mail.outbox[0].body
    report.delete()
    call_command("make_reports", stdout=io.StringIO())
    assert not ActivityReport.objects.exists()


def test_every_period_missed_is_made_once() -> None:
    regular(since=D(2021, 2, 1))
    assert len(run(D(2021, 5, 5))) == 3
    assert days() == [
        (D(2021, 2, 1), D(2021, 2, 28)),
        (D(2021, 3, 1), D(2021, 3, 31)),
        (D(2021, 4, 1), D(2021, 4, 30)),
    ]
    assert run(D(2021, 5, 31)) == []


def test_no_more_than_the_last_twelve_and_the_others_are_told() -> None:
    regular(since=D(2019, 1, 1))
    told = run(D(2021, 5, 5))
    assert len(days()) == 12
    assert days()[0] == (D(2020, 5, 1), D(2020, 5, 31))
    assert len(told) == 13
    assert "2019" in told[0]
    assert "2020" in told[0]
    assert run(D(2021, 5, 5)) == []


def test_month_becoming_quarter_neither_skips_nor_repeats() -> None:
    row = regular(since=D(2021, 4, 1))
    run(D(2021, 6, 5))
    ReportSubscription.objects.filter(pk=row.pk).update(every="quarter")
    told = run(D(2021, 10, 5))
    assert days()[-2:] == [(D(2021, 6, 1), D(2021, 6, 30)), (D(2021, 7, 1), D(2021, 9, 30))]
    assert len(told) == 2
    assert told[0].endswith(")")  # what is unlike a quarter is said
    ReportSubscription.objects.filter(pk=row.pk).update(every="month")
    run(D(2021, 11, 5))
    assert days()[-1] == (D(2021, 10, 1), D(2021, 10, 31))


def test_days_reported_before_are_not_reported_again_and_that_is_told() -> None:
    row = regular(since=D(2021, 4, 1))
    run(D(2021, 6, 5))
    ReportSubscription.objects.filter(pk=row.pk).update(every="quarter", since=D(2021, 4, 1))
    told = run(D(2021, 7, 5))
    assert len(days()) == 2
    assert len(told) == 1
    assert str(ActivityReport.objects.earliest("first_day")) in told[0]


def posted(row: ReportSubscription | None, **values: Any) -> Any:
    user = make_user("board")
    view = VIEWSETS[0]
    form_class = view.get_form_class()
    assert issubclass(form_class, SubscriptionForm)
    data = {"authority": authority().pk, "every": "month", "day": 5, "recipients": [user.pk], **values}
    return form_class(data, instance=row, for_user=user)


def test_a_regular_report_begins_with_the_newest_period_when_it_is_set_up() -> None:
    form = posted(None, is_active="on")
    assert form.is_valid(), form.errors
    assert form.save().since == due_period("month", 5, timezone.localdate()).first


def test_what_was_stopped_on_purpose_is_not_caught_up() -> None:
    row = regular(since=D(2021, 4, 1), is_active=False)
    form = posted(row, is_active="on", since="2021-04-01")
    assert form.is_valid(), form.errors
    assert form.save().since == due_period("month", 5, timezone.localdate()).first
    running = ReportSubscription.objects.get()
    form = posted(running, is_active="on", since="2021-04-01")
    assert form.is_valid(), form.errors
    assert form.save().since == D(2021, 4, 1)

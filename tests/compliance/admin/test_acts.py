"""Acts by the right people through the admin, and what is refused to everybody."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.catalogue.loader import load_calendar
from compliance.models import CalendarDay, Declaration, FindingRecord, LocalRule, RecheckItem, Waiver
from compliance.rules.months import local_moment
from sitepages.models import WorkSchedulePage
from tests.builders import make_user, signed_in
from tests.compliance.admin.acts_visits import day_form, rule_form, waiver_form
from tests.compliance.admin.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def post(client: Client, name: str, form: dict[str, Any], *args: Any) -> Any:
    return client.post(reverse(name, args=args), form)


def accepted(reply: Any) -> bool:
    """A form that is accepted answers with a redirect to somewhere else than the dashboard."""
    return reply.status_code == 302 and reply["Location"] != reverse("wagtailadmin_home")


def text(client: Client, name: str, *args: Any) -> str:
    reply = client.get(reverse(name, args=args))
    assert reply.status_code == 200
    return str(reply.content.decode())


def plain_monday(today: datetime.date) -> datetime.date:
    """A Monday to come in a week without a holiday or an exchanged day."""
    calendar = load_calendar()
    marked = {*calendar.holidays, *calendar.compensations, *calendar.swapped_rest, *calendar.working_days}
    monday = today + datetime.timedelta(days=7 - today.weekday())
    while marked & {monday + datetime.timedelta(days=day) for day in range(7)}:
        monday += datetime.timedelta(weeks=1)
    return monday


def test_one_click_confirms_and_leads_back(world: World) -> None:
    page, officer = world.trang.schedule, world.trang.people["officer"]
    back = reverse("wagtailadmin_pages:edit", args=[page.pk])
    button = f'action="{reverse("compliance_confirm", args=[page.pk])}"'
    assert button in text(officer, "wagtailadmin_pages:edit", page.pk)
    reply = post(officer, "compliance_confirm", {"next": back}, page.pk)
    assert reply["Location"] == back
    row = WorkSchedulePage.objects.get(pk=page.pk)
    assert row.confirmed_at is not None
    away = post(officer, "compliance_confirm", {"next": "https://evil.example/"}, page.pk)
    assert away["Location"] == reverse("compliance_rechecks")
    assert WorkSchedulePage.objects.get(pk=page.pk).confirmed_at == row.confirmed_at


def test_a_note_without_end_is_told(world: World) -> None:
    form = {"note": "x" * 501}
    reply = post(world.trang.people["officer"], "compliance_confirm", form, world.trang.schedule.pk)
    assert reply.status_code == 200
    assert "errorlist" in reply.content.decode()
    assert WorkSchedulePage.objects.get(pk=world.trang.schedule.pk).confirmed_at is None


def test_a_page_gone_from_view_is_no_longer_confirmed(world: World) -> None:
    WorkSchedulePage.objects.filter(pk=world.trang.schedule.pk).update(live=False)
    url, client = reverse("compliance_confirm", args=[world.trang.schedule.pk]), world.trang.people["officer"]
    assert [client.get(url).status_code, client.post(url).status_code] == [404, 404]


def test_what_went_stale_is_offered_with_its_button_until_it_is_confirmed(world: World) -> None:
    page = world.trang.schedule
    finding = FindingRecord.objects.get(authority=world.trang.authority)
    item = {
        "state": "OVERDUE",
        "reason": "stale",
        "params": {},
        "due": "2021-09-01",
        "period": "",
        "page": page.pk,
        "title": page.title,
        "public": True,
        "lacking": [],
    }
    FindingRecord.objects.filter(pk=finding.pk)._raw_delete("default")
    finding.pk, finding.open_items = None, [item]
    finding.save()
    button = f'action="{reverse("compliance_confirm", args=[page.pk])}"'
    officer = world.trang.people["officer"]
    assert button in text(officer, "compliance_rechecks")
    post(officer, "compliance_confirm", {}, page.pk)
    assert button not in text(officer, "compliance_rechecks")


def test_the_board_checks_again_what_another_confirmed(world: World) -> None:
    row = world.trang.recheck
    officer, board = world.trang.people["officer"], world.trang.people["board"]
    assert post(officer, "compliance_recheck", {"outcome": "ok"}, row.pk).status_code == 404
    row.confirmed_by.groups.add(*make_user("board", "trang").groups.all())
    post(signed_in(row.confirmed_by), "compliance_recheck", {"outcome": "ok"}, row.pk)
    assert RecheckItem.objects.get(pk=row.pk).is_open
    post(board, "compliance_recheck", {"outcome": "wrong", "note": "sai giờ"}, row.pk)
    post(world.district.people["board"], "compliance_recheck", {"outcome": "ok"}, row.pk)
    assert RecheckItem.objects.get(pk=row.pk).outcome == "wrong"
    assert "sai giờ" in text(officer, "compliance_rechecks")


@pytest.mark.parametrize("role", ["officer", "board"])
def test_a_unit_declares_and_takes_back_by_its_own_people(role: str, world: World) -> None:
    client = world.trang.people[role]
    form = {"period": "last_month", "note": "Đã hỏi"}
    assert accepted(post(client, "compliance_declare", form, "trang", "public_assets"))
    row = Declaration.objects.get(duty="public_assets")
    month_before = timezone.localdate().replace(day=1) - datetime.timedelta(days=1)
    assert (row.authority, row.last) == (world.trang.authority, month_before)
    again = post(client, "compliance_declare", form, "trang", "public_assets")
    assert again.status_code == 200
    assert Declaration.objects.filter(duty="public_assets").count() == 1
    for _twice in range(2):
        assert accepted(post(client, "compliance_declaration_take_back", {}, row.pk))
    row.refresh_from_db()
    assert not row.is_standing
    assert "Đã hỏi" in text(client, "compliance_declarations")


def test_a_declaration_against_the_records_is_warned_of_and_kept(world: World) -> None:
    form = {"period": "dates", "first": "2021-03-01", "last": "2021-03-31"}
    url = reverse("compliance_declare", args=["trang", "leaders_schedule"])
    reply = world.trang.people["officer"].post(url, form, follow=True)
    levels = {message.level_tag: str(message) for message in reply.context["messages"]}
    assert world.trang.schedule.title in levels["warning"]
    assert Declaration.objects.filter(duty="leaders_schedule").exists()


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"period": "next_month"},
        {"period": "dates"},
        {"period": "dates", "first": "2021-05-31", "last": "2021-05-01"},
        {"period": "dates", "first": "2021-01-01", "last": "2099-01-01"},
        {"period": "dates", "first": "2015-01-01", "last": "2021-01-01"},
        {"period": "dates", "first": "0001-01-01", "last": "0001-01-02"},
        {"period": "dates", "first": "99999999-01-01", "last": "x"},
        {"period": "last_month", "note": "x" * 501},
    ],
)
def test_a_declaration_that_makes_no_sense_is_told(form: dict[str, str], world: World) -> None:
    reply = post(world.trang.people["officer"], "compliance_declare", form, "trang", "public_assets")
    assert reply.status_code == 200
    assert "errorlist" in reply.content.decode()
    assert not Declaration.objects.filter(duty="public_assets").exists()


def test_text_is_kept_in_one_form(world: World) -> None:
    form = {"period": "last_month", "note": "e\u0301\x00 \u200bxong"}
    assert accepted(post(world.trang.people["officer"], "compliance_declare", form, "trang", "public_assets"))
    assert Declaration.objects.get(duty="public_assets").note == "é xong"
    rule = {**rule_form(world.trang), "reason": "Quy che\u0302\u0301\x00"}
    assert accepted(post(world.administrator, "local_rules:add", rule))
    assert LocalRule.objects.get(kind="freshness").reason == "Quy chế"


def test_an_unknown_duty_or_number_is_not_found(world: World) -> None:
    officer, administrator = world.trang.people["officer"], world.administrator
    for duty in ("no_such_duty", "Đ", "x" * 300):
        assert officer.get(reverse("compliance_declare", args=["trang", duty])).status_code == 404
    assert administrator.get(reverse("local_rules:add") + "?duty=no_such_duty").status_code == 404
    assert post(administrator, "local_rules:add", {**rule_form(world.trang), "duty": "x"}).status_code == 404
    for client, name in (
        (officer, "compliance_declaration_take_back"),
        (administrator, "compliance_waiver_take_back"),
        (administrator, "compliance_calendar_remove"),
        (world.trang.people["board"], "compliance_recheck"),
        (officer, "compliance_confirm"),
    ):
        assert post(client, name, {}, 2**70).status_code == 404
    for query in ("day=2021-13-01", "day=x", "day=9999-01-01"):
        assert officer.get(f"{reverse('compliance_catalogue')}?{query}").status_code == 404
    for query in ("year=0", "year=99999", "year=²⁰²¹", "year=x"):
        assert administrator.get(f"{reverse('compliance_calendar')}?{query}").status_code == 404


def test_a_unit_is_excused_from_above_and_sees_it(world: World) -> None:
    form = {**waiver_form(world.trang), "reason": "Lũ lụt"}
    for client in world.trang.people.values():
        assert not accepted(post(client, "compliance_waiver_add", form))
        assert not accepted(client.get(reverse("compliance_waiver_add")))
    district = world.district.people["board"]
    own = post(district, "compliance_waiver_add", {**form, "authority": world.district.code})
    assert own.status_code == 200  # the board excuses those below, not itself
    assert not Waiver.objects.filter(decision_number="8/QĐ").exists()
    for client in (district, world.administrator):
        post(client, "compliance_waiver_add", form)
    row = Waiver.objects.get(decision_number="8/QĐ")
    assert "Lũ lụt" in text(world.trang.people["officer"], "compliance_waivers")
    assert post(world.trang.people["board"], "compliance_waiver_take_back", {}, row.pk).status_code == 404
    for _twice in range(2):
        assert accepted(post(district, "compliance_waiver_take_back", {}, row.pk))
    row.refresh_from_db()
    assert not row.is_standing


@pytest.mark.parametrize(
    "change",
    [
        {"decision_number": ""},
        {"decision_number": "\x00"},
        {"reason": " "},
        {"decision_date": "2099-01-01"},
        {"valid_until": "2001-01-01"},
        {"valid_until": "2022-01-01", "valid_from": "2021-01-01"},
        {"valid_until": ""},
        {"duty": "no_such_duty"},
        {"authority": "nobody"},
    ],
)
def test_a_waiver_that_makes_no_sense_is_told(change: dict[str, str], world: World) -> None:
    before = Waiver.objects.count()
    reply = post(world.administrator, "compliance_waiver_add", {**waiver_form(world.trang), **change})
    assert reply.status_code == 200
    assert "errorlist" in reply.content.decode()
    assert Waiver.objects.count() == before


def test_the_administrator_sets_ends_and_takes_away_rules(world: World) -> None:
    form, client = rule_form(world.trang), world.administrator
    assert 'name="kind"' not in text(client, "local_rules:add")
    page = client.get(reverse("local_rules:add") + "?duty=qa_feedback").content.decode()
    assert 'value="answer"' in page
    assert 'value="quota"' not in page
    assert accepted(post(client, "local_rules:add", form))
    assert not accepted(post(client, "local_rules:add", form))
    row = LocalRule.objects.get(kind="freshness")
    assert (row.created_by.groups.get().role_group.role, row.value) == ("administrator", 60)
    today = timezone.localdate()
    over = (today - datetime.timedelta(days=1)).isoformat()
    for change in ({"value": "10"}, {"valid_to": over}, {"value": "10", "valid_to": over}):
        assert not accepted(post(client, "local_rules:edit", {**form, **change}, row.pk))
    changed = {**form, "value": "10", "reason": "khác", "valid_to": today.isoformat()}
    assert accepted(post(client, "local_rules:edit", changed, row.pk))
    row.refresh_from_db()
    assert (row.value, row.reason, row.valid_to) == (60, "Quy chế", today)
    for holder in (client, world.root):
        post(holder, "local_rules:delete", {}, row.pk)
    assert LocalRule.objects.filter(pk=row.pk).exists()
    assert accepted(post(client, "local_rules:delete", {}, world.rule.pk))
    assert not LocalRule.objects.filter(pk=world.rule.pk).exists()


def test_the_board_reads_the_rules_and_writes_none(world: World) -> None:
    board, row = world.district.people["board"], world.rule
    assert world.district.mark in text(board, "local_rules:index")
    text(board, "local_rules:inspect", row.pk)
    assert not accepted(post(board, "local_rules:add", rule_form(world.trang)))
    assert not accepted(post(board, "local_rules:edit", rule_form(world.trang), row.pk))
    assert not accepted(post(board, "compliance_calendar_add", day_form()))
    assert LocalRule.objects.get() == row
    text(board, "compliance_calendar")


def test_a_rule_in_force_stands_beside_the_law_in_the_catalogue(world: World) -> None:
    post(world.administrator, "local_rules:add", {**rule_form(world.trang), "decision_number": "12/QĐ-RIENG"})
    officer = world.trang.people["officer"]
    assert "12/QĐ-RIENG" in text(officer, "compliance_catalogue")
    past = officer.get(reverse("compliance_catalogue") + "?day=2021-07-29").content.decode()
    assert "12/QĐ-RIENG" not in past
    assert "43/2011" in past


def test_a_swap_is_two_days_or_none(world: World) -> None:
    monday = plain_monday(timezone.localdate())
    form = {**day_form("swap"), "day": monday.isoformat()}
    client = world.administrator
    for worked in ("", monday.isoformat(), "2001-01-06", "x"):
        assert not accepted(post(client, "compliance_calendar_add", {**form, "worked": worked}))
    assert CalendarDay.objects.get() == world.day
    saturday = monday + datetime.timedelta(days=5)
    assert accepted(post(client, "compliance_calendar_add", {**form, "worked": saturday.isoformat()}))
    kinds = dict(CalendarDay.objects.exclude(pk=world.day.pk).values_list("kind", "day"))
    assert kinds == {"rest": monday, "worked": saturday}
    row = CalendarDay.objects.get(kind="rest")
    assert accepted(post(client, "compliance_calendar_remove", {}, row.pk))
    assert not CalendarDay.objects.filter(kind="rest").exists()


def test_an_unknown_year_is_warned_of_until_it_is_marked(world: World) -> None:
    form = {"what": "year", "name": "Đủ ngày nghỉ", "decision_number": "7/TB"}
    with time_machine.travel(local_moment("2027-05-03T08:00"), tick=False):
        client = signed_in(make_user("administrator"))
        assert 'role="alert"' in text(client, "compliance_calendar")
        for year in ("2026", "2027", "2090", "x", ""):
            assert not accepted(post(client, "compliance_calendar_add", {**form, "year": year}))
        assert 'role="alert"' in text(client, "compliance_calendar")
        assert accepted(post(client, "compliance_calendar_add", {**form, "year": "2028"}))
        assert 'role="alert"' not in text(client, "compliance_calendar")
        row = CalendarDay.objects.get(kind="year")
        assert accepted(post(client, "compliance_calendar_remove", {}, row.pk))
        assert 'role="alert"' in text(client, "compliance_calendar")

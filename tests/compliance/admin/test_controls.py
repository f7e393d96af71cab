"""The right person writes what they should: the walk does not pass by everything being closed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.models import ArticleGrade, BaseSalary, PayPeriod, RoyaltyBudget, RoyaltyEntry, RoyaltyRate
from sitepages.models import Office
from tests.compliance.admin.forms import budget_form, office_form, rate_form, salary_form
from tests.compliance.admin.world import Unit, World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

UNITS = ("trang", "dak-doa")


def send(client: Client, name: str, form: dict[str, Any], **ids: Any) -> None:
    """A form that is accepted answers with a redirect to somewhere else than the dashboard."""
    reply = client.post(reverse(name, kwargs=ids), form)
    assert reply.status_code == 302
    assert reply["Location"] != reverse("wagtailadmin_home")


@pytest.fixture(params=UNITS)
def unit(request: pytest.FixtureRequest, world: World) -> Unit:
    return world.unit(request.param)


def test_the_accountant_keeps_rates_and_budgets(unit: Unit) -> None:
    client = unit.people["accountant"]
    send(client, "royalty_rates:add", rate_form(unit))
    assert RoyaltyRate.objects.filter(authority=unit.authority, decision_number="77/QĐ").count() == 1
    send(
        client,
        "royalty_rates:edit",
        {**rate_form(unit), "genre": "photo", "max_coefficient": "4"},
        pk=unit.rate.pk,
    )
    assert RoyaltyRate.objects.get(pk=unit.rate.pk).max_coefficient == 4
    send(client, "royalty_budgets:add", budget_form(unit))
    assert RoyaltyBudget.objects.filter(authority=unit.authority, year=2030).count() == 1
    send(client, "royalty_budgets:edit", {**budget_form(unit), "year": 2031, "amount": 7}, pk=unit.budget.pk)
    assert RoyaltyBudget.objects.get(pk=unit.budget.pk).amount == 7


def test_the_administrator_keeps_salaries_and_every_unit_s_offices(unit: Unit, world: World) -> None:
    send(world.administrator, "base_salaries:add", salary_form(unit))
    assert BaseSalary.objects.filter(decree="1/NĐ").count() == 1
    send(
        world.administrator,
        "base_salaries:edit",
        {**salary_form(unit), "decree": "2/NĐ", "valid_from": "2032-01-01"},
        pk=world.salary.pk,
    )
    assert BaseSalary.objects.get(pk=world.salary.pk).decree == "2/NĐ"
    send(world.administrator, "offices:add", office_form(unit))
    assert Office.objects.filter(authority=unit.authority, code="moi").count() == 1
    send(
        world.administrator,
        "offices:edit",
        {**office_form(unit), "code": "khac", "full_name": "Khác"},
        pk=unit.office.pk,
    )
    assert Office.objects.get(pk=unit.office.pk).full_name == "Khác"


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("royalty_rates:delete", lambda world, unit: unit.rate),
        ("royalty_budgets:delete", lambda world, unit: unit.budget),
        ("base_salaries:delete", lambda world, unit: world.salary),
    ],
)
def test_only_a_superuser_deletes(
    name: str, row: Callable[[World, Unit], Any], unit: Unit, world: World
) -> None:
    target = row(world, unit)
    for client in (*unit.people.values(), world.administrator):
        client.post(reverse(name, kwargs={"pk": target.pk}))
    assert type(target).objects.filter(pk=target.pk).exists()
    send(world.root, name, {}, pk=target.pk)
    assert not type(target).objects.filter(pk=target.pk).exists()


def test_an_office_that_articles_credit_is_not_deleted_even_by_a_superuser(unit: Unit, world: World) -> None:
    world.root.post(reverse("offices:delete", kwargs={"pk": unit.office.pk}))
    assert Office.objects.filter(pk=unit.office.pk).exists()


def test_a_period_goes_its_way_in_the_right_hands(unit: Unit) -> None:
    accountant, board = unit.people["accountant"], unit.people["board"]

    def step(client: Client, name: str, status: str) -> None:
        send(client, "compliance_period_step", {}, pk=unit.approved.pk, step=name)
        assert PayPeriod.objects.get(pk=unit.approved.pk).status == status

    step(accountant, "refresh", "open")
    for client in (accountant, unit.people["officer"]):
        reply = client.post(
            reverse("compliance_period_step", kwargs={"pk": unit.approved.pk, "step": "approve"})
        )
        assert reply.status_code == 404
    step(accountant, "send", "review")
    send(board, "compliance_period_step", {"reason": "Sai hệ số"}, pk=unit.approved.pk, step="back")
    assert PayPeriod.objects.get(pk=unit.approved.pk).sent_back == "Sai hệ số"
    step(accountant, "send", "review")
    step(board, "approve", "approved")
    for name in ("close", "refresh", "send"):
        reply = board.post(reverse("compliance_period_step", kwargs={"pk": unit.approved.pk, "step": name}))
        assert reply.status_code == 404
    step(accountant, "close", "closed")
    paid_on = {"paid_on": f"{timezone.localdate():%Y-%m-%d}"}
    pay = reverse("compliance_pay", args=[unit.approved.pk])
    for role in ("board", "officer"):
        assert unit.people[role].post(pay, paid_on).status_code in (302, 403, 404)
    assert PayPeriod.objects.get(pk=unit.approved.pk).status == "closed"
    due = accountant.get(pay, paid_on).context
    persons = [row.person for row, _reason, _missing in due["rows"]]
    seen = {**paid_on, "shown": due["shown"], "person": persons}
    asked = accountant.post(pay, seen)
    assert (asked.status_code, asked.context["net"]) == (
        200,
        sum(row.net for row, _why, _miss in due["rows"]),
    )
    assert PayPeriod.objects.get(pk=unit.approved.pk).status == "closed", "asked once more before the act"
    send(accountant, "compliance_pay", {**seen, "confirmed": "1"}, pk=unit.approved.pk)
    assert PayPeriod.objects.get(pk=unit.approved.pk).status == "paid"


def test_the_accountant_opens_a_month(unit: Unit) -> None:
    client = unit.people["accountant"]
    send(client, "compliance_periods", {"authority": unit.code, "month": "2021-04"})
    assert (
        PayPeriod.objects.filter(authority=unit.authority, first_day=datetime.date(2021, 4, 1)).count() == 1
    )


def test_the_accountant_reverses_a_payment(unit: Unit) -> None:
    form = {"article": unit.paid_article.pk, "reason": "chấm nhầm"}
    assert (
        unit.people["board"].post(reverse("compliance_reverse", args=[unit.open.pk]), form).status_code == 404
    )
    send(unit.people["accountant"], "compliance_reverse", form, pk=unit.open.pk)
    assert RoyaltyEntry.objects.get(reverses=unit.entry).amount == -unit.entry.amount


def test_the_secretary_proposes_and_the_board_approves(unit: Unit) -> None:
    form = {"authority": unit.code, "month": "2021-03", f"grade-{unit.ungraded.pk}": "2,5"}
    for role in ("accountant", "officer"):
        unit.people[role].post(reverse("compliance_grading"), form)
    assert not ArticleGrade.objects.filter(article=unit.ungraded).exists()
    send(unit.people["secretary"], "compliance_grading", form)
    grade = ArticleGrade.objects.get(article=unit.ungraded)
    assert (grade.coefficient, grade.is_approved) == (Decimal("2.5"), False)
    approve = {**form, f"approve-{unit.ungraded.pk}": "1", "action": "approve"}
    unit.people["secretary"].post(reverse("compliance_grading"), approve)
    assert not ArticleGrade.objects.get(article=unit.ungraded).is_approved
    send(unit.people["board"], "compliance_grading", {**approve, f"seen-{unit.ungraded.pk}": "news||2.5||"})
    assert ArticleGrade.objects.get(article=unit.ungraded).is_approved

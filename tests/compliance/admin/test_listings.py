"""Lists: people by name, periods in words, and what an empty list says."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from compliance.admin.acts.local_rules import LocalRuleViewSet
from compliance.admin.probe import ProbeTargetViewSet
from compliance.admin.rates import RateModifierViewSet, RoyaltyBudgetViewSet, RoyaltyRateViewSet
from compliance.admin.viewsets import BaseSalaryViewSet, OfficeViewSet
from compliance.models import Declaration, LocalRule, Observation, RecheckItem, Waiver
from compliance.wording import period_label
from sitepages.services import confirm_page
from tests.builders import authority, make_disclosure, make_schedule, make_user, signed_in
from tests.compliance.admin.findings import TODAY, html

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LISTS = {
    "local_rules": ("administrator", LocalRuleViewSet),
    "probe_targets": ("administrator", ProbeTargetViewSet),
    "base_salaries": ("administrator", BaseSalaryViewSet),
    "offices": ("administrator", OfficeViewSet),
    "royalty_rates": ("accountant", RoyaltyRateViewSet),
    "rate_modifiers": ("accountant", RateModifierViewSet),
    "royalty_budgets": ("accountant", RoyaltyBudgetViewSet),
}
NAME, LOGIN = "Siu H&#x27;Len", "canbo.glar"


@pytest.fixture
def named() -> Any:
    user = make_user("officer", "glar", LOGIN)
    user.last_name, user.first_name = "Siu", "H'Len"
    user.save()
    return user


def shown(name: str, *args: Any, role: str = "board", code: str = "dak-doa", **query: str) -> str:
    return html(signed_in(make_user(role, code)).get(reverse(name, args=args), query))


def statement(user: Any, **more: Any) -> dict[str, Any]:
    own = {"authority": authority("glar"), "duty": "directives", "stated_on": TODAY, "stated_by": user}
    return own | {"withdrawn_at": timezone.now(), "withdrawn_by": user} | more


def test_declarations_and_waivers_name_people_in_full(named: Any) -> None:
    Declaration.objects.create(**statement(named, first=TODAY, last=TODAY))
    Waiver.objects.create(
        **statement(named, decision_number="1/QĐ", decision_date=TODAY, valid_from=TODAY, reason="Mưa lũ")
    )
    for name in ("compliance_declarations", "compliance_waivers"):
        page = shown(name)
        assert page.count(NAME) >= 1
        assert LOGIN not in page


def test_confirmations_and_local_rules_name_people_in_full(named: Any) -> None:
    page = make_schedule(TODAY - datetime.timedelta(days=2), code="glar", published="2021-07-23T09:00")
    confirm_page(page, user=named, note="", at=timezone.now())
    drawn = {"authority": authority("glar"), "page_id": page.pk, "page_title": page.title, "month": TODAY}
    RecheckItem.objects.create(**drawn, confirmed_by=named, confirmed_at=timezone.now(), chosen_on=TODAY)
    board = shown("compliance_rechecks")
    rule = LocalRule.objects.create(
        duty="directives", kind="weight", value=3, valid_from=TODAY, decision_number="2/QĐ", created_by=named
    )
    for body in (board, shown("local_rules:inspect", rule.pk, role="administrator")):
        assert NAME in body
        assert LOGIN not in body


def test_an_account_without_a_name_is_told_by_its_login() -> None:
    nameless = make_user("officer", "glar", LOGIN)
    Declaration.objects.create(**statement(nameless, first=TODAY, last=TODAY))
    assert LOGIN in shown("compliance_declarations")


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_what_will_stand_in_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    role, views = LISTS[name]
    whole = views.index_view_class.get_base_queryset
    monkeypatch.setattr(views.index_view_class, "get_base_queryset", lambda view: whole(view).none())
    page = shown(f"{name}:index", role=role)
    assert str(escape(str(views.empty_text))) in page
    assert "There are no" not in page
    assert "match your query" not in shown(f"{name}:index", role=role, q="zzzz")


def test_the_empty_ledger_says_what_will_stand_in_it() -> None:
    page = shown("royalty-ledger_modeladmin_index", role="accountant")
    assert "have been created yet" not in page


@pytest.mark.parametrize(
    ("token", "raw"),
    [
        ({"fiscal_year": 2021, "period_token": "M6"}, "2021-M6"),
        ({"month": 7, "fiscal_year": 2021}, "2021-07"),
    ],
)
def test_a_history_tells_periods_in_words(token: dict[str, Any], raw: str) -> None:
    duty = "unit_budget" if "period_token" in token else "citizen_reception_complaints"
    page = make_disclosure(duty, code="glar", **token)
    observation = Observation.objects.filter(page_id=page.pk).latest("pk")
    assert observation.period == raw
    body = shown("compliance_history", "glar", duty, role="officer", code="glar")
    assert f"· {raw}" not in body
    assert f"· {period_label(raw)}" in body

"""Queries and forms nobody's browser sends: refused or ignored, never an error, never an oracle."""

from __future__ import annotations

import pytest
from django.urls import reverse

from compliance.models import PayPeriod, RoyaltyRate
from tests.compliance.admin.browse import call, text_of
from tests.compliance.admin.forms import rate_form
from tests.compliance.admin.tries import Try
from tests.compliance.admin.world import OFFICE, World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

VALUES = (
    "\x00",
    "-1",
    "0",
    "99999999999999999999999",
    "abc",
    "９",
    "' OR 1=1 --",
    "%",
    "x" * 5000,
    "2021-13",
    "9999-12",
    "0000-00",
)
LISTS = {
    "compliance_matrix": ("export", "group", "state", "level", "tier"),
    "compliance_contributions": ("authority", "first", "last", "group", "export"),
    "compliance_grading": ("authority", "month", "office", "show"),
    "compliance_budget": ("authority", "year", "export"),
    "compliance_spendings": ("authority", "year", "export"),
    "rate_modifiers:index": ("q", "p", "ordering", "authority", "export"),
    "compliance_periods": ("export",),
    "royalty-ledger_modeladmin_index": (
        "q",
        "p",
        "o",
        "period__id__exact",
        "office__id__exact",
        "genre",
        "export",
    ),
    "royalty_rates:index": ("q", "p", "ordering", "authority", "genre", "export"),
    "royalty_budgets:index": ("q", "p", "ordering", "authority", "year", "export"),
    "offices:index": ("q", "p", "ordering", "authority", "group"),
    "probe_targets:index": ("q", "p", "ordering"),
    "articles:index": ("q", "p", "ordering"),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_bad_query_is_no_server_error(name: str, world: World) -> None:
    for parameter in LISTS[name]:
        for value in VALUES:
            assert call(world.root, name, Try(query={parameter: value})).status_code in (200, 302, 400, 404)


def test_a_bad_table_period_is_no_server_error(world: World) -> None:
    for first in ("2200-12", "1990-01", "2021-06", "9999-99"):
        query = {"authority": "trang", "first": first, "last": "2200-12"}
        assert call(world.root, "compliance_contributions", Try(query=query)).status_code == 200
        cell = {"authority": "trang", "office": OFFICE, "month": first}
        assert call(world.root, "compliance_cell", Try(cell)).status_code in (200, 404)


@pytest.mark.parametrize("value", VALUES)
def test_a_bad_form_is_no_server_error_and_changes_nothing(value: str, world: World) -> None:
    accountant, board = world.trang.people["accountant"], world.trang.people["board"]
    periods, rates = PayPeriod.objects.count(), RoyaltyRate.objects.count()
    for form in ({"authority": value, "month": "2021-04"}, {"authority": "trang", "month": value}):
        if value != "9999-12" or "trang" not in form.values():
            assert call(accountant, "compliance_periods", Try(form=form)).status_code == 200
    for form in ({"article": value, "reason": "x"}, {"article": "1", "reason": value}):
        assert (
            call(accountant, "compliance_reverse", Try({"pk": world.trang.open.pk}, form=form)).status_code
            == 200
        )
    for field in ("authority", "genre", "valid_from", "max_coefficient"):
        form = {**rate_form(world.trang), field: value}
        if (field, value) != ("max_coefficient", "９"):  # a nine to Python, and within reason
            assert call(accountant, "royalty_rates:add", Try(form=form)).status_code == 200
    for form in (
        {"authority": value, "month": "2021-03"},
        {"authority": "trang", "month": value},
        {"authority": "trang", "month": "2021-03", f"grade-{world.trang.ungraded.pk}": value},
        {
            "authority": "trang",
            "month": "2021-03",
            f"grade-{world.trang.ungraded.pk}": "1",
            f"level-{world.trang.ungraded.pk}": value,
            f"genre-{world.trang.ungraded.pk}": value,
            f"seen-{world.trang.ungraded.pk}": value,
            f"percents-{world.trang.ungraded.pk}": value,
            f"mod-{world.trang.ungraded.pk}": value,
            f"percent-{world.trang.ungraded.pk}": value,
            "action": value,
        },
    ):
        assert call(board, "compliance_grading", Try(form=form)).status_code in (200, 404)
    assert (PayPeriod.objects.count(), RoyaltyRate.objects.count()) == (periods, rates)


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**40])
def test_an_id_out_of_range_is_not_found(pk: int, world: World) -> None:
    for name in (
        "compliance_period",
        "compliance_reverse",
        "royalty_rates:edit",
        "offices:inspect",
        "base_salaries:delete",
    ):
        assert world.root.get(reverse(name, kwargs={"pk": pk})).status_code == 404
    for name in ("inspect", "history"):
        url = reverse(f"royalty-ledger_modeladmin_{name}", kwargs={"instance_pk": str(pk)})
        assert world.root.get(url).status_code == 404
    for word in ("abc", "-", "1_2"):
        url = reverse("royalty-ledger_modeladmin_inspect", kwargs={"instance_pk": word})
        assert world.root.get(url).status_code == 404


def test_the_ledger_s_query_is_no_oracle_on_other_tables(world: World) -> None:
    """A lookup across relations would let an accountant guess a password hash letter by letter."""
    client, closer = world.trang.people["accountant"], world.trang.closed.closed_by
    assert closer is not None
    secret = closer.password
    answers = set()
    for guess in (secret, "không phải"):
        reply = client.get(
            reverse("royalty-ledger_modeladmin_index"), {"period__closed_by__password__startswith": guess}
        )
        answers.add((reply.status_code, world.trang.entry.title in text_of(reply)))
    assert len(answers) == 1

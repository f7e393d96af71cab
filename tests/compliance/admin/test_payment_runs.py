"""Each payment stands in the treasury's file of one run, however many periods it paid."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from compliance.models import Payment, PayPeriod
from compliance.queries.runs import runs_of_period, runs_of_year, shares_of_period
from compliance.reports.payment import voucher_of
from compliance.rules.months import Month
from tests.builders import authority, make_article, make_user, signed_in
from tests.compliance.admin.browse import text_of
from tests.compliance.services.money import advance, cancel, close, make_contributor, pay

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MARCH = Month(2021, 3)


@pytest.fixture
def accountant() -> Any:
    return make_user("accountant")


@pytest.fixture
def months(accountant: Any) -> list[PayPeriod]:
    """Three closed months: Lan wrote in all of them, Minh in the last two."""
    board = make_user("board")
    for month, lan in ((3, "7"), (4, "7"), (5, "2")):
        make_article("A", coefficient=lan, published=f"2021-{month:02d}-04T09:00", people=people("Lan"))
    for month in (4, 5):
        make_article("B", coefficient="1", published=f"2021-{month:02d}-05T09:00", people=people("Minh"))
    return [close(each, board, accountant) for each in (MARCH, MARCH.next, MARCH.next.next)]


def people(name: str) -> tuple[tuple[str, str, str], ...]:
    return ((name, "author", "100"),)


def treasury_rows(user: Any) -> list[dict[str, Any]]:
    """The rows of all the treasury's files of the year."""
    client = signed_in(user)
    found: list[dict[str, Any]] = []
    for run in runs_of_year(authority(), 2021):
        reply = client.get(reverse("compliance_run_file", args=[run.pk, "csv"]))
        assert reply.status_code == 200
        rows = list(csv.reader(io.StringIO(reply.content.decode("utf-8-sig"))))[1:]
        found += [{"code": row[1], "name": row[2], "gross": int(row[5]), "net": int(row[8])} for row in rows]
    return found


def test_the_treasury_s_files_add_up_to_what_was_paid(months: list[PayPeriod], accountant: Any) -> None:
    lan, minh = make_contributor("Lan"), make_contributor("Minh")
    advance(minh, 50_000, accountant)
    pay(*months, accountant=accountant, only=[f"c{lan.pk}"])
    pay(months[2], months[1], accountant=accountant, paid_on=datetime.date(2021, 7, 16))
    rows, made = treasury_rows(accountant), Payment.objects.all()
    assert sorted(row["code"] for row in rows) == sorted(payment.code for payment in made)
    for name in ("gross", "net"):
        assert sum(int(row[name]) for row in rows) == sum(getattr(payment, name) for payment in made)
    lan_s = [row for row in rows if row["name"] == "Lan"]
    assert [row["gross"] for row in lan_s] == [16 * 149_000], "once, not once a period"
    assert {len(runs_of_period(period)) for period in months[1:]} == {2}
    shares = [sum(share.gross for share in shares_of_period(period)) for period in months]
    assert shares == [PayPeriod.objects.get(pk=period.pk).total for period in months]


def test_what_was_taken_back_is_paid_by_the_file_of_the_next_run_alone(
    months: list[PayPeriod], accountant: Any
) -> None:
    first = pay(*months, accountant=accountant)
    cancel(first[0], accountant)
    (again,) = pay(*months, accountant=accountant, paid_on=datetime.date(2021, 7, 21))
    rows = treasury_rows(accountant)
    assert sorted(str(row["code"]) for row in rows) == sorted([first[1].code, again.code])
    assert sum(int(row["net"]) for row in rows) == sum(Payment.objects.values_list("net", flat=True))
    page = signed_in(accountant).get(reverse("compliance_run", args=[first[0].pk]))
    assert "03/2021" in text_of(page)


def test_a_run_is_asked_for_by_its_first_payment(months: list[PayPeriod], accountant: Any) -> None:
    first, second = pay(*months, accountant=accountant)
    back = cancel(second, accountant)
    client = signed_in(accountant)
    asked = [
        client.get(reverse("compliance_run", args=[each.pk])).status_code for each in (first, second, back)
    ]
    assert asked == [200, 404, 404]


def test_unticked_people_leave_the_sums_that_are_confirmed(months: list[PayPeriod], accountant: Any) -> None:
    client, day = signed_in(accountant), {"paid_on": "2021-07-15"}
    address = reverse("compliance_pay", args=[months[2].pk])
    listed = client.get(address, day).context
    minh = next(due for due, _why, _missing in listed["rows"] if due.name == "Minh")
    form = {**day, "shown": listed["shown"], "person": [minh.person]}
    asked = client.post(address, form)
    assert (asked.context["gross"], asked.context["net"]) == (149_000, 149_000)
    assert [due.name for due in asked.context["others"]] == ["Lan"]
    assert not Payment.objects.exists()
    done = client.post(address, {**form, "confirmed": "1"})
    assert [payment.name for payment in Payment.objects.all()] == ["Minh"]
    assert done["Location"] == reverse("compliance_run", args=[Payment.objects.get().pk])


def test_the_voucher_that_takes_back_is_no_payment_voucher(months: list[PayPeriod], accountant: Any) -> None:
    paid = pay(*months, accountant=accountant)[0]
    document = voucher_of(cancel(paid, accountant))
    told = "\n".join(block.text for block in document.blocks if hasattr(block, "text"))
    assert document.kind == gettext("Voucher of a lowering correction")
    assert paid.code in told
    assert "-" not in "".join(line for line in told.splitlines() if "đồng" in line)
    assert f"{paid.net:,}".replace(",", ".") in told


def test_the_screen_names_those_whose_account_is_missing(months: list[PayPeriod], accountant: Any) -> None:
    paid = pay(*months, accountant=accountant)
    page = signed_in(accountant).get(reverse("compliance_run", args=[paid[0].pk]))
    assert page.context["without_account"] == ["Lan", "Minh"]

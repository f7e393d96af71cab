"""Tax is withheld from the whole payment, by the day of payment, and never from those who are exempt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.catalogue.loader import load_royalties
from compliance.rules.tax import Payee, Reason, TaxClass, Withholding, withheld

pytestmark = pytest.mark.unit

IN_2021, IN_2026 = date(2021, 7, 29), date(2026, 11, 21)
PAYMENTS = st.integers(0, 10**15)


def rule(day: date, tax_class: TaxClass = TaxClass.REMUNERATION) -> Withholding:
    found = load_royalties().withholding(day, tax_class)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("payment", "day", "tax"),
    [
        (2_235_000, IN_2021, 223_500),
        (2_235_000, IN_2026, 0),
        (2_000_000, IN_2021, 200_000),
        (1_999_999, IN_2021, 0),
        (5_000_000, IN_2026, 500_000),
        (4_999_999, IN_2026, 0),
        (2_000_000, date(2026, 6, 30), 200_000),
        (2_000_000, date(2026, 7, 1), 0),
        (2_000_005, IN_2021, 200_001),
    ],
)
def test_worked_examples(payment: int, day: date, tax: int) -> None:
    assert withheld(payment, rule(day)).amount == tax


def test_payroll_and_commitment_exempt_and_a_request_taxes() -> None:
    assert withheld(9_000_000, rule(IN_2026), Payee(on_payroll=True)) == withheld(
        9_000_000, rule(IN_2021), Payee(on_payroll=True, asks=True)
    )
    assert withheld(9_000_000, rule(IN_2026), Payee(on_payroll=True)).reason is Reason.PAYROLL
    assert withheld(9_000_000, rule(IN_2026), Payee(committed=True)).amount == 0
    asked = withheld(1_000_000, rule(IN_2026), Payee(asks=True))
    assert (asked.amount, asked.reason) == (100_000, Reason.ASKED)
    assert withheld(1_000_000, rule(IN_2021), Payee(asks=True)).amount == 0


def test_copyright_is_taxed_beyond_its_threshold() -> None:
    copyright_rule = rule(IN_2026, TaxClass.COPYRIGHT)
    assert withheld(20_000_000, copyright_rule).amount == 0
    assert withheld(20_000_100, copyright_rule).amount == 5
    assert load_royalties().withholding(IN_2021, TaxClass.COPYRIGHT) is None


def test_a_negative_payment_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        withheld(-1, rule(IN_2021))


@given(payment=PAYMENTS, day=st.dates(date(2013, 10, 1), date(2030, 1, 1)), asks=st.booleans())
def test_never_more_than_a_tenth_and_never_below_nothing(payment: int, day: date, asks: bool) -> None:
    found = withheld(payment, rule(day), Payee(asks=asks))
    assert 0 <= found.amount <= int(payment * Decimal("0.1") + 1)
    assert found.amount in (0, withheld(payment, rule(day), Payee(asks=True)).amount)


@given(first=PAYMENTS, more=PAYMENTS, day=st.dates(date(2013, 10, 1), date(2030, 1, 1)))
def test_a_greater_payment_is_never_taxed_less(first: int, more: int, day: date) -> None:
    assert withheld(first, rule(day)).amount <= withheld(first + more, rule(day)).amount

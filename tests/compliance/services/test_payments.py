"""Payments: whom, how much, withheld from what, once, in turn, and taken back."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from compliance.models import (
    FrozenRowError,
    Payee,
    Payment,
    PaymentLine,
    PayPeriod,
    RemunerationTerm,
    RoyaltyEntry,
    TaxCommitment,
)
from compliance.queries.owed import dues, outstanding_advances, owed
from compliance.queries.remuneration import remuneration_standing
from compliance.rules.months import Month
from compliance.services import payments, periods
from compliance.services.remuneration import reverse_remuneration
from tests.builders import authority, make_article, make_user
from tests.compliance.services.money import TODAY, advance, cancel, close, make_contributor, make_term, pay

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MARCH = Month(2021, 3)


@pytest.fixture
def board(db: None) -> Any:
    return make_user("board")


@pytest.fixture
def accountant(db: None) -> Any:
    return make_user("accountant")


def article(person: str, coefficient: str, published: str = "2021-03-04T09:00") -> Any:
    return make_article(coefficient=coefficient, published=published, people=((person, "author", "100"),))


def test_tax_is_withheld_by_the_day_of_payment(board: Any, accountant: Any) -> None:
    for _number in range(10):
        article("Lan", "1.5")
    march = close(MARCH, board, accountant)
    assert march.total == 2_235_000
    payment = pay(march, accountant=accountant)[0]
    assert (payment.gross, payment.tax, payment.net) == (2_235_000, 223_500, 2_011_500)
    assert "111/2013" in payment.rule
    cancel(payment, accountant)
    march.refresh_from_db()
    assert (march.status, march.paid_at) == ("closed", None)
    later = pay(march, accountant=accountant, paid_on=datetime.date(2026, 11, 2))[0]
    assert (later.gross, later.tax, later.net) == (2_235_000, 0, 2_235_000)
    assert "253/2026" in later.rule
    assert [(each.number, each.year) for each in Payment.objects.order_by("pk")] == [
        (1, 2021),
        (2, 2021),
        (1, 2026),
    ]


@pytest.mark.parametrize(
    ("flag", "tax"), [("on_payroll", 0), ("committed", 0), ("last_year", 223_500), ("none", 223_500)]
)
def test_what_a_payee_signed_counts(flag: str, tax: int, board: Any, accountant: Any) -> None:
    payee = Payee.objects.create(contributor=make_contributor("Lan"), on_payroll=flag == "on_payroll")
    year = {"committed": 2021, "last_year": 2020}.get(flag)
    if year:
        TaxCommitment.objects.create(payee=payee, year=year, document="Mẫu 08/CK-TNCN")
    for _number in range(10):
        article("lan ", "1.5")
    payment = pay(close(MARCH, board, accountant), accountant=accountant)[0]
    assert (payment.contributor, payment.tax) == (payee.contributor, tax)


def test_a_name_that_two_people_share_is_paid_by_name(board: Any, accountant: Any) -> None:
    make_contributor("Lan")
    make_contributor("LAN")
    article("Lan", "1")
    payment = pay(close(MARCH, board, accountant), accountant=accountant)[0]
    assert (payment.contributor, payment.name) == (None, "Lan")


def test_several_months_are_one_payment_of_each_person(board: Any, accountant: Any) -> None:
    article("Lan", "7")
    article("Lan", "7", "2021-04-04T09:00")
    article("Minh", "1", "2021-04-04T09:00")
    march, april = close(MARCH, board, accountant), close(MARCH.next, board, accountant)
    made = pay(march, april, accountant=accountant)
    assert [(each.name, each.gross, each.tax) for each in made] == [
        ("Lan", 2_086_000, 208_600),
        ("Minh", 149_000, 0),
    ]
    for period in (march, april):
        period.refresh_from_db()
        assert period.status == "paid"
    with pytest.raises(payments.PaymentError):
        pay(march, accountant=accountant)


def test_one_person_is_paid_and_the_period_waits_for_the_others(board: Any, accountant: Any) -> None:
    lan = make_contributor("Lan")
    article("Lan", "1")
    article("Minh", "1")
    march = close(MARCH, board, accountant)
    pay(march, accountant=accountant, only=[f"c{lan.pk}"])
    march.refresh_from_db()
    assert march.status == "closed"
    assert [payment.name for payment in pay(march, accountant=accountant)] == ["Minh"]
    march.refresh_from_db()
    assert march.status == "paid"


def test_a_debt_is_carried_and_set_against_the_next_payment(board: Any, accountant: Any) -> None:
    page = article("Lan", "3")
    pay(close(MARCH, board, accountant), accountant=accountant)
    article("Lan", "1", "2021-04-04T09:00")
    april = periods.open_period(authority(), MARCH.next, user=accountant)
    periods.reverse_article(page.pk, into=april, user=accountant, reason="Trùng bài", pay_again=False)
    april = close(MARCH.next, board, accountant)
    assert april.total == -298_000
    assert pay(april, accountant=accountant) == []
    april.refresh_from_db()
    assert april.status == "paid", "nobody has a positive sum: the debt waits"
    article("Lan", "5", "2021-05-04T09:00")
    made = pay(close(Month(2021, 5), board, accountant), accountant=accountant)
    assert [(each.gross, each.lines) for each in made] == [(745_000 - 298_000, 3)]
    assert owed(authority()) == []


def test_advances_are_set_off_and_come_back_when_the_payment_is_taken_back(
    board: Any, accountant: Any
) -> None:
    lan = make_contributor("Lan")
    first = advance(lan, 200_000, accountant)
    article("Lan", "1")
    march = close(MARCH, board, accountant)
    payment = pay(march, accountant=accountant)[0]
    assert (payment.gross, payment.set_off, payment.net) == (149_000, 149_000, 0)
    assert outstanding_advances([lan.pk]) == {lan.pk: 51_000}
    with pytest.raises(payments.PaymentError):
        cancel(first, accountant)
    cancel(payment, accountant)
    assert outstanding_advances([lan.pk]) == {lan.pk: 200_000}
    cancel(first, accountant)
    assert outstanding_advances([lan.pk]) == {}


def test_what_was_taken_back_is_not_taken_back_again(board: Any, accountant: Any) -> None:
    article("Lan", "1")
    payment = pay(close(MARCH, board, accountant), accountant=accountant)[0]
    back = cancel(payment, accountant)
    for each in (payment, back):
        with pytest.raises(payments.PaymentError):
            cancel(each, accountant)
    assert [line.amount for line in PaymentLine.objects.filter(live=None)] == [149_000]


@pytest.mark.parametrize(
    "paid_on", [datetime.date(2021, 3, 31), TODAY + datetime.timedelta(days=1), datetime.date(1999, 1, 1)]
)
def test_a_day_that_cannot_be_is_refused(paid_on: datetime.date, board: Any, accountant: Any) -> None:
    article("Lan", "1")
    march = close(MARCH, board, accountant)
    with pytest.raises(payments.PaymentError):
        pay(march, accountant=accountant, paid_on=paid_on)
    assert not Payment.objects.exists()


@pytest.mark.parametrize("amount", [0, -1, 2**53 + 1])
def test_an_advance_is_a_sum_within_reason(amount: int, accountant: Any) -> None:
    with pytest.raises(payments.PaymentError):
        advance(make_contributor("Lan"), amount, accountant)


def test_a_list_that_changed_is_not_paid(board: Any, accountant: Any) -> None:
    article("Lan", "1")
    march = close(MARCH, board, accountant)
    with pytest.raises(payments.PaymentError):
        pay(march, accountant=accountant, expected="0" * 64)


SQL = [
    "UPDATE compliance_payment SET net = 1",
    "DELETE FROM compliance_payment",
    "UPDATE compliance_paymentline SET amount = 1",
    "UPDATE compliance_paymentline SET live = NULL",
    "DELETE FROM compliance_paymentline",
    "INSERT INTO compliance_paymentline (payment_id, royalty_id, amount) SELECT payment_id, royalty_id,"
    " amount FROM compliance_paymentline WHERE royalty_id IS NOT NULL",
    "UPDATE compliance_payperiod SET royalties = 1",
    "UPDATE compliance_payperiod SET sent_by_id = NULL",
    "UPDATE compliance_payperiod SET status = 'closed'",
    "UPDATE compliance_remunerationentry SET amount = 1",
    "DELETE FROM compliance_remunerationentry",
]


@pytest.mark.parametrize("statement", SQL)
def test_what_was_paid_refuses_plain_sql(statement: str, board: Any, accountant: Any) -> None:
    article("Lan", "1")
    make_term(make_contributor("Minh"), 500_000)
    march = close(MARCH, board, accountant)
    assert len(pay(march, accountant=accountant)) == 2
    before = list(Payment.objects.values_list()), list(PaymentLine.objects.values_list())
    with (
        pytest.raises(DatabaseError, match="compliance:"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (list(Payment.objects.values_list()), list(PaymentLine.objects.values_list())) == before
    march.refresh_from_db()
    assert (march.status, march.royalties, march.remuneration) == ("paid", 149_000, 500_000)


def test_what_was_paid_refuses_the_orm(board: Any, accountant: Any) -> None:
    article("Lan", "1")
    payment = pay(close(MARCH, board, accountant), accountant=accountant)[0]
    line = payment.paid_lines.get()
    for write in (
        payment.save,
        payment.delete,
        line.save,
        line.delete,
        Payment.objects.all().delete,
        PaymentLine.objects.all().delete,
        lambda: Payment.objects.update(net=1),
        lambda: PaymentLine.objects.update(amount=1),
    ):
        with pytest.raises(FrozenRowError):
            write()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        PaymentLine.objects.create(payment=payment, royalty=RoyaltyEntry.objects.get(), amount=1)


def test_remuneration_is_a_sum_or_a_share_frozen_with_the_month(board: Any, accountant: Any) -> None:
    lan, minh = make_contributor("Lan"), make_contributor("Minh")
    make_term(lan, 500_000)
    make_term(minh, percent="12.5")
    make_term(minh, 70_000, position="Thư ký", valid_to=datetime.date(2021, 3, 30))
    article("Siu H'Len", "3")
    march = close(MARCH, board, accountant)
    lines = list(march.remuneration_entries.order_by("person").values_list("person", "amount", "base_amount"))
    assert lines == [("Lan", 500_000, None), ("Minh", 55_875, 447_000)]
    assert (march.royalties, march.remuneration, march.total) == (447_000, 555_875, 1_002_875)
    standing = remuneration_standing(march)
    assert (standing.is_over, standing.percent) == (True, 50)
    RemunerationTerm.objects.update(monthly_amount=None, percent=99)
    march.refresh_from_db()
    assert march.remuneration == sum(march.remuneration_entries.values_list("amount", flat=True)) == 555_875


def test_a_remuneration_is_corrected_by_reversing(board: Any, accountant: Any) -> None:
    make_term(make_contributor("Lan"), 500_000, valid_to=MARCH.last)
    march = close(MARCH, board, accountant)
    line = march.remuneration_entries.get()
    april = periods.open_period(authority(), MARCH.next, user=accountant)
    made = reverse_remuneration(line, into=april, user=accountant, reason="Sai mức", instead=300_000)
    periods.refresh_period(april, user=accountant)
    assert [each.amount for each in april.remuneration_entries.order_by("pk")] == [-500_000, 300_000]
    for again in (line, *made):
        with pytest.raises(periods.PeriodError):
            reverse_remuneration(again, into=april, user=accountant, reason="Lần nữa")
    april = close(MARCH.next, board, accountant)
    assert (april.remuneration, april.lines) == (-200_000, 2)
    assert [each.gross for each in pay(march, april, accountant=accountant)] == [300_000]


def test_a_term_gives_one_of_the_two_and_overlaps_none(db: None) -> None:
    lan = make_contributor("Lan")
    term = make_term(lan, 500_000)
    for wrong in ({"percent": "5"}, {"monthly_amount": None}, {"monthly_amount": 2**53 + 1}, {"pk": None}):
        copy = RemunerationTerm.objects.get(pk=term.pk)
        for name, value in wrong.items():
            setattr(copy, name, value)
        with pytest.raises(ValidationError):
            copy.full_clean()


def test_the_board_sends_back_with_a_reason(board: Any, accountant: Any) -> None:
    page = article("Lan", "1")
    march = periods.open_period(authority(), MARCH, user=accountant)
    with pytest.raises(periods.PeriodError):  # nothing was sent yet
        periods.approve_period(march, user=board, now=timezone.now())
    periods.send_for_review(march, user=accountant, now=timezone.now())
    with pytest.raises(periods.PeriodError):
        periods.send_back(march, user=board, reason="  ")
    back = periods.send_back(march, user=board, reason="Hệ số bài 1 quá cao")
    assert (back.status, back.sent_back, back.digest) == ("open", "Hệ số bài 1 quá cao", "")
    periods.send_for_review(march, user=accountant, now=timezone.now())
    page.royalty_grade.coefficient = 2
    page.royalty_grade.save()
    with pytest.raises(periods.PeriodError):  # the board would approve what it did not see
        periods.approve_period(march, user=board, now=timezone.now())
    march.refresh_from_db()
    assert (march.status, march.entries.get().amount) == (PayPeriod.Status.OPEN, 298_000)


def test_a_tax_unknown_for_the_day_is_said(board: Any, accountant: Any, settings: Any) -> None:
    settings.PORTAL_ROYALTY_TAX_CLASS = "copyright"  # no rule of it before July 2026
    article("Lan", "1")
    march = close(MARCH, board, accountant)
    with pytest.raises(payments.PaymentError):
        pay(march, accountant=accountant)
    assert [due.tax.amount for due in dues(authority(), {march.pk}, TODAY)] == [0]


@pytest.mark.django_db(transaction=True)
def test_two_who_pay_at_once_pay_once(live_portal: None) -> None:
    board, accountant = make_user("board"), make_user("accountant")
    article("Lan", "1")
    article("Minh", "1")
    march = close(MARCH, board, accountant)
    start, told = threading.Barrier(3), []

    def run() -> None:
        start.wait()
        try:
            pay(march, accountant=accountant)
            told.append("")
        except payments.PaymentError as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(bool, told)) == [False, True, True], told
    assert sorted(Payment.objects.values_list("number", "gross")) == [(1, 149_000), (2, 149_000)]

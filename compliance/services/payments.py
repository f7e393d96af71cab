"""Pay out what closed periods owe: payments numbered without a gap, advances, and taking back."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.catalogue.loader import load_royalties
from compliance.models import Payment, PaymentCounter, PaymentLine, PayPeriod
from compliance.queries.owed import Due, dues, fingerprint, outstanding_advances, owed
from compliance.queries.rates import NoTermsError, tax_class
from compliance.rules.owing import is_paid_up
from sitepages.models import Authority, Contributor
from sitepages.text import nfc

Status = PayPeriod.Status
HIGHEST_ADVANCE = 1_000_000_000


class PaymentError(Exception):
    """Nothing was paid; the message says why and what to do."""


@transaction.atomic
def pay_periods(
    authority: Authority,
    periods: Collection[int],
    *,
    paid_on: datetime.date,
    today: datetime.date,
    user: Any,
    now: datetime.datetime,
    only: Collection[str] | None = None,
    expected: str = "",
) -> list[Payment]:
    """Pay everybody whom these closed periods (by key) owe a positive sum, one payment each.

    ``only`` names the persons (``Due.person``) to be paid now; ``expected`` is the fingerprint of the list
    that was confirmed. A period nobody is to be paid for any more becomes paid. PaymentError.
    """
    _take_turn(authority)
    closed = {period.pk: period for period in _lock_closed(authority)}
    chosen = {pk for pk in periods if pk in closed}
    if not chosen or len(chosen) < len(set(periods)):
        raise PaymentError(_("Only closed periods are paid. Somebody else may have paid this one just now."))
    _check_day(paid_on, max(closed[pk].last_day for pk in chosen), today)
    try:
        found = dues(authority, chosen, paid_on)
    except NoTermsError:
        raise PaymentError(
            _("No rule of taxation is known for %(day)s.") % {"day": f"{paid_on:%d/%m/%Y}"}
        ) from None
    if expected and fingerprint(found) != expected:
        raise PaymentError(
            _("The list changed since it was shown: somebody paid or corrected. Look at it again.")
        )
    paid = [due for due in found if only is None or due.person in only]
    if found and not paid:
        raise PaymentError(_("Choose at least one person to pay."))
    made = [_settle(authority, due, paid_on, user, now) for due in paid]
    _mark_paid_up(authority, [closed[pk] for pk in chosen], user, now)
    return made


@transaction.atomic
def pay_advance(
    contributor: Contributor,
    amount: int,
    *,
    paid_on: datetime.date,
    today: datetime.date,
    reason: str,
    user: Any,
    now: datetime.datetime,
) -> Payment:
    """Hand out a sum that later payments are set off against; tax is withheld then. PaymentError."""
    _take_turn(contributor.authority)
    _check_day(paid_on, datetime.date(2000, 1, 1), today)
    if not 0 < amount <= HIGHEST_ADVANCE:
        raise PaymentError(_("An advance is a sum from 1 to 1,000,000,000 đồng."))
    if not reason.strip():
        raise PaymentError(_("Say what the advance is for."))
    same = Payment.objects.filter(
        contributor=contributor,
        kind=Payment.Kind.ADVANCE,
        paid_on=paid_on,
        net=amount,
        reason=nfc(reason).strip()[:500],
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    if same.exists():
        raise PaymentError(
            _("This advance was paid on that day already. If a second one is meant, name it in the reason.")
        )
    unit = contributor.office.short_name if contributor.office else ""
    return _write(
        contributor.authority,
        user,
        now,
        kind=Payment.Kind.ADVANCE,
        contributor=contributor,
        name=contributor.name,
        unit=unit,
        paid_on=paid_on,
        gross=0,
        tax=0,
        set_off=-amount,
        net=amount,
        lines=0,
        reason=nfc(reason).strip()[:500],
    )


@transaction.atomic
def cancel_payment(
    payment: Payment,
    *,
    reason: str,
    paid_on: datetime.date,
    today: datetime.date,
    user: Any,
    now: datetime.datetime,
) -> Payment:
    """Take a payment back by one of the opposite; its lines are owed again. PaymentError."""
    _take_turn(payment.authority)
    payment = Payment.objects.select_related("authority", "contributor", "reversed_by").get(pk=payment.pk)
    reason = nfc(reason).strip()[:500]
    if not reason:
        raise PaymentError(_("Give the reason of the correction."))
    if payment.reverses_id is not None:
        raise PaymentError(_("A payment that takes back is not taken back itself."))
    if payment.is_cancelled:
        raise PaymentError(_("This payment was taken back already."))
    _check_day(paid_on, payment.paid_on, today, same_day=True)
    left = outstanding_advances([payment.contributor_id]) if payment.contributor_id else {}
    if payment.set_off < 0 and left.get(payment.contributor_id or 0, 0) + payment.set_off < 0:
        raise PaymentError(_("The advance was set off already. Take back the payment it was set off in."))
    made = _write(
        payment.authority,
        user,
        now,
        kind=payment.kind,
        contributor=payment.contributor,
        name=payment.name,
        unit=payment.unit,
        paid_on=paid_on,
        gross=-payment.gross,
        tax=-payment.tax,
        set_off=-payment.set_off,
        net=-payment.net,
        lines=0,
        tax_reason=payment.tax_reason,
        rule=payment.rule,
        reverses=payment,
        reason=reason,
    )
    payment.paid_lines.release()
    _reopen(payment, user)
    return made


def _take_turn(authority: Authority) -> None:
    """Whoever pays at the same portal at the same time waits here, and then sees what was paid."""
    Authority.objects.select_for_update(no_key=True, of=("self",)).get(pk=authority.pk)


def _lock_closed(authority: Authority) -> list[PayPeriod]:
    rows = PayPeriod.objects.select_for_update(of=("self",)).filter(authority=authority)
    return list(rows.filter(status=Status.CLOSED).order_by("pk"))


def _check_day(
    paid_on: datetime.date, after: datetime.date, today: datetime.date, *, same_day: bool = False
) -> None:
    if paid_on > today:
        raise PaymentError(_("A payment is not dated in the future."))
    if paid_on < after or (paid_on == after and not same_day):
        raise PaymentError(
            _("The payment must be dated after %(day)s.")
            % {"day": f"{after - datetime.timedelta(days=same_day):%d/%m/%Y}"}
        )


def _settle(
    authority: Authority, due: Due, paid_on: datetime.date, user: Any, now: datetime.datetime
) -> Payment:
    rule = load_royalties().withholding(paid_on, tax_class())
    payment = _write(
        authority,
        user,
        now,
        kind=Payment.Kind.SETTLEMENT,
        contributor_id=due.contributor,
        name=due.name,
        unit=due.unit,
        paid_on=paid_on,
        gross=due.gross,
        tax=due.tax.amount,
        set_off=due.set_off,
        net=due.net,
        lines=len(due.lines),
        tax_reason=due.tax.reason,
        rule=(rule.source if rule else "")[:255],
    )
    PaymentLine.objects.bulk_create(
        PaymentLine(
            payment=payment, royalty_id=line.royalty, remuneration_id=line.remuneration, amount=line.amount
        )
        for line in due.lines
    )
    return payment


def _write(authority: Authority, user: Any, now: datetime.datetime, **values: Any) -> Payment:
    """Write a payment under the year's next number."""
    year = values["paid_on"].year
    PaymentCounter.objects.get_or_create(authority=authority, year=year)
    counter = PaymentCounter.objects.select_for_update().get(authority=authority, year=year)
    newest = Payment.objects.filter(authority=authority, year=year).aggregate(day=Max("paid_on"))["day"]
    if newest is not None and values["paid_on"] < newest:  # numbers follow the days, or the book has a gap
        raise PaymentError(
            _("The newest voucher of %(year)s is dated %(day)s. Date this one that day or later.")
            % {"year": year, "day": f"{newest:%d/%m/%Y}"}
        )
    counter.last += 1
    counter.save(update_fields=["last"])
    payment = Payment.objects.create(
        authority=authority, year=year, number=counter.last, made_by=user, made_at=now, **values
    )
    log(
        instance=payment,
        action="compliance.cancel_payment" if payment.reverses_id else "compliance.pay",
        user=user,
        data={"gross": payment.gross, "tax": payment.tax, "net": payment.net, "reason": payment.reason},
    )
    return payment


def _mark_paid_up(
    authority: Authority, periods: Sequence[PayPeriod], user: Any, now: datetime.datetime
) -> None:
    left = owed(authority)
    for period in periods:
        if is_paid_up(left, period.pk):
            period.status, period.paid_at = Status.PAID, now
            period.save(update_fields=["status", "paid_at"])
            log(instance=period, action="compliance.pay_period", user=user)


def _reopen(payment: Payment, user: Any) -> None:
    """A paid period whose lines are owed again is closed, no longer paid."""
    left = owed(payment.authority)
    rows = PayPeriod.objects.select_for_update(of=("self",)).filter(
        authority=payment.authority, status=Status.PAID
    )
    for period in rows.order_by("pk"):
        if not is_paid_up(left, period.pk):
            period.status, period.paid_at = Status.CLOSED, None
            period.save(update_fields=["status", "paid_at"])
            log(instance=period, action="compliance.unpay_period", user=user)

"""Enter what was spent outside the pay periods; take it back by a row of its own."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import BudgetKind, Spending
from compliance.rules.fees import MOST_DONG
from sitepages.models import Authority
from sitepages.text import nfc


class SpendingError(ValueError):
    """The spending cannot be entered or taken back; the message says why."""


@transaction.atomic
def spend(
    authority: Authority,
    *,
    day: datetime.date,
    kind: str,
    amount: int,
    document_number: str,
    note: str = "",
    user: Any,
    now: datetime.datetime,
    today: datetime.date,
) -> Spending:
    """Enter a spending of a line. SpendingError for a day to come, no line, no amount, no document."""
    if day > today:
        raise SpendingError(_("The date lies in the future."))
    if kind not in BudgetKind.values:
        raise SpendingError(_("Choose a line of the budget."))
    if not 0 < amount <= MOST_DONG:
        raise SpendingError(_("Write the amount in whole đồng, above 0."))
    document = nfc(document_number).strip()
    if not document:
        raise SpendingError(_("Write the number of the document."))
    same = Spending.objects.filter(
        authority=authority,
        day=day,
        kind=kind,
        amount=amount,
        document_number=document[:100],
        note=nfc(note).strip()[:500],
        reverses__isnull=True,
        reversed_by__isnull=True,
    )
    if same.exists():
        raise SpendingError(
            _("This spending is entered already. If a second one is meant, say so in the note.")
        )
    row = Spending.objects.create(
        authority=authority,
        day=day,
        kind=kind,
        amount=amount,
        document_number=document[:100],
        note=nfc(note).strip()[:500],
        entered_by=user,
        entered_at=now,
    )
    log(instance=row, action="compliance.spend", user=user, data={"amount": amount, "line": kind})
    return row


@transaction.atomic
def reverse_spending(spending: Spending, *, reason: str, user: Any, now: datetime.datetime) -> Spending:
    """Take a spending back, on its own day: the year and half-year it was counted in are set right.

    SpendingError without a reason, for a row taken back already, and for one that takes another back.
    """
    if not reason.strip():
        raise SpendingError(_("Give the reason of the correction."))
    row = Spending.objects.select_for_update().get(pk=spending.pk)
    if row.reverses_id is not None:
        raise SpendingError(_("This row takes another one back. Enter the spending anew instead."))
    if Spending.objects.filter(reverses=row).exists():
        raise SpendingError(_("This spending was taken back already."))
    try:
        with transaction.atomic():
            made = Spending.objects.create(
                authority=row.authority,
                day=row.day,
                kind=row.kind,
                amount=-row.amount,
                document_number=row.document_number,
                note=nfc(reason).strip()[:500],
                reverses=row,
                entered_by=user,
                entered_at=now,
            )
    except IntegrityError:
        raise SpendingError(_("This spending was taken back already.")) from None
    log(instance=made, action="compliance.reverse_spending", user=user, data={"amount": made.amount})
    return made

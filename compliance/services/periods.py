"""The life of a pay period: open, approve, close, pay, and correct by reversing."""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import PayPeriod, RoyaltyEntry
from compliance.queries.counts import contribution_table
from compliance.queries.payable import Line, payable
from compliance.rules.months import Month
from sitepages.locks import take_publication_lock
from sitepages.models import Authority

Status = PayPeriod.Status


class PeriodError(Exception):
    """The step cannot be taken; the message says why and what to do."""


@transaction.atomic
def open_period(
    authority: Authority, month: Month, *, user: Any, today: datetime.date | None = None
) -> PayPeriod:
    """Open the pay of one month and gather its lines; PeriodError for a month after ``today``."""
    if today is not None and month.first > today:
        raise PeriodError(_("%(month)s is still to come.") % {"month": f"{month.first:%m/%Y}"})
    if PayPeriod.objects.filter(authority=authority, first_day=month.first).exists():
        raise PeriodError(_("The period %(month)s is there already.") % {"month": f"{month.first:%m/%Y}"})
    try:
        with transaction.atomic():
            period = PayPeriod.objects.create(
                authority=authority, first_day=month.first, last_day=month.last, opened_by=user
            )
    except IntegrityError:  # somebody opened it at the same moment
        raise PeriodError(
            _("The period %(month)s is there already.") % {"month": f"{month.first:%m/%Y}"}
        ) from None
    log(instance=period, action="compliance.open_period", user=user)
    _write_lines(period)
    return period


@transaction.atomic
def refresh_period(period: PayPeriod, *, user: Any) -> PayPeriod:
    """Compute the lines of an open period anew. An approved one goes back to open."""
    period = _held(period, {Status.OPEN, Status.APPROVED})
    _reset(period)
    _write_lines(period)
    log(instance=period, action="compliance.refresh_period", user=user)
    return period


@transaction.atomic
def approve_period(period: PayPeriod, *, user: Any, now: datetime.datetime) -> PayPeriod:
    """The board approves the lines as they stand."""
    period = _held(period, {Status.OPEN})
    _write_lines(period)
    period.status, period.digest = Status.APPROVED, _digest(period)
    period.approved_by, period.approved_at = user, now
    period.save()
    log(instance=period, action="compliance.approve_period", user=user, data={"digest": period.digest})
    return period


def close_period(period: PayPeriod, *, user: Any, now: datetime.datetime, today: datetime.date) -> PayPeriod:
    """Freeze an approved period, alone against publishing.

    PeriodError when the month is not over, the closer is the approver, the period is closed already, or the
    lines no longer equal what was approved (it is then open again, to be approved anew).
    """
    if period.last_day >= today:
        raise PeriodError(
            _("The month is not over yet. Close it from %(day)s on.")
            % {"day": f"{period.last_day + datetime.timedelta(days=1):%d/%m/%Y}"}
        )
    with transaction.atomic():
        take_publication_lock()
        period = _held(period, {Status.APPROVED})
        if period.approved_by_id == getattr(user, "pk", None):
            raise PeriodError(_("You approved this period yourself. Another person must close it."))
        approved = period.digest
        _write_lines(period)
        same = _digest(period) == approved
        if same:
            _freeze(period, user, now)
        else:
            _reset(period)
    if not same:
        raise PeriodError(
            _("The lines changed after the approval. The period is open again; have it approved anew.")
        )
    return period


@transaction.atomic
def mark_paid(period: PayPeriod, *, user: Any, now: datetime.datetime) -> PayPeriod:
    """Note that a closed period was paid out."""
    period = _held(period, {Status.CLOSED})
    period.status, period.paid_at = Status.PAID, now
    period.save(update_fields=["status", "paid_at"])
    log(instance=period, action="compliance.pay_period", user=user)
    return period


@transaction.atomic
def reverse_article(
    article_id: int, *, into: PayPeriod, user: Any, reason: str, pay_again: bool
) -> list[RoyaltyEntry]:
    """Take back what closed periods paid for an article, by lines in an open period.

    ``pay_again``: the article is then gathered anew, at its present grade and contributions.
    """
    period = _held(into, {Status.OPEN, Status.APPROVED})
    if not reason.strip():
        raise PeriodError(_("Give the reason of the correction."))
    entries = list(
        RoyaltyEntry.objects.frozen().filter(
            article_id=article_id,
            period__authority=period.authority,
            reverses__isnull=True,
            reversed_by__isnull=True,
        )
    )
    if not entries:
        raise PeriodError(_("No closed period holds a payment of this article that could be taken back."))
    _reset(period)
    made = [_reversal(entry, period, reason.strip(), pay_again) for entry in entries]
    _write_lines(period)
    log(
        instance=period,
        action="compliance.reverse_article",
        user=user,
        data={"article": article_id, "reason": reason},
    )
    return made


def _held(period: PayPeriod, allowed: set[str]) -> PayPeriod:
    """The period's row, locked; PeriodError when it is not in one of the states."""
    row = (
        PayPeriod.objects.select_for_update(of=("self",))
        .select_related("authority__parent", "authority__site__root_page")
        .get(pk=period.pk)
    )
    if row.status not in allowed:
        raise PeriodError(
            _("The period is “%(status)s”; this step is not possible now.")
            % {"status": row.get_status_display()}
        )
    return row


def _reset(period: PayPeriod) -> None:
    period.status, period.digest = Status.OPEN, ""
    period.approved_by = period.approved_at = None
    period.save()


def _freeze(period: PayPeriod, user: Any, now: datetime.datetime) -> None:
    table = contribution_table(period.authority, Month.of(period.first_day), Month.of(period.last_day))
    entries = list(period.entries.all())
    period.status = Status.CLOSED
    period.closed_by, period.closed_at = user, now
    period.total, period.lines = sum(entry.amount for entry in entries), len(entries)
    period.counts = {row.office.code: row.total for row in table.rows}
    period.save()
    log(
        instance=period,
        action="compliance.close_period",
        user=user,
        data={"total": period.total, "lines": period.lines, "digest": period.digest},
    )


def _write_lines(period: PayPeriod) -> None:
    """Make the period's ordinary lines equal what is payable now; reversing lines stay."""
    period.entries.filter(reverses__isnull=True).delete()
    try:
        with transaction.atomic():
            RoyaltyEntry.objects.bulk_create([_entry(period, line) for line in payable(period).lines])
    except IntegrityError:
        raise PeriodError(
            _("An article would be paid twice. Refresh the other open periods first.")
        ) from None


def _entry(period: PayPeriod, line: Line) -> RoyaltyEntry:
    return RoyaltyEntry(
        period=period,
        article_id=line.article.pk,
        title=line.article.title,
        url=line.article.full_url or "",
        published_on=line.published_on,
        genre=line.article.genre,
        office=line.office or line.article.office,
        person=line.person,
        contributor=line.contributor,
        role=line.role,
        share=line.share,
        coefficient=line.coefficient,
        unit_value=line.unit_value,
        amount=line.amount,
        rule=line.rule[:255],
        round=line.round,
    )


def _reversal(entry: RoyaltyEntry, period: PayPeriod, reason: str, pay_again: bool) -> RoyaltyEntry:
    copied = {
        name: getattr(entry, name)
        for name in (
            "article_id", "title", "url", "published_on", "genre", "office", "person", "contributor",
            "role", "share",
            "coefficient", "unit_value", "rule", "round",
        )
    }  # fmt: skip
    return RoyaltyEntry.objects.create(
        period=period,
        amount=-entry.amount,
        reverses=entry,
        reason=reason[:500],
        pay_again=pay_again,
        **copied,
    )


def _digest(period: PayPeriod) -> str:
    rows = [
        [
            e.article_id,
            e.office_id,
            e.person,
            e.contributor_id,
            e.role,
            str(e.share),
            str(e.coefficient),
            e.unit_value,
            e.amount,
            e.round,
            e.reverses_id,
        ]
        for e in period.entries.order_by("article_id", "person", "role", "round", "reverses_id")
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()

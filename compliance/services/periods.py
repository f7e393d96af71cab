"""The life of a pay period: open, send for review, approve, close, and correct by reversing."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import PayPeriod, RoyaltyEntry
from compliance.queries.counts import contribution_table
from compliance.queries.payable import Line, payable
from compliance.rules.months import Month
from compliance.services.period_digest import agrees, digest
from compliance.services.period_state import PeriodError as PeriodError
from compliance.services.period_state import held, reset
from compliance.services.remuneration import write_remuneration
from sitepages.locks import take_publication_lock
from sitepages.models import Authority
from sitepages.text import nfc

Status = PayPeriod.Status


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
    """Compute the lines of a period anew. One under review or approved goes back to open."""
    period = held(period, set(PayPeriod.MOVING))
    reset(period)
    _write_lines(period)
    log(instance=period, action="compliance.refresh_period", user=user)
    return period


@transaction.atomic
def send_for_review(period: PayPeriod, *, user: Any, now: datetime.datetime) -> PayPeriod:
    """Lay the lines as they stand before the board."""
    period = held(period, {Status.OPEN})
    _write_lines(period)
    period.status, period.digest, period.sent_back = Status.REVIEW, digest(period), ""
    period.sent_by, period.sent_at = user, now
    period.save()
    log(instance=period, action="compliance.send_period", user=user, data={"digest": period.digest})
    return period


@transaction.atomic
def send_back(period: PayPeriod, *, user: Any, reason: str) -> PayPeriod:
    """The board returns the lines, with the reason; also when it had approved them."""
    period = held(period, {Status.REVIEW, Status.APPROVED})
    reason = nfc(reason).strip()[:500]
    if not reason:
        raise PeriodError(_("Say what must be mended before the lines can be approved."))
    reset(period)
    period.sent_back = reason
    period.save(update_fields=["sent_back"])
    log(instance=period, action="compliance.send_back_period", user=user, data={"reason": reason})
    return period


def approve_period(period: PayPeriod, *, user: Any, now: datetime.datetime) -> PayPeriod:
    """The board approves the lines it was sent.

    PeriodError when they no longer equal those (the period is then open again, to be sent anew).
    """
    with transaction.atomic():
        period = held(period, {Status.REVIEW})
        same = _unchanged(period)
        if same:
            period.status = Status.APPROVED
            period.approved_by, period.approved_at = user, now
            period.save()
            log(
                instance=period, action="compliance.approve_period", user=user, data={"digest": period.digest}
            )
    if not same:
        raise PeriodError(
            _("The lines changed since they were sent for review. The period is open again; send it anew.")
        )
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
        period = held(period, {Status.APPROVED})
        if period.approved_by_id == getattr(user, "pk", None):
            raise PeriodError(_("You approved this period yourself. Another person must close it."))
        same = _unchanged(period)
        if same:
            _freeze(period, user, now)
    if not same:
        raise PeriodError(
            _("The lines changed after the approval. The period is open again; have it approved anew.")
        )
    return period


@transaction.atomic
def reverse_article(
    article_id: int, *, into: PayPeriod, user: Any, reason: str, pay_again: bool
) -> list[RoyaltyEntry]:
    """Take back what closed periods paid for an article, by lines in an open period.

    ``pay_again``: the article is then gathered anew, at its present grade and contributions.
    """
    period = held(into, set(PayPeriod.MOVING))
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
    reset(period)
    try:
        with transaction.atomic():
            made = [_reversal(entry, period, reason.strip(), pay_again) for entry in entries]
    except IntegrityError:  # somebody took it back at the same moment, into another period
        raise PeriodError(_("Somebody else has just taken this payment back.")) from None
    _write_lines(period)
    log(
        instance=period,
        action="compliance.reverse_article",
        user=user,
        data={"article": article_id, "reason": reason},
    )
    return made


def _unchanged(period: PayPeriod) -> bool:
    """Compute the lines anew; when they are no longer those that were sent, the period is open again."""
    _write_lines(period)
    same = agrees(period)
    if not same:
        reset(period)
    return same


def _freeze(period: PayPeriod, user: Any, now: datetime.datetime) -> None:
    table = contribution_table(period.authority, Month.of(period.first_day), Month.of(period.last_day))
    royalties = list(period.entries.values_list("amount", flat=True))
    extra = list(period.remuneration_entries.values_list("amount", flat=True))
    period.status = Status.CLOSED
    period.closed_by, period.closed_at = user, now
    period.digest = digest(period)  # one sent before a change of the way is closed by the new one
    period.royalties, period.remuneration = sum(royalties), sum(extra)
    period.total, period.lines = sum(royalties) + sum(extra), len(royalties) + len(extra)
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
    write_remuneration(period)


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

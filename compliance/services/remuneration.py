"""Lines of remuneration: written with a period's royalties, corrected by reversing."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import PayPeriod, RemunerationEntry
from compliance.models.remuneration import HIGHEST_MONTHLY
from compliance.queries.remuneration import grants
from compliance.services.period_state import PeriodError, held, reset
from sitepages.text import nfc


def write_remuneration(period: PayPeriod) -> None:
    """Make the period's ordinary lines equal what the terms grant now; lines of corrections stay."""
    period.remuneration_entries.filter(reverses__isnull=True, replaces__isnull=True).delete()
    royalties = period.entries.aggregate(total=Sum("amount"))["total"] or 0
    RemunerationEntry.objects.bulk_create(
        RemunerationEntry(
            period=period,
            term=grant.term,
            contributor=grant.term.contributor,
            person=grant.term.contributor.name,
            position=grant.term.position,
            percent=grant.term.percent,
            base_amount=grant.base,
            amount=grant.amount,
            rule=grant.term.decision_number,
        )
        for grant in grants(period.authority, period.last_day, royalties)
        if grant.amount
    )


@transaction.atomic
def reverse_remuneration(
    entry: RemunerationEntry, *, into: PayPeriod, user: Any, reason: str, instead: int = 0
) -> list[RemunerationEntry]:
    """Take back a closed line by one in a period still open; ``instead`` đồng are paid in its place."""
    period = held(into, set(PayPeriod.MOVING))
    reason = nfc(reason).strip()[:500]
    entry = RemunerationEntry.objects.select_related("period").get(pk=entry.pk)
    if not reason:
        raise PeriodError(_("Give the reason of the correction."))
    if not 0 <= instead <= HIGHEST_MONTHLY:
        raise PeriodError(_("The sum paid instead is out of range."))
    if entry.period.authority_id != period.authority_id or not entry.period.is_frozen:
        raise PeriodError(_("Only a line of a closed period of the same portal can be taken back."))
    if entry.reverses_id is not None:
        raise PeriodError(_("A line that takes back is not taken back itself."))
    if RemunerationEntry.objects.filter(reverses=entry).exists():
        raise PeriodError(_("This line was taken back already."))
    reset(period)
    try:
        with transaction.atomic():
            made = [_copy(entry, period, -entry.amount, reason, reverses=entry)]
    except IntegrityError:  # somebody took it back at the same moment
        raise PeriodError(_("This line was taken back already.")) from None
    if instead:
        made.append(_copy(entry, period, instead, reason, replaces=entry))
    write_remuneration(period)
    log(
        instance=period,
        action="compliance.reverse_remuneration",
        user=user,
        data={"line": entry.pk, "reason": reason, "instead": instead},
    )
    return made


def _copy(
    entry: RemunerationEntry, period: PayPeriod, amount: int, reason: str, **link: RemunerationEntry
) -> RemunerationEntry:
    return RemunerationEntry.objects.create(
        period=period,
        term_id=entry.term_id,
        contributor_id=entry.contributor_id,
        person=entry.person,
        position=entry.position,
        percent=entry.percent,
        base_amount=entry.base_amount,
        amount=amount,
        rule=entry.rule,
        reason=reason,
        **link,
    )

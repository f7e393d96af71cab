"""A pay period held for a step, and set back to open."""

from __future__ import annotations

from django.utils.translation import gettext as _

from compliance.models import PayPeriod


class PeriodError(Exception):
    """The step cannot be taken; the message says why and what to do."""


def held(period: PayPeriod, allowed: set[str]) -> PayPeriod:
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


def reset(period: PayPeriod) -> None:
    """Back to open: what was sent or approved no longer holds."""
    period.status, period.digest = PayPeriod.Status.OPEN, ""
    period.sent_by = period.sent_at = period.approved_by = period.approved_at = None
    period.save()

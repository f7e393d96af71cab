"""Who may open which activity report: readers the issued ones, the board its own drafts as well."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.admin.scoping import policy_for
from compliance.models import ActivityReport


def readable(user: Any) -> QuerySet[ActivityReport]:
    """Every report the user may read, newest period first."""
    policy = policy_for(ActivityReport)
    seen = Q(authority__in=policy.authorities(user, ["view", "change"]), state=ActivityReport.State.ISSUED)
    kept = Q(authority__in=policy.authorities(user, ["change"]))
    rows = ActivityReport.objects.filter(seen | kept)
    return rows.select_related(
        "authority__site__root_page", "authority__tier", "authority__parent", "replaces"
    )


def report_or_404(user: Any, pk: int) -> ActivityReport:
    """One of them; 404 for any other, as if it did not exist."""
    found: ActivityReport | None = readable(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def draft_or_404(user: Any, pk: int) -> ActivityReport:
    """A report the user may write."""
    report = report_or_404(user, pk)
    if not may(user, "change", report):
        raise Http404
    return report


def may(user: Any, action: str, report: ActivityReport) -> bool:
    """Whether the user holds the right at the report's portal."""
    return policy_for(ActivityReport).user_has_permission_for_instance(user, action, report)


def crumbs(*last: tuple[str, Any]) -> list[dict[str, Any]]:
    """The way from the dashboard."""
    steps = [
        (reverse("wagtailadmin_home"), _("Home")),
        (reverse("compliance_activity"), _("Activity reports")),
    ]
    return [{"url": url, "label": label} for url, label in [*steps, *last]]

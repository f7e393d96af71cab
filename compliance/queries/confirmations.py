"""What was confirmed as still correct, what is to be confirmed, and what is to be checked again."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.models import Page, PageLogEntry

from compliance.models import FindingRecord, RecheckItem
from compliance.queries.pages import Places
from compliance.queries.standing import latest_findings
from compliance.rules.months import Month
from compliance.rules.states import AGEING, STALE
from sitepages.models import Authority
from sitepages.models.base import BasePage
from sitepages.sent.marks import OF_ITS_OWN

CONFIRMED = "sitepages.confirm"


@dataclass(frozen=True)
class Confirmable:
    """A public record with the unit whose word its confirmation would be."""

    page: BasePage
    authority: Authority


@dataclass(frozen=True)
class Confirmation:
    """Somebody's word that a page is still correct; the last of the month for that page."""

    page_id: int
    page_title: str
    authority: int
    user_id: int
    at: datetime.datetime
    note: str


@dataclass(frozen=True)
class Waiting:
    """A section that wants a sign of life: its newest public record, and the day it is wanted by."""

    finding: FindingRecord
    page_id: int
    title: str
    due: datetime.date | None
    is_late: bool


def confirmable_page(user: Any, page_id: int) -> Confirmable | None:
    """A public record of the user's own unit that they may change; None for anything else."""
    found = Page.objects.filter(OF_ITS_OWN, pk=page_id, live=True).first()
    page = found.specific if found else None
    place = Places([page.path]).of(page) if isinstance(page, BasePage) else None
    if page is None or place is None or not page.permissions_for_user(user).can_edit():
        return None
    own = Authority.objects.filter(pk=place.authority)
    if not user.is_superuser:
        own = own.filter(role_groups__group__user=user)
    authority = own.first()
    return Confirmable(page, authority) if authority else None


def waiting_for_confirmation(authorities: QuerySet) -> list[Waiting]:
    """What the latest assessment found without a sign of life, unless its page was confirmed since."""
    found = [
        Waiting(
            finding=finding,
            page_id=item["page"],
            title=item["title"],
            due=datetime.date.fromisoformat(item["due"]) if item["due"] else None,
            is_late=item["reason"] in STALE,
        )
        for finding in latest_findings(authorities)
        for item in finding.open_items
        if item["reason"] in AGEING and item["page"] and item["public"]
    ]
    if not found:
        return []
    taken = found[0].finding.assessment.taken_at
    since = PageLogEntry.objects.filter(
        action=CONFIRMED, timestamp__gt=taken, page_id__in=[each.page_id for each in found]
    )
    done = set(since.values_list("page_id", flat=True))
    return sorted(
        (each for each in found if each.page_id not in done),
        key=lambda each: (each.due or datetime.date.max, each.finding.pk),
    )


def confirmations_of(month: Month) -> list[Confirmation]:
    """The confirmations given in a month, one a page, by people and on pages that still exist."""
    entries = PageLogEntry.objects.filter(
        action=CONFIRMED, timestamp__gte=month.start, timestamp__lt=month.end
    ).order_by("timestamp", "pk")
    newest = {entry.page_id: entry for entry in entries}
    pages = Page.objects.in_bulk(newest)
    people = set(
        get_user_model()
        .objects.filter(pk__in=[entry.user_id for entry in newest.values()])
        .values_list("pk", flat=True)
    )
    homes = _homes(pages.values())
    return [
        Confirmation(
            page_id=page_id,
            page_title=pages[page_id].title,
            authority=homes[page_id],
            user_id=entry.user_id,
            at=entry.timestamp,
            note=str(entry.data.get("note", "")),
        )
        for page_id, entry in newest.items()
        if page_id in homes and entry.user_id in people
    ]


def rechecks(authorities: QuerySet) -> QuerySet:
    """The confirmations of these units that were drawn to be checked again."""
    rows = RecheckItem.objects.filter(authority__in=authorities)
    return rows.select_related("authority", "confirmed_by", "checked_by")


def _homes(pages: Iterable[Page]) -> dict[int, int]:
    """The unit of each page, by the site its path lies in."""
    roots = dict(Authority.objects.filter(site__isnull=False).values_list("site__root_page__path", "pk"))
    found: dict[int, int] = {}
    for page in pages:
        for end in range(len(page.path), 0, -page.steplen):
            unit = roots.get(page.path[:end])
            if unit is not None:
                found[page.pk] = unit
                break
    return found

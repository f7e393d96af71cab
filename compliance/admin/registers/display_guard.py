"""A record the law keeps on display is not taken down before its day, unless a decision is named."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page

from compliance.admin.editor import section_of
from compliance.presentation import law_text
from compliance.queries.asked import asked_of
from compliance.queries.history import first_publication
from compliance.rules.display import Kept
from compliance.rules.months import local_date
from sitepages.models.base import BasePage
from sitepages.models.section import RecordPage
from sitepages.queries import authority_of
from sitepages.text import nfc

LONGEST = 200


def kept_until(page: Any, today: datetime.date) -> Kept | None:
    """How long the law keeps a public record on display; None where it no longer does, or never did."""
    if not isinstance(page, BasePage) or not page.live:
        return None
    unit, section = authority_of(page), section_of(page)
    published = first_publication(page.pk)
    if published is None and page.first_published_at:
        published = local_date(page.first_published_at)
    if unit is None or not section or published is None:
        return None
    asked = asked_of(section, unit.tier.code, page.facts(), published=published, today=today)
    stays = asked.kept if asked else None
    return stays if stays is not None and stays.until > today else None


def _kept_within(page: Any, today: datetime.date) -> list[tuple[Any, Kept]]:
    below = Page.objects.descendant_of(page, inclusive=True).live().specific()
    found = ((each, kept_until(each, today)) for each in below if isinstance(each, RecordPage))
    return [(each, kept) for each, kept in found if kept is not None]


def guard_unpublishing(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Hook body: asks for the decision that takes a record down before its day, and keeps it in the log."""
    today = timezone.localdate()
    held = _kept_within(page, today) if request.POST.get("include_descendants") else []
    own = kept_until(page, today)
    if own is not None and page.pk not in [each.pk for each, _kept in held]:
        held.insert(0, (page, own))
    if not held:
        return None
    decision = nfc(request.POST.get("decision", "")).strip()[:LONGEST]
    if decision:
        with transaction.atomic():
            for each, kept in held:
                said = {"decision": decision, "until": kept.until.isoformat()}
                log(instance=each, action="compliance.early_withdrawal", user=request.user, data=said)
        return None
    first, kept = max(held, key=lambda pair: pair[1].until)
    context = {
        "page": page,
        "first": first,
        "kept": kept,
        "law": law_text(kept.limit.bases),
        "others": len(held) - 1,
        "asked": "decision" in request.POST,
        "include_descendants": request.POST.get("include_descendants", ""),
        "next": request.POST.get("next", ""),
    }
    return render(request, "compliance/admin/registers/early.html", context)


def guard_bulk(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Hook body: several pages at once are never taken down before their day."""
    if action_type != "unpublish" or not objects or not isinstance(objects[0], Page):
        return None
    today = timezone.localdate()
    for page in objects:
        held = _kept_within(page, today)
        if held:
            each, kept = held[0]
            messages.error(request, refusal(each, kept))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def refusal(page: Any, kept: Kept) -> str:
    """The sentence that names the day."""
    said = {"title": page.title, "day": f"{kept.until:%d/%m/%Y}"}
    return (
        _(
            "“%(title)s” must stay public until %(day)s. To take it down earlier, open it and name the"
            " decision."
        )
        % said
    )

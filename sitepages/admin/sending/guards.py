"""What nobody does with a locked copy, whatever their rights: it follows its source until it is withdrawn."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.models import Page

from sitepages.models import SentPage
from sitepages.models.sent import sent_row
from sitepages.sent.marks import canonical_page

_BULK = frozenset({"delete", "move", "unpublish", "publish"})


def locked_row(page: Any) -> SentPage | None:
    """The row of a copy that follows its source; None for any other page."""
    row = sent_row(page) if page.alias_of_id is not None else None
    return row if row is not None and row.is_locked and row.withdrawn_at is None else None


def refuse_change(request: HttpRequest, page: Page, *rest: Any) -> HttpResponse | None:
    """Hook body, before a page is moved, deleted, taken down, copied or cut off from its source."""
    row = locked_row(page)
    if row is None:
        return None
    messages.error(request, _refusal(row, page))
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_bulk_change(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Hook body: the same for several pages at once."""
    if action_type not in _BULK or not objects or not isinstance(objects[0], Page):
        return None
    for page in objects:
        row = locked_row(page)
        if row is not None:
            messages.error(request, _refusal(row, page))
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


def _refusal(row: SentPage, page: Any) -> str:
    said = {"title": page.title, "sender": row.sender.display_name}
    text = _(
        "“%(title)s” was sent down by %(sender)s and is locked: it follows its source and cannot be changed"
        " here. Only whoever sent it can withdraw it."
    )
    return text % said


def show_origin(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Hook body, before the editor: a locked copy is shown and not edited; others are told where from."""
    row = sent_row(page) if getattr(page, "may_be_sent", False) else None
    if row is None:
        return None
    if row.is_locked and row.withdrawn_at is None and page.alias_of_id is not None:
        shown = {"page": page, "row": row, "source": canonical_page(page)}
        status = 200 if request.method in ("GET", "HEAD") else 403
        return render(request, "sitepages/admin/sent/locked.html", shown, status=status)
    if request.method == "GET":
        _tell(request, page, row)
    return None


def _tell(request: HttpRequest, page: Any, row: SentPage) -> None:
    said = {"sender": row.sender.display_name, "address": row.source.full_url or ""}
    if row.withdrawn_at is not None:
        said["day"] = f"{row.withdrawn_at:%d/%m/%Y}"
        text = _("%(sender)s withdrew this page on %(day)s. It cannot be made public again.") % said
        messages.warning(request, text)
        return
    messages.info(
        request,
        _(
            "Sent down by %(sender)s, and yours to change. It is counted for %(sender)s and fulfils no duty"
            " of your unit. Source: %(address)s"
        )
        % said,
    )
    changed, public = row.source_changed_at, page.last_published_at
    if changed is not None and (public is None or public < changed):
        said["day"] = f"{changed:%d/%m/%Y}"
        text = (
            _("The source was changed on %(day)s. Compare it and take over what matters: %(address)s") % said
        )
        messages.warning(request, text)


def tell_of_copies(request: HttpRequest, page: Page) -> None:
    """Hook body, after a page was taken down: copies that units may change stay public until withdrawn."""
    left = SentPage.objects.filter(
        source=page.pk, kind=SentPage.Kind.EDITABLE, withdrawn_at__isnull=True, page__live=True
    ).count()
    if left:
        text = _(
            "Copies that units may change are still public: %(number)s. Use “Send down” to withdraw them."
        )
        messages.warning(request, text % {"number": left})

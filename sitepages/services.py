"""Writes on pages that are not the page's own content."""

from __future__ import annotations

import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from wagtail.log_actions import log

from sitepages.models.base import BasePage
from sitepages.queries import authority_of
from sitepages.registers.announced import as_row, compared
from sitepages.text import nfc

#: A person said that a page is still correct; `sender` is the page's type, `instance` the page.
page_confirmed = Signal()


def record_human_change(page: BasePage, *, at: datetime.datetime) -> bool:
    """Note that a person changed what the page says; False when the words are the same as before."""
    digest = page.content_digest()
    if digest == page.human_digest:
        return False
    type(page).objects.filter(pk=page.pk).update(human_changed_at=at, human_digest=digest)
    page.human_changed_at, page.human_digest = at, digest
    return True


@transaction.atomic
def note_change(page: BasePage, *, at: datetime.datetime) -> None:
    """Keep what the editor wrote about a change of a published page; the page's own line is emptied."""
    note = nfc(page.change_note).strip()[:300]
    _model("ChangeNote").objects.create(page_id=page.pk, at=at, note=note)
    if page.change_note:
        type(page).objects.filter(pk=page.pk).update(change_note="")
        page.change_note = ""


@transaction.atomic
def announce_week(page: Any, *, day: datetime.date) -> None:
    """Keep the first published items of a week; afterwards, how the published ones differ from them."""
    rows = [as_row(row) for row in _model("WorkScheduleRow").objects.filter(page_id=page.pk)]
    if page.announced:
        page.changes = compared(page.announced, rows, page.changes or {}, day)
    else:
        page.announced = rows
    type(page).objects.filter(pk=page.pk).update(announced=page.announced, changes=page.changes)


def _model(name: str) -> Any:
    return apps.get_model("sitepages", name)


@transaction.atomic
def confirm_page(page: BasePage, *, user: Any, note: str, at: datetime.datetime) -> None:
    """A person says the page is still correct, without changing it."""
    clean = nfc(note).strip()[:500]
    type(page).objects.filter(pk=page.pk).update(confirmed_at=at, confirmed_by=user, confirmation_note=clean)
    page.confirmed_at, page.confirmed_by, page.confirmation_note = at, user, clean
    log(instance=page, action="sitepages.confirm", user=user, data={"note": clean})
    page_confirmed.send(sender=type(page), instance=page)


def receive_comment(page: Any, said: dict[str, Any], *, at: datetime.datetime) -> Any:
    """Keep a comment on a draft for the board of the draft's portal to read."""
    return _model("ConsultationComment").objects.create(
        authority=authority_of(page),
        page=page,
        received_at=at,
        text=nfc(said["text"]).strip(),
        name=nfc(said.get("name", "")).strip()[:150],
        contact=nfc(said.get("contact", "")).strip()[:150],
    )

"""Writes on pages that are not the page's own content."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.dispatch import Signal
from wagtail.log_actions import log

from sitepages.models.base import BasePage
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
def confirm_page(page: BasePage, *, user: Any, note: str, at: datetime.datetime) -> None:
    """A person says the page is still correct, without changing it."""
    clean = nfc(note).strip()[:500]
    type(page).objects.filter(pk=page.pk).update(confirmed_at=at, confirmed_by=user, confirmation_note=clean)
    page.confirmed_at, page.confirmed_by, page.confirmation_note = at, user, clean
    log(instance=page, action="sitepages.confirm", user=user, data={"note": clean})
    page_confirmed.send(sender=type(page), instance=page)

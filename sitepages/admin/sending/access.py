"""Who may send down: whoever may publish the page, where portals stand below its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from sitepages.models.permissions import PortalPagePermissionTester
from sitepages.sent.places import units_below


def may_send(user: Any, page: Page) -> bool:
    """Asked by the button and by each screen: the right to publish at the source, and units below it."""
    perms = page.permissions_for_user(user)
    if not isinstance(perms, PortalPagePermissionTester) or not perms.can_send_down():
        return False
    if not getattr(page.specific_class, "may_be_sent", False) or page.alias_of_id is not None:
        return False
    return units_below(page, timezone.localdate()).exists()


def buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Hook body: the way to the screen, in the menu of a page's header."""
    if may_send(user, page):
        address = reverse("sitepages_send_down", args=[page.pk])
        yield Button(_("Send down"), address, icon_name="download", priority=45)

"""Notices to everybody: who writes them, and where they stand in the admin."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList

from compliance.admin.menu import RightMenuItem
from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from sitepages.models import Notice
from sitepages.panels import date_panel

NAME = "notices"


class NoticeViewSet(ScopedModelViewSet):
    """Dated words to everybody, each on the portal of its unit."""

    model = Notice
    icon = "warning"
    menu_label = _("Notices to everybody")
    empty_text = _(
        "A notice written here stands at the top of every page of the portal, from its first day to its last."
    )
    list_display = ["text", "authority", "level", "first_day", "last_day", "on_subportals"]
    list_filter = ["authority", "level"]
    list_export = ["text", "link", "authority", "level", "first_day", "last_day", "on_subportals"]
    search_fields = ["text"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldPanel("text"),
            FieldPanel("level"),
            FieldRowPanel([date_panel("first_day"), date_panel("last_day")]),
            FieldPanel("link"),
            FieldPanel("on_subportals"),
        ],
        base_form_class=ScopedForm,
    )


VIEWSETS = [NoticeViewSet(NAME)]


def item() -> MenuItem:
    """The list of notices."""
    return RightMenuItem(
        _("Notices to everybody"),
        reverse(f"{NAME}:index"),
        Notice,
        name="notices",
        icon_name="warning",
        order=320,
    )

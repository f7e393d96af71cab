"""Numbers of visits from before this software, kept by the board and the administrator."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from compliance.templatetags.visit_tags import whole
from sitepages.models import ReportedVisits
from sitepages.panels import date_panel

NAME = "reported_visits"


class ReportedVisitsViewSet(ScopedModelViewSet):
    """Visits reported for days together."""

    model = ReportedVisits
    icon = "view"
    menu_label = _("Reported visits")
    empty_text = _(
        "Visits counted before this software appear here, with the days they belong to. The totals rest"
        " on them."
    )
    list_display = [
        "authority",
        "first",
        "last",
        Column("visits", label=_("Visits"), accessor=lambda row: whole(row.visits)),
        "source",
    ]
    list_filter = ["authority"]
    list_export = ["authority", "first", "last", "visits", "source"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([date_panel("first"), date_panel("last")]),
            FieldPanel("visits"),
            FieldPanel("source"),
        ],
        base_form_class=ScopedForm,
    )

"""Quotas: how many articles each office is to supply a month, by decision."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from compliance.models import Quota
from sitepages.panels import date_panel


class QuotaViewSet(ScopedModelViewSet):
    """The quotas of one's portals."""

    model = Quota
    icon = "pick"
    menu_label = _("Quotas of articles")
    empty_text = _(
        "How many articles each office is to supply a month appears here. Without a quota no shortfall is"
        " counted."
    )
    list_display = [
        "office",
        Column("portal", label=_("Portal"), accessor="office.authority"),
        "per_month",
        "decision_number",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["office__authority", "office__group"]
    list_export = ["office", "office.authority", "per_month", "decision_number", "valid_from", "valid_to"]
    search_fields = ["office__full_name", "office__short_name", "decision_number"]
    edit_handler = ObjectList(
        [
            FieldPanel("office"),
            FieldRowPanel([FieldPanel("per_month"), FieldPanel("decision_number")]),
            FieldRowPanel(
                [
                    date_panel(
                        "valid_from",
                        help_text=_("Counts from the reporting month that begins on this day or after it."),
                    ),
                    date_panel("valid_to"),
                ]
            ),
        ],
        base_form_class=ScopedForm,
    )

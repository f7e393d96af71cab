"""Remuneration terms: whom a decision grants what each month."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet, policy_for
from compliance.models import RemunerationTerm
from compliance.templatetags.royalty_tags import dong
from sitepages.models import Contributor
from sitepages.panels import date_panel


class TermForm(ScopedForm):
    """Offers only people of the user's own portals."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        own = policy_for(RemunerationTerm).authorities(self.for_user, [action])
        self.fields["contributor"].queryset = Contributor.objects.filter(authority__in=own).select_related(
            "office"
        )


def granted(term: RemunerationTerm) -> str:
    """The sum or the percentage."""
    if term.monthly_amount is not None:
        return dong(term.monthly_amount)
    return f"{term.percent:f} %".replace(".", ",")


class RemunerationTermViewSet(ScopedModelViewSet):
    """Remuneration of the board and the secretariat, by decision and date."""

    model = RemunerationTerm
    icon = "group"
    menu_label = _("Remuneration terms")
    empty_text = _("What a decision grants members of the board and the secretariat each month appears here.")
    list_display = [
        "contributor",
        "position",
        Column("granted", label=_("A month"), accessor=granted),
        "decision_number",
        "valid_from",
        "valid_to",
    ]
    list_filter = ["authority"]
    list_export = [
        "authority", "contributor", "position", "monthly_amount", "percent", "decision_number", "valid_from",
        "valid_to",
    ]  # fmt: skip
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("contributor"), FieldPanel("position")]),
            FieldRowPanel([FieldPanel("monthly_amount"), FieldPanel("percent")]),
            FieldPanel("decision_number"),
            FieldRowPanel([date_panel("valid_from"), date_panel("valid_to")]),
        ],
        base_form_class=TermForm,
    )

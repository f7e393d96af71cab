"""Tables of royalties, percentages and the money of a year, as people keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.forms.models import BaseInlineFormSet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from compliance.models import BudgetKind, BudgetLine, RateModifier, RoyaltyBudget, RoyaltyRate
from compliance.services.rate_faults import plain
from compliance.templatetags.royalty_tags import dong
from sitepages.panels import date_panel


def money(name: str) -> Callable[[Any], str]:
    """A column's cell: an amount in đồng, or a dash."""

    def cell(row: Any) -> str:
        amount = getattr(row, name)
        return "–" if amount is None else dong(amount)

    return cell


def factor(name: str) -> Callable[[Any], str]:
    """A column's cell: a coefficient without needless zeros, or a dash."""
    return lambda row: "–" if getattr(row, name) is None else plain(getattr(row, name))


class RoyaltyRateViewSet(ScopedModelViewSet):
    """Rows of the tables that decisions set, by genre and grade."""

    model = RoyaltyRate
    icon = "tag"
    menu_label = _("Royalty rates")
    empty_text = _(
        "What a decision gives each genre and grade, and its limits, appears here. Without a table articles"
        " are graded by coefficient alone, and the list of grades says which table is missing."
    )
    list_display = [
        "genre",
        Column("grade", label=_("Grade"), accessor=lambda rate: rate.grade or "–", sort_key="grade"),
        Column("coefficient", label=_("Coefficient"), accessor=factor("coefficient"), sort_key="coefficient"),
        Column("amount", label=_("Fixed amount"), accessor=money("amount")),
        Column(
            "max_coefficient",
            label=_("Highest coefficient"),
            accessor=factor("max_coefficient"),
            sort_key="max_coefficient",
        ),
        "decision_number",
        "valid_from",
        "valid_to",
        "authority",
    ]
    list_filter = ["authority", "genre"]
    list_export = [
        "authority",
        "genre",
        "grade",
        "grade_name",
        "coefficient",
        "amount",
        "minimum",
        "max_coefficient",
        "min_amount",
        "max_amount",
        "decision_number",
        "decision_date",
        "valid_from",
        "valid_to",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("decision_number"), date_panel("decision_date")]),
            FieldPanel("genre"),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("grade"), FieldPanel("grade_name")]),
                    FieldRowPanel([FieldPanel("coefficient"), FieldPanel("amount")]),
                ],
                heading=_("Grade"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("minimum"), FieldPanel("max_coefficient")]),
                    FieldRowPanel([FieldPanel("min_amount"), FieldPanel("max_amount")]),
                ],
                heading=_("Limits"),
            ),
            FieldRowPanel([date_panel("valid_from"), date_panel("valid_to")]),
        ],
        base_form_class=ScopedForm,
    )


class RateModifierViewSet(ScopedModelViewSet):
    """Percentages a body's own decision allows."""

    model = RateModifier
    icon = "plus-inverse"
    menu_label = _("Percentages on royalties")
    empty_text = _(
        "The percentages your own decision allows appear here: translation, topic, hardship. Those of"
        " decree 18/2014 hold to 31/08/2026 without being entered."
    )
    list_display = ["name", "authority", "code", "effect", "low", "high", "decision_number", "valid_from"]
    list_filter = ["authority"]
    list_export = [
        "authority",
        "code",
        "name",
        "effect",
        "low",
        "high",
        "basis",
        "decision_number",
        "valid_from",
        "valid_to",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("decision_number"), FieldPanel("basis")]),
            FieldRowPanel([FieldPanel("code", widget=forms.TextInput), FieldPanel("name")]),
            FieldPanel("effect"),
            FieldRowPanel([FieldPanel("low"), FieldPanel("high")]),
            FieldRowPanel([date_panel("valid_from"), date_panel("valid_to")]),
        ],
        base_form_class=ScopedForm,
    )


class BudgetForm(ScopedForm):
    """The lines never add up to more than the year's money."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        lines: BaseInlineFormSet | None = self.formsets.get("budget_lines")
        given = cleaned.get("amount")
        if lines is None or given is None or not lines.is_valid():
            return cleaned
        rows = [form.cleaned_data for form in lines.forms if form.cleaned_data]
        kept = [row for row in rows if not row.get("DELETE")]
        parts = sum(row.get("amount") or 0 for row in kept)
        self._once(kept, {row["id"].pk for row in rows if row.get("id")})
        if parts > given:
            message = gettext("The lines add up to %(parts)s, more than the budget.") % {"parts": dong(parts)}
            self.add_error("amount", message)
        return cleaned

    def _once(self, kept: list[dict[str, Any]], sent: set[int]) -> None:
        """A line is there once, also when somebody else entered it meanwhile."""
        stored = BudgetLine.objects.filter(budget=self.instance.pk).exclude(pk__in=sent)
        seen: set[Any] = set(stored.values_list("kind", flat=True)) if self.instance.pk else set()
        for row in kept:
            kind: Any = row.get("kind")
            if kind in seen:
                self.add_error(None, gettext("“%(name)s” is there twice.") % {"name": BudgetKind(kind).label})
            seen.add(kind)


class RoyaltyBudgetViewSet(ScopedModelViewSet):
    """The year's money and its lines."""

    model = RoyaltyBudget
    icon = "folder-open-inverse"
    menu_label = _("Yearly budgets")
    empty_text = _("The money of each year appears here. Pay is set against it.")
    list_display = [
        "authority",
        "year",
        Column("amount", label=_("Budget"), accessor=money("amount")),
        "decision_number",
    ]
    list_filter = ["authority", "year"]
    list_export = ["authority", "year", "amount", "decision_number"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldRowPanel([FieldPanel("year"), FieldPanel("decision_number")]),
            FieldPanel("amount"),
            InlinePanel(
                "budget_lines",
                heading=_("Budget lines"),
                label=_("Line"),
                panels=[FieldRowPanel([FieldPanel("kind"), FieldPanel("amount")])],
            ),
        ],
        base_form_class=BudgetForm,
    )

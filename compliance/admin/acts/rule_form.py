"""The form of a local rule: choices that fit the duty; a rule that holds offers its last day alone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList

from compliance.admin.acts.common import DayField, refuse
from compliance.admin.law import kind_name
from compliance.admin.scoping import ScopedForm
from compliance.catalogue.loader import load_catalogue
from compliance.models import LocalRule
from compliance.rules.fitting import earliest_start, kinds_that_fit, record_kinds, tiers_bound
from compliance.rules.types import Requirement
from compliance.services.local_rules import ENDING, check_rule, has_begun
from sitepages.panels import date_panel

_HELP = gettext_lazy(
    "A local rule stands beside the law and never in its place: a deadline can only make the law's stricter,"
    " and where the law gives none it fills the gap. It holds from its first day on and never rewrites a duty"
    " before it, so it begins in the running month at the earliest."
)


class LocalRuleForm(ScopedForm):
    """Made for one duty, which is given before the form is shown."""

    valid_from = DayField(label=gettext_lazy("From"))
    valid_to = DayField(
        required=False,
        label=gettext_lazy("To"),
        help_text=gettext_lazy("The last day; empty: until further notice."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        row: LocalRule = self.instance
        self.begun = row.pk is not None and has_begun(row, self.today)
        requirement = _known(row.duty)
        if requirement:
            self._offer(requirement)
        first = earliest_start(self.today)
        self.fields["valid_from"].help_text = _("%(day)s at the earliest.") % {"day": f"{first:%d/%m/%Y}"}
        if self.begun:
            self._only_the_end(row)

    def _offer(self, requirement: Requirement) -> None:
        fits = kinds_that_fit(requirement)
        kinds = [(value, label) for value, label in LocalRule.Kind.choices if value in fits]
        self.fields["kind"].choices = [("", _("Choose")), *kinds]
        records = [(kind, kind_name(requirement.code, kind)) for kind in record_kinds(requirement)]
        self.fields["record_kind"] = forms.ChoiceField(
            choices=[("", _("Every kind")), *records],
            required=False,
            label=capfirst(LocalRule._meta.get_field("record_kind").verbose_name),
            help_text=_("For deadlines and answer times."),
        )
        tier = self.fields["tier"]
        tier.queryset = tier.queryset.filter(
            code__in=tiers_bound(requirement), authorities__isnull=False
        ).distinct()
        tier.empty_label = _("Every tier bound")

    def _only_the_end(self, row: LocalRule) -> None:
        over = bool(row.valid_to and row.valid_to < self.today)
        for name, field in self.fields.items():
            field.disabled = over or name not in ENDING
        last = self.fields["valid_to"]
        last.required = not over
        last.help_text = _("The rule holds: only its last day can be given, today or later.")

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if self.begun:
            last = given.get("valid_to")
            if last and last < self.today:
                self.add_error("valid_to", _("Days that have been keep their rule: end it today or later."))
        return given

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.begun and not self.errors:
            try:
                check_rule(self.instance, today=self.today)
            except ValidationError as error:
                refuse(self, error)


def _known(code: str) -> Requirement | None:
    try:
        return load_catalogue().requirement(code)
    except KeyError:
        return None


EDIT_HANDLER = ObjectList(
    [
        HelpPanel(_HELP),
        FieldPanel("kind"),
        FieldPanel("value"),
        FieldPanel("unit"),
        FieldPanel("record_kind", widget=forms.Select),
        FieldPanel("tier"),
        date_panel("valid_from"),
        date_panel("valid_to"),
        FieldPanel("decision_number"),
        FieldPanel("reason", widget=forms.Textarea(attrs={"rows": 3})),
    ],
    base_form_class=LocalRuleForm,
)

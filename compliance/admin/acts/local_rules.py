"""Local rules beside the law: list, make, end; the shipped law stays in sight."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from compliance.admin.acts.common import duty_choices, refuse, requirement_or_404
from compliance.admin.acts.rule_form import EDIT_HANDLER
from compliance.admin.law import installed_tiers, kind_name, law_of, local_of, local_value
from compliance.admin.scoping import (
    ScopedDeleteView,
    ScopedEditView,
    ScopedIndexView,
    ScopedInspectView,
    ScopedModelViewSet,
)
from compliance.models import LocalRule
from compliance.presentation import duty_name, requirement_name
from compliance.services.local_rules import end_rule, has_begun, remove_rule, save_rule
from compliance.templatetags.acts_tags import person

_FORM = "compliance/admin/acts/local_rule_form.html"


def beside(code: str) -> dict[str, Any]:
    """The law of a duty and what was set for it, to show beside a form."""
    requirement = requirement_or_404(code)
    rules = LocalRule.objects.filter(duty=code).select_related("tier").order_by("kind", "-valid_from")
    return {
        "name": requirement_name(requirement),
        "law": law_of(requirement, installed_tiers()),
        "local": local_of(code, rules),
    }


class RuleIndex(ScopedIndexView):
    """The rules with the names of their duties."""

    def get_base_queryset(self) -> QuerySet:
        return super().get_base_queryset().select_related("tier")

    def _get_title_column(self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any) -> Any:
        titled = self._get_title_column_class(column_class)
        return titled(
            field_name,
            label=_("Duty"),
            accessor=lambda rule: duty_name(rule.duty),
            sort_key=field_name,
            get_url=lambda rule: self.get_edit_url(rule) or self.get_inspect_url(rule),
        )


class RuleMixin:
    """A rule is named by its duty; a refusal of the service is told on the form."""

    def get_page_subtitle(self) -> str:
        row = getattr(self, "object", None)
        named = duty_name(row.duty) if row and row.pk else ""
        return named or super().get_page_subtitle()  # type: ignore[misc]

    def get_success_message(self, *args: Any) -> str:
        return _("The local rule was recorded; the past stays as it was judged.")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            refuse(form, error)
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class RuleAdd(RuleMixin, generic.CreateView):
    """First the duty, by its name; then the rule, beside what the law says of it."""

    @cached_property
    def duty(self) -> str:
        asked: str = self.request.GET.get("duty") or self.request.POST.get("duty") or ""
        if asked:
            requirement_or_404(asked)
        return asked

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.duty  # noqa: B018 - an unknown one ends here
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.duty:
            raise Http404
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def get_initial_form_instance(self) -> LocalRule:
        return LocalRule(duty=self.duty)

    def get_add_url(self) -> str:
        return f"{super().get_add_url()}?duty={self.duty}"

    def save_instance(self) -> LocalRule:
        return save_rule(self.form.instance, user=self.request.user, today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(choosing=True, duty=self.duty, choices=duty_choices())
        if self.duty:
            context.update(beside(self.duty))
        return context


class RuleEdit(RuleMixin, ScopedEditView):
    """A rule that has not begun is changed; one that holds is ended."""

    def save_instance(self) -> LocalRule:
        user, today, row = self.request.user, timezone.localdate(), self.form.instance
        if not self.form.begun:
            return save_rule(row, user=user, today=today)
        if "valid_to" in self.form.changed_data:
            return end_rule(row, last=self.form.cleaned_data["valid_to"], user=user, today=today)
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(beside(self.object.duty))
        return context


class RuleDelete(ScopedDeleteView):
    """Takes away what has not begun; the rest is sent back with the reason."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.user_has_permission("delete") and has_begun(self.object, timezone.localdate()):
            messages.error(request, _("This rule already holds; it can only be ended."))
            return redirect("local_rules:edit", self.object.pk)
        return super().dispatch(request, *args, **kwargs)

    def delete_action(self) -> None:
        remove_rule(self.object, user=self.request.user, today=timezone.localdate())


class RuleInspect(RuleMixin, ScopedInspectView):
    """All of one rule."""

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        if field_name == "duty":
            return duty_name(self.object.duty)
        if field_name == "record_kind":
            return kind_name(self.object.duty, self.object.record_kind)
        if field_name == "created_by":
            return person(self.object.created_by)
        return super().get_field_display_value(field_name, field)


class LocalRuleViewSet(ScopedModelViewSet):
    """Weights, deadlines and quotas of this installation."""

    model = LocalRule
    icon = "sliders"
    menu_label = gettext_lazy("Local rules")
    empty_text = gettext_lazy(
        "Deadlines, quotas and weights that this installation sets beside the law appear here, each with its"
        " decision. So far the law alone holds."
    )
    index_view_class = RuleIndex
    add_view_class = RuleAdd
    edit_view_class = RuleEdit
    delete_view_class = RuleDelete
    inspect_view_class = RuleInspect
    create_template_name = _FORM
    edit_template_name = _FORM
    list_display = [
        "duty",
        Column("kind", label=gettext_lazy("What is set"), accessor="get_kind_display"),
        Column("value", label=gettext_lazy("Figure"), accessor=local_value),
        Column("tier", label=gettext_lazy("Tier"), accessor=lambda rule: rule.tier or _("Every tier bound")),
        "valid_from",
        "valid_to",
        "decision_number",
    ]
    list_filter = ["kind", "tier"]
    list_export = [
        "duty",
        "kind",
        "value",
        "unit",
        "record_kind",
        "tier",
        "valid_from",
        "valid_to",
        "decision_number",
        "reason",
    ]
    inspect_view_fields = [*list_export, "created_by", "recorded_at"]
    edit_handler = EDIT_HANDLER

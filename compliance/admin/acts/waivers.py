"""Excuses and more time, by decision of those above the unit."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.access import allowed_authorities, authorities_for
from compliance.admin.acts.common import ActsView, DayField, TakeBack, duty_choices, paged, refuse
from compliance.catalogue.loader import load_catalogue
from compliance.models import Waiver
from compliance.presentation import duty_name
from compliance.queries.statements import waivers
from compliance.rules.fitting import tiers_bound
from compliance.services.statements import grant_waiver
from sitepages.models import Authority


class WaiverForm(forms.Form):
    """Whom a decision excuses from what, and until when."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), to_field_name="code", label=gettext_lazy("Unit")
    )
    duty = forms.ChoiceField(label=gettext_lazy("Duty"))
    decision_number = forms.CharField(max_length=100, label=gettext_lazy("Decision number"))
    decision_date = DayField(label=gettext_lazy("Decision date"))
    reason = forms.CharField(
        max_length=500,
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is shown with the duty's state, to everybody who sees it."),
    )
    valid_from = DayField(label=gettext_lazy("From"))
    valid_until = DayField(
        label=gettext_lazy("Until"),
        help_text=gettext_lazy("The last day of the excuse; for more time, the new deadline."),
    )

    def __init__(self, *args: Any, units: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["authority"].queryset = units  # type: ignore[attr-defined]
        self.fields["duty"].choices = duty_choices()  # type: ignore[attr-defined]

    def clean_decision_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decision_date"]
        if day > self.today:
            raise ValidationError(_("A decision of a day to come excuses nobody yet."))
        return day

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        unit, duty = given.get("authority"), given.get("duty")
        if unit and duty and unit.tier.code not in tiers_bound(load_catalogue().requirement(duty)):
            self.add_error("duty", _("This duty does not bind the unit."))
        first, until = given.get("valid_from"), given.get("valid_until")
        if until and first and until < first:
            self.add_error("valid_until", _("The end must not come before the beginning."))
        elif until and until < self.today:
            self.add_error("valid_until", _("That day is over; the excuse would change nothing any more."))
        return given


class Waivers(ActsView):
    """The waivers of the units the user may see."""

    template_name = "compliance/admin/acts/waivers.html"
    page_title = gettext_lazy("Excuses and more time")
    header_icon = "calendar-check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user, today = self.request.user, timezone.localdate()
        units, code = allowed_authorities(user, Waiver), self.request.GET.get("of", "")[:50]
        mine = set(authorities_for(user, Waiver, "change").values_list("pk", flat=True))
        rows = paged(self.request, waivers(units.filter(code=code) if code else units))
        context.update(
            units=units,
            of=code,
            may_add=authorities_for(user, Waiver, "add").exists(),
            rows=rows,
            described=[
                {
                    "row": row,
                    "name": duty_name(row.duty),
                    "may": row.authority_id in mine,
                    "over": bool(row.valid_until and row.valid_until < today),
                }
                for row in rows
            ],
        )
        return context


class WaiverAdd(ActsView):
    """Record a decision that excuses a unit below."""

    template_name = "compliance/admin/acts/waiver_add.html"
    page_title = gettext_lazy("Record an excuse or more time")
    header_icon = "calendar-check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.units = allowed_authorities(request.user, Waiver, "add").select_related("tier")
        self.today = timezone.localdate()
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[tuple[str, Any]]:
        return [(reverse("compliance_waivers"), _("Excuses and more time"))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = WaiverForm(request.POST, units=self.units, today=self.today)
        if form.is_valid():
            given = dict(form.cleaned_data)
            unit = given.pop("authority")
            try:
                grant_waiver(unit, given.pop("duty"), **given, user=request.user, today=self.today)
            except ValidationError as error:
                refuse(form, error)
            else:
                text = _("The excuse of %(unit)s was recorded; it counts from the next assessment on.")
                messages.success(request, text % {"unit": unit.display_name})
                return redirect("compliance_waivers")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        asked = {name: self.request.GET.get(name, "")[:60] for name in ("authority", "duty")}
        initial = {**asked, "valid_from": self.today}
        context.setdefault("form", WaiverForm(units=self.units, today=self.today, initial=initial))
        return context


class WaiverTakeBack(TakeBack):
    """Take one back, by POST alone."""

    model = Waiver
    done = gettext_lazy("The excuse was taken back; it no longer counts from today on.")
    back = "compliance_waivers"

"""“Nothing arose”: a unit's declarations, given and taken back by its own people."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compliance.admin.access import allowed_authorities, authorities_for, authority_or_404
from compliance.admin.acts.common import (
    ActsView,
    DayField,
    TakeBack,
    duty_choices,
    given_day,
    paged,
    refuse,
    requirement_or_404,
)
from compliance.admin.law import law_of
from compliance.models import Declaration
from compliance.presentation import duty_name, requirement_name
from compliance.queries.statements import declarations, records_within
from compliance.rules import declared as stretches
from compliance.rules.fitting import tiers_bound
from compliance.services.statements import declare_nothing_arose
from sitepages.models import Authority

STRETCHES = {
    stretches.THIS_MONTH: gettext_lazy("This month, up to today"),
    stretches.LAST_MONTH: gettext_lazy("Last month"),
    stretches.THIS_QUARTER: gettext_lazy("This quarter, up to today"),
    stretches.LAST_QUARTER: gettext_lazy("Last quarter"),
    stretches.THIS_HALF: gettext_lazy("This half-year, up to today"),
    stretches.LAST_HALF: gettext_lazy("Last half-year"),
    stretches.DATES: gettext_lazy("From one day to another:"),
}


class DeclareForm(forms.Form):
    """For which days, and what there is to say."""

    period = forms.ChoiceField(
        choices=list(STRETCHES.items()),
        initial=stretches.LAST_MONTH,
        widget=forms.RadioSelect,
        label=gettext_lazy("Period"),
    )
    first = DayField(required=False, label=gettext_lazy("From"))
    last = DayField(
        required=False,
        label=gettext_lazy("To"),
        help_text=gettext_lazy("Today at the latest, one year at most."),
    )
    note = forms.CharField(
        max_length=500,
        required=False,
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For example who was asked. May stay empty."),
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("period") == stretches.DATES:
            self._clean_days(given.get("first"), given.get("last"))
        elif given.get("period"):
            given["first"], given["last"] = stretches.stretch(given["period"], self.today)
        return given

    def _clean_days(self, first: datetime.date | None, last: datetime.date | None) -> None:
        for name, day in (("first", first), ("last", last)):
            if day is None and name not in self.errors:
                self.add_error(name, _("Give this day, or choose one of the periods above."))
        if first is None or last is None:
            return
        if last < first:
            self.add_error("last", _("The end must not come before the beginning."))
        elif last > self.today:
            text = _("Nothing can be declared about days to come: end the period today at the latest.")
            self.add_error("last", text)
        elif last - first > stretches.LONGEST:
            self.add_error("last", _("Declare one year at most at a time."))


class Declarations(ActsView):
    """The declarations of the units the user may see."""

    template_name = "compliance/admin/acts/declarations.html"
    page_title = gettext_lazy("Nothing arose")
    header_icon = "clipboard-list"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.units = allowed_authorities(request.user, Declaration)
        self.own = authorities_for(request.user, Declaration, "add")
        unit, duty = request.GET.get("unit", "")[:50], request.GET.get("duty", "")[:60]
        if unit and duty:
            authority_or_404(request.user, Declaration, unit, "add")
            requirement_or_404(duty)
            return redirect("compliance_declare", unit, duty)
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        units, code = self.units, self.request.GET.get("of", "")[:50]
        shown = units.filter(code=code) if code else units
        rows = paged(self.request, declarations(shown))
        context.update(
            units=units,
            of=code,
            own=self.own,
            choices=duty_choices({unit.tier.code for unit in self.own.select_related("tier")}),
            rows=rows,
            described=_described(rows, self.own),
        )
        return context


class Declare(ActsView):
    """One duty of the own unit: declare, and see what was declared before."""

    template_name = "compliance/admin/acts/declare.html"
    page_title = gettext_lazy("Declare that nothing arose")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.unit = authority_or_404(request.user, Declaration, kwargs["authority"], "add")
        self.requirement = requirement_or_404(kwargs["duty"])
        if self.unit.tier.code not in tiers_bound(self.requirement):
            raise Http404
        self.today = timezone.localdate()
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[tuple[str, Any]]:
        return [(reverse("compliance_declarations"), _("Nothing arose"))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DeclareForm(request.POST, today=self.today)
        if form.is_valid():
            given = form.cleaned_data
            try:
                row = declare_nothing_arose(
                    self.unit,
                    self.requirement.code,
                    first=given["first"],
                    last=given["last"],
                    note=given["note"],
                    user=request.user,
                    today=self.today,
                )
            except ValidationError as error:
                refuse(form, error)
            else:
                self._tell(row)
                return redirect("compliance_declare", self.unit.code, self.requirement.code)
        return self.render_to_response(self.get_context_data(form=form))

    def _asked(self) -> dict[str, Any]:
        """The days a task asks about, chosen beforehand; nothing when the address names none."""
        given = [self.request.GET.get(name, "") for name in ("first", "last")]
        if not all(given):
            return {}
        first, last = (given_day(text, self.today) for text in given)
        return {"period": stretches.DATES, "first": first, "last": last}

    def _tell(self, row: Declaration) -> None:
        text = _("Declared for %(unit)s: nothing arose from %(first)s to %(last)s.")
        shown = {
            "unit": self.unit.display_name,
            "first": f"{row.first:%d/%m/%Y}",
            "last": f"{row.last:%d/%m/%Y}",
        }
        messages.success(self.request, text % shown)
        found = records_within(self.unit.pk, row.duty, row.first, row.last)
        if found:
            warning = ngettext(
                "There is %(count)s record of that period: “%(title)s”. Take the declaration back if it is"
                " mistaken.",
                "There are %(count)s records of that period, among them “%(title)s”. Take the declaration"
                " back if it is mistaken.",
                len(found),
            )
            messages.warning(self.request, warning % {"count": len(found), "title": found[0].title})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", DeclareForm(today=self.today, initial=self._asked()))
        mine = Authority.objects.filter(pk=self.unit.pk)
        rows = paged(self.request, declarations(mine).filter(duty=self.requirement.code))
        context.update(
            unit=self.unit,
            name=requirement_name(self.requirement),
            law=law_of(self.requirement, [self.unit.tier], self.today),
            rows=rows,
            described=_described(rows, authorities_for(self.request.user, Declaration, "change")),
        )
        return context


class DeclarationTakeBack(TakeBack):
    """Take one back, by POST alone."""

    model = Declaration
    done = gettext_lazy("The declaration was taken back.")
    back = "compliance_declarations"


def _described(rows: Any, mine: Any) -> list[dict[str, Any]]:
    own = set(mine.values_list("pk", flat=True))
    return [{"row": row, "name": duty_name(row.duty), "may": row.authority_id in own} for row in rows]

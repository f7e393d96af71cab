"""The working calendar by year: what ships with the system, and what this installation adds to it."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.acts.common import FIRST_YEAR, LAST_YEAR, ActsView, DayField, refuse, told
from compliance.admin.scoping import policy_for
from compliance.models import CalendarDay
from compliance.queries.rulebook import current_rulebook
from compliance.rules import yearly
from compliance.services.local_rules import add_days, is_removable, remove_day

Kind = CalendarDay.Kind

SWAP = "swap"
WHAT = {
    Kind.HOLIDAY.value: gettext_lazy("A holiday, or a day off for everybody"),
    SWAP: gettext_lazy("An exchange: a weekday off, a weekend day worked"),
    Kind.REST.value: gettext_lazy("A weekday off alone"),
    Kind.WORKED.value: gettext_lazy("A weekend day worked alone"),
    Kind.YEAR.value: gettext_lazy("All holidays of a year have been entered"),
}
NAMES = {
    yearly.HOLIDAY: gettext_lazy("Public holiday"),
    yearly.COMPENSATION: gettext_lazy("Day off in place of a holiday on a rest day"),
    yearly.REST: gettext_lazy("Day off in exchange for a worked day"),
    yearly.WORKED: gettext_lazy("Worked day (a rest day otherwise)"),
}


class DayForm(forms.Form):
    """The days of one decision."""

    what = forms.ChoiceField(
        choices=list(WHAT.items()), widget=forms.RadioSelect, label=gettext_lazy("What is entered")
    )
    day = DayField(
        required=False,
        label=gettext_lazy("Day off"),
        help_text=gettext_lazy("The holiday, or the weekday that is given off."),
    )
    worked = DayField(
        required=False,
        label=gettext_lazy("Worked day"),
        help_text=gettext_lazy("The Saturday or Sunday that is worked: for an exchange, or alone."),
    )
    year = forms.IntegerField(
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        label=gettext_lazy("Year"),
        help_text=gettext_lazy("Only to say that the year is complete."),
    )
    name = forms.CharField(
        max_length=150, label=gettext_lazy("Name"), help_text=gettext_lazy("For example the holiday's name.")
    )
    decision_number = forms.CharField(max_length=150, label=gettext_lazy("Decision or notice"))

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for name in self._wanted(given.get("what", "")):
            if given.get(name) is None and name not in self.errors:
                self.add_error(name, _("This is needed for what you enter."))
        return given

    def rows(self) -> list[CalendarDay]:
        """What is to be recorded, of a valid form."""
        given = self.cleaned_data
        what = given["what"]
        said = {"name": given["name"], "decision_number": given["decision_number"]}
        if what == Kind.YEAR:
            return [CalendarDay(day=datetime.date(given["year"], 1, 1), kind=Kind.YEAR, **said)]
        found = []
        if what in (Kind.HOLIDAY, Kind.REST, SWAP):
            kind = Kind.HOLIDAY if what == Kind.HOLIDAY else Kind.REST
            found.append(CalendarDay(day=given["day"], kind=kind, **said))
        if what in (Kind.WORKED, SWAP):
            found.append(CalendarDay(day=given["worked"], kind=Kind.WORKED, **said))
        return found

    @staticmethod
    def _wanted(what: str) -> tuple[str, ...]:
        if what == SWAP:
            return ("day", "worked")
        return {Kind.WORKED.value: ("worked",), Kind.YEAR.value: ("year",)}.get(
            what, ("day",) if what else ()
        )


class CalendarYear(ActsView):
    """One year: its days with where each comes from, and what is not known yet."""

    template_name = "compliance/admin/acts/calendar.html"
    page_title = gettext_lazy("Holidays and exchanged days")
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        policy = policy_for(CalendarDay)
        if not policy.user_has_any_permission(request.user, ["view", "add", "change", "delete"]):
            raise PermissionDenied
        self.may_add = policy.user_has_permission(request.user, "add")
        self.may_remove = policy.user_has_permission(request.user, "delete")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        today = timezone.localdate()
        year = self._year(today)
        book = current_rulebook()
        own = {
            (row.day, row.kind): row
            for row in CalendarDay.objects.filter(day__year=year).select_related("created_by")
        }
        marked = own.pop((datetime.date(year, 1, 1), Kind.YEAR), None)
        context.update(
            year=year,
            years=(year - 1, year + 1),
            rows=[self._row(each, own, today) for each in yearly.marked_days(book.calendar, year)],
            shipped=book.shipped_calendar.knows(year),
            known=book.calendar.knows(year),
            marked=marked,
            marked_removable=bool(marked and self.may_remove and is_removable(marked, today)),
            unknown=yearly.unknown_years(book.calendar, today),
            may_add=self.may_add,
        )
        return context

    def _year(self, today: datetime.date) -> int:
        text = self.request.GET.get("year", "")
        if not text:
            return today.year
        if not (text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR < int(text) < LAST_YEAR):
            raise Http404
        return int(text)

    def _row(self, each: yearly.Marked, own: dict[Any, CalendarDay], today: datetime.date) -> dict[str, Any]:
        row = own.get((each.day, each.kind))
        return {
            "day": each.day,
            "kind": NAMES[each.kind],
            "name": each.name or (row.name if row else ""),
            "of": each.makes_up_for,
            "own": row,
            "removable": bool(row and self.may_remove and is_removable(row, today)),
        }


class CalendarAdd(ActsView):
    """Enter the days of one decision."""

    template_name = "compliance/admin/acts/calendar_add.html"
    page_title = gettext_lazy("Add to the calendar")
    header_icon = "calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not policy_for(CalendarDay).user_has_permission(request.user, "add"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[tuple[str, Any]]:
        return [(reverse("compliance_calendar"), _("Holidays and exchanged days"))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DayForm(request.POST)
        if form.is_valid():
            try:
                made = add_days(form.rows(), user=request.user, today=timezone.localdate())
            except ValidationError as error:
                refuse(form, error)
            else:
                messages.success(
                    request, _("The calendar was changed; deadlines are counted by it from now on.")
                )
                return redirect(f"{reverse('compliance_calendar')}?year={made[0].day.year}")
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", DayForm(initial={"what": Kind.HOLIDAY.value}))
        return context


class CalendarRemove(View):
    """Take a day away that has not come, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not policy_for(CalendarDay).user_has_permission(request.user, "delete"):
            raise Http404
        row = CalendarDay.objects.filter(pk=pk).first()
        if row is None:
            raise Http404
        year = row.day.year
        try:
            remove_day(row, user=request.user, today=timezone.localdate())
        except ValidationError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, _("The day was taken out of the calendar."))
        return redirect(f"{reverse('compliance_calendar')}?year={year}")

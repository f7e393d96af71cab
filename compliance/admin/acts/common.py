"""What the screens of acts share: choices of duties, dates, where to go back to, how a refusal is told."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authorities_for
from compliance.catalogue.loader import load_catalogue
from compliance.models import Declaration, Waiver
from compliance.presentation import group_name, requirement_name
from compliance.rules.fitting import tiers_bound
from compliance.rules.types import Requirement
from compliance.services.statements import withdraw

#: Years that a form takes: a slip of the finger is told at once.
FIRST_YEAR, LAST_YEAR = 2000, 2100
PER_PAGE = 50


class DayField(forms.DateField):
    """A day, in the browser's own picker."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("The year must lie between %(first)s and %(last)s.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )
        return day


class ActsView(WagtailAdminTemplateMixin, TemplateView):
    """A screen with the way home in its breadcrumbs; ``above`` are the steps between."""

    def above(self) -> list[tuple[str, Any]]:
        return []

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        steps = [(reverse("wagtailadmin_home"), _("Home")), *self.above(), ("", self.page_title)]
        return [{"url": url, "label": label} for url, label in steps]


class TakeBack(View):
    """Take a statement back, by POST alone; ``model`` is its kind, ``back`` the list it stands in."""

    http_method_names = ["post"]
    model: type[Declaration] | type[Waiver]
    done: Any
    back: str

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        mine = authorities_for(request.user, self.model, "change")
        row = self.model.objects.filter(pk=pk, authority__in=mine).select_related("authority").first()
        if row is None:
            raise Http404
        try:
            withdraw(row, user=request.user, now=timezone.now())
        except ValidationError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, self.done)
        return redirect(self.back)


def requirement_or_404(code: str) -> Requirement:
    """A duty of the catalogue; 404 for an unknown one."""
    try:
        return load_catalogue().requirement(code)
    except KeyError:
        raise Http404 from None


def duty_choices(tiers: Iterable[str] | None = None) -> list[Any]:
    """The duties by group, for a select; where tiers are given, only those that ever bind one of them."""
    wanted = None if tiers is None else set(tiers)
    duties = [each for each in load_catalogue().requirements if wanted is None or wanted & tiers_bound(each)]
    groups = groupby(duties, key=lambda each: each.group)
    named = [
        (group_name(code), [(each.code, requirement_name(each)) for each in own]) for code, own in groups
    ]
    return [("", gettext_lazy("Choose a duty")), *named]


def paged(request: HttpRequest, rows: Any) -> Page:
    """One page of the rows; the nearest one for a page that does not exist."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("p", "")[:9])


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Where the form came from, when that is on this site; else where it belongs."""
    wanted: str = request.POST.get("next", "") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return otherwise


def refuse(form: forms.BaseForm, error: ValidationError) -> None:
    """Tell a service's refusal on the form: at the field it names, else above all."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, found in error.error_dict.items():
        form.add_error(name if name in form.fields else None, found)


def told(error: ValidationError) -> str:
    """A refusal in one line."""
    return " ".join(error.messages)


def given_day(text: str, otherwise: datetime.date) -> datetime.date:
    """A day from an address; 404 for what is no day of these times."""
    if not text:
        return otherwise
    try:
        day = datetime.date.fromisoformat(text[:10])
    except ValueError:
        raise Http404 from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Http404
    return day

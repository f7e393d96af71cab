"""One's own private links to the calendars of due days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, own_authorities
from compliance.models import Declaration, FeedToken
from compliance.services.feeds import issue_feed, revoke_feed
from sitepages.models import Authority


class UnitForm(forms.Form):
    """Whose calendar."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), to_field_name="code", empty_label=None, label=gettext_lazy("Unit")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = _units(user)  # type: ignore[attr-defined]


class CalendarLinks(WagtailAdminTemplateMixin, TemplateView):
    """The links one holds; making a new one shows it, this once."""

    template_name = "compliance/admin/calendar_links.html"
    page_title = gettext_lazy("Calendar of due days")
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unit = _units(request.user).filter(code=request.POST.get("authority", "")).first()
        if unit is None:
            raise Http404
        token = issue_feed(unit, user=request.user, now=timezone.now())
        address = unit.portal.root_url + reverse("duty_calendar", args=[token])
        response = self.render_to_response(self.get_context_data(address=address, made_for=unit))
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = _units(self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = UnitForm(user=self.request.user)
        context["links"] = _own_links(self.request.user).filter(authority__in=units)
        return context


class RevokeLink(View):
    """Stop one of one's own links."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        allowed_authorities(request.user, Declaration)
        link = _own_links(request.user).filter(pk=pk).first()
        if link is None:
            raise Http404
        revoke_feed(link, user=request.user, now=timezone.now())
        messages.success(request, _("The link no longer works."))
        return redirect("compliance_calendar_links")


def _units(user: Any) -> QuerySet:
    """The units one works for; PermissionDenied for whoever may see no duties at all."""
    return allowed_authorities(user, Declaration).filter(pk__in=own_authorities(user).values("pk"))


def _own_links(user: Any) -> Any:
    return FeedToken.objects.filter(user=user, revoked_at__isnull=True).select_related("authority")

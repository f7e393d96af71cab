"""“Still correct”: one person's word on one public record, and the second look at a share of such words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from compliance.admin.access import allowed_authorities, authorities_for, own_authorities
from compliance.admin.acts.common import ActsView, paged, told, way_back
from compliance.models import RecheckItem
from compliance.presentation import duty_name
from compliance.queries.confirmations import confirmable_page, rechecks, waiting_for_confirmation
from compliance.services.confirmations import confirm_once, settle_recheck


class ConfirmForm(forms.Form):
    """What may be said with the confirmation."""

    note = forms.CharField(
        max_length=500,
        required=False,
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("For example what it was compared with. May stay empty."),
    )


class ConfirmPage(ActsView):
    """One public record: shown by GET, confirmed by POST."""

    template_name = "compliance/admin/acts/confirm.html"
    page_title = gettext_lazy("Confirm as still correct")
    header_icon = "check"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = confirmable_page(request.user, kwargs["page_id"])
        if found is None:
            raise Http404
        self.page, self.unit = found.page, found.authority
        return super().dispatch(request, *args, **kwargs)

    def above(self) -> list[tuple[str, Any]]:
        return [(reverse("compliance_rechecks"), _("Confirmations"))]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        new = confirm_once(self.page, user=request.user, note=form.cleaned_data["note"], now=timezone.now())
        shown = {"title": self.page.title}
        if new:
            messages.success(request, _("“%(title)s” was confirmed as still correct.") % shown)
        else:
            messages.info(request, _("You already confirmed “%(title)s” today.") % shown)
        return redirect(way_back(request, reverse("compliance_rechecks")))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.setdefault("form", ConfirmForm())
        context.update(page=self.page, unit=self.unit, back=way_back(self.request, ""))
        return context


class Rechecks(ActsView):
    """What waits for one's word, and the words of others that were drawn to be checked again."""

    template_name = "compliance/admin/acts/rechecks.html"
    page_title = gettext_lazy("Confirmations")
    header_icon = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        rows = rechecks(allowed_authorities(user, RecheckItem))
        mine = set(_may_check(user).values_list("pk", flat=True))
        waiting = waiting_for_confirmation(own_authorities(user))
        context.update(
            waiting=[
                {"item": each, "name": duty_name(each.finding.duty)}
                for each in waiting
                if confirmable_page(user, each.page_id)
            ],
            open=[
                {
                    "row": row,
                    "own": row.confirmed_by_id == user.pk,
                    "may": row.authority_id in mine and row.confirmed_by_id != user.pk,
                }
                for row in rows.filter(checked_at__isnull=True)
            ],
            checked=paged(self.request, rows.filter(checked_at__isnull=False).order_by("-checked_at", "-pk")),
        )
        return context


class RecheckSettle(View):
    """The answer of a second look, by POST alone."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = rechecks(_may_check(request.user)).filter(pk=pk).first()
        if item is None:
            raise Http404
        try:
            settle_recheck(
                item,
                outcome=request.POST.get("outcome", ""),
                note=request.POST.get("note", ""),
                user=request.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            messages.error(request, told(error))
        else:
            messages.success(request, _("The answer was recorded."))
        return redirect("compliance_rechecks")


def _may_check(user: Any) -> QuerySet:
    """The units whose confirmations the user may check again."""
    return authorities_for(user, RecheckItem, "change")

"""What the screens of payments share."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities
from compliance.admin.scoping import policy_for
from compliance.models import Payee, Payment
from compliance.rules.tax import Reason
from sitepages.models import Authority

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FIRST_YEAR, LAST_YEAR = 2010, 2100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": DOCX, "pdf": "application/pdf", "xlsx": XLSX, "csv": "text/csv; charset=utf-8"}

TAX_REASONS = {
    Reason.WITHHELD: gettext_lazy("from the threshold on"),
    Reason.ASKED: gettext_lazy("asked for by the payee"),
    Reason.BELOW: gettext_lazy("below the threshold"),
    Reason.COMMITTED: gettext_lazy("commitment form for the year"),
    Reason.PAYROLL: gettext_lazy("on the payroll: taxed with the wage"),
}


def tax_reason_label(code: str) -> str:
    """Why a payment was taxed or not."""
    return str(TAX_REASONS[Reason(code)]) if code else ""


class PayPage(WagtailAdminTemplateMixin, TemplateView):
    """What every page about payments looks like."""

    header_icon = "form"
    page_title: Any = gettext_lazy("Payments")

    #: The list the page belongs to: the name of its address and its title.
    above: tuple[str, Any] | None = None

    def crumb(self, *last: dict[str, Any]) -> list[dict[str, Any]]:
        above = [{"url": reverse(self.above[0]), "label": self.above[1]}] if self.above else []
        return [{"url": reverse("wagtailadmin_home"), "label": _("Home")}, *above, *last]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return self.crumb({"url": "", "label": self.page_title})


def chosen_unit(request: HttpRequest, model: type[Model]) -> tuple[Authority, list[Authority]]:
    """The unit asked for among those whose rows the user may see (the first when none is), and all of them.

    PermissionDenied when there is none; 404 for another's.
    """
    units = list(allowed_authorities(request.user, model))
    code = request.GET.get("authority", "")
    if not code:
        return units[0], units
    for unit in units:
        if unit.code == code:
            return unit, units
    raise Http404


def chosen_year(request: HttpRequest, today: datetime.date) -> int:
    """The year asked for, this year when none is; 404 for what is no year."""
    text = request.GET.get("year", "")
    if not text:
        return today.year
    if not (text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise Http404
    return int(text)


def payment_or_404(user: Any, pk: int, action: str = "view") -> Payment:
    """A payment the user has the right for; 404 otherwise."""
    rows = policy_for(Payment).instances_user_has_any_permission_for(user, [action])
    payment: Payment | None = (
        rows.filter(pk=pk)
        .select_related("authority__site__root_page", "contributor", "reverses", "reversed_by", "made_by")
        .first()
    )
    if payment is None:
        raise Http404
    return payment


def may(user: Any, authority: Authority, model: type[Model], action: str) -> bool:
    """Whether the user holds a right at this authority."""
    return policy_for(model).authorities(user, [action]).filter(pk=authority.pk).exists()


def sees_payees(user: Any, authority: Authority) -> bool:
    """Whether the user may read payee data here: the accountant of the portal itself."""
    return may(user, authority, Payee, "view")


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A download that no shared computer keeps."""
    reply = HttpResponse(content, content_type=TYPES[kind])
    reply["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    reply["Cache-Control"] = "no-store"
    return reply

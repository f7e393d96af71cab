"""The screen that ties names written by hand to contributors' records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import allowed_authorities, authority_or_404
from compliance.queries.credit_names import HandName, hand_names
from compliance.services.credits import link_name, record_of
from sitepages.credits import person_name
from sitepages.models import Authority, Contributor

#: Names on one page: each is a choice to be looked at.
PER_PAGE = 20
NEW = "new"


class CreditNames(WagtailAdminTemplateMixin, TemplateView):
    """Names of one portal without a record, each with the records it may mean; nothing is chosen already."""

    template_name = "compliance/admin/credits/names.html"
    page_title = gettext_lazy("Names without a record")
    header_icon = "link"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.breadcrumbs_items = [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("contributors:index"), "label": _("Contributors")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        unit = self._unit(self.request.GET.get("authority", ""))
        names = hand_names(unit)
        page = Paginator(names, PER_PAGE).get_page(self.request.GET.get("p"))
        context.update(
            unit=unit,
            units=list(allowed_authorities(self.request.user, Contributor, "change")),
            page=page,
            rows=[{"name": each, "key": _key(each)} for each in page],
            records=list(Contributor.objects.filter(authority=unit).select_related("office")),
            new=NEW,
        )
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        unit = self._unit(request.POST.get("authority", ""))
        records = {str(each.pk): each for each in Contributor.objects.filter(authority=unit)}
        known = {_key(each): each for each in hand_names(unit)}
        lines = people = 0
        try:
            with transaction.atomic():
                for key, each in known.items():
                    choice = request.POST.get(f"link-{key}", "")
                    if not choice:
                        continue
                    if choice == NEW:
                        name = person_name(each.name)
                        person = record_of(unit, name, each.office, user=request.user)
                    elif choice in records:
                        person = records[choice]
                    else:
                        raise Http404
                    lines += link_name(unit, each.name, each.office, person, user=request.user)
                    people += 1
        except ValidationError as fault:
            messages.error(request, " ".join(fault.messages))
        else:
            text = _("Names tied to a record: %(names)s; lines of credit: %(lines)s.")
            messages.success(request, text % {"names": people, "lines": lines})
        return redirect(f"{reverse('compliance_credit_names')}?{urlencode({'authority': unit.code})}")

    def _unit(self, code: str) -> Authority:
        if code:
            return authority_or_404(self.request.user, Contributor, code[:50], "change")
        first: Authority = next(iter(allowed_authorities(self.request.user, Contributor, "change")))
        return first


def _key(name: HandName) -> str:
    """A name and office as part of a form field: neither can change the other's."""
    return f"{name.office.pk}-{name.name.encode().hex()}"

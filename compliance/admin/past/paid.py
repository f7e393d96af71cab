"""Payments from before the system: to be read, never changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy

from compliance.admin.access import allowed_authorities
from compliance.admin.acts.common import ActsView, paged
from compliance.models import PastPayment


class PastPaymentList(ActsView):
    """The payments of one's portals from before, newest first, with their sums."""

    template_name = "compliance/admin/past/paid.html"
    page_title = gettext_lazy("Payments from before the system")
    header_icon = "history"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.portals = allowed_authorities(request.user, PastPayment)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        rows = PastPayment.objects.filter(authority__in=self.portals)
        context["sums"] = rows.aggregate(gross=Sum("gross"), tax=Sum("tax"), net=Sum("net"))
        context["payments"] = paged(self.request, rows.select_related("authority", "office"))
        return context

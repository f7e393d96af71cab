"""How questions are answered, in figures: the portal's own, and side by side the bodies below."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.catalogue.questions import load_handling
from compliance.desk.common import page, public, unit_or_404
from compliance.queries.questions import figures_of
from sitepages.models import Authority


@public
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """A year's figures, this year's by default; nothing of a single question."""
    unit = unit_or_404(request)
    today = timezone.localdate()
    year = read_year(request.GET.get("nam", ""), today)
    below = list(
        Authority.objects.filter(parent=unit, site__isnull=False).in_force(today).order_by("order", "code")
    )
    units = [unit, *below]
    found = figures_of(units, datetime.date(year, 1, 1), datetime.date(year, 12, 31), today)
    handling = load_handling()
    return page(
        request,
        unit,
        "figures.html",
        {
            "year": year,
            "years": range(today.year, today.year - 5, -1),
            "rows": [(each, found[each.code]) for each in units if each == unit or found[each.code].received],
            "samples": handling.on(handling.samples, today),
        },
    )


def read_year(text: str, today: datetime.date) -> int:
    """The year asked for; this year's for what is none."""
    if len(text) == 4 and text.isascii() and text.isdigit() and 2000 <= int(text) <= today.year:
        return int(text)
    return today.year

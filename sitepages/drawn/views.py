"""The list of all that portals below published in the sections of the rule."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sitepages.drawn.news import items, listed
from sitepages.frame.store import frame_of
from sitepages.pagination import paginate

PAGE_SIZE = 20


@require_safe
def drawn_news(request: HttpRequest) -> HttpResponse:
    """Newest first, of one unit when it is asked for; 404 on a portal with none below it."""
    frame, today = frame_of(request), timezone.localdate()
    if frame is None or not frame.drawn.is_shown:
        raise Http404
    sources = [each for each in frame.drawn.sources if each.authority.is_in_force(today)]
    asked = request.GET.get("unit", "")[:50]
    unit = next((each.authority for each in sources if each.authority.code == asked), None)
    chosen = [each for each in sources if unit is None or each.authority == unit]
    listing = paginate(request, listed(frame, chosen, today), PAGE_SIZE)
    listing.object_list = items(listing.object_list, chosen)
    listing.kept = {"unit": unit.code} if unit else {}  # type: ignore[attr-defined]
    told = {"listing": listing, "units": [each.authority for each in sources], "unit": unit}
    return render(request, "drawn/list.html", told)

"""The machine's marks made the verifier's, for a unit or a section at a time."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.generic import View

from compliance.admin.reviews import access
from compliance.admin.reviews.grid import grid_address
from compliance.queries.reviews import review_units, sections_of
from compliance.services.machine_marks import accept_machine_marks
from compliance.services.reviews import ReviewError


class ReviewAccept(View):
    """Fill what the verifier has left open, by POST alone; back to the grid as it was shown."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        review = access.review_or_404(request.user, kwargs["pk"], "change")
        units = {"", *(unit.code for unit in review_units(review))}
        sections = {"", *(each.code for each in sections_of(review))}
        unit, section = request.POST.get("unit", ""), request.POST.get("section", "")
        shown_unit, shown_section = request.POST.get("shown_unit", ""), request.POST.get("shown_section", "")
        if not {unit, shown_unit} <= units or not {section, shown_section} <= sections:
            raise Http404
        try:
            changed = accept_machine_marks(
                review, unit=unit, section=section, user=request.user, now=timezone.now()
            )
        except ReviewError as error:
            messages.error(request, str(error))
        else:
            told = ngettext(
                "%(count)s mark of the machine was taken.",
                "%(count)s marks of the machine were taken.",
                changed,
            )
            messages.success(request, told % {"count": changed})
        return redirect(grid_address(review.pk, shown_unit, shown_section))

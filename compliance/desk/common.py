"""What the public pages of the desk share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from wagtail.models import Site

from compliance.queries.questions import SECTION, may_receive
from sitepages.models import Authority
from sitepages.queries import section_page
from sitepages.tongues import read_in


def unit_or_404(request: HttpRequest) -> Authority:
    """The body whose portal answers; 404 where none takes questions."""
    site = Site.find_for_request(request)
    unit = (
        Authority.objects.filter(site=site).select_related("tier", "site__root_page", "parent").first()
        if site
        else None
    )
    if unit is None or not may_receive(unit, timezone.localdate()):
        raise Http404
    return unit


def public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the desk, in the language of its address: kept by no cache and no search engine, no cookie.

    Nobody is signed in here, so a forged post gains nothing; the form's own stamp keeps machines away.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(read_in(request)):
            return view(request, *args, **kwargs)

    return csrf_exempt(never_cache(answered))


def page(
    request: HttpRequest, unit: Authority, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page in the portal's frame."""
    place = section_page(unit, SECTION)
    answer = render(request, f"desk/{template}", {"unit": unit, "section": place, **context}, status=status)
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer

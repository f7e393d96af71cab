"""The public pages of the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Site

from sitepages.search.results import Search, suggestions


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The form with its results. No robot keeps it: the pages found are what it should keep."""
    found = Search(request, Site.find_for_request(request))
    reply = render(request, "search/results.html", {"search": found})
    reply["X-Robots-Tag"] = "noindex, follow"
    return reply


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Titles for what is being typed, as JSON."""
    found = Search(request, Site.find_for_request(request))
    reply = JsonResponse({"titles": suggestions(request.GET.get("q", ""), found)})
    reply["X-Robots-Tag"] = "noindex"
    reply["Cache-Control"] = "public, max-age=60"
    return reply

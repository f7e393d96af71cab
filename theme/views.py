"""The one view of the theme: a portal's colours as a style sheet, so that no page carries styles inline."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from theme.colours import palette
from theme.portal_view import portal_of


@require_safe
@cache_control(max_age=300, public=True)
def colours(request: HttpRequest) -> HttpResponse:
    """Custom properties with the colours of the site that answers, each checked before it is written."""
    texts = portal_of(request).texts
    shades = palette(getattr(texts, "main_colour", None), getattr(texts, "accent_colour", None))
    return render(request, "theme/colours.css", {"shades": shades}, content_type="text/css; charset=utf-8")

"""What is a view, and which views are visits. Reads the request, keeps nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from wagtail.models import Page, Site

from sitepages.frame.store import frame_of
from sitepages.visits.recorder import RECORDER
from sitepages.visits.robots import robot_list

_PLACE = "_counted_place"
#: A longer Referer is no address of ours.
_LONGEST_REFERER = 4000
_AHEAD = ("prefetch", "prerender", "preview")


def note_page(serve: Callable[..., Any]) -> Callable[..., Any]:
    """Hook body: remember which page of which site is being served to the public, innermost of all.

    A page that only asks for its password does not come this far, and a preview does not come this way.
    """

    def noted(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> Any:
        site = Site.find_for_request(request)  # found before, kept on the request
        if site is not None:
            note_place(request, (site.pk, page.pk))
            frame = frame_of(request)
            request._is_open_page = frame is not None and frame.is_open(page.path)  # type: ignore[attr-defined]
        return serve(page, request, args, kwargs)

    return noted


def note_place(request: HttpRequest, place: tuple[int, int]) -> None:
    """Remember that this page of this portal is being shown."""
    setattr(request, _PLACE, place)


def place_of(request: HttpRequest) -> tuple[int, int] | None:
    """The portal and the page that are being shown; None where no page is."""
    found: tuple[int, int] | None = request.__dict__.get(_PLACE)
    return found


def count(request: HttpRequest, response: HttpResponseBase) -> None:
    """Add one view to the recorder when this was one; once a request."""
    place = request.__dict__.pop(_PLACE, None)
    if place is None or not settings.PORTAL_COUNT_VISITS or not is_view(request, response):
        return
    today = timezone.localdate(timezone=timezone.get_default_timezone())
    RECORDER.record((today, *place), visit=is_visit(request))


def is_view(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody not signed in was shown a page: not a program, nor a browser reading ahead.

    A browser that is told that its own copy still holds shows the page as well.

    Whoever brings a session is an editor or a reader of a closed page; the session itself is not opened.
    """
    headers = request.headers
    return (
        request.method == "GET"
        and (response.status_code == 304 or _is_html(response))
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and headers.get("Sec-Fetch-Dest", "document") == "document"
        and not _read_ahead(headers)
        and not robot_list(tuple(settings.PORTAL_VISIT_ROBOTS)).names(headers.get("User-Agent", ""))
    )


def _is_html(response: HttpResponseBase) -> bool:
    kind = response.headers.get("Content-Type", "")
    return response.status_code == 200 and kind.startswith("text/html")


def is_visit(request: HttpRequest) -> bool:
    """Whether a view is the beginning of a visit: the reader did not come from a page of the same site."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return False
    referer = request.headers.get("Referer", "")
    if not referer or len(referer) > _LONGEST_REFERER:
        return True
    try:
        host = urlsplit(referer).hostname
        own = urlsplit(f"//{request.get_host()}").hostname
    except ValueError:
        return True
    return host != own


def _read_ahead(headers: Any) -> bool:
    told = " ".join(
        headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
    ).lower()
    return any(word in told for word in _AHEAD)

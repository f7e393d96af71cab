"""Answers whoever is not signed in with the page as it was last drawn, as long as nothing has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from wagtail.views import serve

from sitepages.pagecache import entry
from sitepages.pagecache.keys import Asked, has_own_cookies, read_asked
from sitepages.pagecache.marks import Mark, mark_of, told_again
from sitepages.visits import seen

SAFE = frozenset(("GET", "HEAD", "OPTIONS", "TRACE"))


class PageCacheMiddleware:
    """Stands before sessions, so that a page that is kept costs one query and nothing of the reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            with told_again():
                return self.get_response(request)
        now = timezone.now()
        asked = read_asked(request, timezone.localdate(now)) if settings.PORTAL_KEEP_PAGES else None
        mark = mark_of(asked.name, asked.port) if asked else None
        if asked is None or mark is None:
            return self._for_one(request)
        found = entry.find(asked, mark)
        if found is None:
            return self._drawn(request, asked, mark)
        if found.place is not None:
            seen.note_place(request, found.place)
        reply = found.answer()
        entry.address_it(reply, now)
        return _conditional(request, reply)

    def _drawn(self, request: HttpRequest, asked: Asked, mark: Mark) -> HttpResponse:
        """The page drawn now, and kept if it is for everybody."""
        request._frame_token = mark.frame  # type: ignore[attr-defined]  # read once a request
        reply: Any = self.get_response(request)
        place = seen.place_of(request)
        open_to_all = getattr(request, "_is_open_page", False) if _is_page(request) else True
        if not open_to_all or not entry.may_keep(request, reply):
            return reply
        now = timezone.now()
        if timezone.localdate(now) == asked.day:
            entry.address_it(reply, now)
            entry.keep(asked, mark, reply, place)
        return _conditional(request, reply)

    def _for_one(self, request: HttpRequest) -> HttpResponse:
        """What is not for everybody: a page shown to somebody we know is kept by nobody on the way."""
        reply = self.get_response(request)
        known = has_own_cookies(request) or "HTTP_AUTHORIZATION" in request.META
        if known and _is_page(request) and not reply.has_header("Cache-Control"):
            patch_cache_control(reply, private=True, no_cache=True)
            patch_vary_headers(reply, ["Cookie"])
        return reply


def _is_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.func is serve


def _conditional(request: HttpRequest, reply: HttpResponse) -> HttpResponse:
    """304 for a browser that has it already."""
    found = get_conditional_response(request, etag=reply.headers["ETag"], response=reply)
    return found if found is not None else reply

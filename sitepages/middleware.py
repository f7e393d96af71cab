"""What every request passes through."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from wagtail.views import serve

from sitepages import tongues
from sitepages.frame.store import frame_of
from sitepages.text import nfc
from sitepages.visits import seen

logger = logging.getLogger(__name__)


class VisitMiddleware:
    """Counts views of public pages, by the rules of `visits.seen`. Never keeps a page from being shown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        try:
            seen.count(request, response)
        except Exception:  # whatever a request may bring
            logger.exception("A view was not counted.")
        return response


class LanguageMiddleware:
    """The language of a public page is what its address says; the admin sets its own by the account.

    Django's own middleware would also ask the browser, and tell caches that answers differ by that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = tongues.of_path(request.path_info)
        request.LANGUAGE_CODE = code  # where Django keeps it
        with translation.override(code):
            response = self.get_response(request)
        if code != tongues.default():
            response.headers.setdefault("Content-Language", code)
        return response


class FrameMiddleware:
    """Knows the portal of a page from what is kept, before Wagtail asks the database for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Pages only: nothing else needs a frame before it is drawn."""
        if view is serve:
            frame_of(request)


class NormalizedTextMiddleware:
    """Brings what people type or paste to NFC before any form sees it.

    Rich text and StreamFields arrive as JSON in one POST value, so this reaches them too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST" and (request.content_type or "").startswith(
            ("application/x-www-form-urlencoded", "multipart/form-data")
        ):
            request.POST = self._normalized(request.POST)  # type: ignore[assignment]
        if request.GET:
            request.GET = self._normalized(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    @staticmethod
    def _normalized(query: QueryDict) -> QueryDict:
        if all(
            nfc(value) == value
            for values in dict(query.lists()).values()
            for value in values
            if isinstance(value, str)
        ):
            return query
        clean = query.copy()
        for key, values in query.lists():
            clean.setlist(key, [nfc(value) if isinstance(value, str) else value for value in values])
        clean._mutable = False
        return clean

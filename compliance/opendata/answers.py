"""How the open data answers: cacheable, readable from any page on the web, errors as JSON in Vietnamese."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, quote_etag
from django.views.decorators.csrf import csrf_exempt
from ninja import Schema

from compliance.opendata.schemas import Problem
from compliance.opendata.words import WANTED, WRONG_METHOD, WRONG_VALUE

JSON, CSV = "application/json; charset=utf-8", "text/csv; charset=utf-8"
#: How long an answer may be kept without asking again, in seconds; an edition of the rules never changes.
KEPT, KEPT_EDITION = 300, 86_400
_SAFE = ("GET", "HEAD")
_READABLE = "ETag, Last-Modified, Link"


class RefusedError(Exception):
    """A request that cannot be answered: its status, and what to do."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


def as_json(content: Schema, *, changed: datetime.datetime | None = None, kept: int = KEPT) -> HttpResponse:
    """An answer as JSON."""
    return _answer(content.model_dump_json().encode(), JSON, changed, kept)


def as_csv(content: bytes, name: str, *, changed: datetime.datetime | None = None) -> HttpResponse:
    """An answer as a CSV file of this name."""
    answer = _answer(content, CSV, changed, KEPT)
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def as_text(content: str, content_type: str) -> HttpResponse:
    """An answer that is written already."""
    return _answer(content.encode(), content_type, None, KEPT)


def problem(status: int, message: str) -> HttpResponse:
    """An error; never kept by a cache."""
    answer = HttpResponse(Problem(detail=message).model_dump_json(), status=status, content_type=JSON)
    answer["Cache-Control"] = "no-store"
    return answer


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to a RefusedError."""
    return problem(error.status, error.message)


def wrong_value(request: HttpRequest, error: Any) -> HttpResponse:
    """The answer to a parameter that cannot be read (ninja's ValidationError)."""
    name = str(error.errors[0]["loc"][-1])
    wanted = WANTED.get(name, "")
    return problem(400, str(WRONG_VALUE) % {"name": name, "wanted": wanted})


def published(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view as open data: GET and HEAD alone, in Vietnamese, with the headers of public data."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.method
        with translation.override("vi"):
            if asked in _SAFE:
                request.method = "GET"  # a HEAD is a GET whose body is kept back
                answer = _conditional(request, view(request, *args, **kwargs))
                request.method = asked
            else:
                answer = problem(405, str(WRONG_METHOD))
                answer["Allow"] = ", ".join(_SAFE)
        answer["Access-Control-Allow-Origin"] = "*"
        answer["Access-Control-Expose-Headers"] = _READABLE
        answer["Cross-Origin-Resource-Policy"] = "cross-origin"
        if asked == "HEAD":
            if answer.status_code == 200:
                answer["Content-Length"] = str(len(answer.content))
            answer.content = b""
        return answer

    return csrf_exempt(answered)  # nothing is ever written: a POST is told 405, not 403


def _answer(content: bytes, content_type: str, changed: datetime.datetime | None, kept: int) -> HttpResponse:
    answer = HttpResponse(content, content_type=content_type)
    answer["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if changed is not None:
        answer["Last-Modified"] = http_date(changed.timestamp())
    patch_cache_control(answer, public=True, max_age=kept)
    return answer


def _conditional(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """304 without a body when the reader has it already, told by its tag alone.

    A page may be taken down between two assessments: the date of an answer does not say that it still holds.
    """
    if answer.status_code != 200:
        return answer
    return get_conditional_response(request, answer.get("ETag"), None, answer) or answer

"""How machines are answered: cacheable, and with nothing when they have it already."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date, parse_http_date_safe, quote_etag

#: How long an answer may be kept without asking again, in seconds.
KEPT = 300


def answered(
    request: HttpRequest,
    content: bytes,
    content_type: str,
    *,
    moment: int | None = None,
    kept: int = KEPT,
) -> HttpResponse:
    """The content with its tag; 304 for who has it. The tag decides where both tag and day are sent.

    ``moment`` is when it last changed, in seconds since 1970.
    """
    answer = HttpResponse(content, content_type=content_type)
    answer["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    if moment is not None:
        answer["Last-Modified"] = http_date(moment)
    patch_cache_control(answer, public=True, max_age=kept)
    asked = parse_http_date_safe(request.headers.get("If-Modified-Since", "")[:64])
    same_day = moment if asked == moment else None  # taking a record down may turn the day back
    return get_conditional_response(request, answer["ETag"], same_day, answer) or answer

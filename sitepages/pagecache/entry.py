"""A page as it was sent: what may be kept of an answer, and the answer made of it again."""

from __future__ import annotations

import datetime
import hashlib
import zlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import quote_etag

from sitepages.pagecache.keys import Asked
from sitepages.pagecache.marks import Mark

LARGEST = 512 * 1024
#: Answers that differ by anything else are not the same for everybody.
_MAY_VARY = frozenset(("cookie", "accept-encoding"))
_NOT_FOR_ALL = frozenset(("private", "no-store", "no-cache"))
#: Told anew with each answer.
_OF_THE_MOMENT = frozenset(("date", "set-cookie", "connection", "age"))


@dataclass(frozen=True)
class Entry:
    """What is kept of one page. ``place`` is the portal and the page that the view is counted for."""

    headers: tuple[tuple[str, str], ...]
    packed: bytes
    place: tuple[int, int] | None

    def answer(self) -> HttpResponse:
        """The page as it was sent."""
        reply = HttpResponse(zlib.decompress(self.packed))
        for name, value in self.headers:
            reply.headers[name] = value
        return reply


def _shelf(asked: Asked) -> Any:
    """Lists asked in any of a thousand ways stand apart, so that they never push out the pages themselves."""
    return caches["page_lists" if asked.query else "pages"]


def find(asked: Asked, mark: Mark) -> Entry | None:
    """What is kept of a page."""
    found: Entry | None = _shelf(asked).get(asked.key(mark))
    return found


def keep(asked: Asked, mark: Mark, reply: HttpResponse, place: tuple[int, int] | None) -> None:
    """Keep an answer under the mark read before it was drawn."""
    headers = tuple((name, value) for name, value in reply.items() if name.lower() not in _OF_THE_MOMENT)
    entry = Entry(headers, zlib.compress(reply.content, 1), place)
    _shelf(asked).set(asked.key(mark), entry, settings.PORTAL_PAGE_SECONDS)


def may_keep(request: HttpRequest, reply: Any) -> bool:
    """Whether an answer is the same for everybody who asks for this address."""
    return (
        request.method == "GET"
        and reply.status_code == 200
        and not reply.streaming
        and not reply.cookies
        and not reply.has_header("Content-Encoding")
        and _words(reply, "Vary") <= _MAY_VARY
        and not _words(reply, "Cache-Control") & _NOT_FOR_ALL
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(getattr(request, "session", None), "modified", False)
        and len(reply.content) <= LARGEST
    )


def _words(reply: Any, header: str) -> set[str]:
    parts = reply.headers.get(header, "").lower().split(",")
    return {part.split("=")[0].strip() for part in parts if part.strip()}


def address_it(reply: HttpResponse, now: datetime.datetime) -> None:
    """Tell browsers how they may keep a page that is the same for everybody."""
    if not reply.has_header("ETag"):
        said = reply.headers.get("Content-Type", "").encode() + b"\n" + reply.content
        reply.headers["ETag"] = quote_etag(hashlib.sha256(said).hexdigest()[:32])
    reply.headers["Cache-Control"] = _lifetime(now)


def _lifetime(now: datetime.datetime) -> str:
    """Nothing unasked, unless the settings allow it; and never past midnight, when weeks and terms turn."""
    local = timezone.localtime(now)
    midnight = datetime.datetime.combine(
        local.date() + datetime.timedelta(days=1), datetime.time.min, local.tzinfo
    )
    seconds = min(settings.PORTAL_BROWSER_SECONDS, int((midnight - local).total_seconds()))
    if seconds <= 0:
        return "public, max-age=0, must-revalidate"
    again = min(seconds, int((midnight - local).total_seconds()) - seconds)
    return f"public, max-age={seconds}" + (f", stale-while-revalidate={again}" if again > 0 else "")

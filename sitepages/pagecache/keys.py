"""Which requests may be answered from what is kept, and the name of a page there."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, QueryDict
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve
from wagtail.views import serve

from sitepages.pagecache.marks import Mark
from sitepages.text import nfc

#: What the lists of sections ask by (`registers.filters`, `registers.weeks`, the news).
PARAMETERS = frozenset(
    (
        "page",
        "q",
        "topic",
        "nam",
        "loai",
        "coquan",
        "hieuluc",
        "linhvuc",
        "tinhtrang",
        "ky",
        "tuan",
        "lanhdao",
    )
)
#: What others add to addresses they pass on, to tell who came from where. No page of ours reads it.
TRACKING = frozenset(("fbclid", "gclid", "zarsrc", "mc_cid", "mc_eid", "msclkid", "igshid"))
_CAMPAIGN = "utm_"
LONGEST_VALUE, LONGEST_QUERY, LONGEST_PATH = 255, 2000, 500
_COOKIE_OF_MESSAGES = "messages"


@dataclass(frozen=True)
class Asked:
    """A request that may be answered from what is kept, in the words that make up the page's name."""

    host: str
    name: str
    port: int | None
    scheme: str
    path: str
    query: str
    day: datetime.date

    def key(self, mark: Mark) -> str:
        """Where the page is kept. The mark and the day stand in it: nothing of before is ever found."""
        said = (mark.site, mark.frame, mark.pages, self.day, self.scheme, self.host, self.path, self.query)
        return "page:" + hashlib.sha256(repr(said).encode()).hexdigest()


def kept(*parameters: str) -> Callable[[Any], Any]:
    """Let what a view answers be kept like a page: it may depend on host, path and these parameters alone."""

    def mark_view(view: Any) -> Any:
        view.kept_parameters = frozenset(parameters)
        return view

    return mark_view


def has_own_cookies(request: HttpRequest) -> bool:
    """Whether the reader is known to us, or may be: signed in, with a word passed, with a message waiting."""
    names = (settings.SESSION_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, _COOKIE_OF_MESSAGES)
    return any(name in request.COOKIES for name in names)


def parameters_of(view: Any) -> frozenset[str] | None:
    """What the pages of a view are asked by; None where nothing is kept."""
    if view is serve:
        return PARAMETERS
    found: frozenset[str] | None = getattr(view, "kept_parameters", None)
    return found


def read_asked(request: HttpRequest, day: datetime.date) -> Asked | None:
    """The request in one form; None for what is never kept. The request then says no more than that.

    A page is drawn from what stands in its name: what was left out of the name is taken out of the request.
    """
    if request.method not in ("GET", "HEAD") or has_own_cookies(request):
        return None
    if "HTTP_AUTHORIZATION" in request.META or "HTTP_RANGE" in request.META:
        return None
    try:
        host = request.get_host()
        parameters = parameters_of(resolve(request.path_info).func)
    except (DisallowedHost, Resolver404):
        return None
    if parameters is None or len(request.path) > LONGEST_PATH:
        return None
    query = _plain_query(request, parameters)
    name, port = split_domain_port(host)
    if query is None or not name.isascii() or len(port) > 5 or host != (f"{name}:{port}" if port else name):
        return None  # a name in another spelling is answered, and not kept
    if query != request.META.get("QUERY_STRING", ""):
        request.META["QUERY_STRING"] = query
        request.GET = QueryDict(query)
    number = int(port) if port else None
    return Asked(host, name, number, request.scheme or "", request.path, query, day)


def _plain_query(request: HttpRequest, parameters: frozenset[str]) -> str | None:
    """The query in one order and one spelling; None where it holds what no list knows."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        return None
    found = {}
    for name, values in request.GET.lists():
        if name in parameters:
            found[name] = nfc(values[-1])
        elif name not in TRACKING and not name.startswith(_CAMPAIGN):
            return None
    found = {name: value for name, value in found.items() if value}
    if any(len(value) > LONGEST_VALUE or "\x00" in value for value in found.values()):
        return None
    if "page" in found and not (found["page"].isascii() and found["page"].isdecimal()):
        return None
    return urlencode(sorted(found.items()))

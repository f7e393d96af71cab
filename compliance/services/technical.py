"""The technical check of a portal: one's own in process, one hosted elsewhere over HTTP."""

from __future__ import annotations

import datetime
import hashlib
import io
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import transaction

from compliance.models import ProbeTarget, TechnicalCheck
from compliance.probe.bounded import Bounded, direct
from compliance.probe.guard import system_resolver
from compliance.probe.technical import Place, by_outcome, check_functions
from compliance.probe.types import Fetched, Fetcher, Limits
from compliance.services.probe import http_fetcher
from sitepages.models import Authority

_MOST_BYTES = 5_000_000
_MOST_HOPS = 5
_COMMUNE_NAMES = datetime.date(2026, 7, 1)


class NoPortalError(LookupError):
    """The authority has neither a site here nor an address elsewhere."""


def check_portal(
    authority: Authority, today: datetime.date, *, fetcher: Fetcher | None = None
) -> TechnicalCheck:
    """Which functions the authority's portal has, recorded. NoPortalError when it has none to look at.

    A site of ours is asked within this process, as an anonymous reader is answered: no name has to resolve
    and no server has to run. HTTPS is then told by the site's own address, and IPv6 not at all.
    """
    site, place = authority.site, _place(authority, today)
    if site is not None:
        url = urljoin(site.root_url, "/")
        told, error = check_functions(url, fetcher or OwnSiteFetcher(), place=place, call=direct)
        return _record(authority, today, url, by_outcome(told), error)
    target = ProbeTarget.objects.filter(authority=authority).first()
    if target is None:
        raise NoPortalError(authority.code)
    limits = Limits()
    with Bounded(limits.parse_seconds) as call:
        told, error = check_functions(
            target.base_url,
            fetcher or http_fetcher(limits),
            place=place,
            addresses=system_resolver,
            call=call,
        )
    return _record(authority, today, target.base_url, by_outcome(told), error)


@transaction.atomic
def _record(
    authority: Authority, today: datetime.date, url: str, outcome: dict[str, list[str]], error: str
) -> TechnicalCheck:
    return TechnicalCheck.objects.create(authority=authority, date=today, url=url, error=error, **outcome)


def _place(authority: Authority, today: datetime.date) -> Place:
    """What the law expects of the address, from the tier and from who stands above."""
    above = authority
    while above.parent is not None:
        above = above.parent
    is_province = above.tier.rank == 1
    return Place(
        domain_labels=_labels(authority, today),
        provincial_host=above.site.hostname if is_province and above != authority and above.site else "",
    )


def _labels(authority: Authority, today: datetime.date) -> frozenset[int]:
    """How many names the address has: the commune's and the province's alone since decree 224/2026."""
    if authority.tier.rank == 1:
        return frozenset({3})
    below_district = authority.tier.code == "commune" and today < _COMMUNE_NAMES
    return frozenset({4, 5}) if below_district else frozenset({4})


class OwnSiteFetcher:
    """Reads this installation's own sites without a network, as anybody would be answered."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def get(self, url: str) -> Fetched:
        here, origin = url, _origin(url)
        for _hop in range(_MOST_HOPS + 1):
            if _origin(here) != origin:
                return Fetched(url, here, error="no_address")  # what lies elsewhere is not asked from here
            response: Any = self._handler.get_response(WSGIRequest(_environ(here)))
            if response.status_code not in (301, 302, 303, 307, 308):
                return _answer(url, here, response)
            here = urljoin(here, response.headers.get("Location", ""))
        return Fetched(url, here, error="too_many_redirects")


def _answer(url: str, here: str, response: Any) -> Fetched:
    parts = response.streaming_content if response.streaming else [response.content]
    body = b"".join(parts)[:_MOST_BYTES]
    kind, _sep, charset = response.headers.get("Content-Type", "").partition(";")
    status = response.status_code
    error = "" if status == 200 else "not_found" if status in (404, 410) else "status"
    digest = hashlib.sha256(body).hexdigest()
    return Fetched(url, here, status, kind.strip(), charset.partition("=")[2].strip(), body, digest, error)


def _origin(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc


def _environ(url: str) -> dict[str, Any]:
    """What a server would hand on for a GET by an anonymous reader."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": parts.path or "/",
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if secure else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": parts.netloc,
        "HTTP_X_FORWARDED_PROTO": parts.scheme,
        "HTTP_ACCEPT_LANGUAGE": "vi",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": True,
    }

"""A polite HTTP reader: robots kept, one request at a time per host, bounded in time and size."""

from __future__ import annotations

import hashlib
import threading
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from urllib.parse import urljoin

import requests
from urllib3.exceptions import HTTPError

from compliance.probe.guard import RefusedError, Resolver, Target, check_url, public_address, system_resolver
from compliance.probe.robots import Robots
from compliance.probe.types import Fetched, Limits
from compliance.probe.wire import PinnedAdapter, Watch

PRODUCT = "PortalProbe"
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9"
_READABLE = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
_CHUNK = 16_384
_ROBOTS_BYTES = 500_000

#: Held while a host is being asked, by every probe of this process.
_HOSTS: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
_HOSTS_GUARD = threading.Lock()


def user_agent(contact: str) -> str:
    """Who is asking, and whom to write to about it."""
    plain = "".join(char for char in contact if 0x20 <= ord(char) < 0x7F and char not in "()")
    return f"{PRODUCT}/1.0 (+{plain.strip()})" if plain.strip() else f"{PRODUCT}/1.0"


class PoliteFetcher:
    """Reads addresses for one probe. Its answers are never exceptions: a failure is a code."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        contact: str = "",
        allow_private: bool = False,
        resolver: Resolver = system_resolver,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        verify: bool | str = True,
    ) -> None:
        self.limits = limits or Limits()
        self.agent = user_agent(contact)
        self._allow_private, self._resolver, self._verify = allow_private, resolver, verify
        self._sleep, self._clock = sleep, clock
        self._until = clock() + self.limits.unit_seconds
        self._robots: dict[str, Robots | str] = {}
        self._last: dict[str, float] = {}
        self._requests = 0

    def get(self, url: str) -> Fetched:
        """The page at the address, after redirects, each checked like the first."""
        return self._follow(url, self._ask)

    def robots(self, url: str) -> Robots | None:
        """The rules of an address's host; None when they could not be read."""
        try:
            rules = self._rules(check_url(url, allow_private=self._allow_private))
        except RefusedError:
            return None
        return rules if isinstance(rules, Robots) else None

    def _follow(self, url: str, ask: Callable[[Target], tuple[Fetched, str]]) -> Fetched:
        here, seen = url, set[str]()
        for _hop in range(self.limits.max_redirects + 1):
            try:
                target = check_url(here, allow_private=self._allow_private)
                if target.url in seen:
                    raise RefusedError("redirect_loop")
                seen.add(target.url)
                answer, onward = ask(target)
            except RefusedError as refused:
                return Fetched(url, here, error=refused.code)
            if not onward:
                return Fetched(**{**vars(answer), "url": url})
            try:
                here = urljoin(target.url, requests.utils.requote_uri(onward.strip()))
            except (ValueError, requests.RequestException):
                return Fetched(url, target.url, error="bad_url")
        return Fetched(url, here, error="too_many_redirects")

    def _ask(self, target: Target) -> tuple[Fetched, str]:
        """One request, if the host's robots allow it."""
        rules = self._rules(target)
        if isinstance(rules, str):
            raise RefusedError(rules)
        if not rules.allows(target.url, PRODUCT):
            raise RefusedError("robots")
        return self._in_turn(target, rules.delay(PRODUCT))

    def _rules(self, target: Target) -> Robots | str:
        """The rules of a host, asked once; a code when the host cannot be asked."""
        if target.origin not in self._robots:
            answer = self._follow(urljoin(target.url, "/robots.txt"), self._ask_for_rules)
            self._robots[target.origin] = Robots.from_answer(answer)
        return self._robots[target.origin]

    def _ask_for_rules(self, target: Target) -> tuple[Fetched, str]:
        return self._in_turn(target, 0.0, for_rules=True)

    def _in_turn(self, target: Target, wanted: float, *, for_rules: bool = False) -> tuple[Fetched, str]:
        """Wait for the host's turn, then ask it."""
        pause = min(max(self.limits.delay_seconds, wanted), self.limits.longest_delay_seconds)
        with _HOSTS_GUARD:
            turn = _HOSTS[target.host]
        with turn:
            last = self._last.get(target.host)
            wait = 0.0 if last is None else max(0.0, last + pause - self._clock())
            if self._clock() + wait >= self._until or self._requests >= self.limits.max_requests:
                raise RefusedError("out_of_time")
            if wait:
                self._sleep(wait)
            self._requests += 1
            try:
                return self._request(target, for_rules)
            finally:
                self._last[target.host] = self._clock()

    def _request(self, target: Target, for_rules: bool) -> tuple[Fetched, str]:
        limits = self.limits
        address = public_address(
            target,
            resolver=self._resolver,
            timeout=limits.connect_seconds,
            allow_private=self._allow_private,
        )
        left = max(0.01, min(limits.request_seconds, self._until - self._clock()))
        headers = {
            "User-Agent": self.agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Accept-Language": "vi",
            "Connection": "close",
        }
        adapter, response = None, None
        with Watch(left) as watch:
            try:
                adapter = PinnedAdapter(address, watch)
                response = adapter.exchange(
                    target.url, headers, (limits.connect_seconds, limits.read_seconds), self._verify
                )
                return _read(target, response, _ROBOTS_BYTES if for_rules else limits.max_bytes, for_rules)
            except (requests.RequestException, HTTPError, OSError, ValueError, zlib.error) as error:
                raise RefusedError("too_slow" if watch.expired else _code(error)) from None
            finally:
                if response is not None:
                    response.close()
                if adapter is not None:
                    adapter.close()
                if watch.expired:  # a body cut short may look whole
                    raise RefusedError("too_slow")


def _read(target: Target, response: requests.Response, most: int, any_kind: bool) -> tuple[Fetched, str]:
    """The body, or the address it sends one on to."""
    status, headers = response.status_code, response.headers
    if status in (301, 302, 303, 307, 308):
        onward = requests.Session().get_redirect_target(response) or ""
        if onward:
            return Fetched(target.url, target.url, status), onward
    kind, _sep, options = headers.get("Content-Type", "").partition(";")
    kind = kind.strip().lower()
    answer = Fetched(target.url, target.url, status, kind, _charset(options), error=_status_code(status))
    if answer.error:
        return answer, ""
    if not any_kind and kind and not kind.startswith(_READABLE) and not kind.endswith("+xml"):
        raise RefusedError("not_text")
    body = _body(response, most)
    return Fetched(**{**vars(answer), "body": body, "sha256": hashlib.sha256(body).hexdigest()}), ""


def _body(response: requests.Response, most: int) -> bytes:
    """The decoded body; RefusedError as soon as it grows past ``most``, in whatever it was packed."""
    packed = response.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip", "deflate"):
        raise RefusedError("encoding")
    unpack = _unpacker(packed)
    body = bytearray()
    while chunk := response.raw.read(_CHUNK, decode_content=False):
        if unpack is None:
            body += chunk
        else:
            body += unpack.decompress(chunk, most + 1 - len(body))
        if len(body) > most:
            raise RefusedError("too_large")
    if unpack is not None and not unpack.eof:
        raise RefusedError("broken")
    return bytes(body)


def _unpacker(packed: str) -> zlib._Decompress | None:
    if packed in ("gzip", "x-gzip"):
        return zlib.decompressobj(wbits=31)
    return zlib.decompressobj() if packed == "deflate" else None


def _charset(options: str) -> str:
    for option in options.split(";"):
        name, _sep, value = option.partition("=")
        if name.strip().lower() == "charset":
            return value.strip(" \"'")[:40]
    return ""


def _status_code(status: int) -> str:
    if status == 200:
        return ""
    named = {404: "not_found", 410: "not_found", 401: "forbidden", 403: "forbidden", 429: "busy", 503: "busy"}
    return named.get(status) or ("server_error" if status >= 500 else "status")


def _code(error: Exception) -> str:
    if isinstance(error, requests.exceptions.SSLError):
        return "tls"
    if isinstance(error, requests.exceptions.Timeout | TimeoutError) or "ReadTimeout" in type(error).__name__:
        return "timeout"
    if isinstance(error, requests.ConnectionError):
        return "connect"
    return "broken"

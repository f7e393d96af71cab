"""What the probe is told and what it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

#: Proposed marks. "" is no proposal: what cannot be reached is never called missing.
MET, LATE, MISSING, NO_PROPOSAL = "met", "late", "missing", ""
STATES = (MET, LATE, MISSING)

#: Why an address could not be read, or what was read allows no mark.
ERRORS = (
    "bad_url",
    "scheme",
    "credentials",
    "port",
    "no_address",
    "private_address",
    "connect",
    "tls",
    "timeout",
    "too_slow",
    "too_large",
    "broken",
    "redirect_loop",
    "too_many_redirects",
    "robots",
    "robots_unreachable",
    "not_found",
    "forbidden",
    "busy",
    "server_error",
    "status",
    "not_text",
    "encoding",
    "unreadable",
    "sent_home",
    "needs_script",
    "undated",
    "out_of_time",
    "internal",
)

#: What a portal must be able to do, as far as ``technical`` looks for it.
FUNCTIONS = (
    "search",
    "sitemap_html",
    "sitemap_xml",
    "rss",
    "print",
    "save",
    "mobile",
    "https",
    "ipv6",
    "unicode",
    "alt_text",
    "headings",
    "contrast",
    "satisfaction_rating",
    "channel_list",
    "visit_statistics",
    "domain_pattern",
    "part_of_provincial_portal",
)


@dataclass(frozen=True)
class Limits:
    """The bounds of one probe. Seconds and bytes; ``max_bytes`` counts what was decoded."""

    connect_seconds: float = 10.0
    read_seconds: float = 15.0
    request_seconds: float = 30.0
    unit_seconds: float = 600.0
    max_bytes: int = 2_000_000
    max_redirects: int = 5
    delay_seconds: float = 2.0
    longest_delay_seconds: float = 30.0
    max_requests: int = 200
    max_sitemaps: int = 5
    parse_seconds: float = 20.0


@dataclass(frozen=True)
class Item:
    """Something with a date: ``source`` says where the date stood."""

    title: str
    url: str
    date: date
    source: str
    excerpt: str = ""


@dataclass(frozen=True)
class Fetched:
    """What one address answered. ``error`` is "" when the body was read whole and the status is 200."""

    url: str
    final_url: str
    status: int = 0
    content_type: str = ""
    charset: str = ""
    body: bytes = b""
    sha256: str = ""
    error: str = ""


class Fetcher(Protocol):
    """Whoever can get an address: over HTTP, or from the portal's own process."""

    def get(self, url: str) -> Fetched: ...


@dataclass(frozen=True)
class SectionLink:
    """Where a section is, and how old its newest item may be (None: it only has to be there)."""

    section: str
    url: str
    max_age_days: int | None = None


@dataclass(frozen=True)
class SectionProbe:
    """What was found of one section."""

    section: str
    state: str
    page_url: str
    newest: Item | None = None
    error: str = ""
    checked: tuple[tuple[str, str], ...] = field(default=())  # address, error code
    sha256: str = ""
    excerpt: str = ""

"""Public pages in Chromium without a server: each request is answered by Django's test client in this thread.

So the browser sees the demo inside the test's own transaction, and every byte can be weighed.
"""

from __future__ import annotations

import gzip
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

DISTRICT, COMMUNE = "http://localhost", "http://glar.localhost"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass
class Answers:
    """What the browser asked for, and what it weighed."""

    client: Client
    context: Context  # of the test: there lies the connection whose transaction holds the demo
    weights: dict[str, int] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Answer one request of the browser."""
        url = route.request.url
        parts = urlsplit(url)
        if parts.hostname != "localhost" and not (parts.hostname or "").endswith(".localhost"):
            self.strays.append(url)
            route.abort()
            return
        status, kind, body = self.context.run(self._read, parts)
        self.weights[url] = len(gzip.compress(body, 6))
        route.fulfill(status=status, content_type=kind, body=body)

    def _read(self, parts: Any) -> tuple[int, str, bytes]:
        if parts.path.startswith("/static/"):
            found = finders.find(parts.path.removeprefix("/static/"))
            if not isinstance(found, str):
                return 404, "text/plain", b""
            with open(found, "rb") as file:
                return 200, _TYPES.get(found.rsplit(".", 1)[-1], "application/octet-stream"), file.read()
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        reply: Any = self.client.get(path, headers={"host": parts.netloc}, follow=False)
        body = b"".join(reply.streaming_content) if reply.streaming else reply.content
        return reply.status_code, reply.headers.get("Content-Type", "text/html"), body


def open_reader(
    browser: Browser, *, width: int = 1280, scheme: str = "light", client: Client | None = None, **said: Any
) -> tuple[Page, Answers]:
    """A page for one reader; close its context when done."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        locale="vi-VN",
        **said,
    )
    context.set_default_timeout(30_000)
    answers = Answers(client or Client(), copy_context())
    context.route("**/*", answers.answer)
    return context.new_page(), answers

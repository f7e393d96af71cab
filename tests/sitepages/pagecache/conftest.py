"""Readers of kept pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import authority

#: A page that is kept costs no more than reading its mark.
KEPT = 1


class Reader:
    """Somebody without a session."""

    def held(self) -> int:
        """How many pages are kept for everybody."""
        return sum(len(vars(caches[alias])["_cache"]) for alias in ("pages", "page_lists"))

    def get(self, code: str = "glar", path: str = "/", client: Client | None = None, **headers: Any) -> Any:
        """The answer to a reader of a portal."""
        host = headers.pop("host", None) or authority(code).site.hostname
        return (client or Client()).get(path, headers={"host": host, **headers})

    def text(self, code: str = "glar", path: str = "/", status: int = 200) -> str:
        """The page as text."""
        reply = self.get(code, path)
        assert reply.status_code == status, path
        return str(reply.content.decode())

    def is_kept(self, code: str = "glar", path: str = "/", **headers: Any) -> bool:
        """Whether the page is answered without being drawn."""
        host = headers.pop("host", None) or authority(code).site.hostname
        with CaptureQueriesContext(connection) as queries:
            reply = Client().get(path, headers={"host": host, **headers})
        assert reply.status_code in (200, 304), path
        return len(queries) <= KEPT

    def keeps(self, code: str = "glar", path: str = "/", **headers: Any) -> bool:
        """Whether the page is kept once somebody has read it."""
        self.get(code, path, **headers)
        return self.is_kept(code, path, **headers)


@pytest.fixture(autouse=True)
def keeping(settings: Any) -> Iterator[None]:
    """Pages are kept, and none is yet."""
    settings.PORTAL_KEEP_PAGES = True
    for alias in settings.CACHES:
        caches[alias].clear()
    yield
    for alias in settings.CACHES:
        caches[alias].clear()


@pytest.fixture
def reader() -> Reader:
    return Reader()

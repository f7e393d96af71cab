"""A site and a reader of it, with small bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from compliance.probe.fetch import PoliteFetcher
from compliance.probe.types import Limits
from tests.compliance.probe.site import Site, serving

SMALL = Limits(
    connect_seconds=2,
    read_seconds=10,
    request_seconds=20,
    unit_seconds=60,
    max_bytes=200_000,
    delay_seconds=0,
)
#: For sites that are slow on purpose; a busy machine may be as slow with any other.
HASTY = replace(SMALL, read_seconds=0.4, request_seconds=0.8)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def fetcher() -> Callable[..., PoliteFetcher]:
    """A reader that may come to loopback."""

    def make(**more: Any) -> PoliteFetcher:
        return PoliteFetcher(**{"limits": SMALL, "allow_private": True, **more})

    return make

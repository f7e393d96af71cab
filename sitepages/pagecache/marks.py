"""The mark under which a portal's pages are kept: read in one query, drawn anew by every change."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asgiref.local import Local
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import BigIntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from wagtail.models import Site

logger = logging.getLogger(__name__)

#: Sums of some hundreds of draws stay far below what a database adds up.
_BITS = 48
#: Rows left when the old ones are put together, and after how many changes that is done, on average.
_LEFT, _EVERY = 32, 64


@dataclass(frozen=True)
class Mark:
    """What tells a portal's pages of now: of the frame around them, and of themselves."""

    site: int
    port: int
    frame: str
    pages: int


def mark_of(host: str, port: int | None) -> Mark | None:
    """The mark of the portal with exactly this host name; None for any other host. One query.

    It is read before a page is drawn: what is drawn from older rows is then never kept under a newer mark.
    """
    change, token = (apps.get_model("sitepages", name) for name in ("PageChange", "FrameVersion"))
    added = (
        change.objects.filter(Q(site=OuterRef("pk")) | Q(site=None))
        .order_by()
        .annotate(one=Value(1))
        .values("one")
        .annotate(total=Sum("drawn", output_field=BigIntegerField()))
        .values("total")
    )
    rows = (
        Site.objects.order_by("pk")
        .filter(hostname=host)
        .annotate(
            frame_token=Subquery(token.objects.order_by("pk").values("token")[:1]),
            pages_mark=Coalesce(Subquery(added, output_field=BigIntegerField()), 0),
        )
    )
    told = rows.values_list("pk", "port", "frame_token", "pages_mark")[:20]
    found = [Mark(site, its_port, frame, int(pages)) for site, its_port, frame, pages in told]
    if port is not None or len(found) > 1:
        found = [each for each in found if each.port == port]
    return found[0] if len(found) == 1 and found[0].frame else None


#: Of this thread: ``open``, what was told and is not written yet; ``known``, which sites show which portal's
#: pages, for as long as something is gathered; ``written``, what this request has told.
_now: Any = Local()


def is_gathering() -> bool:
    """Whether a page is being written, which tells when it is done."""
    return bool(getattr(_now, "open", None))


def known_portals() -> dict[frozenset[str], set[int] | None]:
    """What was found out while pages are gathered; forgotten at once otherwise."""
    if not is_gathering():
        return {}
    found: dict[frozenset[str], set[int] | None] = _now.known
    return found


def renew_pages(sites: Iterable[int] | None = None) -> None:
    """Leave behind every kept page of these sites; of all sites when none are named.

    Call it in the transaction of the change, or after it: never before. The pages of a portal above
    are not left behind by themselves: `changes.portals_of` knows who draws on whom.
    """
    told: set[int | None] = {None} if sites is None else set(sites)
    pending = getattr(_now, "open", None)
    if pending:
        pending[-1] |= told
    elif told:
        _write({None} if None in told else told)


@contextmanager
def gathered() -> Iterator[None]:
    """Within, changes are told once at the end, after everything was written."""
    pending = getattr(_now, "open", None)
    if pending is None:
        pending = _now.open = []
    if not pending:
        _now.known = {}
    pending.append(set())
    told: set[int | None] = set()
    try:
        yield
        told = pending[-1]
    except BaseException:
        if not connection.in_atomic_block:  # what was written before stands; else it is rolled back
            told = pending[-1]
        raise
    finally:
        pending.pop()
        if told:
            renew_pages(None if None in told else [site for site in told if site is not None])


@contextmanager
def told_again() -> Iterator[None]:
    """What changed within is told once more at the end: for what was written after its signal was sent."""
    before, _now.written = getattr(_now, "written", None), set()
    try:
        yield
    finally:
        written, _now.written = _now.written, before
        if written:
            _write({None} if None in written else written)


def _write(sites: set[int | None]) -> None:
    model = apps.get_model("sitepages", "PageChange")
    rows = [model(site_id=site, drawn=secrets.randbits(_BITS)) for site in sites]
    model.objects.bulk_create(rows)
    if getattr(_now, "written", None) is not None:
        _now.written |= sites
    if secrets.randbelow(_EVERY) == 0:
        transaction.on_commit(lambda: put_together(sites), robust=True)


def put_together(sites: Iterable[int | None]) -> None:
    """Drop the oldest rows of these sites. A fresh one takes their place, so that no mark ever comes back."""
    model: Any = apps.get_model("sitepages", "PageChange")
    for site in sites:
        rows = model.objects.filter(site=site)
        newest = list(rows.order_by("-pk").values_list("pk", flat=True)[: _LEFT + 1])
        if len(newest) <= _LEFT:
            continue
        try:
            with transaction.atomic():
                rows.filter(pk__lte=newest[-1]).delete()
                model.objects.create(site_id=site, drawn=secrets.randbits(_BITS))
        except DatabaseError:  # another process does the same
            logger.info("Old changes of pages were left for the next time.")

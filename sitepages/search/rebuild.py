"""Makes the entries of everything that is public, or of what lacks one."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection, transaction
from wagtail.models import Page

from sitepages.models import PortalDocument, SearchEntry
from sitepages.search.entries import forget_pages, index_ids
from sitepages.search.files import read_files, unread_files

_BATCH = 200


def rebuild(
    *, missing: bool = False, files: bool = True, progress: Callable[[int], object] = lambda done: None
) -> int:
    """Read files and index pages, all of them anew or those that lack it; how many pages are found.

    In batches, each a transaction of its own unless the caller has one; safe to stop and to repeat.
    """
    if files:
        read_files(unread_files() if missing else _files())
    live = Page.objects.filter(live=True).exclude(depth=1).order_by("pk")
    if missing:
        live = live.exclude(pk__in=SearchEntry.objects.values("pk"))
    forget_pages(SearchEntry.objects.filter(page__live=False).values_list("pk", flat=True))
    ids = list(live.values_list("pk", flat=True))
    found = 0
    for start in range(0, len(ids), _BATCH):
        some = ids[start : start + _BATCH]
        with transaction.atomic():
            found += index_ids(some)
        progress(len(some))
    return found


@transaction.atomic
def reinstall() -> None:
    """Make the database's own index anew, whatever became of it."""
    if connection.vendor == "postgresql":
        connection.check_constraints()  # what waits for the end of the transaction would forbid a new index
    index = import_module("sitepages.migrations._search_index")
    index.install(apps, SimpleNamespace(connection=connection))  # SQLite's own editor refuses transactions


def _files() -> list[int]:
    return list(PortalDocument.objects.order_by("pk").values_list("pk", flat=True))

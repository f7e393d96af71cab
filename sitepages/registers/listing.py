"""A section's list for one address: which records, how many, and what was asked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from wagtail.models import Page

from sitepages.disclosures import disclosure
from sitepages.registers.filters import Request, filters_of, narrowed, read
from sitepages.registers.public import closed_below
from sitepages.vocabulary import sections

#: A list this short needs no form.
FEW = 6


class Listing:
    """One page of a list. Filters and order are read from the narrow entries, the pages by their ids."""

    def __init__(
        self, place: Page, section: str, query: Mapping[str, str], size: int, today: datetime.date
    ) -> None:
        self.place, self.section, self.today = place, section, today
        found = sections().get(section)
        self.accepts = found.accepts if found else ()
        self.shape = disclosure(section)
        standing = self.entries()
        self.request: Request = read(query, filters_of(self.accepts, self.shape), standing)
        self._narrow, self._size = standing, size
        self._number = query.get("page", "1")[:10]

    def entries(self) -> QuerySet:
        """The public lines of the section; restricted pages are left out."""
        entries = apps.get_model("sitepages", "RegisterEntry").objects
        found = entries.filter(parent=self.place, live=True)
        if self.shape is not None and self.shape.leaves:
            found = found.filter(Q(leaves_on=None) | Q(leaves_on__gt=self.today))
        closed = closed_below(self.place)
        return found.exclude(page__path__in=closed) if closed else found  # index alone where none is closed

    def narrow(self, **more: Any) -> None:
        """Keep those that answer a further question of the caller's."""
        self._narrow = self._narrow.filter(**more)

    def page(self) -> ListPage:
        """The page asked for, its records read; the nearest that exists when nonsense is asked."""
        rows = narrowed(self._narrow, self.request, self.today)
        order = ["page__path"] if self.shape and self.shape.in_tree_order else ["-sort_key", "-page_id"]
        ids = rows.order_by(*order).values_list("page_id", flat=True)
        listed = Paginator(ids, self._size).get_page(self._number)
        listed.object_list = self._read(list(listed.object_list))
        listed.kept = self.request.kept  # type: ignore[attr-defined]
        return listed

    def _read(self, ids: list[int]) -> list[Any]:
        """The pages of these ids in their order, those no longer live left out."""
        names = self.accepts
        if len(names) == 1:
            model = apps.get_model("sitepages", names[0])
            pages: Any = model.objects.filter(pk__in=ids).live().select_related("register_entry")
            if model.__name__ == "ArticlePage":
                pages = pages.select_related("office", "cover")
        else:
            pages = Page.objects.filter(pk__in=ids).live().specific()
        by_id = {page.pk: page for page in pages}
        return [by_id[pk] for pk in ids if pk in by_id]

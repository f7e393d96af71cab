"""Where the sections of the units' sites are, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import Page

from compliance.queries.pages import NEWS
from sitepages.models import ArticleIndexPage, Authority, SectionPage


def section_pages(units: Iterable[Authority]) -> dict[tuple[int, str], Page]:
    """Pages by unit and section, for a few units: three queries, however many sections."""
    own = Authority.objects.filter(pk__in=[unit.pk for unit in units], site__isnull=False)
    roots = dict(own.values_list("site__root_page__path", "pk"))
    if not roots:
        return {}
    below = reduce(or_, (Q(path__startswith=root) for root in roots))
    rows: list[tuple[str, Page]] = [
        *((page.section, page) for page in SectionPage.objects.filter(below).defer("body")),
        *((NEWS, page) for page in ArticleIndexPage.objects.filter(below)),
    ]
    found: dict[tuple[int, str], Page] = {}
    for section, page in sorted(rows, key=lambda row: row[1].path, reverse=True):
        for root, unit in roots.items():
            if page.path.startswith(root):
                found[unit, section] = page  # the first by path stays
    return found

"""Where the sections of the units' sites are, all of them at once."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from compliance.queries.pages import NEWS
from sitepages.models import ArticleIndexPage, Authority, SectionPage


def section_pages(units: Iterable[Authority]) -> dict[tuple[int, str], int]:
    """Page ids by unit and section, for a few units: three queries, however many sections."""
    own = Authority.objects.filter(pk__in=[unit.pk for unit in units], site__isnull=False)
    roots = dict(own.values_list("site__root_page__path", "pk"))
    if not roots:
        return {}
    below = reduce(or_, (Q(path__startswith=root) for root in roots))
    sections = SectionPage.objects.filter(below).values_list("path", "pk", "section")
    indexes = ArticleIndexPage.objects.filter(below).values_list("path", "pk")
    rows = [*sections, *((path, pk, NEWS) for path, pk in indexes)]
    found: dict[tuple[int, str], int] = {}
    for path, pk, section in sorted(rows, reverse=True):
        for root, unit in roots.items():
            if path.startswith(root):
                found[unit, section] = pk  # the first by path stays
    return found

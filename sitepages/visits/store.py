"""Adds counted views to the rows of their days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from django.db import connection, transaction
from wagtail.models import Page

from sitepages.models import ArticleIndexPage, Authority, DailyVisits, SectionPage
from sitepages.vocabulary import sections

_CHUNK = 500
_ROW = "(%s, %s, %s, %s, %s, %s)"


def add_counts(counts: Mapping[tuple[datetime.date, int, int], tuple[int, int]]) -> int:
    """Add views and visits by day, site and page; all or nothing. How many rows were touched.

    What belongs to a site without a unit is left out. The statement adds within the database, so that several
    processes lose nothing; rows go in one order, so that none waits for another in a circle.
    """
    with transaction.atomic():
        units = dict(
            Authority.objects.filter(site__in={site for _day, site, _page in counts}).values_list(
                "site", "pk"
            )
        )
        codes = section_codes({page for _day, _site, page in counts})
        rows = sorted(
            (day, units[site], page, codes.get(page, ""), views, visits)
            for (day, site, page), (views, visits) in counts.items()
            if site in units
        )
        with connection.cursor() as cursor:
            for start in range(0, len(rows), _CHUNK):
                some = rows[start : start + _CHUNK]
                cursor.execute(_statement(len(some)), [value for row in some for value in row])
    return len(rows)


def _statement(number: int) -> str:
    table = connection.ops.quote_name(DailyVisits._meta.db_table)
    return (
        f"INSERT INTO {table} (day, authority_id, page_id, section, views, visits)"  # noqa: S608 - own names
        f" VALUES {', '.join([_ROW] * number)}"
        " ON CONFLICT (authority_id, day, page_id) DO UPDATE"
        f" SET views = {table}.views + excluded.views, visits = {table}.visits + excluded.visits"
    )


def section_codes(pages: Iterable[int]) -> dict[int, str]:
    """The section each page stands in: its own, or that of the page above it. Two queries."""
    step = Page.steplen
    paths = dict(Page.objects.filter(pk__in=list(pages)).values_list("pk", "path"))
    above = set(paths.values()) | {path[:-step] for path in paths.values()}
    news = next((section.code for section in sections().values() if section.kind == "articles"), "")
    places = dict(SectionPage.objects.filter(path__in=above).values_list("path", "section"))
    places |= dict.fromkeys(
        ArticleIndexPage.objects.filter(path__in=above).values_list("path", flat=True), news
    )
    return {
        page: places.get(path) or places.get(path[:-step], "")
        for page, path in paths.items()
        if path in places or path[:-step] in places
    }

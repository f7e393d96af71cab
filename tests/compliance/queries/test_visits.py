"""Visits in a period and in all, from what was counted and what was reported."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from compliance.queries.visits import (
    article_views,
    figures_of,
    most_read,
    visit_figures,
    visits_by_month,
    visits_by_section,
)
from compliance.rules.stretches import Stretch, stretches
from sitepages.models import DailyVisits, ReportedVisits
from sitepages.visits.store import add_counts
from tests.builders import authority, make_article

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def seen(
    text: str, visits: int, views: int = 0, *, page: int = 1, code: str = "glar", section: str = ""
) -> None:
    DailyVisits.objects.create(
        day=day(text),
        authority=authority(code),
        page_id=page,
        section=section,
        visits=visits,
        views=views or visits,
    )


def told(first: str | None, last: str, visits: int, code: str = "glar") -> ReportedVisits:
    row = ReportedVisits(
        authority=authority(code),
        first=day(first) if first else None,
        last=day(last),
        visits=visits,
        source="x",
    )
    row.full_clean()
    row.save()
    return row


def figures(first: str, last: str) -> tuple[int, int, int, str]:
    found = visit_figures(authority("glar"), day(first), day(last))
    return found.in_period, found.in_all, found.views, str(found.as_of)


def test_nothing_known_is_nothing() -> None:
    found = visit_figures(authority("glar"), day("2021-01-01"), day("2021-06-30"))
    assert (found.in_period, found.in_all, found.views, found.as_of, found.partial) == (0, 0, 0, None, [])


def test_the_edges_of_a_period_belong_to_it() -> None:
    for text, visits in (("2020-12-31", 1), ("2021-01-01", 10), ("2021-06-30", 100), ("2021-07-01", 1000)):
        seen(text, visits)
    seen("2021-03-01", 5, code="trang")
    assert figures("2021-01-01", "2021-06-30") == (110, 111, 110, "2021-06-30")
    assert figures("2021-01-01", "2021-01-01") == (10, 11, 10, "2021-01-01")


def test_a_reported_number_stands_in_place_of_what_was_counted_on_its_days() -> None:
    told(None, "2020-12-31", 800)
    told("2021-01-01", "2021-03-31", 90)
    seen("2020-12-31", 7, 9)
    seen("2021-03-31", 5, 6)
    seen("2021-04-01", 3, 4)
    assert figures("2021-01-01", "2021-06-30") == (93, 893, 10, "2021-04-01")
    assert figures("2021-01-01", "2021-03-31") == (90, 890, 6, "2021-03-31")


def test_a_number_that_straddles_an_edge_is_named_and_not_divided() -> None:
    told("2021-01-01", "2021-03-31", 90)
    seen("2021-03-31", 5)
    for first, last, in_period, in_all in (
        ("2021-02-01", "2021-06-30", 5, 90),
        ("2021-01-01", "2021-03-30", 0, 0),
        ("2021-02-01", "2021-03-30", 0, 0),
    ):
        found = visit_figures(authority("glar"), day(first), day(last))
        assert (found.in_period, found.in_all) == (in_period, in_all)
        assert [(row.first, row.last, row.visits) for row in found.partial] == [
            (day("2021-01-01"), day("2021-03-31"), 90)
        ]


def test_a_last_day_before_the_first_is_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        visit_figures(authority("glar"), day("2021-02-01"), day("2021-01-01"))


def test_months_add_up_to_the_period_with_what_was_reported_for_longer() -> None:
    told("2021-01-05", "2021-01-20", 40)
    told("2021-01-21", "2021-03-10", 500)
    for text in ("2021-01-05", "2021-02-01", "2021-03-10", "2021-03-11", "2021-04-30"):
        seen(text, 1, 2)
    parts = stretches(day("2021-01-01"), day("2021-04-30"))
    table = visits_by_month([authority("glar")], parts)
    assert [(line.visits, line.views) for _part, line in table.lines] == [(40, 2), (0, 2), (1, 4), (1, 2)]
    assert (table.longer, table.visits, table.views) == (500, 542, 10)
    assert figures("2021-01-01", "2021-04-30")[0] == table.visits


def test_sections_and_articles_are_listed_by_views() -> None:
    often, seldom = (make_article(code="glar", published="2021-03-04T09:00") for _number in range(2))
    seen("2021-03-05", 1, 3, page=often.pk, section="news")
    seen("2021-03-06", 1, 4, page=often.pk, section="news")
    seen("2021-03-06", 2, 2, page=seldom.pk, section="news")
    seen("2021-03-06", 9, 9, page=10**12, section="directives")
    units, days = [authority("glar")], Stretch(day("2021-03-01"), day("2021-03-31"))
    assert [(line.key, line.views, line.visits) for line in visits_by_section(units, days)] == [
        ("directives", 9, 9),
        ("news", 9, 4),
    ]
    assert [(row.page.pk, row.views, row.visits) for row in most_read(units, days, 5)] == [
        (often.pk, 7, 2),
        (seldom.pk, 2, 2),
    ]
    assert len(most_read(units, days, 1)) == 1
    assert article_views([often.pk, seldom.pk, 5], days.first, days.first) == {}
    assert article_views([often.pk, 5], days.first, days.last) == {often.pk: 7}


def test_many_portals_cost_two_queries(django_assert_num_queries: Any) -> None:
    for code in ("glar", "trang", "dak-doa"):
        told("2021-01-01", "2021-01-31", 5, code)
        seen("2021-02-01", 2, code=code)
    units = [authority(code) for code in ("glar", "trang", "dak-doa")]
    with django_assert_num_queries(2):
        found = figures_of(units, Stretch(day("2021-01-01"), day("2021-02-28")))
    assert {each.in_period for each in found.values()} == {7}


def test_adding_twice_adds_up_and_an_unknown_site_is_left_out() -> None:
    site = authority("glar").site_id
    batch = {(day("2021-01-01"), site, page): (2, 1) for page in range(1, 1203)}
    for _round in range(2):
        add_counts(batch | {(day("2021-01-01"), 10**9, 1): (5, 5)})
    rows = DailyVisits.objects.order_by().values_list("views", "visits").distinct()
    assert (DailyVisits.objects.count(), list(rows)) == (1202, [(4, 2)])


@pytest.mark.parametrize(
    ("first", "last", "visits"),
    [
        ("2021-02-01", "2021-01-31", 5),
        ("2021-01-15", "2021-02-15", 5),
        (None, "2021-01-01", 5),
        (None, "2021-12-31", 5),
        ("2021-01-10", "2021-01-11", 5),
        ("2019-01-01", "2100-01-01", 5),
        ("2019-01-01", "2019-12-31", 10**18),
        ("2019-01-01", "2019-12-31", -1),
    ],
)
def test_reported_numbers_that_cannot_be_are_refused(first: str | None, last: str, visits: int) -> None:
    told("2021-01-01", "2021-01-31", 5)
    with pytest.raises(ValidationError):
        told(first, last, visits)


def test_two_who_report_the_same_days_at_once_leave_one_number() -> None:
    row = told("2021-01-01", "2021-01-31", 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedVisits.objects.create(authority=row.authority, first=row.first, last=row.last, visits=5)

"""What is closed, or has left by itself, is told in no roundabout way either."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import PageViewRestriction

from compliance.models import FindingRecord
from compliance.queries.publicity import public_pages
from sitepages.models import DocumentLink, Topic, WorkScheduleRow
from sitepages.queries import records_below, section_page
from sitepages.registers.weeks import monday_of
from tests.builders import authority, make_article, make_disclosure, make_document, make_schedule
from tests.sitepages.out.hidden import fetch, text

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def close(page: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def named(ends: int) -> Any:
    """A list that names a person, leaving so many days from today."""
    day = timezone.localdate()
    return make_disclosure(
        "social_policy_lists",
        code="glar",
        published=f"{day - datetime.timedelta(days=40):%Y-%m-%d}T08:00",
        title="Danh sách Nguyễn Văn Zetamat",
        term_ends=day + datetime.timedelta(days=ends),
    )


@pytest.mark.parametrize(("ends", "found"), [(0, False), (-3, False), (1, True)])
def test_the_search_forgets_a_list_the_day_it_leaves(ends: int, found: bool) -> None:
    named(ends)
    for path in ("/tim-kiem/?q=zetamat", "/tim-kiem/goi-y/?q=zetam"):
        assert ("Zetamat" in text(path)) is found
    assert ("Zetamat" in text("/tim-kiem/?q=zetamat&scope=all", "localhost")) is found


def test_what_has_left_is_neither_counted_nor_evidence() -> None:
    today = timezone.localdate()
    stays, left = named(5), named(-1)
    home, place = authority("glar").portal.root_page, stays.get_parent()
    assert records_below(home, today)[place.path][0] == 1
    findings = [FindingRecord(page_id=page.pk, open_items=[]) for page in (stays, left)]
    assert set(public_pages(findings, today)) == {stays.pk}


def test_a_closed_week_is_shown_on_no_page() -> None:
    monday = monday_of(timezone.localdate())
    page = make_schedule(monday, code="glar", published=f"{monday:%Y-%m-%d}T06:00")
    WorkScheduleRow.objects.filter(page=page).update(content="Họp kín")
    year, week, _day = monday.isocalendar()
    paths = ("/lich-cong-tac/", f"/lich-cong-tac/?tuan={year}-W{week:02d}", "/en/lich-cong-tac/")
    assert all("Họp kín" in text(path) for path in paths)
    close(page)
    cache.clear()
    assert not any("Họp kín" in text(path) for path in paths)


def test_a_topic_of_closed_articles_is_not_offered() -> None:
    topic = Topic.objects.create(name="Chủ đề kín", slug="chu-de-kin")
    page = make_article("Kín", code="glar")
    page.topics.add(topic)
    page.save()
    assert "Chủ đề kín" in text("/tin-tuc/")
    close(page)
    cache.clear()
    assert "Chủ đề kín" not in text("/tin-tuc/")


def test_a_closed_document_ends_no_other_until_it_is_opened() -> None:
    old = make_document("1/QĐ-UBND", issued=datetime.date(2021, 1, 4), published="2021-01-04T09:00")
    new = make_document("2/QĐ-UBND", issued=datetime.date(2021, 2, 4), published="2021-02-04T09:00")
    new.links = [DocumentLink(kind="repeals", target=old)]
    new.save()

    def ends() -> Any:
        old.register_entry.refresh_from_db()
        return old.register_entry.valid_to

    assert ends() == datetime.date(2021, 2, 4)
    closed = close(new)
    assert ends() is None
    closed.delete()
    assert ends() == datetime.date(2021, 2, 4)
    above = close(new.get_parent())
    assert ends() is None
    above.delete()
    assert ends() == datetime.date(2021, 2, 4)


def test_a_closed_section_stands_in_no_menu() -> None:
    page = section_page(authority("glar"), "budget")
    assert f">{page.title}</a>" in text("/")
    close(page)
    cache.clear()
    assert f">{page.title}</a>" not in text("/").split("<main")[0]
    assert fetch("/cong-khai-ngan-sach/").status_code == 302

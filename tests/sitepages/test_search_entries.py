"""Entries follow the pages: what is not public is never found, on no portal and in no way."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from sitepages.models import PlainPage, SearchEntry
from sitepages.queries import article_index, section_page
from sitepages.search.asked import read_query
from sitepages.search.found import Narrowing, find
from tests.builders import authority, make_article, make_disclosure, make_document, make_schedule
from tests.sitepages.files import set_body

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MOMENT = "2021-06-30T09:00"
DAY = datetime.date(2021, 6, 30)


def found(query: str, **where: Any) -> list[int]:
    return [hit.page for hit in find(read_query(query), Narrowing(**where)).hits]


def test_a_published_page_is_found_and_an_unpublished_one_is_not() -> None:
    page = make_article("Zêbra về làng", published=None)
    assert found("zebra") == []
    revision = page.save_revision()
    assert found("zebra") == []
    revision.publish()
    assert found("zebra") == [page.pk]
    page.refresh_from_db()
    page.unpublish()
    assert found("zebra") == []


def test_a_draft_of_a_published_page_is_not_found() -> None:
    page = make_article("Zêbra về làng", published=MOMENT)
    page.title = "Hươu sao bí mật"
    page.save_revision()
    assert (found("hươu sao"), found("zebra")) == ([], [page.pk])
    page.get_latest_revision().publish()
    assert (found("hươu sao"), found("zebra")) == ([page.pk], [])


def test_a_page_of_the_future_is_found_when_it_is_public() -> None:
    page = make_article("Zêbra về làng", published=None)
    page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
    page.save_revision().publish()
    assert found("zebra") == []
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        call_command("publish_scheduled_pages")
    assert found("zebra") == [page.pk]


def test_an_expired_page_is_not_found() -> None:
    page = make_article("Zêbra về làng", published=MOMENT)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled_pages")
    assert found("zebra") == []


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_a_closed_page_and_what_is_under_it_is_not_found(kind: str) -> None:
    page = make_article("Zêbra về làng", published=MOMENT)
    for closed in (page, article_index(authority())):
        restriction = PageViewRestriction.objects.create(page=closed, restriction_type=kind)
        assert found("zebra") == []
        page.save()
        assert found("zebra") == []
        restriction.delete()
        assert found("zebra") == [page.pk]


def test_a_moved_page_belongs_to_its_new_portal() -> None:
    page = make_article("Zêbra về làng", code="glar", published=MOMENT)
    glar, trang = authority("glar"), authority("trang")
    assert (found("zebra", authorities=(glar.pk,)), found("zebra", authorities=(trang.pk,))) == (
        [page.pk],
        [],
    )
    page.move(article_index(trang), pos="last-child")
    assert (found("zebra", authorities=(glar.pk,)), found("zebra", authorities=(trang.pk,))) == (
        [],
        [page.pk],
    )


def test_a_page_moved_under_a_closed_one_is_not_found() -> None:
    home, page = (
        authority("trang").site.root_page,
        make_article("Zêbra về làng", code="glar", published=MOMENT),
    )
    closed = article_index(authority("trang"))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page.move(closed, pos="last-child")
    assert found("zebra") == []
    assert SearchEntry.objects.filter(pk=home.pk).exists()


def test_a_deleted_page_is_forgotten() -> None:
    page = make_article("Zêbra về làng", published=MOMENT)
    page.delete()
    assert found("zebra") == []


def test_a_page_outside_every_portal_is_not_found() -> None:
    root = Page.get_first_root_node()
    root.add_child(instance=PlainPage(title="Zêbra về làng", slug="ngoai"))
    assert found("zebra") == []


def test_each_kind_is_found_by_what_it_shows() -> None:
    document = make_document("912/QĐ-UBND", issued=DAY, published=MOMENT)
    schedule = make_schedule(datetime.date(2021, 6, 28), published=MOMENT)
    record = make_disclosure(
        "leaders", published=MOMENT, title="Hồ sơ", details={"full_name": "Zơrâm Thị Zen"}
    )
    guide = PlainPage(title="Hướng dẫn nộp hồ sơ zep", live=True)
    set_body(guide, ("paragraph", "<p>Mang theo<b> sổ</b></p><ul><li>đỏ zep</li></ul>"))
    section_page(authority(), "admin_procedures").add_child(instance=guide)
    assert found("912/qd-ubnd") == [document.pk]
    assert schedule.pk in found("giao ban phong hop 28/6/2021")
    assert found("zoram thi zen") == [record.pk]
    assert found('"sổ đỏ zep"') == []  # two parts of a list are no phrase
    assert found("sổ đỏ zep") == [guide.pk]
    kinds = dict(SearchEntry.objects.values_list("pk", "kind"))
    pages = (document, schedule, record, guide)
    assert [kinds[page.pk] for page in pages] == ["document", "schedule", "record", "procedure"]


def test_what_only_editors_see_is_not_searched() -> None:
    page = make_article("Zêbra về làng", published=MOMENT)
    page.confirmation_note = "ghi chú nội bộ kangaroo"
    page.save()
    assert found("kangaroo") == []


def test_publishing_costs_few_queries_more() -> None:
    page = make_article("Zêbra về làng", published=MOMENT)
    with CaptureQueriesContext(connection) as captured:
        page.save()
    own = [
        each["sql"] for each in captured if "searchentry" in each["sql"] or "view_restrictions" in each["sql"]
    ]
    assert len(own) == 2


def test_the_index_is_made_anew_and_mended(capsys: pytest.CaptureFixture[str]) -> None:
    page, draft = make_article("Zêbra về làng", published=MOMENT), make_article("Zêbra nháp", published=None)
    SearchEntry.objects.filter(pk=page.pk).delete()
    assert found("zebra") == []
    for options in (["--missing"], [], ["--no-files"], []):
        call_command("index_search", *options, verbosity=0)
        assert found("zebra") == [page.pk], options
    Page.objects.filter(pk=page.pk).update(live=False)
    call_command("index_search", "--missing")
    assert found("zebra") == []
    assert not SearchEntry.objects.filter(pk__in=[page.pk, draft.pk]).exists()
    assert capsys.readouterr().out.strip()


def test_saving_again_leaves_one_entry_in_the_database_index() -> None:
    page = make_article("Zêbra một", published=MOMENT)
    for number in range(5):
        page.title = f"Zêbra lần {number}"
        page.first_published_at = timezone.now() - datetime.timedelta(days=number * 40)
        page.save()
    assert found("zebra") == [page.pk]
    assert (found("zebra mot"), found("zebra 3"), found("zebra 4")) == ([], [], [page.pk])


def test_years_and_months_hold_what_is_theirs() -> None:
    moments = [f"{2026 - number // 6}-{1 + number % 12:02}-15T09:00" for number in range(60)]
    pages = [make_article(f"Zêbra {moment[:7]}", published=moment) for moment in moments]
    newest_first = sorted(pages, key=lambda page: (page.first_published_at, page.pk), reverse=True)
    assert found("zebra") == [page.pk for page in newest_first]
    of_2020 = [page.pk for page in newest_first if page.first_published_at.year == 2020]
    assert of_2020
    assert found("zebra", year=2020) == of_2020

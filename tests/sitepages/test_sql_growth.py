"""As many questions of the database for a thousand records as for ten, on the deepest page of a list too."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from compliance.rules.months import local_moment
from sitepages.models import ArticlePage, LegalDocumentPage, Office
from sitepages.queries import article_index, section_page
from sitepages.registers.entries import fill
from sitepages.search.entries import index_pages
from tests.builders import authority, make_article, make_document
from tests.sitepages.test_sql_budget import ARTICLE, HOME, LIST

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FEW, MANY = 10, 1000
SEARCH = 10


def plant(parent: Page, model: Any, count: int, make: Callable[[int], dict[str, Any]]) -> None:
    """Many pages at once, as an import writes them: rows, and the lines of the registers."""
    first = parent.get_last_child()
    begin = int(first.path[-Page.steplen :], 36) + 1 if first else 1
    template = first.specific if first else None
    assert isinstance(template, model)
    for number in range(begin, begin + count):
        page = model(**{field.attname: getattr(template, field.attname) for field in model._meta.fields})
        page.pk = page.id = page.page_ptr_id = None
        moment = local_moment(f"2021-{1 + number % 12:02d}-{1 + number % 28:02d}T09:00")
        page.path = Page._get_path(parent.path, parent.depth + 1, number)
        page.slug, page.url_path = f"m-{number}", f"{parent.url_path}m-{number}/"
        page.title = page.draft_title = f"Mục số {number}"
        page.translation_key = uuid.uuid4()
        page.first_published_at = page.last_published_at = moment
        page.latest_revision_id = page.live_revision_id = None
        for name, value in make(number).items():
            setattr(page, name, value)
        parents = {field.attname: getattr(page, field.attname) for field in Page._meta.fields}
        row = Page(**parents)
        row.save_base(raw=True)
        page.pk = page.id = page.page_ptr_id = row.pk
        page.save_base(raw=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.get_children().count())


def _credited(offices: list[Office], number: int) -> dict[str, Any]:
    return {"office_id": offices[number % len(offices)].pk}


@pytest.fixture(scope="module")
def portals(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Glar has ten articles and directives, Trang a thousand of each."""
    with django_db_blocker.unblock(), transaction.atomic():
        for code, count in (("glar", FEW), ("trang", MANY)):
            make_article("Bài đầu", code=code)
            make_document("1/QĐ", code=code, issued=datetime.date(2021, 1, 1), published="2021-01-01T08:00")
            unit = authority(code)
            offices = list(Office.objects.filter(authority=unit))
            plant(article_index(unit), ArticlePage, count, partial(_credited, offices))
            plant(
                section_page(unit, "directives"),
                LegalDocumentPage,
                count,
                lambda n: {
                    "number": f"{n}/QĐ",
                    "issue_date": datetime.date(2015 + n % 8, 1 + n % 12, 1 + n % 28),
                    "issuer": f"Cơ quan {n % 7}",
                    "abstract": f"Về việc số {n}",
                },
            )
        fill(apps)
        home = authority("glar").site.root_page
        index_pages(list(ArticlePage.objects.descendant_of(home)))
        index_pages(list(ArticlePage.objects.descendant_of(authority("trang").site.root_page))[:300])
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def keeping(settings: Any) -> None:
    settings.PORTAL_KEEP_PAGES = True
    for alias in settings.CACHES:
        caches[alias].clear()


def asked(code: str, path: str) -> int:
    """The queries of a page that nobody kept, on a portal whose frame is kept."""
    client, host = Client(), {"host": authority(code).site.hostname}
    assert client.get("/gioi-thieu/", headers=host).status_code == 200
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(path, headers=host)
    assert reply.status_code == 200, path
    return len(queries)


@pytest.mark.usefixtures("portals")
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", HOME),
        ("/tin-tuc/", LIST),
        ("/tin-tuc/?page=999999", LIST),
        ("/tin-tuc/?nam=2021&q=muc", LIST),
        ("/tin-tuc/m-5/", ARTICLE),
        ("/chi-dao-dieu-hanh/", LIST),
        ("/chi-dao-dieu-hanh/?page=999999", LIST),
        ("/chi-dao-dieu-hanh/?hieuluc=in_force&page=999999", LIST),
        ("/chi-dao-dieu-hanh/m-5/", ARTICLE),
        ("/cong-khai/", LIST),
        ("/tim-kiem/?q=muc&page=9", SEARCH),
    ],
)
def test_a_thousand_records_ask_no_more_than_ten(path: str, most: int) -> None:
    few, many = asked("glar", path), asked("trang", path)
    assert few <= most
    assert many <= few + ("page=" in path)  # the last page of a short list is its first


@pytest.mark.usefixtures("portals")
def test_the_deepest_page_of_a_list_is_full_and_in_order() -> None:
    host = {"host": authority("trang").site.hostname}
    html = Client().get("/tin-tuc/?page=999999", headers=host).content.decode()
    assert "Mục số" in html or "Bài đầu" in html
    assert 'aria-current="page"' in html

"""How many questions a page asks of the database: few, and as many on a full portal as on an empty one."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sitepages.models import ArticlePage, DisclosurePage, LegalDocumentPage
from tests.builders import authority

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.usefixtures("demo")]

HOME, LIST, ARTICLE = 8, 8, 6
LISTS = (
    "/tin-tuc/",
    "/tin-tuc/?page=9999",
    "/tin-tuc/?topic=kinh-te",
    "/chi-dao-dieu-hanh/",
    "/chi-dao-dieu-hanh/?page=9",
    "/van-ban/",
    "/lich-cong-tac/",
    "/thong-bao/",
    "/dau-thau-mua-sam-cong/",
    "/cong-khai-ngan-sach/",
    "/thu-tuc-hanh-chinh/",
    "/hoi-dap/",
    "/gioi-thieu/",
    "/cong-khai/",
)


def asked(code: str, path: str) -> int:
    """The queries of a page nobody kept, on a portal whose frame is kept."""
    client, host = Client(), {"host": authority(code).site.hostname}
    assert client.get("/", headers=host).status_code == 200
    caches["pages"].clear()
    with CaptureQueriesContext(connection) as queries:
        reply = client.get(path, headers=host)
    assert reply.status_code == 200, path
    return len(queries)


@pytest.fixture(autouse=True)
def nothing_kept(settings: Any) -> None:
    """Pages are kept as in production; none is yet."""
    settings.PORTAL_KEEP_PAGES = True
    for alias in settings.CACHES:
        caches[alias].clear()


@pytest.mark.parametrize("code", ["dak-doa", "glar", "trang"])
def test_a_front_page(code: str) -> None:
    assert asked(code, "/") <= HOME


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("code", ["dak-doa", "glar"])
def test_a_list(code: str, path: str) -> None:
    assert asked(code, path) <= LIST


@pytest.mark.parametrize("model", [ArticlePage, LegalDocumentPage, DisclosurePage])
@pytest.mark.parametrize("code", ["dak-doa", "glar"])
def test_a_page_of_its_own(code: str, model: Any) -> None:
    root = authority(code).site.root_page
    page = model.objects.descendant_of(root).live().order_by("-first_published_at").first()
    assert asked(code, page.get_url_parts()[2]) <= ARTICLE


def test_a_full_portal_asks_no_more_than_an_empty_one() -> None:
    """The district has 250 articles and 210 directives, the commune three and a few."""
    for path in ("/", "/tin-tuc/", "/chi-dao-dieu-hanh/"):
        assert asked("dak-doa", path) <= asked("glar", path) + 1  # pictures, where there are any

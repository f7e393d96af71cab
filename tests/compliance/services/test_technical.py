"""The technical check: what is there, what is not, and what nobody can tell from outside."""

from __future__ import annotations

import datetime
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from compliance.models import FrozenRowError, ProbeTarget, TechnicalCheck
from compliance.probe.technical import Place, check_functions
from compliance.probe.types import FUNCTIONS, Fetched
from compliance.services.technical import NoPortalError, OwnSiteFetcher, check_portal
from sitepages.models import Authority, Tier
from tests.builders import authority, make_article

TODAY = datetime.date(2021, 8, 15)
HOME = "https://dakdoa.gialai.gov.vn/"
NEWS = "Đak Đoa tổ chức hội nghị sơ kết công tác sáu tháng đầu năm"

GOOD = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Cổng</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="alternate" type="application/rss+xml" href="/rss"></head><body>
<form role="search"><input name="q"></form><h1>Cổng</h1><h2>Tin tức</h2><img src="a.png" alt="">
<a href="/tin/1">{NEWS}</a><a href="/so-do">Sơ đồ cổng</a><a href="https://gialai.gov.vn/">Tỉnh Gia Lai</a>
<p>Đánh giá mức độ hài lòng</p><p>Danh sách kênh cung cấp thông tin</p>
<p>Lượt truy cập: 12.345</p></body></html>"""
ARTICLE = "<button onclick='window.print()'>In bài viết</button><a href='x.pdf' class='b'>Tải về</a>"
BARE = """<html><head></head><body><h2>Cổng</h2><h4>Tin bài</h4><img src="a.png">
<a href="/tin/1">Tin bài nội dung quan trọng của xã nhà hôm nay</a></body></html>"""
RSS = '<rss version="2.0"><channel><title>Tin</title></channel></rss>'
SITEMAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'


class Pages:
    """A fetcher over a dictionary."""

    def __init__(
        self, pages: dict[str, str | bytes], charset: str = "utf-8", error: str = "not_found"
    ) -> None:
        self.pages, self.charset, self.error = pages, charset, error

    def get(self, url: str) -> Fetched:
        if url not in self.pages:
            return Fetched(url, url, 404, error=self.error)
        text = self.pages[url]
        body = text.encode() if isinstance(text, str) else text
        return Fetched(url, url, 200, "text/html", self.charset, body)


def told(
    pages: dict[str, str | bytes], url: str = HOME, place: Place | None = None, **more: Any
) -> dict[str, Any]:
    names = more.pop("addresses", None)
    found, error = check_functions(url, Pages(pages, **more), place=place, addresses=names)
    assert error == ""
    assert set(found) == set(FUNCTIONS)
    return found


@pytest.mark.unit
def test_a_portal_that_has_everything() -> None:
    pages = {HOME: GOOD, f"{HOME}rss": RSS, f"{HOME}sitemap.xml": SITEMAP, f"{HOME}tin/1": ARTICLE}
    found = told(
        pages,
        place=Place(provincial_host="gialai.gov.vn"),
        addresses=lambda host, port: ["203.0.113.5", "2001:db8::5"],
    )
    assert {name: value for name, value in found.items() if value is not True} == {"contrast": None}


@pytest.mark.unit
def test_a_portal_that_has_nothing() -> None:
    url = "http://dakdoa.example.vn/"
    found = told(
        {url: BARE, f"{url}tin/1": "<p>Tin bài</p>"},
        url,
        Place(provincial_host="gialai.gov.vn"),
        charset="windows-1258",
        addresses=lambda host, port: ["203.0.113.5"],
    )
    assert {name: value for name, value in found.items() if value is not False} == {
        "contrast": None,
        "https": None,  # the secure twin answered, but with an error that tells nothing
    }


@pytest.mark.unit
def test_what_cannot_be_told_is_not_guessed() -> None:
    found = told({"http://127.0.0.1:8000/": "<p>x</p>"}, "http://127.0.0.1:8000/", error="timeout")
    untold = {name for name, value in found.items() if value is None}
    assert untold == {
        "alt_text",
        "contrast",
        "domain_pattern",
        "https",
        "part_of_provincial_portal",
        "print",
    } | {
        "save",
        "sitemap_xml",
    }
    found, error = check_functions(HOME, Pages({}, error="connect"))
    assert (set(found.values()), error) == ({None}, "connect")


@pytest.mark.unit
@pytest.mark.parametrize(
    ("name", "markup", "value"),
    [
        ("search", "<input type='search'>", True),
        ("search", "<input name='ctl00$txtSearch'>", True),
        ("search", "<input name='email'>", False),
        ("sitemap_html", "<a href='/s'><img src=a alt=''><span>SƠ ĐỒ TRANG</span></a>", True),
        ("sitemap_html", "<p>sơ đồ trang</p>", False),
        ("mobile", "<meta name=viewport content='width=1024'>", False),
        ("headings", "<h1>a</h1><h3>b</h3>", False),
        ("headings", "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>", True),
        ("alt_text", "<img src=a alt=x><img src=b>", False),
        ("unicode", "Đak Đoa", True),
        ("unicode", "Đa\u0323k", False),
        ("visit_statistics", "<b>Đang trực tuyến:</b> 5", True),
        ("rss", "<a href='/rss'>RSS</a>", False),
    ],
)
def test_one_function(name: str, markup: str, value: bool) -> None:
    assert (
        told({HOME: f"<html><body>{markup}</body></html>", f"{HOME}rss": "<p>Các kênh RSS</p>"})[name]
        is value
    )


@pytest.mark.unit
@pytest.mark.parametrize(
    ("host", "labels", "value"),
    [
        ("glar.gialai.gov.vn", {4}, True),
        ("www.glar.gialai.gov.vn", {4}, True),
        ("glar.dakdoa.gialai.gov.vn", {4}, False),
        ("glar.dakdoa.gialai.gov.vn", {4, 5}, True),
        ("glar.com.vn", {4}, False),
        ("glargov.vn", {4}, False),
        ("gialai.gov.vn", {3}, True),
    ],
)
def test_the_domain_name(host: str, labels: set[int], value: bool) -> None:
    url = f"https://{host}/"
    assert told({url: "x"}, url, Place(domain_labels=frozenset(labels)))["domain_pattern"] is value


@pytest.mark.integration
@pytest.mark.django_db
def test_a_site_of_ours_is_checked_in_process() -> None:
    make_article(NEWS, published="2021-07-29T08:00")
    check = check_portal(authority(), TODAY)
    assert (check.error, check.date) == ("", TODAY)
    assert {"mobile", "unicode", "sitemap_xml", "headings"} <= set(check.passed)
    assert {"ipv6", "contrast"} <= set(check.untold)
    assert sorted([*check.passed, *check.failed, *check.untold]) == sorted(FUNCTIONS)
    with pytest.raises(FrozenRowError):
        check.save()


@pytest.mark.integration
@pytest.mark.django_db
def test_the_command_checks_a_unit_or_all() -> None:
    out = StringIO()
    call_command("check_portals", "--unit", "glar", "--json", stdout=out)
    checks = json.loads(out.getvalue())["checks"]
    assert [(check["unit"], check["error"]) for check in checks] == [("glar", "")]
    assert "mobile" in checks[0]["passed"]
    with pytest.raises(CommandError, match="nowhere"):
        call_command("check_portals", "--unit", "nowhere")


@pytest.mark.integration
@pytest.mark.django_db
def test_our_own_process_answers_for_our_own_sites_alone() -> None:
    make_article("Bài nháp", code="glar", published=None)
    fetcher, root = OwnSiteFetcher(), authority("glar").portal.root_url
    home = fetcher.get(root + "/")
    assert (home.error, home.status, home.content_type) == ("", 200, "text/html")
    assert "Glar" in home.body.decode()
    assert "Bài nháp" not in home.body.decode()
    assert fetcher.get(root + "/khong-co/").error == "not_found"
    admin = fetcher.get(root + "/admin/")
    assert admin.final_url.startswith(root + "/admin/login/")


@pytest.mark.integration
@pytest.mark.django_db
def test_a_portal_elsewhere_and_none_at_all() -> None:
    unit = Authority.objects.create(code="xa-khac", name="Khác", tier=Tier.objects.get(code="commune"))
    with pytest.raises(NoPortalError):
        check_portal(unit, TODAY)
    ProbeTarget.objects.create(authority=unit, base_url="https://khac.gialai.gov.vn/")
    pages = Pages({"https://khac.gialai.gov.vn/": GOOD})
    check = check_portal(unit, TODAY, fetcher=pages)
    assert {"https", "search", "domain_pattern", "visit_statistics"} <= set(check.passed)
    assert "sitemap_xml" in check.failed
    assert TechnicalCheck.objects.filter(authority=unit).count() == 1

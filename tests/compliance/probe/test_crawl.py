"""A unit probed whole, on a site of ours: marks, evidence, and no mark where one cannot know."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.probe.bounded import direct
from compliance.probe.crawl import is_below, probe_unit, propose
from compliance.probe.types import ERRORS, LATE, MET, MISSING, NO_PROPOSAL, Item, SectionLink, SectionProbe
from tests.compliance.probe.conftest import HASTY, SMALL
from tests.compliance.probe.site import Site

pytestmark = pytest.mark.unit

TODAY = date(2021, 8, 15)


@pytest.fixture
def probe(site: Site, fetcher: Any) -> Any:
    """Probe one section of the site; the reading stays in this process."""

    def run(url: str, max_age_days: int | None = 30, base: str = "", hasty: bool = False) -> SectionProbe:
        link, reader = SectionLink("news", url, max_age_days), fetcher(limits=HASTY if hasty else SMALL)
        return probe_unit(base or site.url, [link], today=TODAY, fetcher=reader, call=direct)[0]

    return run


def listing(*days: str) -> str:
    rows = "".join(
        f"<li><a href='/tin/{number}'>Tin số {number}</a> {day}</li>" for number, day in enumerate(days)
    )
    return f"<html><head><title>Tin tức</title></head><body><ul>{rows}</ul></body></html>"


@pytest.mark.parametrize(
    ("day", "max_age", "state"),
    [
        ("16/07/2021", 30, MET),
        ("15/07/2021", 30, LATE),
        ("15/08/2021", 0, MET),
        ("20/08/2021", 0, MET),
        ("01/01/2019", None, MET),
        ("01/01/2019", 365, LATE),
    ],
)
def test_the_mark_follows_the_newest_item(
    day: str, max_age: int | None, state: str, site: Site, probe: Any
) -> None:
    found = probe(site.page("/tin", listing("02/01/2019" if day != "01/01/2019" else day, day)), max_age)
    assert (found.state, found.error, found.section) == (state, "", "news")


def test_a_mark_has_its_evidence(site: Site, probe: Any) -> None:
    body = listing("01/07/2021", "ngày 29 tháng 7 năm 2021")
    found = probe(site.page("/tin", body))
    assert found.newest == Item(
        "Tin số 1", site.url + "/tin/1", date(2021, 7, 29), "row", "Tin số 1 ngày 29 tháng 7 năm 2021"
    )
    assert found.sha256 == hashlib.sha256(body.encode()).hexdigest()
    assert (found.page_url, found.excerpt) == (site.url + "/tin", found.newest.excerpt)
    assert found.checked == ((site.url + "/tin", ""),)


FORMATS = (
    "29/07/2021",
    "29-7-2021",
    "29.07.2021",
    "ngày 29 tháng 7 năm 2021",
    "Thứ Năm, 29/07/2021 08:30",
    "07:30 | 29/07/2021",
    "2021-07-29T08:30:00+07:00",
)


@pytest.mark.parametrize("form", FORMATS)
def test_every_way_to_write_a_date(form: str, site: Site, probe: Any) -> None:
    assert probe(site.page("/tin", listing("01/06/2021", form))).newest.date == date(2021, 7, 29)


BROKEN = {
    "dead link": lambda site: site.url + "/khong-co",
    "redirect loop": lambda site: (site.redirect("/b", "/a"), site.redirect("/a", "/b"))[1],
    "endless": lambda site: site.endless("/x"),
    "slow": lambda site: site.dripping("/x"),
    "huge": lambda site: site.page("/x", listing("29/07/2021") + "a" * 300_000),
    "bomb": lambda site: site.gzip_bomb("/x", 16 * 1024 * 1024),
    "other scheme": lambda site: site.redirect("/x", "ftp://glar.example.vn/"),
    "no address": lambda site: "http://",
    "pdf": lambda site: site.page("/x", b"%PDF-1.7", "application/pdf"),
    "robots": lambda site: (site.page("/robots.txt", "User-agent: *\nDisallow: /x"), site.page("/x", "x"))[1],
    "refused": lambda site: site.page("/x", "", status=403),
    "down": lambda site: site.page("/x", "", status=500),
    "script": lambda site: site.page("/x", "<div id=root></div><script src=/a.js></script>"),
    "sent home": lambda site: (site.page("/", listing("29/07/2021")), site.redirect("/x", "/"))[1],
    "soft 404": lambda site: site.page("/x", "<h1>404 - Không tìm thấy trang</h1>"),
    "undated": lambda site: site.page(
        "/x", "<ul><li><a href=/a>Quy chế hoạt động của Cổng</a></ul>" + "chữ " * 30
    ),
}
CODES = {
    "dead link": "not_found",
    "redirect loop": "redirect_loop",
    "endless": "too_large",
    "slow": "too_slow",
    "huge": "too_large",
    "bomb": "too_large",
    "other scheme": "scheme",
    "no address": "bad_url",
    "pdf": "not_text",
    "robots": "robots",
    "refused": "forbidden",
    "down": "server_error",
    "script": "needs_script",
    "sent home": "sent_home",
    "soft 404": "not_found",
    "undated": "undated",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_cannot_be_judged_is_not_called_missing(fault: str, site: Site, probe: Any) -> None:
    found = probe(BROKEN[fault](site), hasty=fault == "slow")
    assert (found.state, found.error, found.newest) == (NO_PROPOSAL, CODES[fault], None)
    assert found.error in ERRORS
    assert found.checked[0][0]


def test_an_empty_section_is_missing(site: Site, probe: Any) -> None:
    found = probe(site.page("/tin", "<html><body><h1>Tin tức</h1><p>Đang cập nhật</p></body></html>"))
    assert (found.state, found.error, found.excerpt) == (MISSING, "", "Tin tức Đang cập nhật")


def test_a_section_that_only_has_to_be_there(site: Site, probe: Any) -> None:
    text = "<h1>Giới thiệu</h1><p>" + "Xã Glar có lịch sử lâu đời. " * 10
    assert probe(site.page("/gioi-thieu", text), None).state == MET
    assert probe(site.page("/trong", "<p>Đang cập nhật</p>"), None).state == MISSING


def rss(link: str, day: str) -> str:
    return (
        f'<rss version="2.0"><channel><title>Tin</title><link>{link}</link><item><title>Mới</title>'
        f"<link>{link}/moi</link><pubDate>{day}</pubDate></item></channel></rss>"
    )


def test_a_section_given_by_its_feed(site: Site, probe: Any) -> None:
    url = site.page("/rss", rss(site.url + "/tin", "Thu, 29 Jul 2021 08:30:00 +0700"), "application/rss+xml")
    found = probe(url)
    assert (found.state, found.newest.source, found.newest.date) == (MET, "feed", date(2021, 7, 29))


@pytest.mark.parametrize(
    ("place", "home", "counts"),
    [("/tin/rss", "/", True), ("/rss/1", "/tin", True), ("/rss", "/", False)],
    ids=["below the section", "of the section", "of the whole site"],
)
def test_a_feed_the_page_names(place: str, home: str, counts: bool, site: Site, probe: Any) -> None:
    head = f"<link rel=alternate type=application/rss+xml href={place}>"
    site.page(place, rss(site.url + home, "Thu, 29 Jul 2021 08:30:00 +0700"), "text/xml")
    found = probe(site.page("/tin", head + listing("01/02/2021")))
    assert (found.state, found.newest.source) == ((MET, "feed") if counts else (LATE, "row"))
    assert (site.url + place, "") in found.checked


def sitemap(*rows: tuple[str, str]) -> str:
    urls = "".join(f"<url><loc>{place}</loc><lastmod>{day}</lastmod></url>" for place, day in rows)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'


UNDATED = (
    "<ul>" + "".join(f"<li><a href='/tin/{n}'>Tin không ghi ngày số {n}</a></li>" for n in range(9)) + "</ul>"
)


def test_the_sitemap_helps_a_page_without_dates(site: Site, probe: Any) -> None:
    site.page(
        "/sitemap.xml",
        sitemap(
            (site.url + "/tin/3", "2021-07-29"),
            (site.url + "/khac/9", "2021-08-14"),
            (site.url + "/tin-x", "2021-08-14"),
        ),
        "application/xml",
    )
    found = probe(site.page("/tin", UNDATED))
    assert (found.state, found.newest.source) == (MET, "sitemap")
    assert (found.newest.url, found.newest.date) == (site.url + "/tin/3", date(2021, 7, 29))


def test_an_index_of_sitemaps_is_followed_once(site: Site, probe: Any) -> None:
    def index(*places: str) -> str:
        return (
            "<sitemapindex>"
            + "".join(f"<sitemap><loc>{p}</loc></sitemap>" for p in places)
            + "</sitemapindex>"
        )

    site.page(
        "/sitemap.xml",
        index(site.url + "/s1.xml", site.url + "/s2.xml", "http://khac.example.vn/s.xml"),
        "text/xml",
    )
    site.page("/s1.xml", index(site.url + "/deep.xml"), "text/xml")
    site.page("/s2.xml", sitemap((site.url + "/tin/1", "2021-07-29")), "text/xml")
    site.page("/deep.xml", sitemap((site.url + "/tin/2", "2021-08-14")), "text/xml")
    found = probe(site.page("/tin", UNDATED))
    assert found.newest.date == date(2021, 7, 29)
    assert "/deep.xml" not in site.asked


def test_the_sitemap_is_read_once_for_all_sections(site: Site, fetcher: Any) -> None:
    site.page("/sitemap.xml", sitemap((site.url + "/tin/1", "2021-07-29")), "text/xml")
    links = [SectionLink(code, site.page(f"/{code}", UNDATED), 30) for code in ("tin", "van-ban", "lich")]
    found = probe_unit(site.url, links, today=TODAY, fetcher=fetcher(), call=direct)
    assert [each.state for each in found] == [MET, NO_PROPOSAL, NO_PROPOSAL]
    assert site.asked.count("/sitemap.xml") == 1


def test_one_broken_section_does_not_stop_the_rest(site: Site, fetcher: Any) -> None:
    """And by default a process of its own reads the pages."""
    links = [
        SectionLink("a", site.page("/a", listing("29/07/2021")), 30),
        SectionLink("b", site.endless("/b"), 30),
        SectionLink("c", site.page("/c", listing("29/07/2021") + '<a a="' * 30_000), 30),
        SectionLink("d", site.page("/d", listing("01/01/2021")), 30),
    ]
    limits = replace(SMALL, parse_seconds=0.5)
    found = probe_unit(site.url, links, today=TODAY, limits=limits, fetcher=fetcher())
    assert [(each.state, each.error) for each in found] == [
        (MET, ""),
        (NO_PROPOSAL, "too_large"),
        (NO_PROPOSAL, "unreadable"),
        (LATE, ""),
    ]


def test_loopback_is_not_read_unless_it_is_allowed(site: Site) -> None:
    url = site.page("/tin", listing("29/07/2021"))
    found = probe_unit(site.url, [SectionLink("news", url, 30)], today=TODAY, limits=SMALL, call=direct)
    assert (found[0].state, found[0].error, site.asked) == (NO_PROPOSAL, "port", [])


DAYS = st.dates(date(2015, 1, 1), TODAY + timedelta(days=30))


@given(day=DAYS, newer=DAYS, age=st.none() | st.integers(0, 4000))
def test_a_newer_item_never_worsens_the_mark(day: date, newer: date, age: int | None) -> None:
    first, last = sorted((day, newer))
    marks = [propose(Item("", "", each, "row"), today=TODAY, max_age_days=age)[0] for each in (first, last)]
    assert marks in ([MET, MET], [LATE, LATE], [LATE, MET])


@given(error=st.sampled_from(ERRORS), age=st.none() | st.integers(0, 4000), empty=st.booleans())
def test_an_error_is_never_a_mark(error: str, age: int | None, empty: bool) -> None:
    found = propose(None, today=TODAY, max_age_days=age, empty=empty, error=error)
    assert found == (NO_PROPOSAL, error)


@pytest.mark.parametrize(
    ("place", "section", "below"),
    [
        ("https://a.vn/tin/1", "https://a.vn/tin", True),
        ("https://a.vn/tin/1", "https://a.vn/tin.html", True),
        ("https://a.vn/tin-tuc/1", "https://a.vn/tin", False),
        ("https://b.vn/tin/1", "https://a.vn/tin", False),
        ("https://a.vn/tin/1", "https://a.vn/", False),
        ("https://a.vn/tin", "https://a.vn/tin", False),
    ],
)
def test_what_lies_below_a_section(place: str, section: str, below: bool) -> None:
    assert is_below(place, section) is below

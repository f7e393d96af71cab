"""What a page, a feed or a sitemap shows: the newest dated item, nothing, or nothing to tell by."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.probe.bounded import Bounded, BoundError
from compliance.probe.reading import Reading, read, read_sitemap
from compliance.probe.types import Fetched

pytestmark = pytest.mark.unit

TODAY = date(2021, 8, 15)
URL = "https://glar.example.vn/chi-dao-dieu-hanh/"


def seen(body: str | bytes, kind: str = "text/html", charset: str = "utf-8") -> Reading:
    raw = body.encode() if isinstance(body, str) else body
    return read(Fetched(URL, URL, 200, kind, charset, raw), TODAY)


def found(body: str, kind: str = "text/html") -> tuple[str, str, str, str]:
    item = seen(body, kind).newest
    assert item is not None
    return item.title, item.url, item.date.isoformat(), item.source


def page(content: str, head: str = "<title>Cổng xã Glar</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{content}</body></html>"


ROWS = {
    "list": "<ul><li><a href='cu'>Việc cũ</a> <span>01/06/2021</span></li>"
    "<li><a href='moi'>Việc mới</a> <span>29/07/2021</span></li></ul>",
    "table": "<table><tr><td>29.07.2021</td><td><a href='moi'>Việc mới</a></td></tr>"
    "<tr><td>01.06.2021</td><td><a href='cu'>Việc cũ</a></td></tr></table>",
    "boxes": "<div class='tin'><h3><a href='moi'>Việc mới</a></h3><p>Thứ Năm, 29/07/2021 08:30</p>"
    "</div><div class='tin'><h3><a href='cu'>Việc cũ</a></h3><p>Thứ Ba, 01/06/2021</p></div>",
    "no rows at all": "<div><a href='cu'>Việc cũ</a> (1/6/2021)<br><a href='moi'>Việc mới</a> (29/7/2021)<br>"
    + "".join(f"<a href='c{n}'>Tin số {n}</a> ({n}/5/2021)<br>" for n in range(1, 12))
    + "</div>",
    "words": "<ul><li><a href='moi'>Việc mới</a> ngày 29 tháng 7 năm 2021</li></ul>",
    "decomposed": "<ul><li><a href='moi'>Việc mới</a> nga\u0300y 29 tha\u0301ng 7 na\u0306m 2021</li></ul>",
    "date torn apart": "<article><div class='lich'><b>29</b><span>/07</span><i>/2021</i></div>"
    "<a href='moi'>Việc mới</a></article>",
    "picture link and more": "<li><a href='moi'><img src='a.jpg' alt=''></a><a href='moi'>Việc mới</a>"
    "<time datetime='2021-07-29T08:30:00+07:00'>hôm qua</time><a href='moi'>Xem</a></li>",
    "hour first": "<li>07:30 | 29/07/2021 <a href='moi'>Việc mới</a></li>",
    "title of the link": "<li><a href='moi' title='Việc mới'>Việc…</a> 29-07-2021</li>",
}


@pytest.mark.parametrize("form", ROWS)
def test_the_newest_of_a_list(form: str) -> None:
    title, url, day, _source = found(page(ROWS[form]))
    assert (title, url, day) == ("Việc mới", URL + "moi", "2021-07-29")


def test_the_day_of_posting_counts_and_not_the_day_of_the_document() -> None:
    rows = "<tr><td><a href='a'>12/QĐ-UBND</a></td><td>15/06/2021</td><td>29/07/2021</td></tr>"
    assert found(page(f"<table>{rows}</table>"))[2] == "2021-07-29"


def test_a_day_to_come_is_no_posting_when_there_is_another() -> None:
    rows = (
        "<li><a href='a'>Mời thầu, hạn 20/08/2021</a> 29/07/2021</li><li><a href='b'>Họp 30/08/2021</a></li>"
    )
    assert found(page(f"<ul>{rows}</ul>"))[:3] == ("Mời thầu, hạn 20/08/2021", URL + "a", "2021-07-29")
    assert found(page("<ul><li><a href='b'>Lịch tuần từ 16/08/2021</a></li></ul>"))[2] == "2021-08-16"


CLOCKS = {
    "bare": "<div class='top'>Chủ nhật, 15/08/2021</div>",
    "with links": "<div class='top'><span>Chủ nhật, 15/08/2021 07:15</span><a href='/l'>Liên hệ</a></div>",
    "in a header": "<header><ul><li>15/08/2021 <a href='/'>Trang chủ</a></li></ul></header>",
    "in a menu": "<div id='menu'><ul><li>15/08/2021 <a href='/'>Trang chủ</a></li></ul></div>",
    "in a footer": "<footer><p>Giấy phép ngày 15/08/2021 <a href='/'>Trang chủ</a></p></footer>",
    "in a sidebar": "<aside><ul><li><a href='/tin'>Tin nóng</a> 15/08/2021</li></ul></aside>",
    "in a script": "<script>var now = '15/08/2021'</script>",
    "in a comment": "<!-- <li><a href='x'>x</a> 14/08/2021</li> -->",
    "hidden": "<ul hidden><li><a href='x'>x</a> 14/08/2021</li></ul>",
}


@pytest.mark.parametrize("form", CLOCKS)
def test_what_surrounds_the_content_is_no_item(form: str) -> None:
    assert found(page(CLOCKS[form] + ROWS["list"]))[2] == "2021-07-29"
    assert (
        seen(page(CLOCKS[form] + "<p>Bản quyền © 2021 của Ủy ban nhân dân xã Glar, huyện Đak Đoa</p>")).newest
        is None
    )


def test_an_item_of_today_is_one() -> None:
    assert found(page("<ul><li><a href='a'>Tin</a> 15/08/2021</li></ul>"))[2] == "2021-08-15"
    boxes = "".join(f"<div class='tin'><a href='{n}'>Tin {n}</a> {n}/08/2021</div>" for n in (15, 14))
    assert found(page(boxes))[2] == "2021-08-15"


def test_only_the_main_part_counts() -> None:
    body = f"<div><ul><li><a href='/x'>Tin khác</a> 14/08/2021</li></ul></div><main>{ROWS['list']}</main>"
    assert found(page(body))[2] == "2021-07-29"


@pytest.mark.parametrize(
    ("head", "content", "source"),
    [
        (
            "<title>Giới thiệu</title>"
            "<meta property='article:published_time' content='2021-07-29T01:00:00Z'>",
            "x",
            "meta",
        ),
        (
            "<title>Giới thiệu</title><script type='application/ld+json'>"
            '{"@graph": [{"datePublished": "2021-07-29", "headline": "Giới thiệu"}]}</script>',
            "x",
            "json-ld",
        ),
        ("<title>Giới thiệu</title>", "<h1>Giới thiệu</h1><p>Ngày đăng: 29/07/2021</p>", "label"),
        ("<title>Giới thiệu</title>", "<p><b>Cập nhật lúc</b> <i>08:30 ngày 29/07/2021</i></p>", "label"),
        ("<title>Giới thiệu</title>", "<p><time datetime='2021-07-29'>29/7</time></p>", "label"),
    ],
)
def test_the_page_s_own_date(head: str, content: str, source: str) -> None:
    assert found(page(content, head)) == ("Giới thiệu", URL, "2021-07-29", source)


def test_a_date_without_link_or_label_is_no_item() -> None:
    assert (
        seen(page("<p>Hội nghị ngày 29/07/2021 đã bàn nhiều việc quan trọng của xã nhà.</p>")).newest is None
    )


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("javascript:go()", URL),
        ("//khac.example.vn/a", "https://khac.example.vn/a"),
        ("/a", "https://glar.example.vn/a"),
    ],
)
def test_addresses_of_items(href: str, url: str) -> None:
    body = page(
        f"<li><a href='{href}'>Tin</a><time datetime='2021-07-29'></time>"
        "<time datetime='2021-07-29'>x</time></li>"
    )
    item = seen(body).newest
    assert item is not None
    assert item.url == url


def test_a_base_address_is_kept() -> None:
    body = page("<ul><li><a href='a'>Tin</a> 29/07/2021</li></ul>", "<base href='/xa/'>")
    assert found(body)[1] == "https://glar.example.vn/xa/a"


RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Tin</title>
<link>https://glar.example.vn/chi-dao-dieu-hanh/</link>
<item><title>Việc cũ</title><link>/cu</link><pubDate>Tue, 01 Jun 2021 08:00:00 +0700</pubDate></item>
<item><title>Việc mới</title><link>/moi</link><pubDate>Wed, 28 Jul 2021 20:00:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title><entry><title>Việc mới</title>
<link href="/moi"/><published>2021-07-29T00:10:00+07:00</published>
<updated>2021-08-10T00:00:00Z</updated></entry></feed>"""
ODD = RSS.replace("Wed, 28 Jul 2021 20:00:00 GMT", "29/07/2021 08:30")


@pytest.mark.parametrize("feed", [RSS, ATOM, ODD], ids=["rss", "atom", "a date of its own"])
@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", ""])
def test_a_feed(feed: str, kind: str) -> None:
    assert found(feed, kind) == ("Việc mới", "https://glar.example.vn/moi", "2021-07-29", "feed")


def test_an_empty_feed_shows_nothing() -> None:
    assert seen('<rss version="2.0"><channel><title>Tin</title></channel></rss>', "text/xml").empty


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    "body",
    [
        BOMB + "<urlset><url><loc>&i;</loc></url></urlset>",
        BOMB + "<rss version='2.0'><channel><item><title>&i;</title></item></channel></rss>",
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<rss version="2.0"><channel><item><title>&x;</title><pubDate>29/07/2021</pubDate></item>'
        "</channel></rss>",
        "<?xml version='1.0'?><a><b>",
        "<?xml version='1.0' encoding='no-such-charset'?><rss/>",
        "<rss",
    ],
)
def test_bad_xml_is_harmless(body: str) -> None:
    item = seen(body, "application/xml").newest
    assert item is None or "root:" not in item.title
    assert read_sitemap(Fetched(URL, URL, 200, "text/xml", "", body.encode()), TODAY).items == ()


def test_a_sitemap() -> None:
    body = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
    <url><loc>https://glar.example.vn/a</loc><lastmod>2021-07-29T23:30:00Z</lastmod></url>
    <url><loc>https://glar.example.vn/b</loc></url></urlset>"""
    answer = Fetched(URL, URL, 200, "text/xml", "", body.encode())
    assert [(item.url, item.date.isoformat()) for item in read_sitemap(answer, TODAY).items] == [
        ("https://glar.example.vn/a", "2021-07-30")
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<p>Nội dung đang được cập nhật</p>",
        "<h1>Ngân sách</h1><p>Chưa có dữ liệu.</p>",
        "<p>Không có bài viết nào</p>",
    ],
)
def test_an_empty_section(content: str) -> None:
    assert seen(page(content)).empty


@pytest.mark.parametrize(
    "content",
    [
        "<img src='bieu-mau.jpg'>",
        "<a href='bieu-81.pdf'>Biểu 81</a>",
        "<iframe src='/pdf'></iframe>",
        "<p>" + "Chữ " * 40,
    ],
)
def test_what_shows_something_is_not_empty(content: str) -> None:
    assert (seen(page(content)).empty, seen(page(content)).newest) == (False, None)


def test_what_only_a_browser_can_show() -> None:
    assert seen(page("<div id='root'></div><script src='/app.js'></script>")).error == "needs_script"


@pytest.mark.parametrize("words", ["404 Not Found", "Trang không tồn tại", "Không tìm thấy trang"])
def test_a_page_that_says_it_is_not_there(words: str) -> None:
    assert seen(page(f"<h1>{words}</h1>")).error == "not_found"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("ngày 29 tháng 7 năm 2021".encode(), "iso-8859-1"),
        ("ngày 29 tháng 7 năm 2021".encode("utf-16"), ""),
        ("ngày 29 tháng 7 năm 2021".encode("utf-8-sig"), "no-such-charset"),
        (b"ng\xe0y 29/07/2021", "windows-1258"),
        (b"ng\xe0y 29/07/2021", "zlib_codec"),
        (b"\xff\xfe\xfa 29/07/2021", "utf-8"),
        (b"29/07/2021\x00\x01", "idna"),
    ],
)
def test_a_bad_charset_hides_no_date(body: bytes, charset: str) -> None:
    link = "<li><a href='a'>Tin</a> "
    if body.startswith(b"\xff\xfen"):
        text = (link + body.decode("utf-16")).encode("utf-16")
    elif body.startswith(b"\xef\xbb\xbf"):
        text = b"\xef\xbb\xbf" + link.encode() + body[3:]
    else:
        text = link.encode() + body
    item = seen(text, charset=charset).newest
    assert item is not None
    assert item.date == date(2021, 7, 29)
    assert "\x00" not in item.excerpt


def test_excerpts_are_short_and_clean() -> None:
    item = seen(page(f"<li><a href='a'>T\u200bi\u202en {'x' * 900}</a> 29/07/2021\x07</li>")).newest
    assert item is not None
    assert len(item.title) <= 300
    assert item.title.startswith("Tin x")
    assert item.excerpt.isprintable()


@given(body=st.binary(max_size=400))
def test_no_bytes_break_it(body: bytes) -> None:
    for kind in ("text/html", "application/xml"):
        assert isinstance(seen(body, kind), Reading)


SCRAPS = """<li> </li> <a </a> 29/07/2021 <table><tr><td> <!-- --> <script> </script> text <main> </main>
<header> <![CDATA[ &#xD800; <p <div> </div> href='x'> <time datetime='2021-07-29'>""".split()


@given(parts=st.lists(st.sampled_from(SCRAPS), max_size=30))
def test_no_markup_breaks_it(parts: list[str]) -> None:
    assert isinstance(seen("".join(parts)), Reading)


def test_depth_is_no_danger() -> None:
    deep = "<div>" * 5000 + "<a href='x'>Tin</a> 29/07/2021" + "</div>" * 5000
    assert found(page(deep))[2] == "2021-07-29"
    nested = "".join(f"<a href='{n}'>" for n in range(2000))
    assert isinstance(seen(page(nested + "29/07/2021")), Reading)


def stall(seconds: int) -> None:
    while seconds:
        pass


def greedy(size: int) -> int:
    return len(b"x" * size)


def test_a_page_that_holds_the_parser_is_given_up() -> None:
    with Bounded(0.3) as bounded:
        with pytest.raises(BoundError):
            bounded(stall, 1)
        bounded.seconds = 30
        answer = Fetched(URL, URL, 200, "text/html", "utf-8", page(ROWS["list"]).encode())
        reading = bounded(read, answer, TODAY)
        assert reading.newest.date == date(2021, 7, 29)
        with pytest.raises(BoundError):
            bounded(int, "no number")
        with pytest.raises(BoundError):
            bounded(greedy, 4_000_000_000)
        assert bounded(greedy, 4) == 4

"""What is kept, for whom, and how it is answered."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.conf import settings as live_settings
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from sitepages.models import DailyVisits
from sitepages.visits import seen
from sitepages.visits.recorder import Recorder
from sitepages.visits.store import add_counts
from tests.builders import authority, make_article, make_document, make_superuser, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36"
LISTS = ("/", "/tin-tuc/", "/van-ban/", "/lich-cong-tac/", "/cong-khai/", "/tin-tuc/?page=1&nam=2021")


@pytest.mark.parametrize("path", LISTS)
def test_a_page_is_kept_as_it_was_sent(reader: Any, path: str) -> None:
    first, second = reader.get(path=path), reader.get(path=path)
    assert reader.is_kept(path=path)
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    for name in ("X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy", "ETag", "Content-Length"):
        assert second.headers[name]
    assert second.headers["Vary"] == "Cookie"
    assert second.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_no_portal_is_shown_the_page_of_another(reader: Any) -> None:
    """The same address on 18 hosts, read twice and in turns."""
    names = {site.hostname: site.site_name for site in Site.objects.all()}
    assert len(names) == 18
    for path in ("/", "/tin-tuc/", "/van-ban/"):
        for _twice in range(2):
            for host, name in names.items():
                html = unescape(reader.get(path=path, host=host).content.decode())
                title = html[html.index("<title>") : html.index("</title>")]
                assert name in title
                assert not [other for other in names.values() if other != name and other in title]


def test_what_is_not_for_everybody_is_neither_kept_nor_answered_from_what_is_kept(reader: Any) -> None:
    assert reader.keeps()
    board = signed_in(make_user("board", "glar"))
    shown = reader.get(client=board)
    assert "wagtail-userbar" in shown.content.decode()
    assert "private" in shown.headers["Cache-Control"]
    assert "Cookie" in shown.headers["Vary"]
    assert "wagtail-userbar" not in reader.text()
    caches["pages"].clear()
    reader.get(client=board)
    assert not reader.is_kept()
    for cookie in (live_settings.SESSION_COOKIE_NAME, live_settings.LANGUAGE_COOKIE_NAME, "messages"):
        client = Client()
        client.cookies[cookie] = "irgendwas"
        assert "ETag" not in reader.get(client=client).headers
    assert "ETag" not in reader.get(authorization="Basic eDp5").headers
    assert "ETag" not in reader.get(range="bytes=0-10").headers


def test_no_draft_and_no_preview_is_kept(reader: Any) -> None:
    draft = make_article("Bài nháp chưa duyệt", code="glar", published=None)
    address = f"/tin-tuc/{draft.slug}/"
    root = signed_in(make_superuser())
    for client in (None, root, None):
        assert reader.get(path=address, client=client).status_code == 404
    shown = root.get(f"/admin/pages/{draft.pk}/view_draft/", headers={"host": "localhost"})
    assert "Bài nháp chưa duyệt" in shown.content.decode()
    assert reader.get(path=address).status_code == 404
    live = make_article("Bài đã đăng", code="glar")
    place = f"/tin-tuc/{live.slug}/"
    assert reader.keeps(path=place)
    live.title = "Bài đang sửa dở"
    live.save_revision()
    assert "Bài đang sửa dở" in root.get(f"/admin/pages/{live.pk}/view_draft/").content.decode()
    assert reader.is_kept(path=place)  # a draft changes nothing for anybody
    assert "Bài đang sửa dở" not in reader.text(path=place)


def test_a_closed_page_is_never_kept(reader: Any) -> None:
    document = make_document(code="glar", issued=datetime.date(2021, 6, 1), published="2021-06-01T08:00")
    address = document.get_url_parts()[2]
    lock = PageViewRestriction.objects.create(
        page=document, restriction_type=PageViewRestriction.PASSWORD, password="mo-ra"
    )
    asked = reader.get(path=address)
    assert "Về việc thử nghiệm" not in asked.content.decode()
    assert "ETag" not in asked.headers
    client = Client()
    client.post(
        f"/_util/authenticate_with_password/{lock.pk}/{document.pk}/",
        {"password": "mo-ra", "return_url": address},
        headers={"host": "glar.localhost"},
    )
    for _twice in range(2):
        opened = reader.get(path=address, client=client)
        assert "Về việc thử nghiệm" in opened.content.decode()
        assert "private" in opened.headers["Cache-Control"]
        assert "Về việc thử nghiệm" not in reader.text(path=address)


@pytest.mark.parametrize(
    "path", ["/hoi-dap/gui/", "/hoi-dap/tra-cuu/", "/tim-kiem/?q=dat", "/admin/login/", "/du-lieu-mo/", "/x/"]
)
def test_forms_searches_and_what_is_no_page_are_not_kept(reader: Any, path: str) -> None:
    first = reader.get(path=path)
    assert first.status_code in (200, 404)
    assert reader.held() == 0


def test_what_is_posted_to_a_page_is_never_kept(reader: Any) -> None:
    reply = Client().post("/tin-tuc/", {"x": "1"}, headers={"host": "glar.localhost"})
    assert "ETag" not in reply.headers
    assert not reader.is_kept(path="/tin-tuc/")


def test_a_browser_that_has_the_page_is_told_so_without_drawing_it(reader: Any) -> None:
    tag = reader.get().headers["ETag"]
    again = reader.get(**{"if-none-match": f'"x", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert again.headers["Vary"] == "Cookie"
    assert again.headers["X-Content-Type-Options"] == "nosniff"
    assert reader.is_kept(**{"if-none-match": tag})
    assert reader.get(**{"if-none-match": '"gone"'}).status_code == 200
    make_article("Tin làm đổi trang chủ", code="glar")
    assert reader.get(**{"if-none-match": tag}).status_code == 200


def test_a_head_is_answered_like_a_get_and_keeps_nothing(reader: Any) -> None:
    head = Client().head("/", headers={"host": "glar.localhost"})
    assert (head.status_code, head.content) == (200, b"")
    assert not reader.is_kept()
    full = reader.get()
    head = Client().head("/", headers={"host": "glar.localhost"})
    assert head.content == b""
    assert head.headers["ETag"] == full.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(full.content))


def test_views_are_counted_whoever_answers(
    reader: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PORTAL_COUNT_VISITS = True
    recorder = Recorder(add_counts, by_itself=False)
    monkeypatch.setattr(seen, "RECORDER", recorder)
    tag = reader.get(**{"user-agent": BROWSER}).headers["ETag"]  # drawn
    reader.get(**{"user-agent": BROWSER})  # kept
    reader.get(**{"user-agent": BROWSER, "if-none-match": tag})  # the browser's own
    reader.get(**{"user-agent": "Googlebot/2.1"})
    Client().head("/", headers={"host": "glar.localhost", "user-agent": BROWSER})
    assert recorder.flush()
    row = DailyVisits.objects.get()
    assert (row.authority, row.page_id, row.views) == (
        authority("glar"),
        authority("glar").site.root_page_id,
        3,
    )


def test_nothing_of_yesterday_is_shown_today(reader: Any) -> None:
    """Weeks, terms and notices turn at local midnight, whether or not anybody changes anything."""
    zone = timezone.get_default_timezone()
    evening = datetime.datetime(2026, 3, 1, 23, 59, 58, tzinfo=zone)
    with time_machine.travel(evening, tick=False) as clock:
        before = reader.text()
        assert reader.is_kept()
        clock.shift(3)
        assert not reader.is_kept()
        assert reader.text() != before
        assert reader.is_kept()


def test_browsers_may_be_allowed_to_keep_a_page_but_not_past_midnight(reader: Any, settings: Any) -> None:
    settings.PORTAL_BROWSER_SECONDS = 60
    zone = timezone.get_default_timezone()
    with time_machine.travel(datetime.datetime(2026, 3, 1, 12, tzinfo=zone), tick=False) as clock:
        assert reader.get().headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=60"
        clock.move_to(datetime.datetime(2026, 3, 1, 23, 58, 30, tzinfo=zone))
        assert reader.get().headers["Cache-Control"] == "public, max-age=60, stale-while-revalidate=30"
        clock.move_to(datetime.datetime(2026, 3, 1, 23, 59, 50, tzinfo=zone))
        assert reader.get().headers["Cache-Control"] == "public, max-age=10"


def test_it_can_be_turned_off(reader: Any, settings: Any) -> None:
    settings.PORTAL_KEEP_PAGES = False
    assert not reader.keeps()
    assert "ETag" not in reader.get().headers

"""What is kept of a portal: seen at once when it changes, never another's, never a draft's."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from sitepages.frame.store import mark
from sitepages.models import Notice, SectionPage, SiteSettings
from sitepages.queries import section_page
from tests.builders import authority, make_article, make_document

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def read(code: str = "glar", path: str = "/", status: int = 200) -> str:
    """A page of a portal, as an anonymous reader gets it."""
    reply = Client().get(path, headers={"host": authority(code).site.hostname})
    assert reply.status_code == status
    return reply.content.decode()


def menu_of(html: str) -> str:
    return html[html.index('class="menu__list"') : html.index("</nav>")]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def test_a_second_page_reads_no_frame(django_assert_num_queries: Any) -> None:
    read()
    host = {"host": authority("glar").site.hostname}
    with django_assert_num_queries(2):  # the mark, and whether a page was moved from here
        assert Client().get("/khong-co/", headers=host).status_code == 404


def test_a_renamed_or_hidden_section_shows_at_once() -> None:
    assert "Lịch công tác" in menu_of(read())
    page = section_page(authority("glar"), "leaders_schedule")
    page.title = "Lịch tuần"
    page.save_revision().publish()
    assert "Lịch tuần" in menu_of(read())
    page.show_in_menus = False
    page.save_revision().publish()
    assert "Lịch tuần" not in menu_of(read())
    assert "Lịch công tác" in menu_of(read("trang"))


def test_an_unpublished_section_leaves_the_menu_and_is_not_found() -> None:
    assert read(path="/lich-cong-tac/")
    section_page(authority("glar"), "leaders_schedule").unpublish()
    assert "Lịch công tác" not in menu_of(read())
    read(path="/lich-cong-tac/", status=404)


def test_settings_show_at_once_and_on_their_own_portal_alone() -> None:
    read("glar"), read("trang")
    texts = SiteSettings.for_site(authority("glar").site)
    texts.slogan, texts.main_colour = "Vì dân phục vụ", "#004488"
    texts.save()
    assert "Vì dân phục vụ" in read("glar")
    assert "/theme/004488-" in read("glar")
    assert "Vì dân phục vụ" not in read("trang")
    assert "/theme/004488-" not in read("trang")


def test_what_a_failed_change_left_is_never_shown() -> None:
    before = mark()
    with transaction.atomic():
        texts = SiteSettings.for_site(authority("glar").site)
        texts.slogan = "Không bao giờ"
        texts.save()
        assert "Không bao giờ" in read()
        transaction.set_rollback(True)
    assert mark() == before
    assert "Không bao giờ" not in read()


def test_hosts_that_are_not_ours_are_answered_by_the_main_portal_and_not_remembered() -> None:
    for host in ("la.example", "glar.localhost.la.example", "x" * 240 + ".example"):
        html = Client().get("/", headers={"host": host}).content.decode()
        assert "huyện Đak Đoa" in html
    assert "xã Glar" in read("glar")
    site = authority("glar").site
    site.hostname = "moi.localhost"
    site.save()
    assert "xã Glar" in Client().get("/", headers={"host": "moi.localhost"}).content.decode()


def test_articles_below_an_index_are_found_in_one_step_and_drafts_are_not() -> None:
    shown, draft = make_article("Bài đã đăng", code="glar"), make_article("Bài nháp", code="glar")
    draft.unpublish()
    assert "Bài đã đăng" in read(path=f"/tin-tuc/{shown.slug}/")
    read(path=f"/tin-tuc/{draft.slug}/", status=404)
    read(path=f"/tin-tuc/{shown.slug}/them/", status=404)
    read("trang", path=f"/tin-tuc/{shown.slug}/", status=404)
    read(path="/tin-tuc/khong-co/", status=404)


def test_a_closed_page_stays_closed_and_is_listed_nowhere() -> None:
    document = make_document(code="glar", issued=datetime.date(2021, 6, 1), published="2021-06-01T08:00")
    document.abstract = "Kín như bưng"
    document.save()
    home = authority("glar").site.root_page
    address = document.get_url_parts()[2]
    assert "Kín như bưng" in read()
    assert "Kín như bưng" in read(path=address)
    restriction = PageViewRestriction.objects.create(
        page=document, restriction_type=PageViewRestriction.PASSWORD, password="mo-ra"
    )
    assert "Kín như bưng" not in read()
    assert "Kín như bưng" not in read(path=address)
    restriction.delete()
    assert "Kín như bưng" in read(path=address)
    PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get("/", headers={"host": home.get_site().hostname}).status_code == 302


def notice(code: str, text: str, first: int, last: int, **said: Any) -> Notice:
    today = timezone.localdate()
    return Notice.objects.create(
        authority=authority(code),
        text=text,
        first_day=today + datetime.timedelta(days=first),
        last_day=today + datetime.timedelta(days=last),
        **said,
    )


def test_notices_come_and_go_by_date_and_say_how_urgent_they_are() -> None:
    notice("glar", "Mất điện hôm nay", 0, 0, level="warning", link="/thong-bao/")
    notice("glar", "Bão đang vào", -1, 1, level="danger")
    notice("glar", "Tuần sau họp", 2, 3)
    notice("glar", "Đã qua rồi", -5, -1)
    html = read(path="/tin-tuc/")
    assert html.index("Bão đang vào") < html.index("Mất điện hôm nay")
    assert "Khẩn" in html or "Urgent" in html
    assert "Tuần sau họp" not in html
    assert "Đã qua rồi" not in html
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2), tick=False):  # nobody touched it
        later = read()
    assert "Tuần sau họp" in later
    assert "Mất điện hôm nay" not in later


def test_a_notice_of_the_district_goes_down_when_it_says_so_and_never_up_or_across() -> None:
    notice("dak-doa", "Cả huyện nghỉ lễ", 0, 0, on_subportals=True)
    notice("dak-doa", "Chỉ ở huyện", 0, 0)
    notice("glar", "Chỉ ở Glar", 0, 0, on_subportals=True)
    assert "Cả huyện nghỉ lễ" in read("glar")
    assert "Chỉ ở huyện" not in read("glar")
    assert "Chỉ ở Glar" not in read("dak-doa")
    assert "Chỉ ở Glar" not in read("trang")


def test_mourning_is_kept_by_the_portals_below_and_ends_by_itself() -> None:
    texts = SiteSettings.for_site(authority("dak-doa").site)
    today = timezone.localdate()
    texts.mourning_from = texts.mourning_to = today
    texts.mourning_reason = "Quốc tang"
    texts.save()
    for code in ("dak-doa", "glar"):
        html = read(code)
        assert "page--mourning" in html
        assert "Quốc tang" in html
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1), tick=False):
        assert "page--mourning" not in read("glar")


def test_links_that_were_chosen_replace_the_usual_ones() -> None:
    assert "dichvucong.gov.vn" in read()
    place = section_page(authority("glar"), "taxes_fees")
    texts = SiteSettings.for_site(authority("glar").site)
    texts.task_links = [
        ("page", {"page": place, "name": "Mức phí chợ"}),
        ("address", {"name": "Thời tiết", "url": "https://nchmf.example/"}),
    ]
    texts.save()
    html = read()
    assert "Mức phí chợ" in html
    assert "https://nchmf.example/" in html
    assert "dichvucong.gov.vn" not in html
    SectionPage.objects.get(pk=place.pk).unpublish()
    assert "Mức phí chợ" not in read()


def test_every_site_keeps_its_own_frame() -> None:
    names = {site.hostname: site.site_name for site in Site.objects.all()}
    for _twice in range(2):
        for host, name in names.items():
            assert name in unescape(Client().get("/", headers={"host": host}).content.decode())

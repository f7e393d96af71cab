"""News of the communes on the district's front page: by the rule, by links, never flooded by one unit."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import PageViewRestriction

from sitepages.models import EventPage, SiteSettings
from sitepages.queries import section_page
from sitepages.sent.services import send_down
from tests.builders import authority, make_article, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = datetime.datetime(2021, 3, 31, 3, 0, tzinfo=datetime.UTC)
LIST = "/tin-tu-xa/"


@pytest.fixture(autouse=True)
def then() -> Any:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def read(path: str = "/", code: str = "dak-doa") -> Any:
    return Client().get(path, headers={"host": authority(code).site.hostname})


def drawn(path: str = "/") -> list[str]:
    context = read(path).context
    items = context["drawn_news"] if path == "/" else context["listing"].object_list
    return [item.title for item in items]


def settings(**values: Any) -> SiteSettings:
    row = SiteSettings.objects.get_or_create(site=authority().site)[0]
    for name, value in values.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def article(title: str, code: str, day: str) -> Any:
    return make_article(title, code=code, published=f"2021-03-{day}T09:00")


def test_an_empty_part_says_what_will_stand_there() -> None:
    html = read().content.decode()
    assert 'id="front-drawn"' in html
    assert drawn() == []
    assert drawn(LIST) == []
    assert 'id="front-drawn"' not in read(code="glar").content.decode()
    assert read(LIST, code="glar").status_code == 404


def test_the_newest_of_all_units_and_at_most_so_many_of_one() -> None:
    for number in range(5):
        article(f"Glar {number}", "glar", f"2{number}")
    article("Trang", "trang", "10")
    make_article("Cũ", code="trang", published="2021-02-20T09:00")
    assert drawn() == ["Glar 4", "Glar 3", "Trang"]
    settings(drawn_per_unit=1)
    assert drawn() == ["Glar 4", "Trang"]
    settings(drawn_per_unit=12, drawn_items=4, drawn_days=60)
    assert drawn() == ["Glar 4", "Glar 3", "Glar 2", "Glar 1"]
    assert drawn(LIST) == ["Glar 4", "Glar 3", "Glar 2", "Glar 1", "Glar 0", "Trang", "Cũ"]
    item = read().context["drawn_news"][0]
    assert item.url.startswith(authority("glar").site.root_url)
    assert (
        "Glar 4" in Client().get(item.url, headers={"host": authority("glar").site.hostname}).content.decode()
    )


def test_units_and_sections_are_chosen_and_the_part_can_be_left_out() -> None:
    article("Glar", "glar", "20")
    article("Trang", "trang", "21")
    event = EventPage(title="Họp dân", first_published_at=NOW, last_published_at=NOW, live=True)
    section_page(authority("glar"), "announcements").add_child(instance=event)
    settings(drawn_units=["glar"])
    assert drawn() == ["Glar"]
    settings(drawn_sections=["announcements"])
    assert drawn() == ["Họp dân"]
    settings(drawn_sections=["news", "announcements"], drawn_units=[])
    assert set(drawn()) == {"Họp dân", "Glar", "Trang"}
    settings(drawn_sections=["made_up", 7, "leaders_schedule"])
    assert drawn() == []
    settings(drawn_shown=False)
    assert "front-drawn" not in read().content.decode()
    assert read(LIST).status_code == 404


def test_nothing_leaks_and_nothing_comes_back_up() -> None:
    make_article("Nháp", code="glar", published=None)
    closed = article("Kín", "glar", "20")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    article("Đã gỡ", "trang", "21").unpublish()
    ours = make_article("Của huyện", published="2021-03-22T09:00")
    units = [authority("glar"), authority("trang")]
    send_down(ours, units[:1], "locked", user=None)
    send_down(ours, units[1:], "editable", user=None)
    assert drawn() == []
    assert drawn(LIST) == []


def test_the_list_is_narrowed_by_unit_and_goes_on_by_pages() -> None:
    for number in range(23):
        make_article(f"Glar {number}", code="glar", published=f"2021-02-{number + 1:02}T09:00")
    article("Trang", "trang", "10")
    assert drawn(f"{LIST}?unit=trang") == ["Trang"]
    assert len(drawn(f"{LIST}?unit=glar")) == 20
    reply = read(f"{LIST}?unit=glar&page=2")
    assert [item.title for item in reply.context["listing"].object_list] == ["Glar 2", "Glar 1", "Glar 0"]
    assert 'href="?unit=glar"' in reply.content.decode()


@pytest.mark.parametrize(
    "query",
    ["page=999999", "page=-1", "page=x", f"page={'9' * 400}", "unit=%00", f"unit={'x' * 10_000}", "unit=‮"],
)
def test_nonsense_shows_the_list(query: str) -> None:
    article("Glar", "glar", "20")
    assert drawn(f"{LIST}?{query}") == ["Glar"]


def test_as_many_questions_for_many_articles_as_for_few() -> None:
    def asked(path: str) -> int:
        read("/")
        with CaptureQueriesContext(connection) as queries:
            assert read(path).status_code == 200
        return len(queries)

    article("Glar", "glar", "20")
    few = asked("/"), asked(LIST)
    for number in range(12):
        article(f"Trang {number}", "trang", f"{number + 10}")
        article(f"Glar {number}", "glar", f"{number + 10}")
    assert (asked("/"), asked(LIST)) == few
    assert max(few) <= 8


def test_the_board_sets_the_rule_and_a_communes_board_not() -> None:
    site = authority().site
    edit = reverse("wagtailsettings:edit", args=["sitepages", "sitesettings", site.pk])
    board = signed_in(make_user("board"))
    form = board.get(edit)
    assert form.status_code == 200
    shown = form.content.decode()
    assert shown.count('name="drawn_units"') == 17
    sent = {
        **{
            name: value
            for name, value in form.context["form"].initial.items()
            if isinstance(value, str) and value
        },
        "task_links-count": "0",
        "drawn_shown": "on",
        "drawn_sections": ["announcements"],
        "drawn_units": ["glar", "trang"],
        "drawn_days": "7",
        "drawn_items": "4",
        "drawn_per_unit": "1",
    }
    assert board.post(edit, sent).status_code == 302
    row = SiteSettings.objects.get(site=site)
    assert (row.drawn_sections, row.drawn_units) == (["announcements"], ["glar", "trang"])
    assert (row.drawn_days, row.drawn_items, row.drawn_per_unit) == (7, 4, 1)
    assert board.post(edit, {**sent, "drawn_units": ["dak-doa"]}).status_code == 200
    assert board.post(edit, {**sent, "drawn_sections": []}).status_code == 200
    signed_in(make_user("board", "glar")).post(edit, {**sent, "drawn_days": "9"})
    assert SiteSettings.objects.get(site=site).drawn_days == 7

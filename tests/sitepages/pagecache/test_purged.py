"""What leaves kept pages behind: on the portals that show it, at once, and nowhere else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from sitepages.models import (
    Contributor,
    DocumentLink,
    Notice,
    Office,
    PageChange,
    RegisterEntry,
    SiteSettings,
    Topic,
    home,
)
from sitepages.pagecache.marks import mark_of, put_together, renew_pages, told_again
from sitepages.queries import section_page
from tests.builders import authority, make_article, make_disclosure, make_document

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
WHERE = ("glar", "dak-doa", "trang")


@pytest.fixture
def left(reader: Any) -> Any:
    """Of three portals whose front pages are kept: those whose page is left behind by an action."""

    def portals(action: Any) -> set[str]:
        for code in WHERE:
            assert reader.keeps(code)
        action()
        return {code for code in WHERE if not reader.is_kept(code)}

    return portals


def publish(page: Any, **changed: Any) -> None:
    for name, value in changed.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_publishing_shows_at_once_there_and_above_and_nowhere_else(reader: Any, left: Any) -> None:
    page = make_article("Tin đầu", code="glar")
    assert left(lambda: publish(page, title="Tin đã sửa")) == {"glar", "dak-doa"}
    assert "Tin đã sửa" in reader.text(path="/tin-tuc/")
    assert "Tin đã sửa" in reader.text()
    assert left(lambda: make_article("Tin của huyện")) == {"dak-doa"}


def test_what_nobody_sees_leaves_everything_kept(left: Any) -> None:
    page = make_article("Tin đầu", code="glar")

    def draft() -> None:
        page.title = "Chưa ai được đọc"
        page.save_revision()
        make_article("Bản nháp", code="glar", published=None)

    assert left(draft) == set()
    assert left(lambda: Page.objects.get(pk=page.pk).save(update_fields=["locked"])) == set()


def test_a_draft_of_a_public_page_does_not_change_its_line_in_the_list(reader: Any) -> None:
    page = make_document("9/QĐ", code="glar", issued=datetime.date(2021, 6, 1), published="2021-06-01T08:00")
    page.abstract, page.issue_date = "Điều mật chưa công bố", datetime.date(2022, 1, 1)
    page.save_revision()
    entry = RegisterEntry.objects.get(pk=page.pk)
    assert entry.year == 2021
    assert "dieu mat" not in entry.folded
    page.get_latest_revision().publish()
    entry.refresh_from_db()
    assert (entry.year, "dieu mat" in entry.folded) == (2022, True)


def test_unpublishing_moving_renaming_and_deleting(reader: Any, left: Any) -> None:
    page = make_article("Tin sẽ gỡ", code="glar")
    address = f"/tin-tuc/{page.slug}/"
    assert reader.keeps(path=address)
    assert "glar" in left(page.unpublish)
    reader.text(path=address, status=404)
    assert "Tin sẽ gỡ" not in reader.text() + reader.text(path="/tin-tuc/")
    page.refresh_from_db()
    publish(page, slug="ten-khac")
    assert reader.keeps(path="/tin-tuc/ten-khac/")
    publish(page, slug="ten-moi")
    reader.text(path="/tin-tuc/ten-khac/", status=404)
    record = make_disclosure("taxes_fees", code="glar", published="2021-03-01T08:00")
    place = record.get_url_parts()[2]
    assert reader.keeps(path=place)
    record.move(section_page(authority("trang"), "taxes_fees"), "last-child")
    reader.text(path=place, status=301)
    assert reader.text("trang", place)
    assert "trang" in left(lambda: Page.objects.get(pk=record.pk).delete())
    reader.text("trang", place, status=404)


def test_what_the_timer_publishes_and_ends_shows_at_once(reader: Any, left: Any) -> None:
    """Pages come and go when the timer runs, not when their minute strikes: so no page is kept by minutes."""
    soon = timezone.now() - datetime.timedelta(minutes=1)
    page = make_article("Tin hẹn giờ", code="glar", published=None)
    page.go_live_at = soon
    page.save_revision(approved_go_live_at=soon)
    assert left(lambda: call_command("publish_scheduled", verbosity=0)) >= {"glar"}
    assert "Tin hẹn giờ" in reader.text()
    page = Page.objects.get(pk=page.pk).specific
    publish(page, expire_at=timezone.now() + datetime.timedelta(hours=1))
    Page.objects.filter(pk=page.pk).update(expire_at=soon)
    assert left(lambda: call_command("publish_scheduled", verbosity=0)) >= {"glar"}
    assert "Tin hẹn giờ" not in reader.text()


def test_a_record_that_leaves_by_its_term_is_gone_from_its_day(reader: Any) -> None:
    """Nothing is changed and nothing runs: the day alone."""
    today = timezone.localdate()
    ends = today + datetime.timedelta(days=2)
    record = make_disclosure(
        "draft_consultation",
        code="glar",
        title="Dự thảo hết hạn lấy ý kiến",
        term_ends=ends,
        published="2021-03-01T08:00",
    )
    assert "Dự thảo hết hạn" in reader.text()
    assert reader.is_kept()
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3), tick=False):
        assert "Dự thảo hết hạn" not in reader.text()
    assert record.live


def test_settings_notices_restrictions_and_sites_reach_every_portal(reader: Any, left: Any) -> None:
    def notice() -> None:
        today = timezone.localdate()
        Notice.objects.create(
            authority=authority("dak-doa"),
            text="Bão số 5",
            first_day=today,
            last_day=today,
            on_subportals=True,
        )

    def settings() -> None:
        texts = SiteSettings.for_site(authority("dak-doa").site)
        texts.slogan = "Khẩu hiệu mới"
        texts.save()

    def restriction() -> None:
        page = make_article("Tin kín", code="glar")
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def site() -> None:
        one = Site.objects.get(hostname="trang.localhost")
        one.site_name = "Tên mới"
        one.save()

    for action in (notice, settings, restriction, site):
        assert left(action) == set(WHERE), action
    assert "Bão số 5" in reader.text("trang")
    Notice.objects.all().delete()
    assert "Bão số 5" not in reader.text("trang")


def test_names_shown_elsewhere_reach_every_page(left: Any) -> None:
    make_article("Tin", code="glar")
    office = Office.objects.filter(authority=authority("glar")).first()
    assert office is not None

    def rename() -> None:
        office.short_name = "Tên khác"
        office.save()

    assert left(rename) >= {"glar", "dak-doa"}
    assert left(lambda: Topic.objects.create(slug="chu-de-la", name="Chủ đề lạ")) == set(WHERE)
    made = Contributor.objects.create(authority=authority("trang"), name="Người viết")
    assert left(made.delete) >= {"trang"}


def test_a_document_named_by_another_portal_shows_it(reader: Any) -> None:
    old = make_document("1/QĐ", code="trang", issued=datetime.date(2020, 6, 1), published="2020-06-01T08:00")
    new = make_document("2/QĐ", code="glar", issued=datetime.date(2021, 6, 1), published="2021-06-01T08:00")
    address = old.get_url_parts()[2]
    assert reader.keeps("trang", address)
    new.links = [DocumentLink(target=old, kind="replaces")]
    new.save_revision().publish()
    assert not reader.is_kept("trang", address)
    assert "2/QĐ" in reader.text("trang", address)


def test_a_change_that_is_rolled_back_leaves_nothing_behind_and_shows_to_nobody(reader: Any) -> None:
    before = reader.text()
    with transaction.atomic():
        make_article("Không bao giờ có", code="glar")
        assert "Không bao giờ có" in reader.text()
        transaction.set_rollback(True)
    assert reader.is_kept()
    assert reader.text() == before


def test_a_page_drawn_before_a_change_and_finished_after_it_is_not_kept(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody publishes between the reading of the mark and the keeping of the page."""
    drawn = home.front_page_content

    def slow(*given: Any) -> dict[str, Any]:
        found = drawn(*given)
        list(found["articles"])
        make_article("Đăng giữa chừng", code="glar")
        monkeypatch.undo()
        return found

    monkeypatch.setattr(home, "front_page_content", slow)
    assert "Đăng giữa chừng" not in reader.text()
    monkeypatch.undo()
    assert "Đăng giữa chừng" in reader.text()


def test_marks_never_come_back_when_old_changes_are_put_together() -> None:
    site = authority("glar").site
    seen = set()
    for _number in range(200):
        renew_pages([site.pk])
        put_together([site.pk])
        mark = mark_of("glar.localhost", None)
        assert mark is not None
        assert mark.pages not in seen
        seen.add(mark.pages)
    assert PageChange.objects.filter(site=site).count() < 40
    other = mark_of("trang.localhost", None)
    renew_pages()
    assert mark_of("trang.localhost", None) != other
    assert mark_of("glar.localhost", None) != mark


def test_what_a_form_writes_after_its_signals_is_told_again(reader: Any) -> None:
    page = make_article("Tin", code="glar")
    with told_again():
        publish(page, title="Tin hai")
        assert reader.keeps()
        type(page).objects.filter(pk=page.pk).update(title="Tin ba")
    assert "Tin ba" in reader.text()

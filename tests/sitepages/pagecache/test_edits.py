"""Whatever editors do, in whatever order, on whatever portal: what is kept is what would be drawn."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from sitepages.models import ArticlePage, LegalDocumentPage, Notice, Office, SiteSettings
from tests.builders import authority, make_article, make_document

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
CODES = ("dak-doa", "glar", "trang")
PATHS = ("/", "/tin-tuc/", "/tin-tuc/?page=2", "/chi-dao-dieu-hanh/", "/cong-khai/")


class Editors:
    """Random edits over several portals."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.count = 0

    def edit(self) -> None:
        """One edit, of any kind, anywhere."""
        self.count += 1
        name = self.dice.choice([name for name in dir(self) if name.startswith("do_")])
        getattr(self, name)(self.dice.choice(CODES))

    def one(self, code: str, model: Any = ArticlePage) -> Any:
        found = list(model.objects.descendant_of(authority(code).site.root_page).order_by("pk"))
        return self.dice.choice(found) if found else None

    def do_write(self, code: str) -> None:
        make_article(f"Tin số {self.count}", code=code, published=f"2021-03-{1 + self.count % 28:02d}T09:00")

    def do_draft(self, code: str) -> None:
        make_article(f"Nháp số {self.count}", code=code, published=None)

    def do_issue(self, code: str) -> None:
        day = datetime.date(2021, 1 + self.count % 12, 3)
        make_document(f"{self.count}/QĐ", code=code, issued=day, published="2021-06-01T08:00")

    def do_change(self, code: str) -> None:
        page = self.one(code, self.dice.choice([ArticlePage, LegalDocumentPage]))
        if page is not None and page.live:
            page.title = f"Đã sửa lần {self.count}"
            page.save_revision()
            if self.dice.random() < 0.7:
                page.get_latest_revision().publish()

    def do_take_down_or_up(self, code: str) -> None:
        page = self.one(code)
        if page is not None:
            page.unpublish() if page.live else page.save_revision().publish()

    def do_rename(self, code: str) -> None:
        page = self.one(code)
        if page is not None and page.live:
            page.slug = f"ten-{self.count}"
            page.save_revision().publish()

    def do_delete(self, code: str) -> None:
        page = self.one(code)
        if page is not None:
            page.delete()

    def do_move(self, code: str) -> None:
        page = self.one(code)
        if page is not None:
            page.slug = f"chuyen-{self.count}"
            page.save()
            target = make_article("Nơi đến", code=self.dice.choice(CODES), published=None).get_parent()
            Page.objects.get(pk=page.pk).move(target, "last-child")

    def do_close_or_open(self, code: str) -> None:
        page = self.one(code)
        found = PageViewRestriction.objects.first()
        if found is not None:
            found.delete()
        elif page is not None:
            PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def do_notice(self, code: str) -> None:
        found, today = Notice.objects.first(), timezone.localdate()
        if found is not None:
            found.delete()
        else:
            down = self.dice.random() < 0.5
            Notice.objects.create(
                authority=authority(code), text="Bão", first_day=today, last_day=today, on_subportals=down
            )

    def do_settings(self, code: str) -> None:
        texts = SiteSettings.for_site(authority(code).site)
        texts.slogan = f"Khẩu hiệu {self.count}"
        texts.save()

    def do_office(self, code: str) -> None:
        office = Office.objects.filter(authority=authority(code)).first()
        if office is not None:
            office.short_name = f"Phòng {self.count}"
            office.save()


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_would_be_drawn(reader: Any, settings: Any, seed: int) -> None:
    editors, kept = Editors(seed), 0
    for _number in range(12):
        editors.edit()
        places = [(code, path) for code in CODES for path in PATHS]
        for page in ArticlePage.objects.order_by("-pk")[:4]:
            code = next(code for code in CODES if page.path.startswith(authority(code).site.root_page.path))
            places.append((code, page.url_path.removeprefix(authority(code).site.root_page.url_path[:-1])))
        for code, path in editors.dice.sample(places, 6):
            first = reader.get(code, path)
            second = reader.get(code, path)
            settings.PORTAL_KEEP_PAGES = False
            fresh = reader.get(code, path)
            settings.PORTAL_KEEP_PAGES = True
            assert first.status_code == second.status_code == fresh.status_code
            if fresh.status_code == 200:
                assert first.content == second.content == fresh.content, (code, path)
                kept += "ETag" in second.headers
    assert kept > 20

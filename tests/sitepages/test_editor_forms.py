"""The editor's forms: addresses, weeks and rows, as officers fill them in."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from sitepages.models import LegalDocumentPage, WorkSchedulePage
from sitepages.queries import section_page
from tests.builders import authority, make_schedule, make_user, signed_in
from tests.sitepages.stage import form

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MONDAY = datetime.date(2021, 3, 1)


@pytest.fixture
def officer() -> Any:
    return signed_in(make_user("officer", "glar"))


def add(client: Any, model: type, section: str, data: dict[str, Any]) -> Any:
    place = section_page(authority("glar"), section).pk
    return client.post(
        reverse("wagtailadmin_pages:add", args=["sitepages", model.__name__.lower(), place]), data
    )


def document(title: str, slug: str, **more: Any) -> dict[str, Any]:
    fields = {
        "title": title,
        "slug": slug,
        "number": "12/KH-UBND",
        "document_type": "plan",
        "issuer": "UBND xã",
        "signer": "",
        "issue_date": "04/03/2021",
        "effective_date": "",
        "abstract": "Ra quân",
        "origin": "own",
        "files": inline_formset([]),
        "links": inline_formset([]),
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return nested_form_data({**fields, **more})


def test_the_browsers_copy_of_the_title_becomes_a_good_address(officer: Any) -> None:
    title = "Kế hoạch 12/KH-UBND: Đón đoàn"
    assert add(officer, LegalDocumentPage, "directives", document(title, title)).status_code == 302
    assert add(officer, LegalDocumentPage, "directives", document(title, title)).status_code == 302
    slugs = list(LegalDocumentPage.objects.filter(title=title).order_by("pk").values_list("slug", flat=True))
    assert slugs == ["ke-hoach-12kh-ubnd-don-doan", "ke-hoach-12kh-ubnd-don-doan-2"]
    assert LegalDocumentPage.objects.filter(title=title).first().issue_date == datetime.date(2021, 3, 4)


def test_an_address_of_ones_own_is_kept(officer: Any) -> None:
    add(officer, LegalDocumentPage, "directives", document("Kế hoạch", "Ke hoach RIENG"))
    assert LegalDocumentPage.objects.get(title="Kế hoạch").slug == "ke-hoach-rieng"


@pytest.mark.parametrize("day", ["31/02/2021", "03/04", "hôm nay", "2021-13-01"])
def test_a_day_that_is_none_is_refused(officer: Any, day: str) -> None:
    reply = add(officer, LegalDocumentPage, "directives", document("Sai ngày", "sai", issue_date=day))
    assert reply.status_code == 200
    assert not LegalDocumentPage.objects.filter(title="Sai ngày").exists()


def test_a_row_outside_the_week_is_refused(officer: Any) -> None:
    row = {
        "date": MONDAY + datetime.timedelta(days=7),
        "time": "07:30",
        "leader": "A",
        "content": "B",
        "place": "",
    }
    reply = add(officer, WorkSchedulePage, "leaders_schedule", form("Lệch", rows=[row], week=MONDAY))
    assert "không thuộc tuần" in reply.content.decode()
    assert not WorkSchedulePage.objects.filter(title="Lệch").exists()


def test_a_week_has_one_schedule(officer: Any) -> None:
    make_schedule(MONDAY, code="glar")
    make_schedule(MONDAY, code="trang")
    reply = add(officer, WorkSchedulePage, "leaders_schedule", form("Hai lần", week=MONDAY))
    assert "đã có lịch" in reply.content.decode()
    assert not WorkSchedulePage.objects.filter(title="Hai lần").exists()


def test_the_next_week_without_a_schedule_is_offered(officer: Any) -> None:
    today = timezone.localdate()
    following = today + datetime.timedelta(days=7 - today.weekday())
    make_schedule(following, code="glar")
    place = section_page(authority("glar"), "leaders_schedule").pk
    page = officer.get(reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", place]))
    offered = following + datetime.timedelta(weeks=1)
    assert f'value="{offered.isoformat()}"' in page.content.decode()

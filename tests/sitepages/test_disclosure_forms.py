"""Filling a disclosure record: the section's fields, whatever the browser sends."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from sitepages.models import DisclosurePage, PlainPage, PortalDocument
from sitepages.models.detail_forms import DetailsForm
from sitepages.queries import section_page
from tests.builders import authority, make_disclosure, make_user, signed_in
from tests.sitepages.places import disclosure_form

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FEE = {
    "number": "19/QĐ",
    "legal_day": "2021-02-18",
    "details-fee": "Phí chợ",
    "details-subject": "Hộ kinh doanh",
    "details-rate": "30.000 đồng",
    "details-legal_document": "QĐ 19",
}


@pytest.fixture
def officer() -> Any:
    return signed_in(make_user("officer", "glar"))


def add_url(section: str, code: str = "glar", model: str = "disclosurepage") -> str:
    return reverse(
        "wagtailadmin_pages:add", args=["sitepages", model, section_page(authority(code), section).pk]
    )


def add(client: Any, section: str, title: str, **more: Any) -> Any:
    return client.post(add_url(section), disclosure_form(title, **more))


def test_a_record_is_made_from_the_section_s_fields(officer: Any) -> None:
    form = officer.get(add_url("taxes_fees")).content.decode()
    assert 'name="details-fee"' in form
    assert 'name="legal_day"' in form
    for absent in ("month", "answered_on", "fiscal_year", "kind", "details-full_name"):
        assert f'name="{absent}"' not in form
    assert add(officer, "taxes_fees", "Phí chợ", **FEE).status_code == 302
    page = DisclosurePage.objects.get(title="Phí chợ")
    assert page.details == {
        "fee": "Phí chợ",
        "subject": "Hộ kinh doanh",
        "rate": "30.000 đồng",
        "legal_document": "QĐ 19",
    }
    assert (page.section, page.number, page.legal_day) == ("taxes_fees", "19/QĐ", datetime.date(2021, 2, 18))
    assert not page.live
    assert page.get_latest_revision_as_object().details == page.details


def test_a_form_shows_each_field_once_and_says_what_the_law_asks(officer: Any) -> None:
    form = officer.get(add_url("citizen_reception_complaints")).content.decode()
    assert form.count('name="details-reception_place"') == 1
    assert form.count("id_details-reception_place-wrapper") <= 1
    for value in ("schedule", "complaint_decision", "denunciation_conclusion"):
        assert f'value="{value}"' in form


def test_an_empty_record_may_be_saved(officer: Any) -> None:
    assert add(officer, "land_use_plan", "Nháp").status_code == 302
    page = DisclosurePage.objects.get(title="Nháp")
    assert page.details == {}
    assert page.facts().filled == frozenset()


@pytest.mark.parametrize(
    ("section", "field", "value"),
    [
        ("draft_consultation", "details-opens_at", "31/02/2021"),
        ("draft_consultation", "details-opens_at", "hôm nay"),
        ("draft_consultation", "details-opens_at", "0021-06-11"),
        ("investment_calls", "details-capital", "nhiều"),
        ("investment_calls", "details-capital", "-1"),
        ("investment_calls", "details-capital", "1.5"),
        ("investment_calls", "details-capital", "9" * 40),
        ("investment_calls", "details-capital", "9" * 5000),
        ("admin_procedures", "details-national_portal_url", "javascript:alert(1)"),
        ("admin_procedures", "details-national_portal_url", "không có"),
        ("officials_contacts", "details-official_email", "khang"),
        ("officials_contacts", "details-phone", "gọi tôi"),
        ("public_assets", "details-asset_group", "ships"),
        ("leaders", "details-full_name", "A" * 501),
        ("unit_budget", "kind", "own"),
        ("unit_budget", "period_token", "M7"),
        ("unit_budget", "fiscal_year", "20211"),
        ("citizen_reception_complaints", "month", "13"),
        ("taxes_fees", "legal_day", "2021-13-01"),
        ("taxes_fees", "legal_day", "0021-02-18"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_beside_its_field(
    officer: Any, section: str, field: str, value: str
) -> None:
    reply = add(officer, section, "Sai", **{field: value})
    assert reply.status_code == 200
    form = reply.context["form"]
    name = field.removeprefix("details-")
    assert name in (form.details_form.errors if field.startswith("details-") else form.errors)
    assert "error-message" in reply.content.decode()
    assert not DisclosurePage.objects.filter(title="Sai").exists()


def test_a_period_needs_its_year(officer: Any) -> None:
    reply = add(officer, "unit_budget", "Kỳ", period_token="M6")
    assert "fiscal_year" in reply.context["form"].errors
    with pytest.raises(ValidationError):
        DisclosurePage(title="Kỳ", section="unit_budget", month=3, details=[]).clean()


def test_fields_of_another_section_are_ignored(officer: Any) -> None:
    more = {**FEE, "details-full_name": "A", "month": "3", "answered_on": "2021-03-01", "kind": "settlement"}
    form = disclosure_form("Phí", **more, section="leaders", details='{"x": 1}')
    assert officer.post(add_url("taxes_fees"), form).status_code == 302
    page = DisclosurePage.objects.get(title="Phí")
    assert set(page.details) == {"fee", "subject", "rate", "legal_document"}
    assert (page.section, page.kind, page.month, page.answered_on) == ("taxes_fees", "", None, None)


def test_text_is_composed_and_clean(officer: Any) -> None:
    dirty = unicodedata.normalize("NFD", " Phí chợ Đắk ") + "\x00\u200b\u202e"
    assert add(officer, "taxes_fees", "Sạch", **{"details-fee": dirty}).status_code == 302
    assert DisclosurePage.objects.get(title="Sạch").details == {"fee": "Phí chợ Đắk"}
    page = make_disclosure("taxes_fees", details={"fee": unicodedata.normalize("NFD", "Phí chợ") + "\x00"})
    page.refresh_from_db()
    assert page.details == {"fee": "Phí chợ"}


def test_days_and_figures_come_back_as_they_were(officer: Any) -> None:
    given = {"details-opens_at": "2021-06-11", "term_ends": "2021-07-12"}
    add(officer, "draft_consultation", "Dự thảo", **given)
    page = DisclosurePage.objects.get(title="Dự thảo")
    assert page.details == {"opens_at": "2021-06-11"}
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = officer.get(url).context["form"]
    assert 'value="2021-06-11"' in str(form.details_form["opens_at"])
    again = {"details-opens_at": "11/06/2021", "details-comments": " "}
    assert not DetailsForm(
        again, shape=page.shape, initial=dict(page.details), prefix="details"
    ).has_changed()
    changed = disclosure_form(
        "Dự thảo", **{**given, "details-opens_at": "2021-06-12", "details-comments": "2 ý kiến"}
    )
    assert officer.post(url, changed).status_code == 302
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert draft.details == {"opens_at": "2021-06-12", "comments": "2 ý kiến"}
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    compare = officer.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk]))
    assert "2 ý kiến" in compare.content.decode()


def test_a_change_of_details_alone_is_a_change(officer: Any) -> None:
    page = make_disclosure("taxes_fees", code="glar", details={"fee": "Cũ"}, published="2021-02-20T08:00")
    form = disclosure_form(page.title, **{"details-fee": "Mới"})
    assert officer.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302
    page.refresh_from_db()
    assert page.details == {"fee": "Cũ"}  # public until the board approves
    assert page.has_unpublished_changes
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert page.details == {"fee": "Mới"}


def test_the_preview_shows_what_was_typed(officer: Any) -> None:
    parent = section_page(authority("glar"), "taxes_fees")
    url = reverse("wagtailadmin_pages:preview_on_add", args=["sitepages", "disclosurepage", parent.pk])
    assert officer.post(url, disclosure_form("Xem trước", **FEE)).json()["is_valid"]
    html = officer.get(url, HTTP_HOST="localhost").content.decode()
    assert "30.000 đồng" in html
    bad = officer.post(url, disclosure_form("Xem trước", **{**FEE, "legal_day": "x"})).json()
    assert not bad["is_valid"]


def test_a_file_says_which_field_it_serves(officer: Any) -> None:
    unit = authority("glar")
    file = PortalDocument.objects.create(
        title="Bản đồ", file=ContentFile(b"%PDF-1.4", "ban-do.pdf"), collection=unit.collection
    )
    row = {"document": file.pk, "serves": "map", "title": ""}
    assert add(officer, "land_use_plan", "Có bản đồ", files=[row]).status_code == 302
    assert "map" in DisclosurePage.objects.get(title="Có bản đồ").facts().filled
    wrong = {**row, "serves": "request_form"}
    assert add(officer, "land_use_plan", "Sai tệp", files=[wrong]).status_code == 200
    assert not DisclosurePage.objects.filter(title="Sai tệp").exists()


def test_an_officer_of_another_unit_neither_adds_nor_changes() -> None:
    stranger = signed_in(make_user("officer", "trang"))
    page = make_disclosure("taxes_fees", code="glar", details={"fee": "Cũ"})
    for url in (add_url("taxes_fees"), reverse("wagtailadmin_pages:edit", args=[page.pk])):
        for reply in (stranger.get(url), stranger.post(url, disclosure_form("Chiếm", **FEE))):
            assert reply.status_code == 302
            assert reply["Location"] == reverse("wagtailadmin_home")
    page.refresh_from_db()
    assert page.details == {"fee": "Cũ"}
    assert not DisclosurePage.objects.filter(title="Chiếm").exists()


# --- Pages of text that cover required matters --------------------------------------------------------


def plain_form(**more: Any) -> dict[str, Any]:
    form = disclosure_form("Giới thiệu xã", **more)
    return {key: value for key, value in form.items() if not key.startswith("files")}


def test_a_page_of_text_offers_what_its_section_asks(officer: Any) -> None:
    url = add_url("intro_apparatus", model="plainpage")
    form = officer.get(url).content.decode()
    assert form.count('name="covers"') == 8
    assert officer.post(url, plain_form(covers=["history", "relics"])).status_code == 302
    assert PlainPage.objects.get(title="Giới thiệu xã").covers == ["history", "relics"]


def test_a_page_of_text_cannot_cover_what_another_section_asks(officer: Any) -> None:
    reply = officer.post(add_url("intro_apparatus", model="plainpage"), plain_form(covers=["full_name"]))
    assert "covers" in reply.context["form"].errors
    home = authority("glar").site.root_page
    url = reverse("wagtailadmin_pages:add", args=["sitepages", "plainpage", home.pk])
    assert 'name="covers"' not in officer.get(url).content.decode()
    assert officer.post(url, plain_form(covers=["history"])).status_code == 302
    assert PlainPage.objects.get(title="Giới thiệu xã").covers == []

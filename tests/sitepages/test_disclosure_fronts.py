"""Disclosure records as readers meet them: the list, the record, the map of sections, the menu."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import Page

from sitepages.models import DisclosureFile, PortalDocument, SectionMapPage, SectionPage
from sitepages.vocabulary import sections, words
from tests.builders import authority, make_article, make_disclosure, make_superuser, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DAY = datetime.date(2021, 1, 15)
MOMENT = "2021-01-27T08:00"
TABLE = {"data": [["Loại đất", "Kế hoạch"], ["Đất ở", "1.250"]], "first_row_is_table_header": True}


def read(client: Any, path: str, host: str = "glar.localhost") -> str:
    reply = client.get(path, HTTP_HOST=host)
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_record_shows_its_fields_table_and_files(client: Any) -> None:
    unit = authority("glar")
    page: Any = make_disclosure(
        "land_use_plan",
        code="glar",
        title="Kế hoạch 2021",
        number="118/QĐ-UBND",
        legal_day=DAY,
        fiscal_year=2021,
        details={"explanation": "Chuyển <b>160</b> ha"},
        published=MOMENT,
    )
    file = PortalDocument.objects.create(
        title="Tờ số 1", file=ContentFile(b"%PDF-1.4" * 200, "to.pdf"), collection=unit.collection
    )
    file.get_file_size()
    page.files = [DisclosureFile(document=file, serves="map")]
    page.body = [("figures", {"caption": "Biểu", "unit": "ha", "table": TABLE})]
    page.save()
    html = read(client, "/su-dung-dat/ke-hoach-2021/")
    for words_ in ("118/QĐ-UBND", "15/01/2021", "Bản đồ sử dụng đất", "Tờ số 1", "PDF", "1.250", "2021"):
        assert words_ in html
    assert "Chuyển &lt;b&gt;160&lt;/b&gt; ha" in html
    assert "2 KB" in html


def test_each_type_of_value_is_written_its_own_way(client: Any) -> None:
    make_disclosure(
        "officials_contacts",
        code="glar",
        title="Danh bạ",
        published=MOMENT,
        details={"full_name": "A", "phone": "0269 3831 250", "official_email": "a@dakdoa.example"},
    )
    make_disclosure(
        "funds_contributions", code="glar", title="Quỹ", published=MOMENT, details={"income": 186500000}
    )
    make_disclosure(
        "qa_feedback", code="glar", title="Hỏi", published=MOMENT, details={"status": "in_progress"}
    )
    make_disclosure(
        "draft_consultation",
        code="glar",
        title="Dự thảo",
        published=MOMENT,
        details={"opens_at": "2021-06-11"},
    )
    make_disclosure(
        "admin_procedures",
        code="glar",
        title="Khai sinh",
        published=MOMENT,
        details={"national_portal_url": "https://dichvucong.gov.vn/"},
    )
    contacts = read(client, "/can-bo-lien-he/danh-ba/")
    assert 'href="tel:02693831250"' in contacts
    assert 'href="mailto:a@dakdoa.example"' in contacts
    assert "186.500.000" in read(client, "/quy-dong-gop/quy/")
    assert "Đang xử lý" in read(client, "/hoi-dap/hoi/")
    assert "11/06/2021" in read(client, "/lay-y-kien-du-thao/du-thao/")
    assert 'href="https://dichvucong.gov.vn/"' in read(client, "/thu-tuc-hanh-chinh/khai-sinh/")


def test_a_value_of_another_type_is_shown_as_text(client: Any) -> None:
    """As after a field's type was changed in the data."""
    make_disclosure(
        "draft_consultation", code="glar", title="Cũ", published=MOMENT, details={"opens_at": "đầu tháng 6"}
    )
    make_disclosure(
        "funds_contributions", code="glar", title="Quỹ", published=MOMENT, details={"income": "hai triệu"}
    )
    assert "đầu tháng 6" in read(client, "/lay-y-kien-du-thao/cu/")
    assert "hai triệu" in read(client, "/quy-dong-gop/quy/")


def test_a_section_lists_its_public_records_newest_day_first(client: Any) -> None:
    for title, day, moment in (
        ("Cũ", datetime.date(2020, 5, 1), "2021-03-01T08:00"),
        ("Không ngày", None, "2021-04-01T08:00"),
        ("Mới", DAY, "2021-02-01T08:00"),
        ("Nháp kín", DAY, None),
    ):
        make_disclosure("taxes_fees", code="glar", title=title, legal_day=day, published=moment)
    html = read(client, "/thue-phi-le-phi/")
    assert html.index(">Mới<") < html.index(">Cũ<") < html.index(">Không ngày<")
    assert "Nháp kín" not in html


def test_people_are_listed_in_the_order_of_the_tree(client: Any) -> None:
    for title, day in (("Chủ tịch", DAY), ("Phó Chủ tịch", datetime.date(2022, 1, 1))):
        make_disclosure("leaders", code="glar", title=title, legal_day=day, published=MOMENT)
    html = read(client, "/lanh-dao/")
    assert html.index(">Chủ tịch<") < html.index(">Phó Chủ tịch<")


@pytest.mark.parametrize("code", [code for code, each in sections().items() if each.kind == "section"])
def test_an_empty_section_answers_and_says_so(code: str, client: Any) -> None:
    html = read(client, f"/{sections()[code].slug}/")
    assert sections()[code].name_vi in html
    assert "<h1" in html


def test_the_map_lists_every_section_by_group(client: Any) -> None:
    make_article(code="glar")
    make_disclosure("taxes_fees", code="glar", published=MOMENT)
    make_disclosure("taxes_fees", code="glar")
    html = read(client, "/cong-khai/")
    for section in sections().values():
        assert f'href="/{section.slug}/"' in html or f"/{section.slug}/" in html
    for group in words("section_groups").values():
        assert group.name_vi in html
    page = SectionMapPage.objects.child_of(authority("glar").site.root_page).get()
    entries = {entry["page"].title: entry for group in page.groups() for entry in group.entries}
    assert len(entries) == len(sections()) - 1
    assert entries["Thuế, phí, lệ phí"]["count"] == 1
    assert entries["Tin tức"]["count"] == 1
    assert entries["Lãnh đạo"] == {"page": entries["Lãnh đạo"]["page"], "count": 0, "newest": None}


def test_the_map_leaves_out_what_was_withdrawn_and_counts_in_few_queries(
    django_assert_max_num_queries: Any,
) -> None:
    home = authority("glar").site.root_page
    SectionPage.objects.child_of(home).get(section="taxes_fees").unpublish()
    page = SectionMapPage.objects.child_of(home).get()
    with django_assert_max_num_queries(6):
        titles = [entry["page"].title for group in page.groups() for entry in group.entries]
    assert "Thuế, phí, lệ phí" not in titles
    assert "Tài sản công" in titles


def test_the_menu_stays_short_and_leads_to_the_map(client: Any) -> None:
    html = read(client, "/")
    menu = html[html.index('class="menu__list"') : html.index("</nav>", html.index('class="menu__list"'))]
    assert menu.count("<li>") == 12  # the front page and eleven entries
    assert "/cong-khai/" in menu
    assert "Công khai" in menu
    assert "Thuế, phí, lệ phí" not in menu


def test_the_front_page_shows_what_was_disclosed_last(client: Any) -> None:
    make_disclosure("taxes_fees", code="glar", title="Phí mới của Glar", published=MOMENT)
    make_disclosure("taxes_fees", code="trang", title="Phí mới của Trang", published=MOMENT)
    html = read(client, "/")
    assert "Phí mới của Glar" in html
    assert "Phí mới của Trang" not in html


def test_the_map_belongs_to_every_portal_and_is_not_deleted() -> None:
    home = authority("glar").site.root_page.specific
    page = SectionMapPage.objects.child_of(home).get()
    signed_in(make_superuser()).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert Page.objects.filter(pk=page.pk).exists()
    assert not SectionMapPage.can_create_at(home)

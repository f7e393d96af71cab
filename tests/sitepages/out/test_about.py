"""The head of a page: one address of its own, a summary, a card, and data that cannot break out."""

from __future__ import annotations

import datetime
import gc
import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.core.files.images import ImageFile
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

from compliance.rules.months import local_moment
from sitepages.models import ArticlePage, EventPage, PortalImage
from sitepages.out.about import as_script
from sitepages.queries import article_index, section_page
from tests.builders import authority, make_article, make_disclosure, make_document
from tests.sitepages.out.hidden import fetch, text

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db,
    # Wagtail leaves the files of what it makes to be closed by the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

AT = "2021-03-05T08:00"


@pytest.fixture(autouse=True)
def files_closed() -> Iterator[None]:
    yield
    gc.collect()


def head(path: str, host: str = "glar.localhost") -> str:
    return text(path, host).split("</head>")[0]


def canonical(path: str, host: str = "glar.localhost") -> str:
    (found,) = re.findall(r'<link rel="canonical" href="([^"]*)">', head(path, host))
    return unescape(found)


def data(path: str, host: str = "glar.localhost") -> dict[str, Any]:
    """What the page says in the words of schema.org, by type."""
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(path, host), re.DOTALL)
    read = json.loads(found)
    assert read["@context"] == "https://schema.org"
    return {each["@type"]: each for each in read["@graph"]}


def place(page: Any) -> str:
    return str(page.get_url_parts()[2])


def meta(said: str, name: str) -> list[str]:
    return [
        unescape(each) for each in re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', said)
    ]


def test_the_front_page_names_the_body_and_the_search() -> None:
    found = data("/")
    body = found["GovernmentOrganization"]
    assert body["url"] == "http://glar.localhost/"
    assert body["parentOrganization"]["url"] == "http://localhost/"
    target = found["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert target == "http://glar.localhost/tim-kiem/?q={search_term_string}"


def test_an_article_is_news_with_its_way_and_card() -> None:
    page = make_article("Bài có ảnh", code="glar", published=AT)
    picture = PortalImage(title="Ảnh", file=ImageFile(get_test_image_file(size=(1600, 1200)), "anh.png"))
    picture.save()
    ArticlePage.objects.filter(pk=page.pk).update(lead="Tóm tắt của bài.", cover=picture)
    found, said = data(place(page)), head(place(page))
    news = found["NewsArticle"]
    assert (news["headline"], news["description"]) == ("Bài có ảnh", "Tóm tắt của bài.")
    assert news["datePublished"] == news["dateModified"] == "2021-03-05T08:00:00+07:00"
    assert (news["image"]["width"], news["image"]["height"]) == (1200, 630)
    names = [step["name"] for step in found["BreadcrumbList"]["itemListElement"]]
    assert names[1:] == ["Tin tức", "Bài có ảnh"]
    assert meta(said, "og:type") == ["article"]
    assert meta(said, "description") == meta(said, "og:description") == ["Tóm tắt của bài."]
    assert (meta(said, "og:image:width"), meta(said, "og:image:height")) == (["1200"], ["630"])
    assert meta(said, "twitter:card") == ["summary_large_image"]
    assert meta(said, "og:image")[0].startswith("http://glar.localhost/media/")


def test_a_lost_picture_leaves_the_page_whole() -> None:
    page = make_article("Mất ảnh", code="glar", published=AT)
    picture = PortalImage(title="Ảnh", file=ImageFile(get_test_image_file(), "mat.png"))
    picture.save()
    ArticlePage.objects.filter(pk=page.pk).update(cover=picture)
    picture.file.storage.delete(picture.file.name)
    assert meta(head(place(page)), "twitter:card") == ["summary"]


def test_a_document_says_whether_it_is_in_force() -> None:
    page = make_document("9/QĐ-UBND", code="glar", issued=datetime.date(2021, 3, 1), published=AT)
    found = data(place(page))["Legislation"]
    assert found["legislationIdentifier"] == "9/QĐ-UBND"
    assert found["legislationDate"] == "2021-03-01"
    assert found["legislationLegalForce"] == "https://schema.org/InForce"
    page.expires_on = datetime.date(2021, 4, 1)
    page.save()
    assert data(place(page))["Legislation"]["legislationLegalForce"] == "https://schema.org/NotInForce"


def test_a_procedure_is_a_service_and_an_event_an_event() -> None:
    page = make_disclosure(
        "admin_procedures",
        code="glar",
        published=AT,
        title="Đăng ký khai sinh",
        kind="own",
        details={"national_portal_url": "https://dvc.example/1", "office": "Bộ phận một cửa"},
    )
    found = data(place(page))["GovernmentService"]
    assert found["availableChannel"]["serviceUrl"] == "https://dvc.example/1"
    assert found["serviceOperator"]["name"] == "Bộ phận một cửa"
    event = EventPage(title="Ngày hội", kind="event", starts_at=local_moment(AT), place="Nhà rông", live=True)
    section_page(authority("glar"), "announcements").add_child(instance=event)
    assert data(place(event))["Event"]["startDate"] == "2021-03-05T08:00:00+07:00"


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("", ""),
        ("?rac=1&utm_source=x", ""),
        ("?page=1", ""),
        ("?page=2", "?page=2"),
        ("?page=999999", "?page=2"),
        ("?page=" + "9" * 5000, "?page=2"),
        ("?page=%00", ""),
        ("?page=2&nam=2021&rac=x", "?nam=2021&page=2"),
        ("?loai=decision&nam=2021", "?loai=decision&nam=2021"),
        ("?nam=2021&loai=decision&q=quyet", "?loai=decision&nam=2021"),
        ("?q=%E2%80%AE" + "x" * 10_000, ""),
    ],
)
def test_a_list_has_one_address_for_one_content(asked: str, kept: str) -> None:
    for number in range(25):
        make_document(f"{number}/QĐ-UBND", code="glar", issued=datetime.date(2021, 3, 1), published=AT)
    found = canonical(f"/chi-dao-dieu-hanh/{asked}")
    assert found == f"http://glar.localhost/chi-dao-dieu-hanh/{kept}"


def test_a_week_has_its_own_address() -> None:
    for asked in ("?tuan=2021-W09&x=1", "?tuan=2021-03-03"):
        assert canonical(f"/lich-cong-tac/{asked}") == "http://glar.localhost/lich-cong-tac/?tuan=2021-W09"
    assert canonical("/lich-cong-tac/?tuan=x") == "http://glar.localhost/lich-cong-tac/"


def test_what_was_sent_down_names_its_source() -> None:
    source = make_article("Của huyện")
    alias = source.create_alias(parent=article_index(authority("glar")))
    copy = source.copy(to=article_index(authority("trang")), update_attrs={"slug": "ban-sao"})
    type(copy).objects.filter(pk=copy.pk).update(live=True)
    assert canonical(place(alias)) == source.full_url
    assert canonical(place(copy), "trang.localhost") == source.full_url
    assert data(place(alias))["NewsArticle"]["url"] == source.full_url
    restriction = PageViewRestriction.objects.create(page=source, restriction_type="login")
    assert fetch(place(alias)).status_code == 302  # an alias is closed with what it follows
    assert canonical(place(copy), "trang.localhost") == f"http://trang.localhost{place(copy)}"
    restriction.delete()
    type(source).objects.filter(pk=source.pk).update(live=False)
    assert canonical(place(copy), "trang.localhost") == f"http://trang.localhost{place(copy)}"


@given(
    st.recursive(st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9)
)
def test_no_text_ends_the_element(value: Any) -> None:
    said = as_script(value)
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(said)
    assert json.loads(said) == value


def test_script_in_every_field_stays_text() -> None:
    wicked = "</script><script>alert(1)</script>\"' <!--"
    page = make_article(wicked, code="glar", published=AT)
    ArticlePage.objects.filter(pk=page.pk).update(lead=wicked, search_description=wicked)
    said = head(place(page))
    assert data(place(page))["NewsArticle"]["headline"].startswith("</script><script>")
    assert "alert(1)</script>" not in said
    assert "<script>" not in said


def test_the_answer_of_a_missing_page_has_no_address_of_its_own() -> None:
    assert 'rel="canonical"' not in fetch("/khong-co/").content.decode()

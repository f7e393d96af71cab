"""Pictures of published pages: three formats with their measures, words for the blind, never a hole."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.blocks import StructBlockValidationError
from wagtail.images.forms import get_image_form

from sitepages.blocks.media import FigureBlock
from sitepages.models import ArticlePage, PortalImage
from tests.builders import authority, make_article

pytestmark = [
    pytest.mark.integration,
    pytest.mark.django_db,
    # Wagtail leaves the files of what it makes to be closed by the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def drawn(width: int = 1600, height: int = 1000) -> bytes:
    file = BytesIO()
    Image.new("RGB", (width, height), "#1c6139").save(file, "JPEG")
    return file.getvalue()


def stored(
    title: str = "Nhà rông",
    alt: str = "Nhà rông dưới nắng",
    size: tuple[int, int] = (1600, 1000),
    **said: Any,
) -> PortalImage:
    file = ContentFile(drawn(*size), name="rong.jpg")
    return PortalImage.objects.create(title=title, alt_text=alt, file=file, **said)


def with_pictures() -> tuple[ArticlePage, PortalImage, PortalImage]:
    cover, inner = stored(), stored("Sân", "Sân nhà rông")
    page = make_article("Nhà rông mới", code="glar")
    page.cover = cover
    figure: Any = [("figure", {"image": inner, "caption": "Sân trước", "credit": ""})]
    page.body = figure
    page.save()
    return page, cover, inner


def read(path: str) -> str:
    reply = Client().get(path, headers={"host": authority("glar").site.hostname})
    assert reply.status_code == 200
    return reply.content.decode()


def test_a_picture_comes_in_three_formats_with_its_measures_and_words() -> None:
    page, _cover, _inner = with_pictures()
    html = read(page.get_url_parts()[2])
    first, second = re.findall(r"<picture>.*?</picture>", html, re.DOTALL)
    for shown in (first, second):
        assert re.findall(r'type="(image/\w+)"', shown) == ["image/avif", "image/webp"]
        assert re.search(r'<img src="[^"]+\.jpg" srcset="[^"]+ 1200w" sizes="[^"]+" width="1200"', shown)
        assert 'height="750"' in shown
    assert 'alt="Nhà rông dưới nắng"' in first
    assert 'fetchpriority="high"' in first
    assert "loading=" not in first
    assert 'loading="lazy"' in second
    home = read("/")
    assert home.count("<picture>") == 1
    assert 'alt=""' in home  # the title beside it says all


def test_a_picture_that_was_deleted_leaves_no_hole() -> None:
    page, cover, inner = with_pictures()
    read(page.get_url_parts()[2])
    inner.delete()
    cover.delete()
    html = read(page.get_url_parts()[2])
    assert "<picture" not in html
    assert "<figure" not in html
    assert "Sân trước" not in html
    assert "tile--drawn" in read("/")


def test_a_picture_whose_file_is_lost_or_broken_leaves_no_hole() -> None:
    page, cover, inner = with_pictures()
    cover.file.storage.delete(cover.file.name)
    broken = inner.file.name
    inner.file.storage.delete(broken)
    inner.file.storage.save(broken, ContentFile(b"not a picture"))
    html = read(page.get_url_parts()[2])
    assert "<picture" not in html
    assert "<figure" not in html
    assert "tile--drawn" in read("/tin-tuc/")


def test_a_picture_made_smaller_than_its_place_is_never_blown_up() -> None:
    picture = stored("Nhỏ", "Nhỏ", (200, 100))
    page = make_article("Ảnh nhỏ", code="glar")
    page.cover = picture
    page.save()
    assert 'width="200" height="100"' in read(page.get_url_parts()[2])


@pytest.mark.parametrize(
    ("said", "is_fine"),
    [
        ({}, False),
        ({"alt_text": "   "}, False),
        ({"alt_text": "Người dân dệt thổ cẩm"}, True),
        ({"is_decorative": "on"}, True),
    ],
)
def test_a_picture_is_described_or_said_to_be_decoration(said: dict[str, str], is_fine: bool) -> None:
    form = get_image_form(PortalImage)(
        {"title": "Ảnh", "tags": "", **said},
        {"file": SimpleUploadedFile("anh.jpg", drawn(40, 30), "image/jpeg")},
    )
    assert ("alt_text" not in form.errors) is is_fine


def test_a_text_takes_no_picture_nobody_described() -> None:
    block = FigureBlock()
    value = {"caption": "", "credit": ""}
    assert block.clean(block.to_python({**value, "image": stored().pk}))
    assert block.clean(block.to_python({**value, "image": stored(alt="", is_decorative=True).pk}))
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**value, "image": stored(alt="").pk}))


def test_decoration_is_silent_and_words_go_before_the_title() -> None:
    assert stored(alt="Có chữ").default_alt_text == "Có chữ"
    assert stored(alt="").default_alt_text == "Nhà rông"
    assert stored(alt="x", is_decorative=True).default_alt_text == ""

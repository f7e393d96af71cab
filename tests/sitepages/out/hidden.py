"""Records of one portal of which one may be seen, and requests for what that portal sends out."""

from __future__ import annotations

import datetime
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from sitepages.models import ArticlePage
from tests.builders import make_article, make_disclosure

HOST = "glar.localhost"
#: What no title of these may appear in what goes out.
SECRETS = ("Bản nháp", "Đã gỡ xuống", "Chỉ nội bộ", "Hết hạn hiển thị", "Của xã khác")
SHOWN = "Tin công khai"


def fetch(path: str, host: str = HOST, **headers: str) -> Any:
    """What a portal answers."""
    return Client().get(path, headers={"host": host, **headers})


def text(path: str, host: str = HOST, **headers: str) -> str:
    """What a portal answers with 200."""
    reply = fetch(path, host, **headers)
    assert reply.status_code == 200, path
    return str(reply.content.decode())


def hide_records() -> ArticlePage:
    """One article everybody may see, and one of each kind that nobody may."""
    make_article("Bản nháp", code="glar", published=None)
    make_article("Đã gỡ xuống", code="glar").unpublish()
    closed = make_article("Chỉ nội bộ", code="glar")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make_disclosure(
        "social_policy_lists",
        code="glar",
        published="2021-03-01T08:00",
        title="Hết hạn hiển thị",
        term_ends=timezone.localdate() - datetime.timedelta(days=1),
    )
    make_article("Của xã khác", code="trang")
    return make_article(SHOWN, code="glar", published="2021-03-05T08:00")


def assert_nothing_secret(said: str) -> None:
    """None of the hidden titles, in any writing."""
    for title in SECRETS:
        assert title not in said
        assert title.replace("Đ", "\\u0110") not in said

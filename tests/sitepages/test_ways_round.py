"""Ways around our guards that Wagtail leaves open, shut and kept shut."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page

from sitepages.models import ArticlePage, WorkSchedulePage
from sitepages.models.permissions import last_editor_id
from sitepages.queries import article_index
from tests.builders import authority, make_article, make_schedule, make_superuser, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_a_copy_made_in_the_admin_is_known_as_one_and_stays_so() -> None:
    article = make_article("Gốc", code="glar")
    index = article_index(authority("glar"))
    data = {
        "new_title": "Bản sao",
        "new_slug": "ban-sao",
        "new_parent_page": index.pk,
        "copy_subpages": "",
        "alias": "",
    }
    signed_in(make_user("officer", "glar")).post(reverse("wagtailadmin_pages:copy", args=[article.pk]), data)
    copy = ArticlePage.objects.get(slug="ban-sao")
    assert copy.repost_of == article
    copy.get_latest_revision().publish()
    assert ArticlePage.objects.get(pk=copy.pk).repost_of == article


@pytest.mark.parametrize("action", ["delete", "copy", "publish", "move", "create_alias", "convert_alias"])
def test_the_page_actions_of_the_admin_api_are_shut(action: str) -> None:
    article = make_article("Đã đăng", code="glar")
    for user in (make_user("board", "glar"), make_superuser()):
        reply = signed_in(user).post(f"/admin/api/main/pages/{article.pk}/action/{action}/", {})
        assert reply.status_code == 404
    assert ArticlePage.objects.filter(pk=article.pk).exists()
    assert Page.objects.filter(title="Đã đăng").count() == 1


def test_saving_without_a_change_makes_nobody_the_maker() -> None:
    maker, other = make_user("board", "glar"), make_user("officer", "glar")
    page = make_schedule(datetime.date(2021, 3, 1), code="glar")
    page.title = "Của người duyệt"
    page.save_revision(user=maker)
    for _again in range(2):
        Page.objects.get(pk=page.pk).specific.get_latest_revision_as_object().save_revision(user=other)
    assert last_editor_id(page) == maker.pk
    assert not page.permissions_for_user(maker).can_publish()


@pytest.mark.parametrize("year", [1, 1899, 2101, 9999])
def test_a_year_nobody_means_is_refused(year: int) -> None:
    page = WorkSchedulePage(title="Lịch", week_start=datetime.date(year, 1, 1))
    with pytest.raises(ValidationError) as error:
        page.full_clean(exclude=["path", "depth", "slug"])
    assert "week_start" in error.value.message_dict


@pytest.mark.parametrize("address", ["/tin-tuc/?topic=%00", "/tin-tuc/?page=%00", "/?q=%00%1b"])
def test_control_characters_in_an_address_break_nothing(client: Any, address: str) -> None:
    assert client.get(address, HTTP_HOST="localhost").status_code == 200

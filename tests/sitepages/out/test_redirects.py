"""Renamed and moved pages are found at their old address; nobody's screens lead to redirects."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.permissions import policy_registry

from sitepages.models import ArticlePage
from sitepages.policies import AuthorityPermissionPolicy
from sitepages.queries import article_index
from tests.builders import authority, make_article, make_superuser, make_user, signed_in
from tests.sitepages.out.hidden import fetch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def renamed(django_capture_on_commit_callbacks: Any) -> Any:
    """An article that stood at /tin-tuc/ten-cu/."""
    page = make_article("Tên cũ", code="glar")
    page.slug = "ten-moi"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    return ArticlePage.objects.get(pk=page.pk)


def test_a_renamed_page_is_found_at_its_old_address(renamed: Any) -> None:
    reply = fetch("/tin-tuc/ten-cu/?page=2")
    assert (reply.status_code, reply["Location"]) == (301, "/tin-tuc/ten-moi/")
    assert reply["Cache-Control"] == "public, max-age=300"
    assert fetch("/tin-tuc/ten-cu/", "trang.localhost").status_code == 404


def test_a_page_in_the_old_place_comes_first(renamed: Any) -> None:
    make_article("Tên cũ", code="glar")
    assert fetch("/tin-tuc/ten-cu/").status_code == 200


def test_a_page_moved_to_another_portal_is_found_there() -> None:
    page = make_article("Chuyển đi", code="glar")
    page.move(article_index(authority("trang")), "last-child")
    reply = fetch("/tin-tuc/chuyen-di/")
    assert (reply.status_code, reply["Location"]) == (301, "http://trang.localhost/tin-tuc/chuyen-di/")
    assert fetch("/tin-tuc/chuyen-di/", "trang.localhost").status_code == 200


def test_a_page_moved_there_and_back_leaves_no_loop() -> None:
    page = make_article("Đi về", code="glar")
    for code in ("trang", "glar", "trang", "glar"):
        Page.objects.get(pk=page.pk).move(article_index(authority(code)), "last-child")
    assert fetch("/tin-tuc/di-ve/").status_code == 200
    reply = fetch("/tin-tuc/di-ve/", "trang.localhost")
    assert reply["Location"] == "http://glar.localhost/tin-tuc/di-ve/"
    assert Redirect.objects.filter(redirect_page=page.pk).count() == 2


def test_nobody_is_led_to_a_page_that_is_not_public(renamed: Any) -> None:
    page = renamed
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert fetch("/tin-tuc/ten-cu/").status_code == 404
    restriction.delete()
    page.unpublish()
    reply = fetch("/tin-tuc/ten-cu/")
    assert reply.status_code == 404
    assert "ten-moi" not in reply.content.decode()


@pytest.mark.parametrize(
    "path", ["/tin-tuc/%00/", "/a/" + "b" * 3000 + "/", "/%E2%80%AE/", "/tin-tuc/ten-cu/%00"]
)
def test_odd_addresses_are_not_found(path: str) -> None:
    assert fetch(path).status_code == 404


def test_only_missing_pages_ask_the_database(renamed: Any, django_assert_num_queries: Any) -> None:
    fetch("/tin-tuc/ten-moi/")
    with django_assert_num_queries(2):  # the mark of the frame, and the redirect
        fetch("/khong-co/")
    with django_assert_num_queries(1):
        fetch("/theme/khong-co.css")
    assert renamed.live


def test_the_screens_for_redirects_are_shut_for_everybody() -> None:
    row = Redirect.objects.create(old_path="/x", site=authority("glar").site, redirect_page=make_article())
    holder = make_user("board", "glar")
    holder.user_permissions.set(Permission.objects.filter(content_type__app_label="wagtailredirects"))
    before = list(Redirect.objects.values())
    names = ["index", "index_results", "add", "start_import", "process_import"]
    paths = [reverse(f"wagtailredirects:{name}") for name in names]
    paths += [reverse(f"wagtailredirects:{name}", args=[row.pk]) for name in ("edit", "delete")]
    for user in (make_user("board", "trang"), holder, make_superuser()):
        client = signed_in(user)
        for path in paths:
            assert client.get(path).status_code == 404
            assert client.post(path, {"old_path": "/y", "redirect_link": "/z"}).status_code == 404
        assert "/admin/redirects/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert list(Redirect.objects.values()) == before


def test_a_right_over_redirects_is_never_global() -> None:
    policy = policy_registry.get_by_type(Redirect)
    assert type(policy) is AuthorityPermissionPolicy
    row = Redirect.objects.create(old_path="/x", site=authority("glar").site, redirect_link="/y")
    user = make_user("board", "glar")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="wagtailredirects"))
    for action in ("add", "change", "delete", "view"):
        assert not policy.user_has_permission(user, action)
        assert not policy.user_has_permission_for_instance(user, action, row)
        assert not policy.instances_user_has_permission_for(user, action).exists()

"""Pages stay within the unit whose tree they are in, and articles credit its offices."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page

from sitepages.models import ArticlePage
from tests.compliance.admin.rows import digests
from tests.sitepages.places import (
    ROLES,
    WRITERS,
    Places,
    article_form,
    copy_form,
    page_requests,
    refused,
    schedule_form,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_another_unit_is_touched(role: str, places: Places) -> None:
    client, before = places.trang.people[role], digests(places.trang.unit)
    for name, ids, form, query in page_requests(places.glar, places.trang):
        url = reverse(name, args=ids) + query
        assert client.get(url).status_code in (200, 302, 403, 404, 405)
        assert client.post(url, form).status_code in (200, 302, 403, 404, 405)
    assert digests(places.trang.unit) == before
    assert not Page.objects.filter(slug="sao").exists()
    for page in (places.trang.live, places.trang.draft, places.trang.record):
        assert Page.objects.get(pk=page.pk).path == page.path


@pytest.mark.parametrize("role", ROLES)
def test_no_draft_of_another_unit_is_opened(role: str, places: Places) -> None:
    client, page = places.trang.people[role], places.glar.draft
    revision = page.get_latest_revision().pk
    for name, ids in (
        ("edit", [page.pk]),
        ("view_draft", [page.pk]),
        ("preview_on_edit", [page.pk]),
        ("history", [page.pk]),
        ("workflow_history", [page.pk]),
        ("usage", [page.pk]),
        ("delete", [page.pk]),
        ("copy", [page.pk]),
        ("revisions_view", [page.pk, revision]),
        ("revisions_revert", [page.pk, revision]),
        ("revisions_compare", [page.pk, "earliest", "latest"]),
    ):
        assert refused(client.get(reverse(f"wagtailadmin_pages:{name}", args=ids)))
    listing = client.get(reverse("wagtailadmin_explore", args=[places.glar.index.pk]), follow=True)
    assert page.title not in listing.content.decode()
    search = client.get(reverse("wagtailadmin_pages:search"), {"q": "CNRY"}, follow=True)
    assert page.title not in search.content.decode()


@pytest.mark.parametrize("role", WRITERS)
def test_one_s_own_tree_is_open(role: str, places: Places) -> None:
    own = places.trang
    client = own.people[role]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[own.draft.pk])).status_code == 200
    assert (
        own.draft.title in client.get(reverse("wagtailadmin_explore", args=[own.index.pk])).content.decode()
    )
    add = reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", own.section.pk])
    assert client.post(add, schedule_form("Lịch mới", "lich-moi")).status_code == 302
    assert own.section.get_children().filter(slug="lich-moi", live=False).exists()
    copy = reverse("wagtailadmin_pages:copy", args=[own.draft.pk])
    assert client.post(copy, copy_form(own.index.pk)).status_code == 302
    assert own.index.get_children().filter(slug="sao", live=False).exists()


# --- The office an article credits --------------------------------------------------------------------


@pytest.mark.parametrize("role", WRITERS)
def test_an_article_credits_an_office_of_its_own_portal_only(role: str, places: Places) -> None:
    own, client = places.trang, places.trang.people[role]
    add = reverse("wagtailadmin_pages:add", args=["sitepages", "articlepage", own.index.pk])
    edit = reverse("wagtailadmin_pages:edit", args=[own.draft.pk])
    for url in (add, edit):
        body = client.get(url).content.decode()
        assert own.office.full_name in body
        assert places.glar.office.full_name not in body
        for submit in ({}, {"action-submit": "1"}):
            reply = client.post(url, article_form("Mượn tên", "muon-ten", places.glar.office.pk, **submit))
            assert reply.status_code == 200
            assert "office" in reply.context["form"].errors
    assert not ArticlePage.objects.filter(slug="muon-ten").exists()
    assert client.post(add, article_form("Tên mình", "ten-minh", own.office.pk)).status_code == 302
    assert ArticlePage.objects.get(slug="ten-minh").office == own.office

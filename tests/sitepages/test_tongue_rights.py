"""The English pages of a unit are its own: to others they are closed, to it they are open like the rest."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from compliance.queries.approvals import waiting_pages
from compliance.queries.pages import Places as DutyPlaces
from sitepages.models import ArticlePage, Authority, PlainPage, RoleGroup, SectionPage
from sitepages.models.workflow import EditorialBoardTask
from sitepages.queries import homes_of, section_page
from tests.builders import authority, make_article, make_user, signed_in
from tests.sitepages.places import ROLES, Places, copy_form, refused

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def english(code: str, section: str = "portal_contact") -> SectionPage:
    source = section_page(authority(code), section)
    return SectionPage.objects.get(translation_key=source.translation_key, locale__language_code="en")


def form(title: str, **more: Any) -> dict[str, Any]:
    fields = {
        "title": title,
        "slug": "",
        "body": {
            "count": 1,
            "0": {"type": "paragraph", "value": rich_text("<p>Words</p>"), "order": "0", "deleted": ""},
        },
        "seo_title": "",
        "search_description": "",
        "go_live_at": "",
        "expire_at": "",
    }
    return {**nested_form_data(fields), **more}


def snapshot(*pages: Page) -> list[Any]:
    below = Page.objects.none()
    for page in pages:
        below = below | Page.objects.filter(path__startswith=page.path)
    columns = ("pk", "path", "title", "draft_title", "live", "locked", "latest_revision_id", "numchild")
    return list(below.order_by("path").values_list(*columns))


@pytest.mark.parametrize("role", ROLES)
def test_another_unit_s_english_pages_are_closed(role: str, places: Places) -> None:
    theirs = english("glar")
    home, client = theirs.get_parent(), places.trang.people[role]
    own = english("trang")
    before = snapshot(home)
    for page in (theirs, home):
        pk = page.pk
        requests: list[tuple[str, list[Any], dict[str, Any]]] = [
            ("wagtailadmin_pages:edit", [pk], form("Taken")),
            ("wagtailadmin_pages:edit", [pk], form("Taken", **{"action-publish": "1"})),
            ("wagtailadmin_pages:view_draft", [pk], {}),
            ("wagtailadmin_pages:history", [pk], {}),
            ("wagtailadmin_pages:delete", [pk], {}),
            ("wagtailadmin_pages:unpublish", [pk], {}),
            ("wagtailadmin_pages:move_confirm", [pk, own.pk], {}),
            ("wagtailadmin_pages:copy", [pk], copy_form(own.pk)),
            ("wagtailadmin_pages:lock", [pk], {}),
            ("wagtailadmin_pages:set_privacy", [pk], {"restriction_type": "login"}),
            ("wagtailadmin_pages:add", ["sitepages", "plainpage", pk], form("Put in")),
            ("simple_translation:submit_page_translation", [pk], {"locales": "1"}),
        ]
        for name, ids, data in requests:
            url = reverse(name, args=ids)
            assert refused(client.get(url)), (role, name)
            assert refused(client.post(url, data)), (role, name)
    assert snapshot(home) == before


def test_their_pages_are_not_translated_by_others(places: Places) -> None:
    page, english_locale = places.glar.section, Locale.objects.get(language_code="en")
    url = reverse("simple_translation:submit_page_translation", args=[page.pk])
    for role in ROLES:
        client = places.trang.people[role]
        assert refused(client.get(url))
        assert refused(client.post(url, {"locales": english_locale.pk}))
    assert not page.has_translation(english_locale)


def test_rights_reach_the_unit_s_trees_in_every_language_and_no_other() -> None:
    languages = set(Locale.objects.values_list("language_code", flat=True))
    assert languages == {"vi", "en"}
    for link in RoleGroup.objects.exclude(role="administrator").select_related("group", "authority"):
        own = set(homes_of(Authority.objects.filter(pk=link.authority_id)))
        assert len(own) == 2
        rows = GroupPagePermission.objects.filter(group=link.group)
        held = set(rows.values_list("page__path", "permission__codename"))
        assert {path for path, _name in held} in (own, set())
        for path, name in held:
            assert {(each, name) for each in own} <= held, path


@pytest.mark.parametrize("role", ["officer", "board"])
def test_one_s_own_english_pages_are_open(role: str) -> None:
    client = signed_in(make_user(role, "trang"))
    page = english("trang")
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    add = reverse("wagtailadmin_pages:add", args=["sitepages", "plainpage", page.pk])
    reply = client.post(add, form("Opening hours"))
    assert reply.status_code == 302
    made = PlainPage.objects.get(title="Opening hours")
    assert (made.live, made.locale.language_code) == (False, "en")


def test_an_officer_begins_a_translation_and_the_board_approves_it() -> None:
    officer, board = make_user("officer", "trang"), make_user("board", "trang")
    source = section_page(authority("trang"), "budget")
    url = reverse("simple_translation:submit_page_translation", args=[source.pk])
    locale = Locale.objects.get(language_code="en")
    assert signed_in(officer).post(url, {"locales": locale.pk}).status_code == 302
    page = SectionPage.objects.get(translation_key=source.translation_key, locale=locale)
    assert (page.live, page.get_parent().slug) == (False, "trang-en")
    page.title = "Budget"
    page.save_revision(user=officer)
    page.get_workflow().start(page, officer)
    assert [each.page for each in waiting_pages([authority("trang").pk])[authority("trang").pk]] == [page.pk]
    assert waiting_pages([authority("glar").pk]) == {}
    task = EditorialBoardTask.objects.get()
    assert task.get_task_states_user_can_moderate(board).count() == 1
    assert task.get_task_states_user_can_moderate(make_user("board", "glar")).count() == 0
    state = page.current_workflow_task_state
    act = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    assert refused(signed_in(make_user("board", "glar")).post(act, {"comment": ""}))
    assert signed_in(board).post(act, {"comment": ""}).status_code in (200, 302)
    page.refresh_from_db()
    assert page.live
    host = {"host": authority("trang").site.hostname}
    assert Client().get(page.get_url_parts()[2], headers=host).status_code == 200


def test_a_translated_article_is_no_other_article() -> None:
    locale = Locale.objects.get(language_code="en")
    source = make_article("Một bài", code="trang")
    source.get_parent().specific.copy_for_translation(locale)
    page = source.copy_for_translation(locale)
    assert ArticlePage.objects.get(pk=page.pk).repost_of_id == source.pk
    officer = signed_in(make_user("officer", "trang"))
    add = reverse("wagtailadmin_pages:add", args=["sitepages", "articlepage", page.get_parent().pk])
    assert refused(officer.get(add))


def test_duties_read_vietnamese_pages_alone() -> None:
    section = english("trang", "intro_apparatus")
    page = section.add_child(instance=PlainPage(title="About us", covers=["org_chart"]))
    assert DutyPlaces().of(page) is None
    assert not page.can_move_to(section_page(authority("trang"), "intro_apparatus"))


def test_a_translation_older_than_its_original_is_marked() -> None:
    officer = signed_in(make_user("officer", "trang"))
    source, page = section_page(authority("trang"), "portal_contact"), english("trang")
    now = timezone.now()
    type(page).objects.filter(pk=page.pk).update(last_published_at=now - datetime.timedelta(days=2))
    SectionPage.objects.filter(pk=source.pk).update(human_changed_at=now - datetime.timedelta(days=1))
    shown = [officer.get(reverse("wagtailadmin_pages:edit", args=[each.pk])) for each in (page, source)]
    for reply in shown:
        assert page.title in str([str(each) for each in reply.context["messages"]]) or source.title in str(
            [str(each) for each in reply.context["messages"]]
        )
    host = {"host": authority("trang").site.hostname}
    assert "after this translation was made" in Client().get("/en/contacts/", headers=host).content.decode()
    type(page).objects.filter(pk=page.pk).update(last_published_at=now)
    assert "after this translation" not in Client().get("/en/contacts/", headers=host).content.decode()

"""Approval by the unit's own board, and what may be taken away again."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from sitepages.models import WorkSchedulePage
from sitepages.queries import article_index
from tests.builders import authority, make_article, make_schedule, make_user
from tests.sitepages.stage import (
    HOME,
    MONDAY,
    Person,
    Stage,
    act,
    again,
    assert_not_public,
    draft,
    edit,
    form,
    published,
    refused,
    submitted,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


# --- The way it should go -----------------------------------------------------------------------------


def test_an_officer_s_draft_goes_through_the_unit_s_own_board(stage: Stage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", stage.section.pk])
    reply = stage.officer.client.post(url, form("Lịch CNRY", **{"action-submit": "1"}))
    assert reply.status_code == 302
    page = WorkSchedulePage.objects.get(title="Lịch CNRY")
    assert not page.live
    assert page.workflow_in_progress

    for person, sees in ((stage.board, True), (stage.other, True), (stage.root, True), (stage.trang, False)):
        assert ("Lịch CNRY" in person.client.get(reverse(HOME)).content.decode()) is sees

    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert refused(stage.trang.client.get(edit_url))
    assert refused(edit(stage.trang, page, form("Chiếm")))
    approving = {"action-workflow-action": "1", "workflow-action-name": "approve"}
    assert refused(edit(stage.trang, page, form("Chiếm", **approving)))
    state = page.current_workflow_task_state
    for name in ("workflow_action", "collect_workflow_action_data"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk, "approve", state.pk])
        assert refused(stage.trang.client.get(address))
        assert refused(stage.trang.client.post(address, {"comment": ""}))
    preview = reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, state.task_id])
    assert refused(stage.trang.client.get(preview))
    assert refused(act(stage.officer, page, "approve"))
    assert not again(page).live

    assert stage.board.client.get(edit_url).status_code == 200
    assert act(stage.board, page, "approve").status_code == 302
    page = again(page)
    assert page.live
    assert not page.workflow_in_progress


def test_another_board_s_own_page_is_no_key_to_a_foreign_task(stage: Stage) -> None:
    """The address names a page and a task apart: the page one's own, the task another unit's."""
    theirs = submitted(stage.officer, stage.officer)
    mine = make_schedule(MONDAY, code="trang")
    mine.save_revision(user=make_user("officer", "trang"))
    mine.get_workflow().start(mine, stage.trang.user)
    for action in ("approve", "reject"):
        assert refused(act(stage.trang, again(mine), action, theirs.current_workflow_task_state))
    assert again(theirs).workflow_in_progress
    assert_not_public(theirs)


def test_an_officer_publishes_nothing_directly(stage: Stage) -> None:
    url = reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", stage.section.pk])
    stage.officer.client.post(url, form("Thẳng", **{"action-publish": "1"}))
    assert_not_public(WorkSchedulePage.objects.get(title="Thẳng"))
    page = draft(stage.board)
    edit(stage.officer, page, form("Thẳng nữa", slug="thang-nua", **{"action-publish": "1"}))
    assert_not_public(page)
    assert again(page).get_latest_revision_as_object().title == "Thẳng nữa"


def test_while_the_board_decides_the_officer_waits(stage: Stage) -> None:
    page = submitted(stage.officer, stage.officer)
    edit(stage.officer, page, form("Sửa lén"))
    assert again(page).get_latest_revision_as_object().title != "Sửa lén"


def test_the_board_sends_back_and_the_officer_submits_anew(stage: Stage) -> None:
    page = submitted(stage.officer, stage.officer)
    assert act(stage.board, page, "reject").status_code == 302
    assert not again(page).workflow_in_progress
    edit(stage.officer, page, form("Đã sửa", **{"action-submit": "1"}))
    page = again(page)
    assert page.workflow_in_progress
    assert act(stage.other, page, "approve").status_code == 302
    assert (again(page).live, again(page).title) == (True, "Đã sửa")


# --- Taking away --------------------------------------------------------------------------------------


def test_the_board_unpublishes_and_others_do_not(stage: Stage) -> None:
    page = published(stage.board)
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    for person in (stage.officer, stage.trang):
        assert refused(person.client.post(url))
        assert again(page).live
    assert stage.board.client.post(url).status_code == 302
    assert not again(page).live


def bulk_delete(person: Person, *pages: Page) -> Any:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    return person.client.post(url + "?" + "&".join(f"id={page.pk}" for page in pages), {})


@pytest.mark.parametrize("who", ["officer", "board", "root"])
def test_what_was_public_is_never_deleted(who: str, stage: Stage) -> None:
    person = getattr(stage, who)
    live, gone, never = published(stage.board), published(stage.board), draft(stage.officer)
    gone.unpublish()
    for page in (
        live,
        gone,
        stage.section,
        authority("glar").site.root_page,
        article_index(authority("glar")),
    ):
        person.client.post(
            reverse("wagtailadmin_pages:delete", args=[page.pk]), {"confirm_site_name": "Portal"}
        )
        bulk_delete(person, page)
        bulk_delete(person, never, page)
        assert Page.objects.filter(pk=page.pk).exists()
    article = make_article(code="glar")
    bulk_delete(person, article)
    assert Page.objects.filter(pk=article.pk).exists()


def test_a_draft_that_was_never_public_may_go(stage: Stage) -> None:
    one, two = draft(stage.officer), draft(stage.officer)
    stage.officer.client.post(reverse("wagtailadmin_pages:delete", args=[one.pk]))
    bulk_delete(stage.board, two)
    assert not Page.objects.filter(pk__in=[one.pk, two.pk]).exists()

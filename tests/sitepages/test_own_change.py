"""Nobody publishes their own last change, by whatever way; another member of the board may."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from sitepages.models import WorkSchedulePage
from sitepages.models.permissions import last_editor_id
from tests.sitepages.stage import (
    Person,
    Stage,
    act,
    again,
    assert_not_public,
    draft,
    edit,
    form,
    published,
    same_form,
    submitted,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

Way = Callable[[Stage, Person, WorkSchedulePage], Any]


def edit_and_publish(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    return edit(who, page, form("Của tôi", **{"action-publish": "1"}))


def publish_unchanged(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    return edit(who, page, same_form(page, **{"action-publish": "1"}))


def edit_and_schedule(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    hour = timezone.localtime() + datetime.timedelta(days=2)
    data = form("Của tôi", go_live_at=f"{hour:%d/%m/%Y %H:%M}", **{"action-publish": "1"})
    return edit(who, page, data)


def save_with_an_hour(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    hour = timezone.localtime() + datetime.timedelta(days=2)
    return edit(who, page, form("Của tôi", go_live_at=f"{hour:%d/%m/%Y %H:%M}"))


def revert_and_publish(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    first = page.revisions.order_by("pk").first()
    url = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk])
    data = form("Bản cũ", revision=first.pk, **{"action-publish": "1"})
    assert who.client.get(url).status_code == 200
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return [who.client.post(address, data) for address in (url, edit_url)]


def submit_and_approve(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    edit(who, page, form("Của tôi", **{"action-submit": "1"}))
    page = again(page)
    assert page.workflow_in_progress
    return act(who, page, "approve")


def approve_while_editing(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    page.get_workflow().start(page, stage.officer.user)
    data = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    return edit(who, page, form("Của tôi", **data))


def approve_while_editing_a_row(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    """Only an inline row differs from what the officer submitted."""
    page.get_workflow().start(page, stage.officer.user)
    data = {
        "action-workflow-action": "1",
        "workflow-action-name": "approve",
        "workflow-action-extra-data": "{}",
    }
    return edit(who, page, same_form(page, **{"rows-0-content": "Việc của tôi"}, **data))


def edit_then_approve(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    page.get_workflow().start(page, stage.officer.user)
    edit(who, page, form("Của tôi"))
    page = again(page)
    assert last_editor_id(page) == who.user.pk
    act(who, page, "approve")
    return edit(
        who, page, same_form(page, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    )


def edit_then_bulk_publish(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    edit(who, page, form("Của tôi"))
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return who.client.post(f"{url}?id={page.pk}", {"include_descendants": "on"})


def edit_then_bulk_publish_from_above(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    edit(who, page, form("Của tôi"))
    section = again(page.get_parent())
    section.save_revision(user=stage.officer.user)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return who.client.post(f"{url}?id={section.pk}", {"include_descendants": "on"})


def edit_then_publish_the_revision(stage: Stage, who: Person, page: WorkSchedulePage) -> Any:
    edit(who, page, form("Của tôi"))
    with pytest.raises(PermissionDenied):
        again(page).get_latest_revision().publish(user=who.user)


WAYS = (
    edit_and_publish,
    publish_unchanged,
    edit_and_schedule,
    save_with_an_hour,
    revert_and_publish,
    submit_and_approve,
    approve_while_editing,
    approve_while_editing_a_row,
    edit_then_approve,
    edit_then_bulk_publish,
    edit_then_bulk_publish_from_above,
    edit_then_publish_the_revision,
)


@pytest.mark.parametrize("who", ["board", "root"])
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("before", ["officer", "self"])
def test_nobody_publishes_their_own_last_change(way: Way, who: str, before: str, stage: Stage) -> None:
    """``before``: who had changed the draft last when the person set out."""
    person = getattr(stage, who)
    page = draft(stage.officer) if before == "officer" else draft(stage.officer, person)
    way(stage, person, page)
    assert_not_public(page)


@pytest.mark.parametrize("who", ["board", "root"])
def test_a_live_page_keeps_its_words_until_another_approves(who: str, stage: Stage) -> None:
    person = getattr(stage, who)
    for way in (edit_and_publish, revert_and_publish, submit_and_approve, edit_then_bulk_publish):
        page = published(stage.officer)
        words = page.title
        way(stage, person, page)
        assert again(page).live
        assert again(page).title == words
        assert again(page).has_unpublished_changes


@pytest.mark.parametrize("who", ["board", "root"])
def test_creating_and_publishing_in_one_go_leaves_a_draft(who: str, stage: Stage) -> None:
    person = getattr(stage, who)
    url = reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", stage.section.pk])
    person.client.post(url, form("Một mạch", **{"action-publish": "1"}))
    assert_not_public(WorkSchedulePage.objects.get(title="Một mạch"))


@pytest.mark.parametrize("who", ["board", "root"])
@pytest.mark.parametrize(
    "options", [{"publish_copies": "on"}, {"publish_copies": "on", "copy_subpages": "on"}, {"alias": "on"}]
)
def test_a_copy_is_born_a_draft(who: str, options: dict[str, str], stage: Stage) -> None:
    page = published(stage.officer)
    data = {"new_title": "Bản sao", "new_slug": "ban-sao", "new_parent_page": stage.section.pk, **options}
    reply = getattr(stage, who).client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert reply.status_code in (200, 302)
    copy = Page.objects.filter(slug="ban-sao").first()
    if copy is not None:
        assert_not_public(copy)
        assert last_editor_id(copy) == getattr(stage, who).user.pk


@pytest.mark.parametrize("who", ["board", "root"])
def test_the_maker_may_send_back_but_is_not_offered_to_approve(who: str, stage: Stage) -> None:
    maker = getattr(stage, who)
    page = submitted(stage.officer, stage.officer, maker)
    task, state = page.current_workflow_task, page.current_workflow_task_state
    assert {action for action, *_rest in task.get_actions(page, maker.user)} == {"reject"}
    assert {action for action, *_rest in task.get_actions(page, stage.other.user)} == {"reject", "approve"}
    assert task.get_actions(page, stage.trang.user) == task.get_actions(page, stage.officer.user) == []
    with pytest.raises(PermissionDenied):
        task.on_action(state, maker.user, "approve")
    assert again(page).workflow_in_progress


@pytest.mark.parametrize("maker", ["board", "root"])
@pytest.mark.parametrize("approver", ["other", "root2"])
def test_another_member_approves(maker: str, approver: str, stage: Stage) -> None:
    first, second = getattr(stage, maker), getattr(stage, approver)
    page = submitted(first, stage.officer, first)
    assert act(second, page, "approve").status_code == 302
    assert again(page).live
    page = draft(first)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    second.client.post(f"{url}?id={page.pk}", {})
    assert again(page).live


def test_another_member_approves_an_hour_somebody_set(stage: Stage) -> None:
    page = draft(stage.officer)
    save_with_an_hour(stage, stage.board, page)
    page = again(page)
    page.get_workflow().start(page, stage.board.user)
    assert act(stage.other, page, "approve").status_code == 302
    assert not again(page).live
    with time_machine.travel(timezone.now() + datetime.timedelta(days=3)):
        call_command("publish_scheduled", verbosity=0)
    assert again(page).live


def test_the_editor_offers_no_publish_button(stage: Stage) -> None:
    page = draft(stage.officer)
    for person in (stage.officer, stage.board, stage.root):
        body = person.client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert 'name="action-submit"' in body
        assert 'name="action-publish"' not in body

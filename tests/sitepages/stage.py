"""Glar's schedule on its way to the public: the people, the editor's forms, and what became of the page."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import count
from typing import Any

import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from sitepages.models import WorkSchedulePage
from sitepages.queries import section_page
from tests.builders import authority, make_schedule, make_superuser, make_user, signed_in

MONDAY = datetime.date(2021, 3, 1)
_weeks = count(1)
HOME = "wagtailadmin_home"


@dataclass
class Person:
    user: Any
    client: Client


@dataclass
class Stage:
    """Glar's people, Trang's board, and two superusers."""

    officer: Person
    board: Person
    other: Person
    trang: Person
    root: Person
    root2: Person
    section: Page


def _person(user: Any) -> Person:
    return Person(user, signed_in(user))


def another_week() -> datetime.date:
    """A Monday no schedule was made for yet."""
    return MONDAY + datetime.timedelta(weeks=next(_weeks))


def form(
    title: str = "Lịch tuần",
    *,
    rows: list[dict[str, Any]] | None = None,
    week: datetime.date | None = None,
    **more: Any,
) -> dict[str, Any]:
    """The editor's form of a work schedule, of a week of its own unless one is given."""
    week = week or another_week()
    row = {"date": week, "time": "", "leader": "Chủ tịch", "content": "Giao ban", "place": "Phòng họp"}
    data: dict[str, Any] = nested_form_data(
        {
            "title": title,
            "slug": "lich-tuan",
            "week_start": week,
            "note": "",
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "rows": inline_formset(rows or [row], initial=sum("id" in each for each in rows or [])),
        }
    )
    return {**data, **more}


def same_form(page: WorkSchedulePage, **more: Any) -> dict[str, Any]:
    """The form as the editor would send it back unchanged."""
    rows = [
        {
            "id": row.pk,
            "date": row.date,
            "time": "",
            "leader": row.leader,
            "content": row.content,
            "place": row.place,
            "ORDER": number,
        }
        for number, row in enumerate(page.rows.all(), 1)
    ]
    return {**form(page.title, rows=rows, week=page.week_start), "slug": page.slug, **more}


def draft(*editors: Person, title: str = "Lịch tuần") -> WorkSchedulePage:
    """A schedule of Glar's, never published, changed by these people in turn."""
    page = make_schedule(another_week(), code="glar")
    for number, editor in enumerate(editors):
        page.title = f"{title} {number}"
        page.save_revision(user=editor.user)
    page.owner = editors[0].user
    page.save()
    return again(page)


def published(*editors: Person) -> WorkSchedulePage:
    page = draft(*editors)
    page.get_latest_revision().publish(user=None)
    return again(page)


def submitted(by: Person, *editors: Person) -> WorkSchedulePage:
    page = draft(*editors)
    page.get_workflow().start(page, by.user)
    return again(page)


def again(page: Page) -> Any:
    return Page.objects.get(pk=page.pk).specific


def edit(person: Person, page: Page, data: dict[str, Any]) -> Any:
    return person.client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def act(person: Person, page: Page, action: str, state: TaskState | None = None) -> Any:
    state = state or page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return person.client.post(url, {"comment": ""})


def refused(reply: Any) -> bool:
    return reply.status_code in (403, 404) or (
        reply.status_code == 302 and reply["Location"] == reverse(HOME)
    )


def assert_not_public(page: Page) -> None:
    """Neither live nor waiting for its hour, whatever the clock says."""
    page = again(page)
    assert not page.live
    assert page.get_scheduled_revision_as_object() is None
    with time_machine.travel(timezone.now() + datetime.timedelta(days=400)):
        call_command("publish_scheduled", verbosity=0)
    assert not again(page).live


def make_stage() -> Stage:
    return Stage(
        officer=_person(make_user("officer", "glar")),
        board=_person(make_user("board", "glar")),
        other=_person(make_user("board", "glar")),
        trang=_person(make_user("board", "trang")),
        root=_person(make_superuser()),
        root2=_person(make_superuser()),
        section=section_page(authority("glar"), "leaders_schedule"),
    )

"""Pages that wait for the editorial board of their unit."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page, TaskState, WorkflowState

from sitepages.models import Authority, EditorialBoardTask
from sitepages.models.permissions import last_editor_id
from sitepages.queries import homes_of


@dataclass(frozen=True)
class Waiting:
    """One page before the board: since when, and who made its last change (and so may not approve it)."""

    unit: int
    task: int
    page: int
    title: str
    since: datetime.date
    maker: int | None

    @property
    def item(self) -> str:
        """What tells it from every other request."""
        return f"task:{self.task}"


def waiting_pages(units: Iterable[int]) -> dict[int, list[Waiting]]:
    """By unit, the pages submitted and not decided, oldest first."""
    homes = homes_of(Authority.objects.filter(pk__in=list(units)))
    states = TaskState.objects.filter(
        task__in=EditorialBoardTask.objects.all(),
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__current_task_state=F("pk"),
    ).order_by("started_at", "pk")
    rows = list(states.values_list("pk", "workflow_state__object_id", "started_at"))
    pages = Page.objects.in_bulk({int(object_id) for _pk, object_id, _at in rows})
    found: dict[int, list[Waiting]] = defaultdict(list)
    for pk, object_id, started in rows:
        page = pages.get(int(object_id))
        unit = _unit_of(page, homes) if page else None
        if page is None or unit is None:
            continue
        title = page.draft_title or page.title
        since = timezone.localtime(started).date()
        found[unit].append(Waiting(unit, pk, page.pk, title, since, last_editor_id(page)))
    return found


def _unit_of(page: Page, homes: dict[str, int]) -> int | None:
    for end in range(len(page.path), 0, -page.steplen):
        if page.path[:end] in homes:
            return homes[page.path[:end]]
    return None

"""Approval: the editorial board of the page's own unit, never the maker."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from sitepages.models.authority import Authority
from sitepages.models.permissions import last_editor_id
from sitepages.queries import authority_of, homes_of

#: The role that approves; provisioning gives it its group at every authority.
APPROVING_ROLE = "board"


class EditorialBoardTask(Task):
    """One task for every portal: it finds the board of the authority whose tree holds the page."""

    class Meta:
        verbose_name = _("approval by the editorial board")
        verbose_name_plural = _("approvals by the editorial board")

    @staticmethod
    def board_of(page: Page) -> Group | None:
        authority = authority_of(page)
        if authority is None:
            return None
        return Group.objects.filter(role_group__authority=authority, role_group__role=APPROVING_ROLE).first()

    def _sits_on_board(self, page: Page, user: Any) -> bool:
        if user.is_superuser:
            return True
        board = self.board_of(page)
        return board is not None and user.groups.filter(pk=board.pk).exists()

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self._sits_on_board(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        """The maker waits for the board; the board may still correct."""
        return not self._sits_on_board(obj, user)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return self._sits_on_board(obj, user)

    def user_can_unlock(self, obj: Page, user: Any) -> bool:
        return False

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        if not self._sits_on_board(obj, user):
            return []
        actions = [("reject", gettext("Request changes"), True)]
        if last_editor_id(obj) != user.pk:
            actions += [
                ("approve", gettext("Approve"), False),
                ("approve", gettext("Approve with comment"), True),
            ]
        return actions

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> Any:
        page = task_state.workflow_state.content_object
        if not self._sits_on_board(page, user):
            raise PermissionDenied(gettext("Only the editorial board of this portal decides here."))
        if action_name == "approve" and last_editor_id(page) == user.pk:
            raise PermissionDenied(
                gettext("You made the last change yourself. Another member of the board must approve it.")
            )
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        if user.is_superuser:
            return waiting
        units = Authority.objects.filter(role_groups__role=APPROVING_ROLE, role_groups__group__user=user)
        roots = homes_of(units)
        pages = Page.objects.none()
        for path in roots:
            pages = pages | Page.objects.filter(path__startswith=path)
        mine = [
            str(pk)
            for pk in pages.filter(_workflow_states__status="in_progress").values_list("pk", flat=True)
        ]
        return waiting.filter(workflow_state__object_id__in=mine)

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "The editorial board of the page's own unit approves; nobody approves their own last change."
        )

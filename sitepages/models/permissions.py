"""Who may publish: never the person who made the last change."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.functional import cached_property
from wagtail.models import Page, PagePermissionTester, Revision

from sitepages.models.sent import sent_row

#: Machinery of pages: a change of these is no change of what the page says.
MACHINERY = frozenset(
    (
        "pk id path depth numchild url_path live has_unpublished_changes owner locked locked_at locked_by "
        "latest_revision live_revision first_published_at last_published_at latest_revision_created_at "
        "go_live_at expire_at expired draft_title content_type translation_key locale alias_of "
        "show_in_menus search_description seo_title human_changed_at human_digest confirmed_at "
        "confirmed_by confirmation_note page_ptr repost_of change_note announced changes"
    ).split()
)
#: How far back to look for the last change; saves without a change beyond it count as changes.
_LOOK_BACK = 50


def last_editor_id(page: Page) -> int | None:
    """Who last changed what the page says; None when it was never saved as a draft, or a machine did it.

    Saving without changing anything makes nobody the maker: the newest revision that differs from the one
    before it tells.
    """
    base = ContentType.objects.get_for_model(Page)
    revisions = Revision.objects.filter(base_content_type=base, object_id=str(page.pk))
    newest: Revision | None = None
    for older in revisions.order_by("-created_at", "-id")[:_LOOK_BACK]:
        if newest is not None and _words(newest.content) != _words(older.content):
            break
        newest = older
    return newest.user_id if newest is not None else None


def _words(content: dict[str, Any]) -> dict[str, Any]:
    return {key: _without_keys(value) for key, value in content.items() if key not in MACHINERY}


def _without_keys(value: Any) -> Any:
    """Inline rows without their numbers in the database: a row gets one when it is first saved."""
    if isinstance(value, list):
        return [_without_keys(each) for each in value]
    if isinstance(value, dict):
        return {key: _without_keys(each) for key, each in value.items() if key != "pk"}
    return value


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's tester with four eyes: the maker of the last change does not publish it.

    Every way to publish asks here: the editor, bulk actions, scheduling and the workflow's end. What was sent
    down locked is changed by nobody where it stands; what was withdrawn is not made public again.
    """

    def can_publish(self) -> bool:
        if self._is_locked_copy or self._is_withdrawn:
            return False
        return bool(super().can_publish()) and last_editor_id(self.page) != self.user.pk

    def can_submit_for_moderation(self) -> bool:
        return bool(super().can_submit_for_moderation()) and not self._is_withdrawn

    def can_unpublish(self) -> bool:
        return bool(super().can_unpublish()) and not self._is_locked_copy

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Moving asks here as well."""
        return bool(super().can_delete(ignore_bulk)) and not self._is_locked_copy

    def can_copy(self) -> bool:
        return bool(super().can_copy()) and not self._is_locked_copy

    def can_send_down(self) -> bool:
        """Whoever may publish here may send what is public to the portals below; it changes no word of it."""
        return bool(super().can_publish())

    @cached_property
    def _is_locked_copy(self) -> bool:
        return self.page.alias_of_id is not None and self._row is not None

    @cached_property
    def _is_withdrawn(self) -> bool:
        return self._row is not None and self._row.withdrawn_at is not None

    @cached_property
    def _row(self) -> Any:
        """The row by which the page was sent down; asked once, and of kinds that may be sent alone."""
        return sent_row(self.page) if getattr(self.page, "may_be_sent", False) else None

    def can_publish_subpage(self) -> bool:
        """Creating and publishing in one go would be publishing one's own change."""
        return False

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_publish()) and not self._is_locked_copy

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

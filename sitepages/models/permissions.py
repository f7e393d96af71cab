"""Who may publish: never the person who made the last change."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PagePermissionTester, Revision


def last_editor_id(page: Page) -> int | None:
    """Who made the newest revision of a page; None when there is none or a machine made it."""
    base = ContentType.objects.get_for_model(Page)
    return (
        Revision.objects.filter(base_content_type=base, object_id=str(page.pk))
        .order_by("-created_at", "-id")
        .values_list("user_id", flat=True)
        .first()
    )


class PortalPagePermissionTester(PagePermissionTester):
    """Wagtail's tester with four eyes: the maker of the last change does not publish it.

    Every way to publish asks here: the editor, bulk actions, scheduling and the workflow's end.
    """

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and last_editor_id(self.page) != self.user.pk

    def can_publish_subpage(self) -> bool:
        """Creating and publishing in one go would be publishing one's own change."""
        return False

    def can_set_view_restrictions(self) -> bool:
        return bool(super().can_publish())

    def can_unschedule(self) -> bool:
        return bool(super().can_publish())

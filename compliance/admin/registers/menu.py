"""Where comments on drafts stand in the admin, and what is guarded."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from compliance.admin.menu import RightMenuItem
from compliance.admin.registers import display_guard
from compliance.admin.registers.comments import CommentViewSet
from sitepages.models import ConsultationComment

VIEWSETS = [CommentViewSet("consultation_comments")]
guard_unpublishing, guard_bulk = display_guard.guard_unpublishing, display_guard.guard_bulk


def item() -> Any:
    """The comments, for those who may read them."""

    viewset = VIEWSETS[0]
    return RightMenuItem(
        viewset.menu_label,
        reverse("consultation_comments:index"),
        ConsultationComment,
        name="consultation-comments",
        icon_name=viewset.icon,
        order=viewset.menu_order,
    )

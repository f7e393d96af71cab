"""The page editor: says why a step of approval was refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from sitepages.models import ArticlePage, DisclosurePage, EventPage, PlainPage
from sitepages.models.permissions import last_editor_id
from sitepages.models.workflow import EditorialBoardTask


class PortalEditView(EditView):
    """Wagtail's editor, with the reason shown instead of a bare refusal."""

    def perform_workflow_action(self) -> Any:
        try:
            return super().perform_workflow_action()
        except PermissionDenied as refusal:
            messages.error(self.request, str(refusal))
            return redirect("wagtailadmin_pages:edit", self.page.pk)


def page_viewsets() -> list[PageViewSet]:
    """Viewsets of the page types that no other package decorates."""
    return [
        type(
            f"{model.__name__}ViewSet", (PageViewSet,), {"model": model, "edit_view_class": PortalEditView}
        )()
        for model in (ArticlePage, DisclosurePage, EventPage, PlainPage)
    ]


def say_who_approves(request: HttpRequest, page: Page) -> None:
    """Hook body: tells a member of the board who made the last change that another one approves."""
    task = page.current_workflow_task if request.method == "GET" else None
    if isinstance(task, EditorialBoardTask) and last_editor_id(page) == request.user.pk:
        messages.info(
            request, _("You made the last change yourself. Another member of the board must approve it.")
        )

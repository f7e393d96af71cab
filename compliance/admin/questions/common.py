"""What the screens of questions share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.scoping import policy_for
from compliance.models import Question


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """What every page about questions looks like; no shared computer keeps it."""

    header_icon = "help"
    page_title: Any = gettext_lazy("Questions of citizens")
    inside = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse("compliance_questions"), "label": _("Questions of citizens")}]
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            *(above if self.inside else []),
            {"url": "", "label": self.page_title},
        ]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        reply = super().dispatch(request, *args, **kwargs)
        reply["Cache-Control"] = "no-store"
        return reply


def question_or_404(user: Any, pk: int, action: str = "view") -> Question:
    """A question of a unit the user answers for; 404 for any other, as if it did not exist."""
    policy = policy_for(Question)
    if not policy.user_has_any_permission(user, ["view", "change", "approve"]):
        raise PermissionDenied
    found: Question | None = (
        policy.instances_user_has_permission_for(user, action)
        .filter(pk=pk)
        .select_related("authority__site", "authority__tier", "office", "officer", "page", "merged_into")
        .first()
    )
    if found is None:
        raise Http404
    return found


def may(user: Any, question: Question, action: str) -> bool:
    """Whether the user holds a right at the question's unit."""
    return policy_for(Question).user_has_permission_for_instance(user, action, question)

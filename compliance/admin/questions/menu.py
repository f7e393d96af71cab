"""Where questions stand in the admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from compliance.admin.access import authorities_for
from compliance.admin.menu import RightMenuItem
from compliance.admin.questions import answer, detail, figures, inbox
from compliance.admin.questions.notices import QuestionNoticeViewSet
from compliance.models import FindingRecord, Question
from compliance.queries.questions import waiting_count

VIEWSETS = [QuestionNoticeViewSet("question_notices")]


def urls() -> list[Any]:
    """Addresses under ``/admin/``."""
    one = "questions/<int:pk>/"
    return [
        path("questions/", inbox.QuestionInbox.as_view(), name="compliance_questions"),
        path("questions/figures/", figures.QuestionFigures.as_view(), name="compliance_question_figures"),
        path(one, detail.QuestionDetail.as_view(), name="compliance_question"),
        path(f"{one}answer/", answer.QuestionAnswer.as_view(), name="compliance_question_answer"),
        path(f"{one}contact/", detail.QuestionContact.as_view(), name="compliance_question_contact"),
        path(f"{one}files/<int:file>/", detail.QuestionFileView.as_view(), name="compliance_question_file"),
        path(f"{one}do/<slug:step>/", detail.QuestionDo.as_view(), name="compliance_question_do"),
    ]


def style() -> str:
    """The style sheet of these screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("compliance/questions.css"))


class InboxMenuItem(RightMenuItem):
    """The inbox with the number of questions that wait."""

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        count = waiting_count(authorities_for(request.user, Question))
        if count:
            component.label = gettext("Inbox (%(count)s)") % {"count": count}
        return component


def item() -> MenuItem:
    """The menu entry."""
    items = [
        InboxMenuItem(_("Inbox"), reverse("compliance_questions"), Question, icon_name="mail", order=10),
        RightMenuItem(
            _("Answers in figures"),
            reverse("compliance_question_figures"),
            FindingRecord,
            icon_name="list-ul",
            order=20,
        ),
        VIEWSETS[0].get_menu_item(order=30),
    ]
    return SubmenuMenuItem(
        _("Questions of citizens"), Menu(items=items), name="questions", icon_name="help", order=150
    )

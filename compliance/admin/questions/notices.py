"""The privacy notices of the forms, by portal, from a day on."""

from __future__ import annotations

from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from compliance.models import QuestionNotice
from sitepages.panels import date_panel


def beginning(notice: QuestionNotice) -> str:
    """The first words of a notice."""
    return Truncator(notice.text).chars(120)


class QuestionNoticeViewSet(ScopedModelViewSet):
    """Without a notice the shipped text holds; a question keeps a digest of what was agreed to."""

    model = QuestionNotice
    icon = "lock"
    menu_label = _("Privacy notices")
    empty_text = _("Until a notice is written here, the form shows the text that comes with the system.")
    list_display = ["authority", "valid_from", Column("text", label=_("Text"), accessor=beginning)]
    list_filter = ["authority"]
    list_export = ["authority", "valid_from", "text"]
    edit_handler = ObjectList(
        [FieldPanel("authority"), date_panel("valid_from"), FieldPanel("text")], base_form_class=ScopedForm
    )

"""Comments on drafts: the board reads them, cuts what tells who wrote them, and publishes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, ObjectList

from compliance.admin.scoping import ScopedForm, ScopedModelViewSet
from sitepages.models import ConsultationComment
from sitepages.text import nfc


class CommentForm(ScopedForm):
    """What was sent cannot be changed; the text for publication starts as the text sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state == ConsultationComment.State.WAITING and not self.instance.public_text:
            self.initial["public_text"] = self.instance.text

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        state, text = cleaned.get("state"), nfc(cleaned.get("public_text") or "").strip()
        if state == ConsultationComment.State.APPROVED and not text:
            self.add_error("public_text", _("Give the text to publish, or choose “Not published”."))
        if state == ConsultationComment.State.REFUSED and not (cleaned.get("reason") or "").strip():
            self.add_error("reason", _("Say why it is not published."))
        for said in (self.instance.name, self.instance.contact):
            if state == ConsultationComment.State.APPROVED and len(said) > 3 and said.lower() in text.lower():
                self.add_error(
                    "public_text", _("Take out “%(said)s”: it tells who wrote it.") % {"said": said}
                )
        cleaned["public_text"] = "" if state == ConsultationComment.State.REFUSED else text
        return cleaned


class CommentViewSet(ScopedModelViewSet):
    """Waiting ones first; nothing is added or deleted by hand."""

    model = ConsultationComment
    icon = "comment"
    menu_label = gettext_lazy("Comments on drafts")
    menu_order = 158
    url_namespace = "consultation_comments"
    list_display = ["page", "received_at", "state", "text"]
    list_export = ["authority", "page", "received_at", "state", "text", "public_text"]
    list_filter = ["state"]
    search_fields = ["text"]
    ordering = ["-state", "-received_at"]
    inspect_view_fields = ["page", "received_at", "name", "contact", "text", "state", "public_text", "reason"]
    edit_handler = ObjectList(
        [
            FieldPanel("page", read_only=True),
            FieldPanel("received_at", read_only=True),
            FieldPanel("name", read_only=True),
            FieldPanel("contact", read_only=True),
            FieldPanel("text", read_only=True),
            FieldPanel("state"),
            FieldPanel("public_text"),
            FieldPanel("reason"),
        ],
        base_form_class=CommentForm,
    )
    empty_text = gettext_lazy(
        "Comments that citizens and businesses send on drafts of this portal stand here once one has come."
    )

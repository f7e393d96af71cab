"""The editor's form of documents: what a link between two of them may say."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.permission_policies.pages import PagePermissionPolicy

from sitepages.models.forms import PageForm
from sitepages.registers.force import fault


def may_name(user: Any) -> Any:
    """The documents an officer may name: all public ones, and drafts of their own tree."""
    model = apps.get_model("sitepages", "LegalDocumentPage")
    own = PagePermissionPolicy().explorable_instances(user) if user is not None else None
    seen = Q(live=True) if own is None else Q(live=True) | Q(pk__in=own.values("pk"))
    return model.objects.filter(seen)


class DocumentForm(PageForm):
    """Links name a document that may be seen, earlier than this one, and never in a circle."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("links")
        if formset is not None and formset.is_valid():
            for row in formset.forms:
                said = getattr(row, "cleaned_data", None)
                if said and not said.get("DELETE"):
                    self._check(row, said, cleaned.get("issue_date"))
        return cleaned

    def _check(self, row: Any, said: dict[str, Any], issued: Any) -> None:
        target = said.get("target")
        if bool(target) == bool(said.get("elsewhere")):
            row.add_error("target", _("Choose a document, or name one kept elsewhere; one of the two."))
            return
        if target is None:
            return
        if not may_name(self.for_user).filter(pk=target.pk).exists():
            row.add_error("target", _("Choose a published document, or a draft of your own portal."))
            return
        links = apps.get_model("sitepages", "DocumentLink").objects.exclude(target=None)
        wrong = fault(
            said["kind"],
            self.instance.pk,
            target.pk,
            issued,
            target.specific.issue_date,
            lambda each: links.filter(page_id=each).values_list("target_id", flat=True),
        )
        if wrong:
            row.add_error("target", _in_words(wrong))


def _in_words(code: str) -> str:
    return {
        "self": _("A document cannot be linked to itself."),
        "newer": _("The document chosen was issued later. Enter the link in that newer document instead."),
        "circle": _("The document chosen already rests on this one; the two cannot replace each other."),
    }[code]

"""Articles like the one being written: beside its text, and said when it is saved. Nothing is held up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.side_panels import BaseSidePanel

from compliance.admin.alike.access import unit_of
from compliance.models import CountExclusion
from compliance.models.likeness import AlikeKind
from compliance.queries.likeness import Alike, Finder, originals, text_of
from sitepages.models import ArticlePage

_SHOWN = 10


def alike_in_public(page: ArticlePage) -> list[Alike]:
    """Articles anybody may read that are like this one as it stands: never drafts of others.

    What it is known to be a copy of is no find: it was sent down on purpose, or is counted there alone.
    """
    text = text_of(page, timezone.localdate())
    others = originals().public().select_related("office__authority").exclude(pk=page.repost_of_id)
    return Finder().alike(text, but=page.pk, among=others)


def described(each: Alike) -> dict[str, Any]:
    """One of them as it is shown."""
    return {
        "page": each.page,
        "kind": AlikeKind(each.found.kind.value).label,
        "percent": each.found.percent,
        "unit": unit_of(each.page),
    }


class AlikeSidePanel(BaseSidePanel):
    """Which public articles of all portals are like this one, and whether the board counts it."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Articles like this one")
        icon_name = "copy"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.found)
            return context

    name = "alike"
    title = gettext_lazy("Articles like this one")
    template_name = "compliance/admin/alike/side_panel.html"
    order = 160

    @cached_property
    def found(self) -> list[Alike]:
        """What is alike, most alike first."""
        return alike_in_public(self.object)

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        context["found"] = [described(each) for each in self.found[:_SHOWN]]
        context["own"] = self.object.pk
        context["left_out"] = (
            CountExclusion.objects.filter(article=self.object.pk, withdrawn_at__isnull=True)
            .select_related("duplicate_of")
            .first()
        )
        return context


def warn(request: HttpRequest, page: Any) -> None:
    """Hook body, after an article was saved: says what it is like. It has been saved all the same."""
    if not isinstance(page, ArticlePage) or not request.accepts("text/html"):
        return
    found = alike_in_public(page)
    if not found:
        return
    first = described(found[0])
    text = _(
        "Saved. %(count)s public articles are like this one; most of all “%(title)s” of %(unit)s "
        "(%(kind)s, %(percent)s %%)."
    ) % {
        "count": len(found),
        "title": first["page"].title,
        "unit": first["unit"] or "–",
        "kind": first["kind"],
        "percent": first["percent"],
    }
    url = reverse("compliance_compare", args=[page.pk, first["page"].pk])
    messages.warning(
        request, format_html('{} <a href="{}">{}</a>', text, url, _("Compare them side by side"))
    )

"""A section of a portal and the records it may hold."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from sitepages.blocks.body import BODY
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.pagination import paginate
from sitepages.vocabulary import section_choices, sections


class SectionPage(BasePage):
    """A section such as the work schedule or the budget; made by provisioning, one of each per site."""

    section = models.CharField(_("section"), max_length=50, choices=section_choices, db_index=True)
    body = BodyField(BODY, blank=True, verbose_name=_("text"))

    content_panels = [*BasePage.content_panels, FieldPanel("section", read_only=True), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.FilterField("section")]
    parent_page_types = ["sitepages.PortalHomePage", "sitepages.SubportalHomePage"]
    subpage_types = [
        "sitepages.LegalDocumentPage",
        "sitepages.WorkSchedulePage",
        "sitepages.ProcurementPage",
        "sitepages.BudgetDisclosurePage",
        "sitepages.EventPage",
        "sitepages.PlainPage",
    ]
    page_size = 20
    is_creatable = False  # made by provisioning

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["records"] = paginate(request, self._records(), self.page_size)
        return context

    def _records(self) -> QuerySet:
        """Public records, newest first by the date that counts for their kind."""
        section = sections().get(self.section)
        names = section.accepts if section else ()
        if len(names) == 1:
            model = apps.get_model("sitepages", names[0])
            records: QuerySet = model.objects.child_of(self).live().public()
            return records.order_by(*model.listing_order, "-pk")
        return self.get_children().live().public().specific().order_by("-first_published_at", "-pk")


class RecordPage(BasePage):
    """A record published under a section: the section says which kinds it takes."""

    subpage_types: list[str] = []
    listing_order: tuple[str, ...] = ("-first_published_at",)

    class Meta:
        abstract = True

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        return bool(super().can_create_at(parent)) and cls._fits(parent)

    def can_move_to(self, parent: Page) -> bool:
        return bool(super().can_move_to(parent)) and self._fits(parent)

    @classmethod
    def _fits(cls, parent: Page) -> bool:
        home = parent.specific
        if not isinstance(home, SectionPage):
            return True
        section = sections().get(home.section)
        return section is not None and cls.__name__ in section.accepts

"""A section of a portal and the records it may hold."""

from __future__ import annotations

from dataclasses import dataclass
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
from sitepages.disclosures import disclosure
from sitepages.fields import BodyField
from sitepages.frame.store import open_only
from sitepages.models.base import BasePage
from sitepages.pagination import paginate
from sitepages.queries import records_below
from sitepages.vocabulary import section_choices, sections, words


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
        "sitepages.DisclosurePage",
        "sitepages.PlainPage",
    ]
    page_size = 20
    is_creatable = False  # made by provisioning

    class Meta:
        verbose_name = _("section page")
        verbose_name_plural = _("section pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["records"] = paginate(request, open_only(self._records(), request), self.page_size)
        return context

    def _records(self) -> QuerySet:
        """Public records, newest first by the date that counts for their kind."""
        section = sections().get(self.section)
        names = section.accepts if section else ()
        shape = disclosure(self.section)
        if shape is not None and shape.in_tree_order:
            return self.get_children().live().specific()
        if len(names) == 1:
            model = apps.get_model("sitepages", names[0])
            records: QuerySet = model.objects.child_of(self).live()
            return records.order_by(*model.listing_order, "-pk")
        return self.get_children().live().specific().order_by("-first_published_at", "-pk")


@dataclass(frozen=True)
class SectionGroup:
    """One group of a portal's sections, with what each holds."""

    name: str
    entries: list[dict[str, Any]]


class SectionMapPage(BasePage):
    """All sections of one portal by group, the ones outside the main menu too; made by provisioning."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("introduction")]
    parent_page_types = ["sitepages.PortalHomePage", "sitepages.SubportalHomePage"]
    subpage_types: list[str] = []
    is_creatable = False  # made by provisioning

    class Meta:
        verbose_name = _("map of sections")
        verbose_name_plural = _("maps of sections")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["groups"] = self.groups() if self.path else []
        return context

    def groups(self) -> list[SectionGroup]:
        """The portal's public sections by group, each with how many records it holds and the newest day."""
        home = self.get_parent()
        places = {page.path: page for page in SectionPage.objects.child_of(home).live().public()}
        by_code = {page.section: page for page in places.values()}
        index = apps.get_model("sitepages", "ArticleIndexPage").objects.child_of(home).live().first()
        held = records_below(home)
        groups: dict[str, list[dict[str, Any]]] = {code: [] for code in words("section_groups")}
        for section in sections().values():
            page = index if section.kind == "articles" else by_code.get(section.code)
            if page is not None and section.group in groups:
                count, newest = held.get(page.path, (0, None))
                groups[section.group].append({"page": page, "count": count, "newest": newest})
        names = words("section_groups")
        return [SectionGroup(names[code].name, entries) for code, entries in groups.items() if entries]


class RecordPage(BasePage):
    """A record published under a section: the section says which kinds it takes."""

    subpage_types: list[str] = []
    listing_order: tuple[Any, ...] = ("-first_published_at",)

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

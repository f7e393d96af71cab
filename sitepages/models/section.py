"""A section of a portal and the records it may hold."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelsearch import index
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from sitepages.blocks.body import BODY
from sitepages.fields import BodyField
from sitepages.models.base import BasePage
from sitepages.queries import records_below
from sitepages.registers.listing import Listing
from sitepages.registers.promises import promise_of
from sitepages.registers.public import has_left
from sitepages.registers.weeks import WEEKS, Weeks
from sitepages.tongues import is_translation
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
        today = timezone.localdate()
        listing = Listing(self, self.section, request.GET, self.page_size, today)
        context["listing"], context["records"] = listing, listing.page()
        if self.section == WEEKS:
            context["weeks"] = Weeks(self, request.GET, today)
        if not context["records"] and not listing.request.kept and not is_translation(self):
            context["promise"] = promise_of(self, self.section, today)
        return context


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
        held = records_below(home, timezone.localdate())
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
    may_be_sent = True

    class Meta:
        abstract = True

    @property
    def leaves_on(self) -> datetime.date | None:
        """The day from which the record is no longer public by itself; None for what has no such day."""
        return None

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A record whose term of display has run out is gone, whether or not anybody took it down."""
        if has_left(self, timezone.localdate()):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """None for a record that has left."""
        return [] if has_left(self, timezone.localdate()) else super().get_sitemap_urls(request)

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

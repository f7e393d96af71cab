"""The front pages: of the main portal, and of the portals under it."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.url_routing import RouteResult

from sitepages import tongues
from sitepages.drawn.news import newest_drawn
from sitepages.frame.find import localized_page, page_at
from sitepages.frame.store import frame_of
from sitepages.front import front_page_content
from sitepages.models.base import BasePage


class FrontPage(BasePage):
    """What both kinds of front page share."""

    introduction = models.TextField(_("introduction"), blank=True, max_length=1000)
    banner = models.ForeignKey(
        "sitepages.PortalImage",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("banner"),
        related_name="+",
    )

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("banner")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "sitepages.ArticleIndexPage",
        "sitepages.SectionPage",
        "sitepages.SectionMapPage",
        "sitepages.PlainPage",
    ]

    class Meta:
        abstract = True

    @property
    def localized(self) -> FrontPage:
        """Itself: the way to pages of another language is found here, by what the frame knows."""
        return self

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """The way to a page of this portal in one query, by what the frame knows; else Wagtail's own way."""
        frame = frame_of(request)
        if frame is None or frame.home.pk != self.pk:
            return super().route(request, path_components)
        found = localized_page(frame, tongues.read_in(request), path_components)
        if found is None and len(path_components) > 2:
            return super().route(request, path_components)
        if found is None:
            found = page_at(frame, path_components) if path_components else self
        if found is None or not found.live:
            raise Http404
        found._frame = frame
        return super().route(request, []) if found is self else found.route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What is new stands on the front page in whatever language it was written in."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        frame, today = frame_of(request), timezone.localdate()
        home = frame.home if frame is not None and tongues.is_translation(self) else self
        code = tongues.read_in(request)
        context.update(front_page_content(home, today, frame, tongues.prefix(code)))
        if frame is not None and frame.drawn.is_shown:
            context["drawn_news"] = newest_drawn(frame, today)
        return context


class PortalHomePage(FrontPage):
    """Front page of a portal that has sub-portals: a district's, or a province's."""

    is_creatable = False  # made by provisioning

    class Meta:
        verbose_name = _("portal front page")
        verbose_name_plural = _("portal front pages")


class SubportalHomePage(FrontPage):
    """Front page of a sub-portal: a commune's."""

    is_creatable = False  # made by provisioning

    class Meta:
        verbose_name = _("sub-portal front page")
        verbose_name_plural = _("sub-portal front pages")

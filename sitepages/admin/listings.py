"""All articles one may edit, in one flat list."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.viewsets.pages import PageListingViewSet

from sitepages.models import ArticlePage


class ArticleParent(ChooseParentView):
    """Where to add an article; refused to those who may add one nowhere."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.get_valid_parent_pages(request.user).exists():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PagesMenuItem(MenuItem):
    """Shown to those who hold some right on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(user_has_any_page_permission(request.user))


class ArticleListing(PageListingViewSet):
    """Articles of the user's own portals: the list is cut to the tree they may explore."""

    model = ArticlePage
    choose_parent_view_class = ArticleParent
    icon = "doc-full"
    menu_item_class = PagesMenuItem
    menu_label = _("Articles")
    menu_order = 155
    add_to_admin_menu = True

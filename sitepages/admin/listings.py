"""All articles one may edit, in one flat list."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.pages import PageListingViewSet

from sitepages.models import ArticlePage


class ArticleListing(PageListingViewSet):
    """Articles of the user's own portals: the list is cut to the tree they may explore."""

    model = ArticlePage
    icon = "doc-full"
    menu_label = _("Articles")
    menu_order = 155
    add_to_admin_menu = True

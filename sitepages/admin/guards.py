"""What the admin refuses, and what it does not offer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from sitepages.models import (
    ArticleIndexPage,
    ArticlePage,
    PortalHomePage,
    SectionMapPage,
    SectionPage,
    SubportalHomePage,
)

_PROVISIONED = (PortalHomePage, SubportalHomePage, SectionPage, SectionMapPage, ArticleIndexPage)


def refuse_deletion(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Hook body: what was once public, and what provisioning made, is not deleted. Unpublish it instead."""
    problem = _problem([page])
    if problem is None:
        return None
    messages.error(request, problem)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def refuse_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Hook body: the page that asks for confirmation would name anybody's draft; Wagtail asks later."""
    if not page.permissions_for_user(request.user).can_move_to(destination):
        raise PermissionDenied


def refuse_bulk_deletion(
    request: HttpRequest, action_type: str, objects: list[Any], action_class_instance: Any
) -> HttpResponse | None:
    """Hook body: the same for several pages at once."""
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    problem = _problem(objects)
    if problem is None:
        return None
    messages.error(request, problem)
    return redirect("wagtailadmin_explore", objects[0].get_parent().pk)


def _problem(pages: list[Page]) -> str | None:
    for page in pages:
        for each in Page.objects.filter(path__startswith=page.path).specific():
            if isinstance(each, _PROVISIONED):
                return _("“%(title)s” belongs to every portal and cannot be deleted.") % {"title": each.title}
            if each.first_published_at is not None and each.alias_of_id is None:
                return _(
                    "“%(title)s” was published; it is kept as a record. Unpublish it instead of deleting it."
                ) % {"title": each.title}
    return None


def remember_originals(request: HttpRequest, page: Page, new_page: Page) -> None:
    """Hook body: the admin's copy goes around ``ArticlePage.copy``; its articles are noted as copies here."""
    for copy in ArticlePage.objects.filter(path__startswith=new_page.path):
        rest = copy.url_path.removeprefix(new_page.url_path)
        source = ArticlePage.objects.filter(path__startswith=page.path, url_path=page.url_path + rest).first()
        if source is not None:
            ArticlePage.objects.filter(pk=copy.pk).update(repost_of=source.repost_of or source)


def refuse_own_publication(request: HttpRequest, page: Page) -> HttpResponse:
    """Hook body: the editor saves what was posted as one's own change before it publishes, so it never may.

    Wagtail asks for the right before that save, when the last change may still be somebody else's.
    """
    messages.error(
        request, _("You made the last change yourself. Another member of the board must approve it.")
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def only_through_approval(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Hook body: no “Publish” beside the workflow; one's own change is never one's to publish."""
    menu_items[:] = [item for item in menu_items if item.name != "action-publish"]
    wanted = [item for item in menu_items if item.name in ("approve", "action-submit")]
    if wanted:  # the step people look for comes first: approving for the board, submitting for the maker
        first = min(wanted, key=lambda item: item.name != "approve")
        menu_items.remove(first)
        menu_items.insert(0, first)


def hide_redirects(request: HttpRequest, items: list[Any]) -> None:
    """Hook body: the screens for redirects are shut for everybody; pages that move are redirected anyway."""
    items[:] = [item for item in items if item.name != "redirects"]

"""Pages that were renamed or moved are still found where they were.

Wagtail's redirects keep the addresses; its screens for them are shut, as they would show and change those of
other units. Nothing is ever redirected to a page that not everybody may see: its address may name it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import post_page_move
from wagtail.views import serve

from sitepages.frame.store import open_only
from sitepages.registers.public import public_now

LONGEST_PATH = 255
#: Short, although permanent: a page may be moved back.
KEPT = "public, max-age=300"
_BATCH = 1000


class MovedPagesMiddleware:
    """Looks for a page that was at an address where no page is now; asks the database then alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        if request.resolver_match is None or request.resolver_match.func is not serve:
            return response
        address = new_address(request)
        if not address:
            return response
        moved = HttpResponsePermanentRedirect(address)
        moved["Cache-Control"] = KEPT
        return moved


def new_address(request: HttpRequest) -> str:
    """Where the page that stood at the address of a request is now; empty where nobody may see it."""
    site = Site.find_for_request(request)
    path = Redirect.normalise_path(request.path)
    if site is None or "\0" in path or len(path) > LONGEST_PATH:
        return ""
    pages = Redirect.objects.filter(site=site, old_path=path, redirect_page__isnull=False)
    found = public_now(Page.objects.filter(pk__in=pages.values("redirect_page")), timezone.localdate())
    page = open_only(found, request).first()
    address = page.get_url(request) if page is not None else None
    return address if address and address != request.path else ""


@receiver(post_page_move, dispatch_uid="sitepages.moved_to_another_portal")
def moved_to_another_portal(
    sender: type, instance: Any, url_path_before: str, url_path_after: str, **kwargs: Any
) -> None:
    """Wagtail sees to moves within a site; from one site to another the old one remembers."""
    before, after = _site_at(url_path_before), _site_at(url_path_after)
    if before is None or after is None or before.site_id == after.site_id:
        return
    pages = Page.objects.filter(path__startswith=instance.path).values_list("pk", "url_path")
    rows = []
    for pk, url_path in pages:
        was = url_path_before + url_path[len(url_path_after) :]
        path = Redirect.normalise_path(was[len(before.root_path) - 1 :])
        if len(path) <= LONGEST_PATH:
            rows.append(
                Redirect(
                    site_id=before.site_id, old_path=path, redirect_page_id=pk, automatically_created=True
                )
            )
    for start in range(0, len(rows), _BATCH):
        part = rows[start : start + _BATCH]
        Redirect.objects.filter(site=before.site_id, old_path__in=[row.old_path for row in part]).delete()
        Redirect.objects.bulk_create(part)


def _site_at(url_path: str) -> Any:
    """The site whose tree holds a path of addresses."""
    return next((each for each in Site.get_site_root_paths() if url_path.startswith(each.root_path)), None)

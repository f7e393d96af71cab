"""Where frames are kept: Django's cache, under a mark in the database that is drawn anew on every change.

The mark is a row, not a number in the cache, so that every process sees a change in the moment it is
committed and nothing kept by a transaction that is rolled back is ever found again.
"""

from __future__ import annotations

import uuid

from django.apps import apps
from django.core.cache import cache
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.request import split_domain_port
from wagtail.models import Site

from sitepages.frame.build import build
from sitepages.frame.record import Frame

#: Long: a frame is left behind with its mark, not by age. It only tidies up.
KEPT_SECONDS = 6 * 3600
_KEPT = "_sitepages_frame"
LONGEST_KEY = 200


def mark() -> str:
    """The mark of today's frames; empty where there is none yet, and nothing is kept."""
    return apps.get_model("sitepages", "FrameVersion").objects.values_list("token", flat=True).first() or ""


def renew() -> None:
    """Draw a new mark: every frame is read anew from now on."""
    model = apps.get_model("sitepages", "FrameVersion")
    token = uuid.uuid4().hex
    if not model.objects.update(token=token):
        model.objects.create(token=token)


def frame_of(request: HttpRequest | None) -> Frame | None:
    """The frame of the portal that answers the request; None where no portal does."""
    if request is None or getattr(request, "_wagtail_site", ...) is None:
        return None
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, _find(request))
    found: Frame | None = getattr(request, _KEPT)
    return found


def _find(request: HttpRequest) -> Frame | None:
    token = getattr(request, "_frame_token", None) or mark()
    if hasattr(request, "_wagtail_site"):
        site: Site | None = request._wagtail_site
        return frame_for(site.pk, token) if site is not None else None
    pk = _site_of(request, token)
    found = frame_for(pk, token) if pk is not None else None
    request._wagtail_site = found.site if found else None  # type: ignore[attr-defined]
    return found


def frame_for(site_id: int, token: str) -> Frame:
    """The frame of a site under a mark."""
    if not token:
        return build(site_id)
    key = f"frame:2:{token}:{site_id}"
    found: Frame | None = cache.get(key)
    if found is None:
        found = build(site_id)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _site_of(request: HttpRequest, token: str) -> int | None:
    """The site of the request's host, as Wagtail finds it; only hosts of ours are remembered."""
    host = split_domain_port(request._get_raw_host())[0]  # type: ignore[attr-defined]  # as Wagtail does
    key = f"frame:2:{token}:host:{request.get_port()}:{host}"
    plain = (
        bool(token) and len(key) <= LONGEST_KEY and host.isascii() and host.isprintable() and " " not in host
    )
    known: int | None = cache.get(key) if plain else None
    if known is not None:
        return known
    site: Site | None = Site._find_for_request(request)
    if site is not None and plain and site.hostname == host:
        cache.set(key, site.pk, KEPT_SECONDS)
    return site.pk if site is not None else None


def open_only(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """The pages that everybody may see."""
    frame = frame_of(request)
    return frame.open_only(pages) if frame is not None else pages.public()  # type: ignore[attr-defined]

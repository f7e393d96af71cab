"""What changes a frame: whenever one of these rows is saved or deleted, all frames are read anew."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from sitepages import tongues
from sitepages.frame.store import renew

#: A front page stands under the root of the tree, the pages of its menu under it.
DEEPEST = 3


def _row_changed(sender: type, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        renew()


def _page_changed(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw or not isinstance(instance, Page) or instance.depth is None:
        return
    if instance.depth <= DEEPEST or tongues.is_translation(instance):  # the frame knows all translations
        renew()


def _page_moved(sender: type, **kwargs: Any) -> None:
    renew()


def _picture_changed(sender: type, instance: Any, created: bool = False, **kwargs: Any) -> None:
    """A crest is kept with its address."""
    if not created and apps.get_model("sitepages", "SiteSettings").objects.filter(crest=instance.pk).exists():
        renew()


def listen() -> None:
    """Connect the signals; once, when the app is ready."""
    ours = [apps.get_model("sitepages", name) for name in ("SiteSettings", "Authority", "Tier", "Notice")]
    for model in (*ours, Site, PageViewRestriction):
        for signal in (post_save, post_delete):
            signal.connect(_row_changed, sender=model, dispatch_uid=f"sitepages.frame.{model.__name__}")
    for signal in (post_save, post_delete):
        signal.connect(_page_changed, dispatch_uid="sitepages.frame.page")
    for moved in (post_page_move, page_unpublished, page_slug_changed):
        moved.connect(_page_moved, dispatch_uid="sitepages.frame.moved")
    pictures = apps.get_model("sitepages", "PortalImage")
    post_save.connect(_picture_changed, sender=pictures, dispatch_uid="sitepages.frame.picture")
    pre_delete.connect(_picture_changed, sender=pictures, dispatch_uid="sitepages.frame.picture")

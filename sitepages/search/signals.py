"""Entries follow what happens to pages and files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import post_page_move

from sitepages.models import PortalDocument
from sitepages.models.base import BasePage
from sitepages.search.entries import index_below, index_ids, index_pages, is_indexing_later
from sitepages.search.files import index_pages_of, pages_of_collection
from sitepages.search.tasks import read_file


@receiver(post_save, dispatch_uid="sitepages.index_saved_page")
def index_saved_page(
    sender: type, instance: Any, raw: bool = False, update_fields: Any = None, **kwargs: Any
) -> None:
    """A save of some fields may be that of a draft: what the page says is then asked of the database.

    So it is where a page is saved as no more than a page, as the timer that ends pages does.
    """
    if raw or is_indexing_later() or not isinstance(instance, Page) or not instance.path:
        return
    if isinstance(instance, BasePage) and update_fields is None:
        index_pages([instance])
    elif update_fields is None or {"live", "title"} & set(update_fields):
        index_ids([instance.pk])


@receiver(post_page_move, dispatch_uid="sitepages.index_moved_pages")
def index_moved_pages(sender: type, instance: Page, **kwargs: Any) -> None:
    index_below(instance)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="sitepages.index_restricted")
def index_restricted_pages(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        index_below(page)


@receiver(
    [post_save, post_delete],
    sender=CollectionViewRestriction,
    dispatch_uid="sitepages.index_restricted_files",
)
def index_restricted_files(sender: type, instance: CollectionViewRestriction, **kwargs: Any) -> None:
    index_ids(pages_of_collection(instance.collection))


@receiver(post_save, sender=PortalDocument, dispatch_uid="sitepages.read_saved_file")
def read_saved_file(sender: type, instance: PortalDocument, raw: bool = False, **kwargs: Any) -> None:
    """In the background, once the file is surely kept."""
    if settings.PORTAL_READ_FILES and not raw and not is_indexing_later():
        transaction.on_commit(lambda: read_file.enqueue(instance.pk))


@receiver(pre_delete, sender=PortalDocument, dispatch_uid="sitepages.forget_deleted_file")
def forget_deleted_file(sender: type, instance: PortalDocument, **kwargs: Any) -> None:
    transaction.on_commit(lambda number=instance.pk: index_pages_of([number]))  # type: ignore[misc]

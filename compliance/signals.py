"""Pages that change are noted at once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, Revision
from wagtail.signals import page_published, page_unpublished, post_page_move

from compliance.models import CalendarDay, LocalRule
from compliance.services.likeness import forget_article, note_article
from compliance.services.observe import is_observing_later, observe, observe_removal
from sitepages.locks import share_record_lock
from sitepages.models import ArticlePage
from sitepages.models.base import BasePage
from sitepages.pagecache.marks import renew_pages
from sitepages.services import page_confirmed


def _note(page: Any) -> None:
    if isinstance(page, BasePage) and page.path and not is_observing_later():
        with transaction.atomic():
            share_record_lock()
            observe(page, now=timezone.now())


@receiver(post_save, dispatch_uid="compliance.note_saved_page")
def note_saved_page(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw:
        return
    if isinstance(instance, Revision):
        _note_draft(instance)
    else:
        _note(instance)


@receiver([page_published, page_unpublished, page_confirmed], dispatch_uid="compliance.note_page")
def note_page(sender: type, instance: Any, **kwargs: Any) -> None:
    _note(instance)


@receiver(post_page_move, dispatch_uid="compliance.note_moved_pages")
def note_moved_pages(sender: type, instance: Page, **kwargs: Any) -> None:
    for page in Page.objects.descendant_of(instance, inclusive=True).specific():
        _note(page)


@receiver(pre_delete, dispatch_uid="compliance.note_deleted_page")
def note_deleted_page(sender: type, instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        with transaction.atomic():
            share_record_lock()
            observe_removal(instance, now=timezone.now())


def _note_draft(revision: Revision) -> None:
    """What a page not yet public says, as it is being written."""
    page = revision.content_object
    if isinstance(page, BasePage) and not page.live:
        page.latest_revision = revision
        page.latest_revision_created_at = revision.created_at
        _note(page)


@receiver(post_save, sender=ArticlePage, dispatch_uid="compliance.compare_saved_article")
def compare_saved_article(
    sender: type, instance: ArticlePage, raw: bool = False, update_fields: object = None, **kwargs: Any
) -> None:
    """A save of some fields may be that of a draft: the text then comes with the publishing."""
    if not raw and update_fields is None and instance.path and not is_observing_later():
        note_article(instance)


@receiver(page_published, sender=ArticlePage, dispatch_uid="compliance.compare_published_article")
def compare_published_article(sender: type, instance: ArticlePage, **kwargs: Any) -> None:
    if not is_observing_later():
        note_article(instance)


@receiver(page_unpublished, sender=ArticlePage, dispatch_uid="compliance.forget_article")
def forget_unpublished_article(sender: type, instance: ArticlePage, **kwargs: Any) -> None:
    forget_article(instance.pk)


@receiver([post_save, post_delete], sender=LocalRule, dispatch_uid="compliance.renew_pages_of_rule")
@receiver([post_save, post_delete], sender=CalendarDay, dispatch_uid="compliance.renew_pages_of_day")
def renew_pages_of_rule(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Empty sections say by when they must be filled."""
    if not raw:
        renew_pages()

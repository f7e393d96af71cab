"""What happens whenever a row is saved or a page is published."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, post_page_move

from sitepages.models import DocumentLink, WorkSchedulePage
from sitepages.models.base import BasePage
from sitepages.registers.entries import enter, refresh_standing
from sitepages.services import announce_week, note_change, record_human_change
from sitepages.text import normalize_fields

_OURS = frozenset({"sitepages", "compliance", "portal"})


@receiver(pre_save, dispatch_uid="sitepages.normalize_text")
def normalize_text(
    sender: type[models.Model], instance: models.Model, raw: bool = False, **kwargs: Any
) -> None:
    if not raw and sender._meta.app_label in _OURS:
        normalize_fields(instance)


@receiver(page_published, dispatch_uid="sitepages.human_change")
def note_human_change(sender: type, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if not isinstance(instance, BasePage):
        return
    if isinstance(instance, WorkSchedulePage):
        announce_week(instance, day=timezone.localdate())
    if revision is None or not revision.user_id:
        return
    changed = record_human_change(instance, at=revision.created_at)
    if changed and instance.first_published_at != instance.last_published_at:
        note_change(instance, at=instance.last_published_at)


@receiver(post_page_move, dispatch_uid="sitepages.enter_again")
def enter_again(sender: type, instance: Any, **kwargs: Any) -> None:
    enter(instance.specific)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="sitepages.standing_of_closed")
def closed_or_opened(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """What a closed document does to others is not told; opened, it is told again."""
    below = DocumentLink.objects.filter(page__path__startswith=instance.page.path, target__isnull=False)
    refresh_standing(set(below.values_list("target_id", flat=True)))


@receiver(post_delete, sender=DocumentLink, dispatch_uid="sitepages.link_removed")
def link_removed(sender: type, instance: DocumentLink, **kwargs: Any) -> None:
    if instance.target_id:
        refresh_standing([instance.target_id])

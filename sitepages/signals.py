"""What happens whenever a row is saved or a page is published."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.signals import page_published

from sitepages.models.base import BasePage
from sitepages.services import record_human_change
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
    if isinstance(instance, BasePage) and revision is not None and revision.user_id:
        record_human_change(instance, at=revision.created_at)

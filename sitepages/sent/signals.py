"""Copies follow what happens to the page they were made of."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published

from sitepages.models import SentPage
from sitepages.models.base import BasePage
from sitepages.sent import services


@receiver(page_published, dispatch_uid="sitepages.sent.published")
def published(sender: type, instance: Any, revision: Any = None, alias: bool = False, **kwargs: Any) -> None:
    """A source or a copy was published. Aliases of a page closed to the public are not shown for that."""
    if not isinstance(instance, BasePage) or not instance.may_be_sent:
        return
    if alias:
        if instance.alias_of is not None and instance.alias_of.get_view_restrictions().exists():
            services.follow_closing(instance.alias_of.specific)
        return
    if revision is None:
        return
    now = timezone.now()
    services.note_source(instance, at=now)
    services.note_copy(instance, at=now)


@receiver([post_save, post_delete], sender=PageViewRestriction, dispatch_uid="sitepages.sent.closed")
def closed(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """What is closed above is closed below, and opened again with it."""
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is None:
        return
    rows = SentPage.objects.filter(source__path__startswith=page.path, withdrawn_at__isnull=True)
    for source in Page.objects.filter(pk__in=rows.values("source")).specific():
        services.follow_closing(source)

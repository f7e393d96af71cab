"""Rows that are written once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext


class FrozenRowError(Exception):
    """Somebody tried to change or remove a row that is kept as it was written."""


class AppendOnlyQuerySet(models.QuerySet):
    """Adds rows and reads them; nothing else."""

    def update(self, **kwargs: Any) -> int:
        raise FrozenRowError(gettext("Rows that were recorded are never changed."))

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise FrozenRowError(gettext("Rows that were recorded are never changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise FrozenRowError(gettext("Rows that were recorded are never removed."))


class AppendOnly(models.Model):
    """A record: written once, read ever after."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise FrozenRowError(gettext("Rows that were recorded are never changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise FrozenRowError(gettext("Rows that were recorded are never removed."))

"""What search keeps beside the pages: an entry for each public page, and the text of each file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from sitepages.models.authority import Authority
from sitepages.models.media import PortalDocument


class SearchEntry(models.Model):
    """One public page as it is searched, the texts of its files with it.

    ``place`` orders entries newest first when read downwards, see ``search.entries.place_of``. ``words`` is
    indexed by the database itself (``migrations/_search_index.py``). The long columns come last: SQLite reads
    a row from the front.
    """

    page = models.OneToOneField(Page, models.CASCADE, primary_key=True, related_name="+")
    place = models.BigIntegerField(_("place in the order"), unique=True)
    authority = models.ForeignKey(
        Authority, models.CASCADE, verbose_name=_("authority"), related_name="+", db_index=False
    )
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("kind"), max_length=20)
    section = models.CharField(_("section"), max_length=50, blank=True)
    date = models.DateField(_("day"))
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number and symbol"), max_length=300, blank=True)
    title_words = models.TextField(_("words of the title"))
    documents = models.JSONField(_("files"), default=list)
    plain_text = models.TextField(_("text"))
    words = models.TextField(_("words and marks"))

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return self.title


class DocumentText(models.Model):
    """What was read in a file: its text, its pages, or why there is none."""

    class State(models.TextChoices):
        READ = "read", _("Text read")
        SCAN = "scan", _("No text: a scan")
        LOCKED = "locked", _("Locked by a password")
        BROKEN = "broken", _("Damaged")
        TOO_LARGE = "too_large", _("Too large")
        TOO_SLOW = "too_slow", _("Took too long to read")
        OTHER = "other", _("Not read: another kind of file")

    document = models.OneToOneField(
        PortalDocument, models.CASCADE, primary_key=True, related_name="contents", verbose_name=_("file")
    )
    file_name = models.CharField(_("file read"), max_length=255)
    digest = models.CharField(_("SHA-256"), max_length=64, blank=True)
    size = models.BigIntegerField(_("size"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    read_at = models.DateTimeField(_("read at"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("text of a file")
        verbose_name_plural = _("texts of files")

    def __str__(self) -> str:
        return str(self.document)

    @property
    def has_text(self) -> bool:
        """Whether there are words a machine can read, or read aloud."""
        return self.state == self.State.READ

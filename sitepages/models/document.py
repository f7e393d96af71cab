"""Legal and administrative documents."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from sitepages.facts import Facts, filled_of
from sitepages.models.base import BasePage
from sitepages.models.section import RecordPage
from sitepages.panels import date_panel
from sitepages.text import fold
from sitepages.vocabulary import document_type_choices, words


class LegalDocumentPage(RecordPage):
    """A document issued here, or issued elsewhere and binding here."""

    class Origin(models.TextChoices):
        OWN = "own", _("Issued by this body")
        OTHER = "other", _("Issued by another body")

    number = models.CharField(
        _("number and symbol"), max_length=100, help_text=_("For example: 235/UBND-CCHC.")
    )
    document_type = models.CharField(_("type of document"), max_length=30, choices=document_type_choices)
    issuer = models.CharField(_("issuing body"), max_length=255)
    signer = models.CharField(_("signed by"), max_length=150, blank=True)
    issue_date = models.DateField(_("date of issue"), db_index=True)
    effective_date = models.DateField(_("in force from"), null=True, blank=True)
    abstract = models.TextField(_("abstract"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("document_type")]),
                FieldRowPanel([date_panel("issue_date"), date_panel("effective_date")]),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("signer")]),
                FieldPanel("origin"),
            ],
            heading=_("Document"),
        ),
        FieldPanel("abstract"),
        InlinePanel("files", heading=_("Files"), label=_("File")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.SearchField("abstract"),
        index.FilterField("issue_date"),
        index.FilterField("document_type"),
    ]
    parent_page_types = ["sitepages.SectionPage"]
    listing_order = ("-issue_date",)
    facts_need = ("files",)

    class Meta:
        verbose_name = _("legal document")
        verbose_name_plural = _("legal documents")

    @property
    def legal_date(self) -> datetime.date | None:
        return self.issue_date

    def facts(self) -> Facts:
        filled = filled_of(
            document_type=self.document_type,
            authority=self.issuer,
            number=self.number,
            issue_date=self.issue_date,
            effective_date=self.effective_date,
            abstract=self.abstract,
            file=list(self.files.all()),
        )
        return Facts(kind=self.origin, trigger=self.issue_date, filled=filled)

    @property
    def folded_text(self) -> str:
        return fold(f"{self.title} {self.number} {self.abstract}")

    @property
    def type_name(self) -> str:
        word = words("document_types").get(self.document_type)
        return word.name if word else self.document_type

    def clean(self) -> None:
        super().clean()
        if self.issue_date and self.effective_date and self.effective_date < self.issue_date:
            raise ValidationError({"effective_date": _("A document cannot take effect before it is issued.")})


class DocumentFile(Orderable):
    """A file of a legal document."""

    page = ParentalKey(LegalDocumentPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "sitepages.PortalDocument", models.PROTECT, verbose_name=_("file"), related_name="+"
    )
    title = models.CharField(_("shown as"), max_length=255, blank=True)

    panels = [FieldPanel("document"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

"""Legal and administrative documents."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from sitepages.facts import Facts, filled_of
from sitepages.models.base import BasePage
from sitepages.models.link_forms import DocumentForm
from sitepages.models.section import RecordPage
from sitepages.panels import date_panel
from sitepages.registers.entries import refresh_standing
from sitepages.registers.force import Link
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
    expires_on = models.DateField(
        _("out of force from"),
        null=True,
        blank=True,
        help_text=_("Only where the document itself names the day. A later document is entered as a link."),
    )
    abstract = models.TextField(_("abstract"))
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, default=Origin.OWN)

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("number"), FieldPanel("document_type")]),
                FieldRowPanel(
                    [date_panel("issue_date"), date_panel("effective_date"), date_panel("expires_on")]
                ),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("signer")]),
                FieldPanel("origin"),
            ],
            heading=_("Document"),
        ),
        FieldPanel("abstract"),
        InlinePanel("files", heading=_("Files"), label=_("File")),
        InlinePanel("links", heading=_("Links to other documents"), label=_("Link")),
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
    base_form_class = DocumentForm

    #: Read along with the document when it is shown.
    shown_with = ("register_entry",)

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
        begins = self.effective_date or self.issue_date
        if self.expires_on and begins and self.expires_on < begins:
            raise ValidationError({"expires_on": _("A document cannot lapse before it takes effect.")})
        if self.issue_date and self.effective_date and self.effective_date < self.issue_date:
            raise ValidationError({"effective_date": _("A document cannot take effect before it is issued.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The documents this one names stand otherwise once it is public, or no longer is."""
        result = super().save(*args, **kwargs)
        refresh_standing({self.pk, *self.links.values_list("target_id", flat=True)} - {None})
        return result


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


class DocumentLink(Orderable):
    """What this document does to an earlier one: one kept here, or one kept elsewhere, named in words."""

    class Kind(models.TextChoices):
        REPLACES = Link.REPLACES, _("replaces")
        REPEALS = Link.REPEALS, _("repeals")
        REPEALS_PART = Link.REPEALS_PART, _("repeals in part")
        AMENDS = Link.AMENDS, _("amends")
        CORRECTS = Link.CORRECTS, _("corrects")
        BASED_ON = Link.BASED_ON, _("implements, is based on")

    page = ParentalKey(LegalDocumentPage, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("this document"), max_length=15, choices=Kind.choices)
    target = models.ForeignKey(
        LegalDocumentPage,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("document on a portal of ours"),
        related_name="linked_from",
    )
    elsewhere = models.CharField(
        _("document kept elsewhere"),
        max_length=255,
        blank=True,
        help_text=_("Number and title, when the document is on none of our portals."),
    )
    from_day = models.DateField(
        _("from"), null=True, blank=True, help_text=_("Empty: from the day this document takes effect.")
    )
    note = models.CharField(
        _("which parts"), max_length=255, blank=True, help_text=_("For example: Articles 3 and 5.")
    )

    panels = [
        FieldRowPanel([FieldPanel("kind"), date_panel("from_day")]),
        PageChooserPanel("target", "sitepages.LegalDocumentPage"),
        FieldRowPanel([FieldPanel("elsewhere"), FieldPanel("note")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("link between documents")
        verbose_name_plural = _("links between documents")

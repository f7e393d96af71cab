"""Disclosure records: the page type of every section that has none of its own, made of data."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelsearch import index
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page

from sitepages.blocks.body import BODY, has_figures, has_words
from sitepages.disclosures import Disclosure, Field, ShownField, disclosure
from sitepages.facts import Facts, is_filled
from sitepages.fields import BodyField
from sitepages.models.base import FIRST_YEAR, LAST_YEAR, BasePage
from sitepages.models.detail_forms import DisclosureForm, as_day
from sitepages.models.section import RecordPage, SectionPage
from sitepages.panels import DetailsPanel, date_panel
from sitepages.periods import read_period
from sitepages.registers.minimum import refused_headings
from sitepages.text import fold, nfc


class DisclosurePage(RecordPage):
    """A disclosure record: which fields it has is said by its section, in ``disclosures.toml``."""

    class Period(models.TextChoices):
        MONTHS_3 = "M3", _("First quarter")
        MONTHS_6 = "M6", _("First six months")
        MONTHS_9 = "M9", _("First nine months")
        YEAR = "Y", _("Whole year")

    section = models.CharField(_("section"), max_length=50, editable=False, db_index=True)
    kind = models.CharField(_("kind of record"), max_length=50, blank=True)
    number = models.CharField(_("number and symbol"), max_length=100, blank=True)
    legal_day = models.DateField(_("day the term counts from"), null=True, blank=True, db_index=True)
    fiscal_year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    period_token = models.CharField(
        _("period of the year"),
        max_length=2,
        choices=Period.choices,
        blank=True,
        help_text=_("Leave empty for a record of the year itself, such as a plan."),
    )
    month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    term_ends = models.DateField(
        _("may be taken down from"),
        null=True,
        blank=True,
        help_text=_("From this day the law no longer asks for the record to stay public."),
    )
    details = models.JSONField(_("details"), default=dict, blank=True)
    body = BodyField(BODY, blank=True, verbose_name=_("text and tables"))

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldRowPanel([FieldPanel("number"), date_panel("legal_day")]),
                FieldRowPanel([FieldPanel("fiscal_year"), FieldPanel("period_token"), FieldPanel("month")]),
                FieldRowPanel([date_panel("answered_on"), date_panel("term_ends")]),
            ],
            heading=_("Record"),
        ),
        DetailsPanel(heading=_("Details of the section")),
        FieldPanel("body"),
        InlinePanel("files", heading=_("Files"), label=_("File")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("number"),
        index.SearchField("body"),
        index.FilterField("section"),
        index.FilterField("kind"),
        index.FilterField("legal_day"),
    ]
    parent_page_types = ["sitepages.SectionPage"]
    listing_order = (F("legal_day").desc(nulls_last=True), "-first_published_at")
    facts_need = ("files",)
    base_form_class = DisclosureForm

    class Meta:
        verbose_name = _("disclosure record")
        verbose_name_plural = _("disclosure records")

    @property
    def shape(self) -> Disclosure | None:
        """What records of this page's section say."""
        return disclosure(self.section)

    @property
    def leaves_on(self) -> datetime.date | None:
        """The day from which the record is no longer public by itself: lists of persons have one."""
        return self.term_ends if self.shape and self.shape.leaves else None

    @property
    def legal_date(self) -> datetime.date | None:
        return self._column("legal_day")

    @property
    def kind_code(self) -> str:
        """The kind the section knows; its first when none was chosen."""
        return self.shape.kind(self.kind) if self.shape else ""

    def _legal_kind(self) -> str:
        """The kind the law tells records apart by: chosen as such, or made by the answer to a question."""
        made = (
            field.makes.get(str((self.details or {}).get(field.code, "")))
            for field in (self.shape.fields if self.shape else ())
        )
        return self.kind_code or next(filter(None, made), "")

    @property
    def kind_name(self) -> str:
        return self.shape.kind_name(self.kind_code) if self.shape else ""

    @property
    def period_code(self) -> str:
        """``2021``, ``2021-M6`` or ``2021-07``; empty where the section knows no period."""
        year, month = self._column("fiscal_year"), self._column("month")
        if not year:
            return ""
        if month:
            return f"{year}-{month:02d}"
        token = self._column("period_token")
        return f"{year}-{token}" if token else str(year)

    @property
    def folded_text(self) -> str:
        words = [value for value in self.details.values() if isinstance(value, str)]
        return fold(" ".join([self.title, self.number, *words]))

    def begin(self, duty: str, period: str) -> None:
        asked = read_period(period)
        if asked:
            self.fiscal_year, self.period_token, self.month = asked.year, asked.token, asked.month

    def facts(self) -> Facts:
        if self.shape is None:
            return Facts()
        served = self._served()
        asked = [field for field in self.shape.by_law if field.is_asked(self.kind_code, self.details)]
        return Facts(
            kind=self._legal_kind(),
            trigger=self.legal_date,
            period=self.period_code,
            answered=self._column("answered_on"),
            term_ends=self._column("term_ends"),
            filled=frozenset(field.code for field in self.shape.fields if self._holds(field, served)),
            asked=frozenset(field.code for field in asked if field.type != "system"),
        )

    def shown_fields(self) -> list[ShownField]:
        """What the record says, in the section's order, for readers; files and the text aside."""
        if self.shape is None:
            return []
        shown = []
        for field in self.shape.fields:
            if not field.is_asked(self.kind_code, self.details):
                continue
            if field.column and field.column not in ("kind", "fiscal_year"):
                value = getattr(self, field.column)
                shown.append(
                    ShownField(
                        field.name, value, "date" if isinstance(value, datetime.date) else "text", field.code
                    )
                )
            elif field.is_typed:
                shown.append(self._typed(field))
        named = {field.column for field in self.shape.fields if field.is_asked(self.kind_code, self.details)}
        for column in ("number", "legal_day", "answered_on", "term_ends"):
            if column in self.shape.columns and column not in named:
                value = getattr(self, column)
                trigger = self.shape.trigger if column == "legal_day" else None
                name = (
                    trigger.name if trigger else str(self._meta.get_field(column).verbose_name).capitalize()
                )
                shown.append(ShownField(name, value, "text" if column == "number" else "date", column))
        return [each for each in shown if is_filled(each.value)]

    def _typed(self, field: Field) -> ShownField:
        """A value kept from when the field was of another type is shown as text."""
        value = self.details.get(field.code)
        if field.type == "date":
            value = as_day(value) or value
        fits = {"date": datetime.date, "number": int}.get(field.type, str)
        kind = field.type if isinstance(value, fits) else "text"
        return ShownField(field.name, field.shown(value), kind, field.code)

    def files_with_names(self) -> list[tuple[Any, str]]:
        """Each file with the name of the field it serves."""
        shape = self.shape
        return [
            (each, found.name if shape and (found := shape.field(each.serves)) else "")
            for each in self.files.select_related("document")
        ]

    def _column(self, name: str) -> Any:
        """A column's value; nothing for a column the section does not use."""
        return getattr(self, name) if self.shape and name in self.shape.columns else None

    def _served(self) -> set[str]:
        """The fields that files serve; a file that says nothing serves the one field that asks for a file."""
        said = {each.serves for each in self.files.all()}
        for_files = [field.code for field in self.shape.served_by_files] if self.shape else []
        return {for_files[0] if len(for_files) == 1 and not code else code for code in said}

    def _holds(self, field: Field, served: set[str]) -> bool:
        if field.type == "system":
            return False
        if field.column:
            value = self.kind_code if field.column == "kind" else self._column(field.column)
            return is_filled(value)
        if field.code in served:
            return True
        if field.type == "table":
            return has_figures(self.body)
        if field.type == "body":
            return has_words(self.body)
        return field.is_typed and is_filled(self.details.get(field.code))

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if not isinstance(self.details, Mapping):
            errors["details"] = _("The details of a record are names with values.")
        refused = refused_headings(self.body, self.shape.refuses if self.shape else ())
        if refused:
            errors["body"] = _(
                "A list of persons states the least that is needed. Take out the column “%(heading)s”."
            ) % {"heading": refused[0]}
        if (self.period_token or self.month) and not self.fiscal_year:
            errors["fiscal_year"] = _("Give the year of the period.")
        if errors:
            raise ValidationError(errors)

    def can_move_to(self, parent: Page) -> bool:
        """Only to the same section of another portal: other sections ask for other fields."""
        home = parent.specific
        return super().can_move_to(parent) and isinstance(home, SectionPage) and home.section == self.section

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        page.section = self.section  # where the page stands, not what one revision says
        return page

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """The section follows from where the page stands; details are kept composed and clean."""
        above = SectionPage.objects.filter(path=self.path[: -self.steplen]) if self.path else None
        place = above.values_list("section", flat=True).first() if above is not None else None
        if place is not None and place != self.section:
            self.section = place
            if kwargs.get("update_fields"):
                kwargs["update_fields"] = [*kwargs["update_fields"], "section"]
        self.details = {
            code: nfc(value) if isinstance(value, str) else value for code, value in self.details.items()
        }
        return super().save(*args, **kwargs)


class DisclosureFile(Orderable):
    """A file of a disclosure record, and which of the section's fields it serves."""

    page = ParentalKey(DisclosurePage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "sitepages.PortalDocument", models.PROTECT, verbose_name=_("file"), related_name="+"
    )
    title = models.CharField(_("shown as"), max_length=255, blank=True)
    serves = models.CharField(_("serves"), max_length=50, blank=True)

    panels = [FieldPanel("document"), FieldPanel("serves"), FieldPanel("title")]

    class Meta(Orderable.Meta):
        verbose_name = _("file of a record")
        verbose_name_plural = _("files of records")

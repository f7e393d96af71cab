"""Forms of page editors that check across fields."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from sitepages.blocks.media import UNDESCRIBED
from sitepages.models.credit_forms import check_credits, with_credits
from sitepages.queries import authority_of
from sitepages.text import vietnamese_slug


class PageForm(WagtailAdminPageForm):
    """Makes the address part from the title when nobody gives one, diacritics read right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "change_note" in self.fields and not self.instance.has_unpublished_changes:
            self.initial["change_note"] = ""  # the last change's words are not this one's
        if "slug" in self.fields:  # the browser copies the title here; its own transliteration drops the đ
            shown = self.fields["slug"]
            self.fields["slug"] = forms.CharField(
                required=False,
                max_length=255,
                widget=shown.widget,
                label=shown.label,
                help_text=shown.help_text,
            )
            self.fields["slug"].widget.attrs.pop("data-controller", None)

    def clean_slug(self) -> str:
        """ASCII; empty for a new page whose slug is just its title, so that a free one is found for it."""
        slug = vietnamese_slug(self.cleaned_data.get("slug") or "")
        if self.instance.pk is None and slug == vietnamese_slug(self.data.get("title", "")):
            return ""
        return slug or self.instance.slug


class ArticleForm(PageForm):
    """Offers only the offices of the portal the article belongs to; shares must add up to 100 %."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.parent_page or (self.instance if self.instance.pk else None)
        authority = authority_of(place) if place is not None else None
        if "office" in self.fields:
            offices = self.fields["office"].queryset
            offices = offices.filter(authority=authority) if authority else offices.none()
            self.fields["office"].queryset = offices
            self.fields["office"].required = offices.exists()
            if not self.instance.office_id and offices.count() == 1:
                self.initial["office"] = offices.get().pk
        if "contributions" in self.formsets:
            with_credits(self.formsets["contributions"], authority, self.instance)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        formset = self.formsets.get("contributions")
        if formset is not None and formset.is_valid():
            rows = [
                row.cleaned_data
                for row in formset.forms
                if row.cleaned_data and not row.cleaned_data.get("DELETE")
            ]
            try:
                check_credits(rows)
            except ValidationError as faults:
                self.add_error(None, faults)
        cover = cleaned.get("cover")
        if cover is not None and "cover" in self.changed_data and not cover.is_described:
            self.add_error("cover", UNDESCRIBED)
        return cleaned


class ScheduleForm(PageForm):
    """Rows of a work schedule lie within its week; a new one is offered for the week asked or the next."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            monday = self.instance.week_start or self._next_free_week(timezone.localdate())
            span = {"first": f"{monday:%d/%m/%Y}", "last": f"{monday + datetime.timedelta(days=6):%d/%m/%Y}"}
            self.initial["week_start"] = monday
            if not self.initial.get("title"):
                self.initial["title"] = _("Work schedule of the week %(first)s to %(last)s") % span

    def _siblings(self) -> Any:
        parent = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        rows = type(self.instance).objects.exclude(pk=self.instance.pk)
        return rows.child_of(parent) if parent is not None else rows.none()

    def _next_free_week(self, today: datetime.date) -> datetime.date:
        """The first week after this one that has no schedule yet, drafts included."""
        taken = set(self._siblings().filter(week_start__gt=today).values_list("week_start", flat=True))
        monday = today + datetime.timedelta(days=7 - today.weekday())
        while monday in taken:
            monday += datetime.timedelta(weeks=1)
        return monday

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        monday = cleaned.get("week_start")
        other = self._siblings().filter(week_start=monday).first() if monday else None
        if other is not None:
            self.add_error(
                "week_start",
                _("This week has a schedule already: “%(title)s”. Change that one.") % {"title": other.title},
            )
        formset = self.formsets.get("rows")
        if monday and formset is not None and formset.is_valid():
            for row in formset.forms:
                day = getattr(row, "cleaned_data", {}).get("date")
                if day and not row.cleaned_data.get("DELETE") and not 0 <= (day - monday).days <= 6:
                    row.add_error("date", _("This day is not in the week of the schedule."))
        return cleaned

"""Panels: the browser's own date and time inputs, and the fields a section adds to its records.

The stock picker rewrites what it cannot read ("7h30" became 07:00) without a word.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from wagtail.admin.compare import TextFieldComparison
from wagtail.admin.panels import FieldPanel, Panel

from sitepages.disclosures import Field


def date_panel(name: str, **kwargs: Any) -> FieldPanel:
    """A field for a day."""
    return FieldPanel(name, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def moment_panel(name: str, **kwargs: Any) -> FieldPanel:
    """A field for a day and the time of it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return FieldPanel(name, widget=widget, **kwargs)


def time_panel(name: str, **kwargs: Any) -> FieldPanel:
    """A field for a time of day."""
    return FieldPanel(name, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class _Detail:
    """One detail of a record, as the comparison of two versions reads it."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.verbose_name = field.name

    def value_from_object(self, page: Any) -> str:
        value = page.details.get(self.field.code)
        return "" if value is None else str(self.field.shown(value))


class DetailsPanel(Panel):
    """The fields that the section adds to its records, from the form's own ``details_form``."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "sitepages/admin/details_panel.html"

        def is_shown(self) -> bool:
            return self.form is None or bool(self.form.details_form.fields or self._by_files())

        def _by_files(self) -> tuple[Field, ...]:
            shape = getattr(self.form, "shape", None)
            return tuple(field for field in shape.served_by_files if field.by_law) if shape else ()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["details"] = self.form.details_form
            context["by_files"] = self._by_files()
            return context

        def get_comparison(self) -> list[Any]:
            shape = self.instance.shape
            return [partial(TextFieldComparison, _Detail(field)) for field in shape.typed] if shape else []

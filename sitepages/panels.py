"""Panels with the browser's own date and time inputs.

The stock picker rewrites what it cannot read ("7h30" became 07:00) without a word.
"""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel


def date_panel(name: str, **kwargs: Any) -> FieldPanel:
    """A field for a day."""
    return FieldPanel(name, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def time_panel(name: str, **kwargs: Any) -> FieldPanel:
    """A field for a time of day."""
    return FieldPanel(name, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)

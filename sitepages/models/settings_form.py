"""The form of a portal's settings: what is kept as codes is chosen by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from sitepages.vocabulary import drawable_sections


def usual_sections() -> list[str]:
    """The sections news of portals below is drawn from, until somebody chooses others."""
    return ["news"]


class SettingsForm(WagtailAdminModelForm):
    """Offers the sections news can be drawn from, and the units below the portal."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "drawn_sections" in self.fields:
            choices = [(section.code, section.name) for section in drawable_sections()]
            self._offer("drawn_sections", choices, required=True)
        if "drawn_units" in self.fields:
            self._offer("drawn_units", self._units(), required=False)

    def _offer(self, name: str, choices: list[tuple[str, str]], *, required: bool) -> None:
        shown = self.fields[name]
        self.fields[name] = forms.MultipleChoiceField(
            choices=choices,
            required=required,
            label=shown.label,
            help_text=shown.help_text,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Choose at least one section.")},
        )
        known = {code for code, _name in choices}
        self.initial[name] = [code for code in getattr(self.instance, name) or [] if code in known]

    def _units(self) -> list[tuple[str, str]]:
        unit = getattr(self.instance.site, "authority", None) if self.instance.site_id else None
        below = unit.children.filter(site__isnull=False) if unit is not None else ()
        return [(each.code, each.display_name) for each in below]

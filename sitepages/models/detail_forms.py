"""The editor's form of records whose fields are data."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from sitepages.disclosures import COLUMNS, Disclosure, Field, disclosure
from sitepages.models.forms import PageForm
from sitepages.text import nfc

#: Years a record may name.
_YEARS = (1900, 2100)
_LARGEST = 10**15
_PHONE = RegexValidator(
    r"^[0-9+][0-9 .()+;,/-]{4,99}\Z",
    gettext_lazy("Digits, spaces and + . ( ) - only, for example 0269 3831 245."),
)


def _in_living_memory(day: datetime.date) -> None:
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s.") % {"first": _YEARS[0], "last": _YEARS[1]}
        )


def marked(name: str, by_law: bool) -> str:
    """A label; what the law asks for says so in words."""
    return _("%(name)s (required by law)") % {"name": name} if by_law else name


def help_of(field: Field, shape: Disclosure) -> str:
    """The field's help, and which kinds of record it is for."""
    kinds = [kind.name for kind in shape.kinds if kind.code in field.kinds]
    only = _("Only for: %(kinds)s.") % {"kinds": "; ".join(kinds)} if kinds else ""
    return " ".join(filter(None, [field.help, only]))


def _form_field(field: Field, shape: Disclosure) -> forms.Field:
    common: dict[str, Any] = {
        "required": False,
        "label": marked(field.name, field.by_law),
        "help_text": help_of(field, shape),
    }
    if field.type == "long":
        return forms.CharField(widget=AdminAutoHeightTextInput(), max_length=20_000, **common)
    if field.type == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(widget=widget, validators=[_in_living_memory], **common)
    if field.type == "number":
        return forms.IntegerField(min_value=0, max_value=_LARGEST, **common)
    if field.type == "url":
        return forms.URLField(assume_scheme="https", max_length=500, **common)
    if field.type == "email":
        return forms.EmailField(max_length=254, **common)
    if field.type == "phone":
        return forms.CharField(validators=[_PHONE, MaxLengthValidator(100)], **common)
    if field.type == "choice":
        options = [("", "---------"), *((option.code, option.name) for option in field.options)]
        return forms.ChoiceField(choices=options, **common)
    return forms.CharField(max_length=500, **common)


class DetailsForm(forms.Form):
    """The fields that one section adds to its records."""

    def __init__(self, *args: Any, shape: Disclosure | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shape is not None:
            for field in shape.typed:
                self.fields[field.code] = _form_field(field, shape)
                if field.type == "date":
                    self.initial[field.code] = _day(self.initial.get(field.code))

    def values(self) -> dict[str, Any]:
        """What was given, as JSON keeps it: days as text, numbers whole, nothing for what is blank."""
        given: dict[str, Any] = {}
        for code, value in self.cleaned_data.items():
            if isinstance(value, datetime.date):
                given[code] = value.isoformat()
            elif isinstance(value, str) and nfc(value).strip():
                given[code] = nfc(value).strip()
            elif isinstance(value, int):
                given[code] = value
        return given


def _day(text: Any) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


class DisclosureForm(PageForm):
    """Shows the columns and fields of the section the record stands in, and keeps nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        section = getattr(place.specific, "section", "") if place is not None else self.instance.section
        self.instance.section = section
        self.shape = disclosure(section)
        self._fit_columns()
        self._fit_files()
        self.details_form = DetailsForm(
            self.data if self.is_bound else None,
            shape=self.shape,
            initial=dict(self.instance.details or {}),
            prefix="details",
        )

    def _fit_columns(self) -> None:
        used = self.shape.columns if self.shape else ()
        for name in COLUMNS:
            if name not in used:
                self.fields.pop(name, None)
        if self.shape is None:
            return
        if "kind" in self.fields:
            self.fields["kind"] = forms.ChoiceField(
                choices=[(kind.code, kind.name) for kind in self.shape.kinds],
                required=False,
                label=self.fields["kind"].label,
                widget=forms.RadioSelect,  # the names are long: a list would be cut on a small screen
            )
            self.initial["kind"] = self.shape.kind(self.instance.kind)
        for name in used:
            field = self.shape.of_column(name)
            source = self.shape.trigger if name == "legal_day" else field
            if name not in self.fields or source is None:
                continue
            shown = self.fields[name]
            plain = str(shown.label) if name in ("kind", "fiscal_year") else source.name
            shown.label = marked(plain, field is not None and field.by_law)
            shown.help_text = help_of(source, self.shape) or shown.help_text

    def _fit_files(self) -> None:
        """Files say which of the section's own fields they serve."""
        formset = self.formsets.get("files")
        if formset is None:
            return
        served = self.shape.served_by_files if self.shape else ()
        choices = [("", "---------"), *((field.code, marked(field.name, field.by_law)) for field in served)]
        serves = forms.ChoiceField(choices=choices, required=False, label=_("Serves"))
        formset.form = type("SectionFileForm", (formset.form,), {"serves": serves})

    def clean_kind(self) -> str:
        return self.shape.kind(self.cleaned_data.get("kind", "")) if self.shape else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.shape is None:
            return cleaned
        if self.details_form.is_valid():
            self.instance.details = self.details_form.values()
        else:
            names = [str(self.details_form.fields[code].label) for code in self.details_form.errors]
            self.add_error(None, _("Correct these details: %(names)s.") % {"names": "; ".join(names)})
        return cleaned

    def has_changed(self) -> bool:
        return bool(super().has_changed() or self.details_form.has_changed())


class CoversForm(PageForm):
    """A page of text may say which of its section's required matters it covers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        shape = disclosure(getattr(place.specific, "section", "")) if place is not None else None
        if "covers" not in self.fields:
            return
        if shape is None:
            del self.fields["covers"]
            return
        shown = self.fields["covers"]
        asked = [(field.code, field.name) for field in shape.by_law if field.type != "system"]
        self.fields["covers"] = forms.MultipleChoiceField(
            choices=asked,
            required=False,
            label=shown.label,
            help_text=shown.help_text,
            widget=forms.CheckboxSelectMultiple,
        )
        known = {code for code, _name in asked}
        self.initial["covers"] = [code for code in self.instance.covers or [] if code in known]

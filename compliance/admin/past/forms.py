"""Which file, and which of its columns is what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.access import authorities_for, own_authorities
from compliance.models import ImportJob
from compliance.rules.past import COLUMNS, REQUIRED
from compliance.services.past.check import column_name
from compliance.services.past.jobs import MOST_BYTES
from sitepages.models import Authority

ENDINGS = (".csv", ".txt", ".tsv", ".xlsx")


class UploadForm(forms.Form):
    """A file, what it holds and for which portal."""

    kind = forms.ChoiceField(
        choices=ImportJob.Kind.choices, label=gettext_lazy("What the file holds"), widget=forms.RadioSelect
    )
    authority = forms.ModelChoiceField(
        Authority.objects.none(), to_field_name="code", empty_label=None, label=gettext_lazy("Portal")
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or Excel (.xlsx), with one row of headings. At most 300 MB."),
    )
    payable = forms.BooleanField(
        required=False,
        label=gettext_lazy("The articles were not paid yet: pay them in this system"),
        help_text=gettext_lazy(
            "Leave empty for articles that were paid, or need no pay: no pay period takes them."
        ),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = authorities_for(user, ImportJob, "add")  # type: ignore[attr-defined]
        self.fields["authority"].initial = own_authorities(user).values_list("code", flat=True).first()
        self.fields["kind"].initial = ImportJob.Kind.ARTICLES

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise forms.ValidationError(
                _("Only %(endings)s files can be read. In Excel: Save As, then choose one of them.")
                % {"endings": ", ".join(ENDINGS)}
            )
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is over 300 MB. Divide it and import the parts one by one.")
            )
        return file


class MappingForm(forms.Form):
    """A select of the file's columns for each thing a row may say, and the sheet."""

    def __init__(
        self, *args: Any, job: ImportJob, headings: list[str], sheets: list[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        columns = [("", _("not in the file"))]
        columns += [(str(number), each or f"({number + 1})") for number, each in enumerate(headings)]
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                choices=[(each, each) for each in sheets], label=_("Sheet"), initial=job.sheet or sheets[0]
            )
        for name in COLUMNS[job.kind]:
            label = column_name(job.kind, name)
            self.fields[f"column-{name}"] = forms.ChoiceField(
                choices=columns,
                required=False,
                label=f"{label} *" if name in REQUIRED[job.kind] else label,
                initial=str(job.mapping.get(name, "")),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        chosen = [value for name, value in cleaned.items() if name.startswith("column-") and value]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("One column of the file is chosen twice."))
        return cleaned

    def mapping(self) -> dict[str, int]:
        """Which column is which, of a valid form."""
        return {
            name.removeprefix("column-"): int(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("column-") and value
        }

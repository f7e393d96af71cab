"""The forms of reviews: settings and letterhead, a file to import, an answer."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.counts import MonthField
from compliance.models import MarkState, Review
from compliance.rules.months import Month
from sitepages.models import Authority, Tier
from sitepages.text import nfc

LETTERHEAD = (
    "parent_body", "issuing_body", "number", "place", "report_date", "signing_authority",
    "signer_position", "signer_name", "recipients", "introduction", "proposals",
)  # fmt: skip
UNITS = ("units", "tiers")
DATE = {"type": "date"}


class ReviewForm(forms.ModelForm):
    """A review's settings and units, and the letterhead of its report, which stays open after closing."""

    first_month = MonthField(label=gettext_lazy("First month of the period"))
    last_month = MonthField(label=gettext_lazy("Last month of the period"))
    units = forms.ModelMultipleChoiceField(
        Authority.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Units under review"),
    )
    tiers = forms.ModelMultipleChoiceField(
        Tier.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Whole tiers"),
    )

    class Meta:
        model = Review
        fields = (
            "name", "code", "first_month", "last_month", "closes_on", "double_threshold", "minimum_sample",
            *LETTERHEAD,
        )  # fmt: skip
        widgets = {
            "closes_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "report_date": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "recipients": forms.Textarea(attrs={"rows": 4}),
            "introduction": forms.Textarea(attrs={"rows": 4}),
            "proposals": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        review = self.instance
        present = list(review.units.values_list("authority_id", flat=True)) if review.pk else []
        units: Any = self.fields["units"]
        units.queryset = Authority.objects.filter(
            Q(pk__in=present) | Q(pk__in=Authority.objects.in_force(today).values("pk"))
        )
        units.initial = present
        tiers: Any = self.fields["tiers"]
        tiers.queryset = Tier.objects.filter(authorities__in=units.queryset).distinct()
        if review.is_closed:
            frozen = (*Review.FROZEN, *UNITS, "name")
            for name in [name for name in self.fields if name in frozen]:
                del self.fields[name]
        elif review.pk:
            self.fields["code"].disabled = True

    def settings(self) -> list[Any]:
        """The bound fields of the review itself."""
        return [self[name] for name in self.fields if name not in (*LETTERHEAD, *UNITS)]

    def letterhead(self) -> list[Any]:
        """The bound fields of the report."""
        return [self[name] for name in self.fields if name in LETTERHEAD]

    def unit_groups(self) -> list[tuple[Any, list[Any]]]:
        """Tier by tier: the box of the whole tier, and those of its units. None once the review is closed."""
        if "units" not in self.fields:
            return []
        boxes: dict[int, list[Any]] = {}
        for box in self["units"]:
            boxes.setdefault(box.data["value"].instance.tier_id, []).append(box)
        return [(whole, boxes[whole.data["value"].instance.pk]) for whole in self["tiers"]]

    def clean_first_month(self) -> datetime.date:
        return _first(self.cleaned_data["first_month"])

    def clean_last_month(self) -> datetime.date:
        return _first(self.cleaned_data["last_month"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "units" in cleaned:
            chosen = Q(pk__in=cleaned["units"]) | Q(tier__in=cleaned.get("tiers", ()))
            units: Any = self.fields["units"]
            cleaned["units"] = units.queryset.filter(chosen)
        return {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}


def _first(month: Month) -> datetime.date:
    return month.first


class ImportForm(forms.Form):
    """A file of marks."""

    file = forms.FileField(label=gettext_lazy("CSV file"))
    code = forms.SlugField(label=gettext_lazy("Code of the review"), max_length=50)
    period = forms.CharField(
        required=False,
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("For example: 2019-01..2019-06. Needed when the review is new."),
    )
    create_units = forms.BooleanField(
        required=False,
        label=gettext_lazy("Add unknown units from the columns unit_name and unit_tier"),
    )

    LARGEST = 10_000_000

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        return file


class ObjectionForm(forms.Form):
    """What a unit objects to."""

    text = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=gettext_lazy("What you object to, and why"),
    )


class AnswerForm(forms.Form):
    """The reviewer's answer."""

    answer = forms.CharField(
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 5}),
        label=gettext_lazy("Answer with its reason"),
    )
    new_state = forms.ChoiceField(required=False, label=gettext_lazy("Decision"))

    def __init__(self, *args: Any, old_state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = dict(MarkState.choices)
        field: Any = self.fields["new_state"]
        field.choices = [
            ("", _("Not accepted: “%(state)s” stands") % {"state": labels[old_state]}),
            *(
                (code, _("Accepted: becomes “%(state)s”") % {"state": label})
                for code, label in MarkState.choices
                if code != old_state
            ),
        ]

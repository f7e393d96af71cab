"""The forms of activity reports: which portal and period, the letterhead and the text."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.admin.acts.common import DayField
from compliance.admin.scoping import ScopedForm, policy_for
from compliance.models import ActivityReport, ReportSubscription
from compliance.queries.activity_stored import parts_of
from compliance.reports.activity_draft import ASSESSMENT, CLOSING, OPENING, RESULTS, TASKS
from compliance.rules.regular import due_period
from compliance.rules.report_text import Part
from sitepages.models import Authority
from sitepages.text import nfc

LONGEST = datetime.timedelta(days=366)
PARTS = {
    OPENING: (gettext_lazy("Opening"), 5),
    RESULTS: (gettext_lazy("Part I"), 20),
    ASSESSMENT: (gettext_lazy("Part II"), 14),
    TASKS: (gettext_lazy("Part III"), 14),
    CLOSING: (gettext_lazy("Closing"), 3),
}


class PeriodForm(forms.Form):
    """Which portal, which days."""

    authority = forms.ModelChoiceField(
        Authority.objects.none(), to_field_name="code", empty_label=None, label=gettext_lazy("Portal")
    )
    first = DayField(label=gettext_lazy("From"))
    last = DayField(label=gettext_lazy("To"))

    def __init__(self, *args: Any, portals: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["authority"].queryset = portals  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if last < first:
                self.add_error("last", _("The last day comes before the first."))
            elif last - first >= LONGEST:
                self.add_error("last", _("A report covers at most one year."))
        return cleaned


class ReportForm(forms.ModelForm):
    """Letterhead, other figures, and the text part by part."""

    class Meta:
        model = ActivityReport
        fields = (
            "parent_body", "issuing_body", "number", "place", "dated_on", "signing_authority",
            "signer_position", "signer_name", "recipients", "basis", "own_figures",
        )  # fmt: skip
        widgets = {
            "dated_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "recipients": forms.Textarea(attrs={"rows": 4}),
            "basis": forms.Textarea(attrs={"rows": 2}),
            "own_figures": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        written = {part.code: part.text for part in parts_of(self.instance)}
        for code, (label, rows) in PARTS.items():
            self.fields[f"part_{code}"] = forms.CharField(
                label=label,
                required=False,
                max_length=60_000,
                initial=written.get(code, ""),
                widget=forms.Textarea(attrs={"rows": rows, "data-report-text": ""}),
            )

    def parts(self) -> list[Part]:
        """The text as it was typed."""
        return [Part(code, self.cleaned_data.get(f"part_{code}", "")) for code in PARTS]

    def letter(self) -> dict[str, Any]:
        """Everything but the text."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        return {name: nfc(value) if isinstance(value, str) else value for name, value in cleaned.items()}

    @property
    def text_fields(self) -> list[Any]:
        return [self[f"part_{code}"] for code in PARTS]

    @property
    def letter_fields(self) -> list[Any]:
        return [self[name] for name in self.Meta.fields]


class SubscriptionForm(ScopedForm):
    """A regular report; its recipients are chosen among those who may open it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields.get("recipients")
        if field is None:
            return
        policy = policy_for(ActivityReport)
        own = policy_for(ReportSubscription).authorities(self.for_user, ["add", "change"])
        sites = set(own.values_list("site_id", flat=True))
        readers = policy.users_with_any_permission(["change"]).filter(
            groups__site_permissions__site_id__in=sites, is_active=True
        )
        field.queryset = readers.distinct().order_by("last_name", "first_name", "username")
        field.label_from_instance = lambda user: f"{user.get_full_name() or user.username}"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._begin(cleaned)
        unit = cleaned.get("authority") or (self.instance.authority_id and self.instance.authority)
        if unit and cleaned.get("recipients"):
            row = ActivityReport(authority=unit)
            policy = policy_for(ActivityReport)
            outside = [
                user.get_full_name() or user.username
                for user in cleaned["recipients"]
                if not policy.user_has_permission_for_instance(user, "change", row)
            ]
            if outside:
                text = _("May not open reports of this portal: %(names)s.")
                self.add_error("recipients", text % {"names": ", ".join(outside)})
        return cleaned

    def _begin(self, cleaned: dict[str, Any]) -> None:
        """From which period on nothing is to be missed: the newest when set up or taken into use again."""
        every, day = cleaned.get("every"), cleaned.get("day")
        if not (every and day and "since" in cleaned):
            return
        resumed = bool(self.instance.pk and cleaned.get("is_active") and not self.instance.is_active)
        if cleaned["since"] and not (resumed and "since" not in self.changed_data):
            return
        newest = due_period(every, day, timezone.localdate()).first
        cleaned["since"] = max(cleaned["since"] or newest, newest)

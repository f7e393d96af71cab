"""Portals hosted elsewhere: where to look, and what the last probe found there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn

from compliance.admin.scoping import (
    ScopedForm,
    ScopedIndexView,
    ScopedInspectView,
    ScopedModelViewSet,
    policy_for,
)
from compliance.catalogue.loader import load_catalogue
from compliance.models import ProbeFinding, ProbeRun, ProbeTarget, TechnicalCheck
from compliance.presentation import duty_name
from compliance.probe_wording import function_label, probe_error_label, source_label
from compliance.queries.probe import latest_probe_findings, latest_probe_run, latest_technical_check
from sitepages.models import Authority
from sitepages.vocabulary import sections


def section_name(code: str) -> str:
    """A section's name from the vocabulary, a duty's from the catalogue, else the code."""
    found = sections().get(code)
    return found.name if found else duty_name(code)


def section_options() -> list[tuple[str, str]]:
    """Every code a section of a portal may be named by."""
    names = {code: section.name for code, section in sections().items()}
    for code in load_catalogue().codes:
        names.setdefault(code, duty_name(code))
    return [("", "---------"), *names.items()]


class SectionSelect(forms.Select):
    """Offers the sections known; keeps one that no longer is."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        known = section_options()
        self.choices = [*known, *((code, code) for code in value if code not in dict(known))]
        return super().optgroups(name, value, attrs)


class ProbeTargetForm(ScopedForm):
    """Offers every authority: this table belongs to the whole installation, and so do its keepers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        action = "change" if self.instance.pk else "add"
        if policy_for(ProbeTarget).user_has_permission(self.for_user, action):
            self.fields["authority"].queryset = Authority.objects.all()


class ProbeIndexView(ScopedIndexView):
    """The list, with the last run of each."""

    def get_base_queryset(self) -> QuerySet:
        last = ProbeRun.objects.filter(target=OuterRef("pk"))
        return (
            super()
            .get_base_queryset()
            .select_related("authority")
            .annotate(
                last_date=Subquery(last.values("date")[:1]), last_error=Subquery(last.values("error")[:1])
            )
        )


class ProbeInspectView(ScopedInspectView):
    """What the last run found, section by section, with its evidence."""

    template_name = "compliance/admin/probe.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        authority = self.object.authority
        run = latest_probe_run(authority)
        context.update(
            run=run,
            run_error=probe_error_label(run.error) if run and run.error else "",
            findings=[described(finding) for finding in latest_probe_findings(authority)],
            check=_described_check(latest_technical_check(authority)),
        )
        return context


def described(finding: ProbeFinding) -> dict[str, Any]:
    """A finding in words."""
    return {
        "finding": finding,
        "name": section_name(finding.section),
        "error": probe_error_label(finding.error) if finding.error else "",
        "source": source_label(finding.source),
        "state": finding.get_state_display() if finding.state else _("No proposal"),
        "css": {"met": "MET", "late": "OVERDUE", "missing": "MISSING"}.get(finding.state, "NOT_DUE"),
    }


def _described_check(check: TechnicalCheck | None) -> dict[str, Any] | None:
    if check is None:
        return None
    return {
        "check": check,
        "error": probe_error_label(check.error) if check.error else "",
        "lists": [
            (label, [function_label(code) for code in codes])
            for label, codes in (
                (_("Present"), check.passed),
                (_("Absent"), check.failed),
                (_("Could not be told"), check.untold),
            )
            if codes
        ],
    }


def _last_date(target: Any) -> str:
    return f"{target.last_date:%d/%m/%Y}" if target.last_date else _("Not read yet")


def _findings_url(target: Any) -> str | None:
    return reverse("probe_targets:inspect", args=[target.pk]) if target.last_date else None


def _last_error(target: Any) -> str:
    return probe_error_label(target.last_error) if target.last_error else ""


class ProbeTargetViewSet(ScopedModelViewSet):
    """Portals hosted elsewhere."""

    model = ProbeTarget
    icon = "globe"
    menu_label = gettext_lazy("Portals hosted elsewhere")
    empty_text = gettext_lazy(
        "Portals that do not run on this system appear here; they are read from outside, section by section."
    )
    add_to_settings_menu = True
    index_view_class = ProbeIndexView
    inspect_view_class = ProbeInspectView
    inspect_template_name = "compliance/admin/probe.html"
    list_display = [
        "authority",
        "base_url",
        BooleanColumn("active", label=gettext_lazy("In use")),
        TitleColumn("last_date", label=gettext_lazy("Last read"), accessor=_last_date, get_url=_findings_url),
        Column("last_error", label=gettext_lazy("Error"), accessor=_last_error),
    ]
    list_export = ["authority", "base_url", "active"]
    search_fields = ["authority__name", "base_url"]
    edit_handler = ObjectList(
        [
            FieldPanel("authority"),
            FieldPanel("base_url"),
            FieldPanel("active"),
            InlinePanel(
                "links",
                heading=gettext_lazy("Sections"),
                label=gettext_lazy("Section"),
                panels=[
                    FieldRowPanel([FieldPanel("section", widget=SectionSelect), FieldPanel("max_age_days")]),
                    FieldPanel("url"),
                ],
            ),
        ],
        base_form_class=ProbeTargetForm,
    )

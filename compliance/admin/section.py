"""One duty over all units: states, share on time, what changed, and the law behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from compliance.admin.access import authorities_for
from compliance.admin.exports import RowExportMixin
from compliance.admin.law import installed_tiers, law_of, local_of
from compliance.admin.matrix import described
from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, FindingRecord, LocalRule
from compliance.presentation import duty_name, explanation, group_name
from compliance.queries.desk import FAILING_STATES
from compliance.queries.history import duty_history, monthly_assessments
from compliance.queries.standing import latest_assessment

State = FindingRecord.State

#: The kinds of standing a bar shows, in its order.
SHARES: Mapping[str, tuple[Promise, frozenset[str]]] = {
    "good": (pgettext_lazy("share", "on time"), frozenset({State.MET, State.NOTHING_AROSE})),
    "late": (pgettext_lazy("share", "met late"), frozenset({State.MET_LATE})),
    "bad": (pgettext_lazy("share", "late, incomplete or missing"), frozenset(FAILING_STATES)),
    "open": (
        pgettext_lazy("share", "not due or excused"),
        frozenset({State.NOT_DUE, State.DUE_SOON, State.WAIVED}),
    ),
}
#: The same kinds in the order of the list of units.
_WORST_FIRST = ("bad", "late", "open", "good")
MOST_CHANGES = 40


@dataclass(frozen=True)
class Share:
    """How the units stood in one assessment: parts of a bar, and the percentage on time of what was due."""

    assessment: Assessment
    parts: Sequence[tuple[str, str, int]]
    percent: float | None


@dataclass(frozen=True)
class Change:
    """One unit's state became another between two assessments."""

    finding: FindingRecord
    before: str


class SectionDuty(RowExportMixin, WagtailAdminTemplateMixin, TemplateView):
    """One duty in every unit the user may see."""

    template_name = "compliance/admin/section.html"
    header_icon = "list-ul"
    export_filename = "nghia-vu-theo-chuyen-muc"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.duty = kwargs["duty"]
        self.units = authorities_for(request.user, FindingRecord)
        if not self.units.exists():
            raise PermissionDenied
        self.assessments = monthly_assessments(latest_assessment())
        self.history = list(duty_history(self.duty, self.units, self.assessments))
        if self.duty not in load_catalogue().codes and not self.history:
            raise Http404
        last = self.assessments[-1].pk if self.assessments else None
        self.findings = [row for row in self.history if row.assessment_id == last]
        self.page_title = duty_name(self.duty)
        if self.is_export:
            return self._export()
        return self.render_to_response(self.get_context_data(**kwargs))

    def _export(self) -> HttpResponse:
        head = [_("Unit"), _("State"), _("Due"), _("Published on"), _("Explanation")]
        self.prepare([*head, _("Legal basis"), _("Evidence")])
        rows = [
            [
                finding.authority.display_name,
                finding.get_state_display(),
                finding.due,
                finding.published,
                explanation(finding),
                finding.law,
                finding.page_url,
            ]
            for finding in self.findings
        ]
        response: HttpResponse = self.as_spreadsheet(rows, self.request.GET.get("export"))
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": reverse("compliance_matrix"), "label": _("Publication duties")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        in_catalogue = self.duty in load_catalogue().codes
        shares = shares_of(self.history, self.assessments)
        changes = changes_of(self.history)
        context.update(
            duty=self.duty,
            assessment=self.assessments[-1] if self.assessments else None,
            groups=by_share(self.findings),
            shares=shares[::-1],
            share=shares[-1] if shares else None,
            changes=changes[:MOST_CHANGES],
            **(_law(self.duty) if in_catalogue else {"law": None}),
            group=group_name(load_catalogue().requirement(self.duty).group) if in_catalogue else "",
        )
        return context


def by_share(findings: Iterable[FindingRecord]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The units in groups of the bar, what asks for action first; each with the words of its finding."""
    every = list(findings)
    found = []
    for code in _WORST_FIRST:
        name, states = SHARES[code]
        members = [described(finding) for finding in every if finding.state in states]
        if members:
            found.append((str(name), members))
    return found


def shares_of(history: Iterable[FindingRecord], assessments: Iterable[Assessment]) -> list[Share]:
    """How many units stood how, assessment by assessment."""
    counts: dict[int, Counter[str]] = {}
    for row in history:
        counts.setdefault(row.assessment_id, Counter())[row.state] += 1
    found = []
    for assessment in assessments:
        states = counts.get(assessment.pk, Counter())
        numbers = {code: sum(states[each] for each in members) for code, (_name, members) in SHARES.items()}
        due = numbers["good"] + numbers["late"] + numbers["bad"]
        parts = [(code, str(SHARES[code][0]), number) for code, number in numbers.items()]
        found.append(Share(assessment, parts, numbers["good"] * 100 / due if due else None))
    return found


def changes_of(history: Iterable[FindingRecord]) -> list[Change]:
    """Where a unit's state differs from the assessment before, newest first."""
    found = []
    before: FindingRecord | None = None
    for row in history:
        if before and before.authority_id == row.authority_id and before.state != row.state:
            found.append(Change(row, before.state))
        before = row
    return sorted(found, key=lambda each: (each.finding.assessment.date, each.finding.pk), reverse=True)


def _law(duty: str) -> dict[str, Any]:
    """The shipped law of a duty, all of it, and what was set beside it."""
    requirement = load_catalogue().requirement(duty)
    rules = LocalRule.objects.filter(duty=duty).select_related("tier")
    return {
        "law": law_of(requirement, installed_tiers()),
        "local": local_of(duty, rules),
        "weight": requirement.weight,
    }

"""The dashboard: what one's own unit must do, and how the other units stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import ngettext
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from compliance.admin.access import authorities_for, own_authorities
from compliance.admin.agenda import agenda
from compliance.admin.home_reviews import ReviewsPanel, only_reviews
from compliance.models import Assessment, FindingRecord, ScoreRecord
from compliance.queries.desk import FAILING_STATES, scores_of, state_counts
from compliance.queries.staff import unmanned_units
from compliance.queries.standing import latest_assessment
from sitepages.models import Authority

State = FindingRecord.State


@dataclass(frozen=True)
class Line:
    """How one other unit stands."""

    unit: Authority
    counts: Counter[str]
    score: ScoreRecord | None
    unmanned: bool

    @property
    def failing(self) -> int:
        """Duties that are late, missing or incomplete."""
        return sum(self.counts[state] for state in FAILING_STATES)

    @property
    def late(self) -> int:
        return self.counts[State.OVERDUE] + self.counts[State.MISSING]

    @property
    def incomplete(self) -> int:
        return self.counts[State.INCOMPLETE]

    @property
    def soon(self) -> int:
        return self.counts[State.DUE_SOON]

    @property
    def url(self) -> str:
        return reverse("compliance_unit", args=[self.unit.code])

    @property
    def place(self) -> tuple[Any, ...]:
        """Units without anybody behind them first, then the worst."""
        percent = self.score.percent if self.score and self.score.percent is not None else 101
        return not self.unmanned, -self.failing, percent, self.unit.order


class DutiesPanel(Component):
    """Own units by what is to be done when; other units one line each, worst first."""

    name = "duties"
    template_name = "compliance/admin/home_panel.html"
    order = 230  # below what waits for one's approval

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user

    @cached_property
    def assessment(self) -> Assessment | None:
        return latest_assessment()

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        seen = list(authorities_for(self.user, FindingRecord))
        roles = set(own_authorities(self.user).values_list("pk", flat=True))
        own = [unit for unit in seen if unit.pk in roles]
        context: dict[str, Any] = {
            "assessment": self.assessment,
            "own": own,
            "matrix_url": reverse("compliance_matrix"),
        }
        if self.assessment is None:
            return context
        judged = FindingRecord.objects.filter(assessment=self.assessment, authority__in=own).exists()
        return context | {
            "parts": agenda(self.assessment, self.user, own),
            "judged": judged,
            "others": self._others(self.assessment, [unit for unit in seen if unit.pk not in roles]),
        }

    @staticmethod
    def _others(assessment: Assessment, units: list[Authority]) -> list[Line]:
        if not units:
            return []
        rows = Authority.objects.filter(pk__in=[unit.pk for unit in units])
        counts, scores = state_counts(assessment, rows), scores_of(assessment, rows)
        unmanned = unmanned_units(timezone.localdate())
        lines = [Line(unit, counts[unit.pk], scores.get(unit.pk), unit.pk in unmanned) for unit in units]
        return sorted(lines, key=lambda line: line.place)


class DutiesSummary(SummaryItem):
    """“3 overdue”, leading to the matrix."""

    order = 400
    template_name = "compliance/admin/summary_item.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        assessment = latest_assessment()
        counts: Counter[str] = Counter()
        if assessment:
            for each in state_counts(assessment, authorities_for(self.request.user, FindingRecord)).values():
                counts += each
        late = counts[State.OVERDUE]
        return {
            "late": late,
            "late_text": ngettext("overdue duty", "overdue duties", late),
            "missing": counts[State.MISSING],
            "soon": counts[State.DUE_SOON],
            "url": reverse("compliance_matrix"),
        }

    def is_shown(self) -> bool:
        return authorities_for(self.request.user, FindingRecord).exists()


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Hook body: the panel, for those who may see findings; the open reviews for those who only review."""
    if only_reviews(request.user):
        panels.append(ReviewsPanel(request))
    elif authorities_for(request.user, FindingRecord).exists():
        panels.append(DutiesPanel(request))


def add_summary(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Hook body: the summary item."""
    items.append(DutiesSummary(request))

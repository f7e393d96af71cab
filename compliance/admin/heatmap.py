"""Units x duties as a table to read: cells, totals of rows and columns, and the filter over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from compliance.catalogue.loader import load_catalogue
from compliance.models import FindingRecord, ScoreRecord
from compliance.presentation import duty_name, group_name
from compliance.queries.desk import FAILING_STATES
from compliance.wording import LEVELS
from sitepages.models import Authority, Tier


class MatrixFilter(forms.Form):
    """Narrows the table; a value not offered is as good as none."""

    group = forms.ChoiceField(label=gettext_lazy("Group of sections"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    level = forms.ChoiceField(label=gettext_lazy("Obligation"), required=False)
    tier = forms.ChoiceField(label=gettext_lazy("Tier of units"), required=False)

    def __init__(self, data: Any, tiers: Iterable[Tier]) -> None:
        super().__init__(data)
        every = [("", _("All"))]
        choices: dict[str, Iterable[tuple[str, Any]]] = {
            "group": [(code, group_name(code)) for code in load_catalogue().groups],
            "state": FindingRecord.State.choices,
            "level": list(LEVELS.items()),
            "tier": {tier.code: tier.name for tier in tiers}.items(),
        }
        for name, options in choices.items():
            self.fields[name].choices = [*every, *options]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, str]:
        """The valid values, "" for the others."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


@dataclass(frozen=True)
class Cell:
    """One duty of one unit; `finding` None where it does not bind, or the filter leaves it out."""

    finding: FindingRecord | None
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Column:
    """One duty; `number` is its place in the whole catalogue."""

    code: str
    name: str
    number: int
    failing: int
    url: str


@dataclass(frozen=True)
class Row:
    """One unit: its cells, its score over all or in the group chosen, and the duties behind it."""

    unit: Authority
    cells: Sequence[Cell]
    percent: Decimal | float | None
    passed: int
    duties: int


@dataclass(frozen=True)
class Heatmap:
    """The table as shown: groups are (name, number of columns)."""

    groups: Sequence[tuple[str, int]]
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass
class Matrix:
    """All findings of one assessment by unit and duty, ready to be cut to what was asked for."""

    units: Sequence[Authority]
    findings: Mapping[tuple[int, str], FindingRecord]
    scores: Mapping[int, ScoreRecord]
    asked: Mapping[str, str] = field(default_factory=dict)

    def cut(self) -> Heatmap:
        """The rows and columns that hold anything asked for."""
        catalogue = load_catalogue()
        group, tier = self.asked.get("group", ""), self.asked.get("tier", "")
        duties = [
            (number, each)
            for number, each in enumerate(catalogue.requirements, start=1)
            if group in ("", each.group)
        ]
        units = [unit for unit in self.units if tier in ("", unit.tier.code)]
        if self._is_sifting:
            units = [unit for unit in units if any(self._wanted(unit, each.code) for _n, each in duties)]
            duties = [pair for pair in duties if any(self._wanted(unit, pair[1].code) for unit in units)]
        columns = [self._column(number, each.code, units) for number, each in duties]
        groups: dict[str, int] = {}
        for _number, each in duties:
            groups[each.group] = groups.get(each.group, 0) + 1
        return Heatmap(
            [(group_name(code), width) for code, width in groups.items()],
            columns,
            [self._row(unit, columns, group) for unit in units],
        )

    @property
    def _is_sifting(self) -> bool:
        return bool(self.asked.get("state") or self.asked.get("level"))

    def _wanted(self, unit: Authority, code: str) -> FindingRecord | None:
        finding = self.findings.get((unit.pk, code))
        if finding is None:
            return None
        fits = all(self.asked.get(name, "") in ("", getattr(finding, name)) for name in ("state", "level"))
        return finding if fits else None

    def _column(self, number: int, code: str, units: Iterable[Authority]) -> Column:
        found = [self.findings.get((unit.pk, code)) for unit in units]
        failing = sum(1 for each in found if each and each.state in FAILING_STATES)
        return Column(code, duty_name(code), number, failing, reverse("compliance_section", args=[code]))

    def _row(self, unit: Authority, columns: Sequence[Column], group: str) -> Row:
        score = self.scores.get(unit.pk)
        cells = [self._cell(unit, column) for column in columns]
        if score is None:
            return Row(unit, cells, None, 0, 0)
        if group:
            tally = score.groups.get(group, {"percent": None, "passed": 0, "duties": 0})
            return Row(unit, cells, tally["percent"], tally["passed"], tally["duties"])
        return Row(unit, cells, score.percent, score.passed, score.duties)

    def _cell(self, unit: Authority, column: Column) -> Cell:
        finding = self._wanted(unit, column.code)
        if finding is None:
            return Cell(None)
        title = f"{unit.display_name}: {column.name}: {in_words(finding)}"
        return Cell(finding, reverse("compliance_history", args=[unit.code, column.code]), title)


def in_words(finding: FindingRecord | None) -> str:
    """A cell in words: state, and the due date."""
    if finding is None:
        return ""
    parts = [finding.get_state_display()]
    if finding.due:
        parts.append(f"{finding.due:%d/%m/%Y}")
    return ", ".join(parts)

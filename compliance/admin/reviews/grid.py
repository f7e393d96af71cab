"""The reviewer's grid: units down, sections across, or one of them in detail. Works without JavaScript."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from compliance.admin.reviews import access
from compliance.admin.reviews.lists import ReviewPage
from compliance.admin.reviews.words import MachineWords, machine_words, web_address
from compliance.models import MarkState, ReviewMark
from compliance.presentation import section_label
from compliance.queries.reviews import marks_by_cell, review_units, sections_of
from compliance.rules.review import STATES
from compliance.services.reviews import Cell, Change, ReviewError, set_marks
from sitepages.models import Authority

#: What a person writes into a cell: prefix of the input's name, field of the mark.
INPUTS = {"s": "verifier_state", "n": "note", "e": "evidence_url"}
LONGEST = {"n": 5000, "e": 1000}
_web = URLValidator(schemes=["http", "https"])


@dataclass
class GridCell:
    """One cell as it is shown."""

    key: str
    unit: str
    section: str
    own: str
    machine: str
    basis: MachineWords
    evidence: str
    values: dict[str, str]
    faults: list[str] = field(default_factory=list)


class ReviewGrid(ReviewPage):
    """Marks of the verifier, beside the unit's own and the machine's."""

    template_name = "compliance/admin/reviews/grid.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.review = access.review_or_404(request.user, kwargs["pk"], "change")
        self.page_title = _("Marks")
        self.units, self.sections = review_units(self.review), sections_of(self.review)
        asked = request.POST if request.method == "POST" else request.GET
        self.unit = next((unit for unit in self.units if unit.code == asked.get("unit")), None)
        self.section = next((each for each in self.sections if each.code == asked.get("section")), None)
        self.shown_units = [self.unit] if self.unit else self.units
        self.shown_sections = [self.section] if self.section else self.sections
        self.marks = marks_by_cell(self.review)
        return super().dispatch(request, *args, **kwargs)

    @property
    def in_detail(self) -> bool:
        """One unit or one section: room for notes and evidence."""
        return self.unit is not None or self.section is not None

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return access.crumbs(access.review_crumb(self.review), {"url": "", "label": self.page_title})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = {name: request.POST[name] for name in request.POST if name[:2] in ("s-", "n-", "e-")}
        changes, faults = self._changes(sent, _base(request.POST.get("base", "")))
        if not faults:
            try:
                changed = set_marks(self.review, changes, user=request.user, now=timezone.now())
            except ReviewError as error:
                messages.error(request, str(error))
            else:
                messages.success(request, _("%(count)s cells were saved.") % {"count": changed})
                return redirect(self._address())
        else:
            messages.error(request, _("Nothing was saved. Mend the cells named below and save again."))
        return self.render_to_response(self.get_context_data(sent=sent, faults=faults))

    def _address(self) -> str:
        return grid_address(
            self.review.pk,
            self.unit.code if self.unit else "",
            self.section.code if self.section else "",
        )

    def _changes(
        self, sent: Mapping[str, str], base: Mapping[str, str]
    ) -> tuple[dict[Cell, Change], dict[str, list[str]]]:
        """The cells a person changed, and what is wrong with them by the cell's key.

        Only what differs from what the page showed is a change: two reviewers can work at the same time.
        """
        changes: dict[Cell, Change] = {}
        faults: dict[str, list[str]] = {}
        for unit in self.shown_units:
            for section in self.shown_sections:
                key, cell = f"{unit.pk}-{section.code}", (unit.pk, section.code)
                written: dict[str, str] = {}
                for prefix, name in INPUTS.items():
                    value = sent.get(f"{prefix}-{key}")
                    if value is None or _same(value, shown := base.get(f"{prefix}-{key}", "")):
                        continue
                    now = getattr(self.marks.get(cell), name, "")
                    problem = _problem(prefix, value.strip())
                    if not _same(now, shown) and not _same(now, value):
                        problem = _("Somebody else has changed this meanwhile: it now says “%(value)s”.") % {
                            "value": dict(MarkState.choices).get(now, now)
                        }
                    if problem:
                        faults.setdefault(key, []).append(problem)
                    written[prefix] = value.strip()
                if written:
                    changes[cell] = Change(written.get("s"), written.get("n"), written.get("e"))
        return changes, faults

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        sent, faults = kwargs.get("sent", {}), kwargs.get("faults", {})
        left = self._left_to_machine()
        rows = [
            (
                unit,
                [self._cell(unit, each.code, sent, faults) for each in self.shown_sections],
                sum(pk == unit.pk for pk, _code in left),
            )
            for unit in self.shown_units
        ]
        columns = [
            (each, section_label(each), sum(code == each.code for _pk, code in left))
            for each in self.shown_sections
        ]
        context.update(
            review=self.review,
            all_units=self.units,
            all_sections=[(each.code, section_label(each)) for each in self.sections],
            unit=self.unit,
            section=self.section,
            in_detail=self.in_detail,
            columns=columns,
            rows=rows,
            lines=_lines(rows, columns),
            states=MarkState.choices,
            left=len(left),
            base=json.dumps(self._base(), ensure_ascii=False),
            faults=bool(faults),
        )
        return context

    def _left_to_machine(self) -> list[Cell]:
        """The cells shown that the machine has marked and no verifier yet; none once the review is closed."""
        if self.review.is_closed:
            return []
        units, codes = {each.pk for each in self.shown_units}, {each.code for each in self.shown_sections}
        return [
            cell
            for cell, mark in self.marks.items()
            if mark.machine_state and not mark.verifier_state and cell[0] in units and cell[1] in codes
        ]

    def _base(self) -> dict[str, str]:
        """What the page shows, as the form sends it back."""
        prefixes = INPUTS if self.in_detail else {"s": INPUTS["s"]}
        shown = {}
        for unit in self.shown_units:
            for section in self.shown_sections:
                mark = self.marks.get((unit.pk, section.code))
                for prefix, name in prefixes.items():
                    if value := getattr(mark, name, ""):
                        shown[f"{prefix}-{unit.pk}-{section.code}"] = value
        return shown

    def _cell(
        self, unit: Authority, code: str, sent: Mapping[str, str], faults: Mapping[str, list[str]]
    ) -> GridCell:
        mark = self.marks.get((unit.pk, code)) or ReviewMark()
        key = f"{unit.pk}-{code}"
        values = {prefix: sent.get(f"{prefix}-{key}", getattr(mark, name)) for prefix, name in INPUTS.items()}
        own, machine = mark.get_self_state_display(), mark.get_machine_state_display()
        basis, evidence = machine_words(mark), web_address(mark.evidence_url)
        return GridCell(key, unit.code, code, own, machine, basis, evidence, values, faults.get(key, []))


def grid_address(pk: int, unit: str = "", section: str = "") -> str:
    """The grid of a review, of one unit or section when they are given."""
    chosen = {"unit": unit, "section": section}
    query = urlencode({name: value for name, value in chosen.items() if value})
    url = reverse("compliance_review_grid", args=[pk])
    return f"{url}?{query}" if query else url


def _lines(rows: Sequence[Any], columns: Sequence[Any]) -> list[tuple[Authority, str, GridCell]]:
    return [
        (unit, label, cell)
        for unit, cells, _left in rows
        for (_section, label, _count), cell in zip(columns, cells, strict=True)
    ]


def _problem(prefix: str, value: str) -> str:
    if prefix == "s":
        return "" if value in ("", *STATES) else _("Choose one of the states.")
    if len(value) > LONGEST[prefix]:
        return _("Longer than %(longest)s characters.") % {"longest": LONGEST[prefix]}
    if prefix == "e" and value:
        try:
            _web(value)
        except ValidationError:
            return _("Write the whole web address, beginning with https://.")
    return ""


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()


def _base(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): value for name, value in found.items() if isinstance(value, str)}

"""The tables at the end of a review's report: who keeps what, and the points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from compliance.queries.reviews import Sheet, UnitStanding
from compliance.reports.document import Annex, Block, Paragraph, Table
from compliance.reports.wording import decimal
from compliance.rules.review import LATE, MET, MISSING, NOT_APPLICABLE, SectionInfo
from compliance.rules.scoring import Tally, rounded

WIDTH = 247.0
#: Up to this many sections the columns carry names; beyond, numbers with a key below the table.
NAMED = 16


def letters() -> Mapping[str, str]:
    """One letter a state, told in the legend: the table can be read without colour."""
    return {
        MET: pgettext("letter of a state", "M"),
        LATE: pgettext("letter of a state", "L"),
        MISSING: pgettext("letter of a state", "X"),
        NOT_APPLICABLE: "–",
    }


def matrix_annex(sheet: Sheet, reference: str) -> Annex:
    """Units down, sections across."""
    marks = letters()
    named = len(sheet.sections) <= NAMED
    fixed = [10.0, 52.0, 18.0]
    width = (WIDTH - sum(fixed)) / max(len(sheet.sections), 1)
    width = min(width, 16.0)
    fixed[1] = WIDTH - fixed[0] - fixed[2] - width * len(sheet.sections)
    fixed[1] = min(fixed[1], 75.0)
    heads = [
        section.name_vi if named else str(number) for number, section in enumerate(sheet.sections, start=1)
    ]
    rows = [
        [
            str(number),
            unit.name,
            *(marks.get(unit.states.get(section.code, ""), "") for section in sheet.sections),
            decimal(rounded(unit.score.total.percent)),
        ]
        for number, unit in enumerate(sheet.units, start=1)
    ]
    table = Table(
        head=[_("No."), _("Unit reviewed"), *heads, _("Points (%)")],
        rows=rows,
        widths=[fixed[0], fixed[1], *[width] * len(heads), fixed[2]],
        left=frozenset({1}),
        upright=frozenset(range(2, 2 + len(heads))) if named else frozenset(),
        size=10 if len(heads) <= 24 else 9,
    )
    blocks: list[Block] = [Paragraph(_legend(marks)), table]
    if not named:
        blocks.append(_key(sheet.sections))
    return Annex(_("Annex I"), _("Results by unit and section"), reference, blocks, landscape=True)


def _legend(marks: Mapping[str, str]) -> str:
    return _(
        "Legend: %(met)s: met; %(late)s: published late or incompletely; %(missing)s: not published; "
        "%(none)s: not applicable; empty: not reviewed."
    ) % {
        "met": marks[MET],
        "late": marks[LATE],
        "missing": marks[MISSING],
        "none": marks[NOT_APPLICABLE],
    }


def _key(sections: Sequence[SectionInfo]) -> Table:
    """Number and name, in two columns side by side."""
    half = -(-len(sections) // 2)
    numbered = [[str(number), section.name_vi] for number, section in enumerate(sections, start=1)]
    left, right = numbered[:half], numbered[half:] + [["", ""]] * (2 * half - len(numbered))
    rows = [[*one, *other] for one, other in zip(left, right, strict=True)]
    head = [_("Column"), _("Section")] * 2
    return Table(head, rows, [15.0, 108.5] * 2, frozenset({1, 3}), size=10)


def score_annex(sheet: Sheet, reference: str) -> Annex:
    """The points with their denominators, weighted and unweighted."""
    threshold = sheet.review.double_threshold
    groups = _groups(sheet)
    head = [
        _("No."),
        _("Unit reviewed"),
        _("Points"),
        _("Points due"),
        _("Share (%)"),
        _("Met / sections counted"),
        *(name for _code, name in groups),
        *([_("Requirement")] if threshold else []),
        _("Rank in the tier"),
    ]
    rows = [
        [
            str(number),
            unit.name,
            decimal(float(unit.score.total.points)),
            str(unit.score.total.possible),
            decimal(rounded(unit.score.total.percent)),
            f"{unit.score.total.passed}/{unit.score.total.duties}",
            *(_group(unit.score.groups.get(code)) for code, _name in groups),
            *([_reached(unit)] if threshold else []),
            "–" if unit.result.rank is None else str(unit.result.rank),
        ]
        for number, unit in enumerate(sheet.units, start=1)
    ]
    fixed = [10.0, 60.0, 15.0, 15.0, 15.0, 20.0]
    tail = [18.0, 13.0] if threshold else [13.0]
    share = min(18.0, (WIDTH - sum(fixed) - sum(tail)) / max(len(groups), 1))
    upright = frozenset(range(len(fixed), len(fixed) + len(groups)))
    table = Table(
        head, rows, [*fixed, *[share] * len(groups), *tail], frozenset({1}), upright, size=10, head_height=34
    )
    note = _(
        "Points due are those of the sections marked as met, late or missing. Units are ranked within their "
        "tier; units with fewer than %(minimum)s sections counted are not ranked."
    ) % {"minimum": max(sheet.review.minimum_sample, 1)}
    return Annex(_("Annex II"), _("Points by unit"), reference, [Paragraph(note), table], landscape=True)


def _groups(sheet: Sheet) -> list[tuple[str, str]]:
    """The groups in catalogue order; none when all sections are of one."""
    found = {
        each.group: each.group_vi or _("Group %(code)s") % {"code": each.group} for each in sheet.sections
    }
    return list(found.items()) if len(found) > 1 else []


def _group(tally: Tally | None) -> str:
    return "–" if tally is None else decimal(rounded(tally.percent))


def _reached(unit: UnitStanding) -> str:
    if unit.result.reached is None:
        return "–"
    return _("reached") if unit.result.reached else _("not reached")

"""Scores and actions of a review in words, for its screens."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from compliance.models import ReviewMark
from compliance.presentation import section_label, state_name, told
from compliance.queries.reviews import Sheet, UnitStanding
from compliance.rules.scoring import Tally, rounded
from compliance.templatetags.duty_tags import exact_points
from sitepages.models import Authority

#: How many unmarked cells are named before a review is closed.
SHOWN_CELLS = 50


@dataclass(frozen=True)
class ScoreWords:
    """One unit's line in the table of scores; ``old_…`` is what an accepted objection changed, else ""."""

    unit: Authority
    points: str
    percent: str
    passed: str
    groups: list[str]
    reached: bool | None
    rank: str
    tier: str
    complete: bool
    actions: list[str]
    after: str
    old_percent: str = ""
    old_points: str = ""
    old_rank: str = ""


def score_words(sheet: Sheet, standing: UnitStanding, groups: Sequence[str] = ()) -> ScoreWords:
    """The unit's score as people read it, with the three sections that gain most."""
    total = standing.score.total
    before = standing.before
    old = before.score.total if before and before.score.total != total else None
    names = {section.code: section_label(section) for section in sheet.sections}
    actions = sheet.actions(standing)
    return ScoreWords(
        unit=standing.unit,
        points=points_words(total),
        percent=percent_words(total),
        passed=f"{total.passed}/{total.duties}",
        groups=[_group(standing.score.groups.get(code)) for code in groups],
        reached=standing.result.reached,
        rank=_rank(sheet, standing),
        tier=standing.unit.tier.name,
        complete=standing.complete,
        actions=[
            _("%(section)s (+%(gain)s)")
            % {"section": names[action.code], "gain": number_format(rounded(action.gain) or 0, 1)}
            for action in actions
        ],
        after=number_format(rounded(actions[-1].percent_after) or 0, 1) if actions else "",
        old_percent=percent_words(old) if old else "",
        old_points=points_words(old) if old else "",
        old_rank=str(before.rank or "–") if before and before.rank != standing.result.rank else "",
    )


def _rank(sheet: Sheet, standing: UnitStanding) -> str:
    """``2/17``, among the units of the tier; a dash for a unit that is not ranked."""
    place = standing.result.rank
    return "–" if place is None else f"{place}/{len(sheet.ranked(standing.unit.tier))}"


def empty_cells(sheet: Sheet, most: int = SHOWN_CELLS) -> tuple[list[tuple[Authority, str]], int]:
    """Units with the names of their unmarked sections, at most ``most`` names; how many cells these are."""
    lines: list[tuple[Authority, str]] = []
    names = cells = 0
    for unit, sections in sheet.unmarked():
        if names >= most:
            break
        if len(sections) == len(sheet.sections):
            lines.append((unit.unit, _("every section")))
            names, cells = names + 1, cells + len(sections)
        else:
            taken = sections[: most - names]
            lines.append((unit.unit, "; ".join(section_label(each) for each in taken)))
            names, cells = names + len(taken), cells + len(taken)
    return lines, cells


@dataclass(frozen=True)
class MachineWords:
    """What a machine's mark rests on, to be checked: a sentence, the source with its day, the page."""

    reason: str
    source: str
    url: str


def machine_words(mark: ReviewMark) -> MachineWords:
    """The basis of the machine's mark as people read it."""
    basis = mark.machine_basis
    return MachineWords(machine_reason(basis), machine_source(basis), web_address(basis.get("url", "")))


def machine_reason(basis: Mapping[str, Any]) -> str:
    """Why the machine marked a section as it did: the finding's state in words, or what the probe read."""
    if basis.get("by") == "assessment":
        sentence = told(basis["reason"], basis["params"], basis["lacking"], basis["duty"])
        found = f"{state_name(basis['state'])}: {sentence}"
    elif basis.get("newest"):
        day = datetime.date.fromisoformat(basis["newest"])
        found = _("The newest item read is of %(day)s.") % {"day": f"{day:%d/%m/%Y}"}
    else:
        found = ""
    left_out = "" if basis.get("mandatory", True) else _("Not mandatory on the portal.")
    return f"{left_out} {found}".strip()


def machine_source(basis: Mapping[str, Any]) -> str:
    """What the machine's mark was taken from, with its day; "" of a mark that does not tell."""
    if not basis:
        return ""
    day = f"{datetime.date.fromisoformat(basis['date']):%d/%m/%Y}"
    if basis["by"] == "assessment":
        return _("Assessment of %(day)s") % {"day": day}
    return _("Portal read on %(day)s") % {"day": day}


def web_address(url: str) -> str:
    """The address when it can be followed as a link, else ""."""
    return url if url.startswith(("http://", "https://")) else ""


def points_words(tally: Tally) -> str:
    """``9,5/19``: no zeros behind the comma."""
    return f"{exact_points(tally.points)}/{number_format(tally.possible)}"


def percent_words(tally: Tally) -> str:
    """``84,1 %``; a dash when nothing counted."""
    share = rounded(tally.percent)
    return "–" if share is None else f"{number_format(share, 1)} %"


def _group(tally: Tally | None) -> str:
    if tally is None or not tally.possible:
        return "–"
    return f"{percent_words(tally)} ({points_words(tally)})"

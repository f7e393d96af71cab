"""A review read whole: sections, units, states, scores. Open: from its marks; closed: as it was frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from compliance.models import Objection, Review, ReviewMark, ReviewScore
from compliance.queries import sections as adapter
from compliance.rules.months import Month
from compliance.rules.review import (
    FAILING,
    Result,
    SectionInfo,
    by_failures,
    footnotes,
    lines_of,
    meets_everything,
    results,
    reviewed,
)
from compliance.rules.scoring import Action, Score, Tally, Threshold, best_actions
from sitepages.models import Authority, Tier

THRESHOLD = Threshold()


@dataclass(frozen=True)
class UnitStanding:
    """One unit of a review: its states by section code, and its result.

    ``before`` is the result frozen at closing, once accepted objections have put another beside it.
    """

    unit: Authority
    states: Mapping[str, str]
    result: Result
    complete: bool
    before: Result | None = None

    @property
    def score(self) -> Score:
        return self.result.score

    @property
    def name(self) -> str:
        return self.unit.display_name

    @property
    def judged(self) -> bool:
        """Whether anything counted: a unit where nothing did neither meets nor misses a requirement."""
        return self.result.judged

    def failing(self) -> list[str]:
        """The codes of the sections it is late with or lacks."""
        return [code for code, state in self.states.items() if state in FAILING]


@dataclass(frozen=True)
class Sheet:
    """A review at one moment: the sections reviewed, in catalogue order, and the units, in their order."""

    review: Review
    edition: str
    sections: Sequence[SectionInfo]
    units: Sequence[UnitStanding]

    def in_state(self, code: str, *states: str) -> list[UnitStanding]:
        """The units whose state in a section is one of these, in the units' order."""
        return [each for each in self.units if each.states.get(code, "") in states]

    def unmarked(self) -> list[tuple[UnitStanding, list[SectionInfo]]]:
        """The units with reviewed sections nobody has marked, and these sections."""
        found = [
            (unit, [each for each in self.sections if each.code not in unit.states]) for unit in self.units
        ]
        return [(unit, sections) for unit, sections in found if sections]

    @property
    def failures(self) -> dict[str, int]:
        """How many units fail, by section code."""
        return {each.code: len(self.in_state(each.code, *FAILING)) for each in self.sections}

    @property
    def worst_first(self) -> list[SectionInfo]:
        """The sections, most failures first, ties in catalogue order."""
        known = {each.code: each for each in self.sections}
        return [known[code] for code in by_failures(list(known), self.failures)]

    @property
    def footnotes(self) -> dict[str, int]:
        """The number of each failing section's footnote."""
        return footnotes([each.code for each in self.worst_first], self.failures)

    @property
    def tiers(self) -> list[Tier]:
        """The tiers of the units, the highest first."""
        found = {each.unit.tier_id: each.unit.tier for each in self.units}
        return sorted(found.values(), key=lambda tier: (tier.rank, tier.code))

    def ranked(self, tier: Tier) -> list[UnitStanding]:
        """The units of a tier that have a rank, best first, ties in the units' order."""
        held = [each for each in self.units if each.unit.tier_id == tier.pk and each.result.rank]
        return sorted(held, key=lambda each: each.result.rank or 0)

    def actions(self, standing: UnitStanding, most: int = 3) -> list[Action]:
        """What gains the unit most, best first."""
        return best_actions(lines_of(standing.states, self.sections), most)

    def standing_of(self, authority_id: int) -> UnitStanding | None:
        return next((each for each in self.units if each.unit.pk == authority_id), None)


def review_units(review: Review) -> list[Authority]:
    """The units of a review in their order."""
    return [row.authority for row in review.units.select_related("authority__tier")]


def marks_by_cell(review: Review) -> dict[tuple[int, str], ReviewMark]:
    """Every mark of a review, by (authority id, section code)."""
    return {(mark.authority_id, mark.section): mark for mark in review.marks.all()}


def sections_of(review: Review) -> list[SectionInfo]:
    """The sections that can be marked: the catalogue's, or those frozen with a closed review."""
    if review.is_closed:
        return [SectionInfo(**each) for each in review.sections]
    return adapter.all_sections(Month.of(review.last_month).last)


def objections_of(review: Review) -> list[Objection]:
    """The objections of a review, oldest first."""
    return list(
        Objection.objects.filter(mark__review=review).select_related(
            "mark__authority", "mark__review", "by", "answered_by"
        )
    )


def review_sheet(review: Review) -> Sheet:
    """The whole review: three queries, however many units and sections."""
    return _frozen(review) if review.is_closed else _live(review)


def newest_scores(review: Review) -> dict[int, ReviewScore]:
    """The frozen score in force of each unit, by authority id."""
    return {row.authority_id: row for row in review.scores.all()}


def sheet_of_states(review: Review, states: Mapping[int, Mapping[str, str]]) -> Sheet:
    """The sheet these states make, with the sections and rules of the review; keys are authority ids."""
    units, sections = review_units(review), sections_of(review)
    marked = {str(unit.pk): dict(states.get(unit.pk, {})) for unit in units}
    shown = reviewed(marked.values(), sections)
    found = results(
        marked,
        shown,
        tiers={str(unit.pk): unit.tier.code for unit in units},
        threshold=THRESHOLD if review.double_threshold else None,
        minimum=review.minimum_sample,
    )
    standings = [_standing(unit, marked[str(unit.pk)], found[str(unit.pk)], shown) for unit in units]
    return Sheet(review, review.catalogue or adapter.edition(), shown, standings)


def _live(review: Review) -> Sheet:
    states: dict[int, dict[str, str]] = {}
    for mark in review.marks.all():
        if mark.state:
            states.setdefault(mark.authority_id, {})[mark.section] = mark.state
    return sheet_of_states(review, states)


def _frozen(review: Review) -> Sheet:
    sections = sections_of(review)
    first: dict[int, ReviewScore] = {}
    newest: dict[int, ReviewScore] = {}
    for row in review.scores.all():
        first.setdefault(row.authority_id, row)
        newest[row.authority_id] = row
    standings = []
    for unit in review_units(review):
        if unit.pk in newest:
            old, new = first[unit.pk], newest[unit.pk]
            before = result_of(old) if old.pk != new.pk else None
            standings.append(_standing(unit, new.states, result_of(new), sections, before))
    return Sheet(review, review.catalogue, sections, standings)


def _standing(
    unit: Authority,
    states: Mapping[str, str],
    result: Result,
    sections: Sequence[SectionInfo],
    before: Result | None = None,
) -> UnitStanding:
    ordered = {each.code: states[each.code] for each in sections if states.get(each.code)}
    return UnitStanding(unit, ordered, result, meets_everything(ordered, sections), before)


def result_of(row: ReviewScore) -> Result:
    """A frozen score as the value it was."""
    total = Tally(Fraction(row.points), row.possible, row.duties, row.passed)
    left_out = tuple(code for code, state in row.states.items() if state == "not_applicable")
    groups = {group: _tally(stored) for group, stored in row.groups.items()}
    return Result(Score(total, groups, left_out), row.threshold_reached, row.rank)


def stored_tally(tally: Tally) -> dict[str, Any]:
    """A tally as JSON keeps it; points as text, exactly."""
    return {
        "points": str(tally.points),
        "possible": tally.possible,
        "duties": tally.duties,
        "passed": tally.passed,
    }


def _tally(stored: Mapping[str, Any]) -> Tally:
    return Tally(Fraction(stored["points"]), stored["possible"], stored["duties"], stored["passed"])


def score_moves(objections: Iterable[Objection]) -> dict[int, tuple[Result, Result]]:
    """The unit's result before and after each accepted objection, by the objection's id."""
    accepted = [each for each in objections if each.is_accepted]
    units = {each.pk: each.mark.authority_id for each in accepted}
    reviews = {each.mark.review_id for each in accepted}
    found: dict[int, tuple[Result, Result]] = {}
    last: dict[tuple[int, int], ReviewScore] = {}
    for row in ReviewScore.objects.filter(review__in=reviews, authority__in=set(units.values())):
        before = last.get((row.review_id, row.authority_id))
        if before is not None and row.objection_id and units.get(row.objection_id) == row.authority_id:
            found[row.objection_id] = (result_of(before), result_of(row))
        last[row.review_id, row.authority_id] = row
    return found


def history_of(authority: Authority) -> list[tuple[Review, ReviewScore]]:
    """The frozen scores of a unit, oldest review first: its trend."""
    newest: dict[int, ReviewScore] = {}
    for row in ReviewScore.objects.filter(authority=authority).select_related("review"):
        newest[row.review_id] = row
    found = [(row.review, row) for row in newest.values()]
    return sorted(found, key=lambda pair: (pair[0].first_month, pair[0].pk))

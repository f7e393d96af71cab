"""Reviews: states side by side, what counts as failing, in which order a report speaks of sections.

Three people mark a section of a unit: the unit itself, the machine and the verifier. The verifier's word
prevails over the machine's, and the machine's over the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from compliance.rules.scoring import Line, Score, Threshold, ranks, score

MET, LATE, MISSING, NOT_APPLICABLE = "met", "late", "missing", "not_applicable"
STATES = (MET, LATE, MISSING, NOT_APPLICABLE)
FAILING = (LATE, MISSING)

CREDITS: Mapping[str, Fraction | None] = {
    MET: Fraction(1),
    LATE: Fraction(1, 2),
    MISSING: Fraction(0),
    NOT_APPLICABLE: None,
}

#: From bad to good: of several findings in one section the worst is the section's state.
_WORST_FIRST = (MISSING, LATE, MET, NOT_APPLICABLE)

#: What a finding of an assessment means in a review; DUE_SOON depends on whether a page was found.
_OF_FINDING = {
    "MET": MET,
    "NOTHING_AROSE": MET,
    "MET_LATE": LATE,
    "OVERDUE": MISSING,
    "MISSING": MISSING,
    "INCOMPLETE": MISSING,
    "WAIVED": NOT_APPLICABLE,
    "NOT_DUE": NOT_APPLICABLE,
}


@dataclass(frozen=True)
class SectionInfo:
    """One section as a review needs it; group names are "" when the catalogue gives none."""

    code: str
    name_vi: str
    name_en: str
    group: str
    weight: int
    group_vi: str = ""
    group_en: str = ""


@dataclass(frozen=True)
class Result:
    """How one unit stands: its score, whether it reaches the threshold, its rank within its tier.

    ``reached`` is None when no threshold was set, or nothing was there to judge.
    """

    score: Score
    reached: bool | None
    rank: int | None

    @property
    def judged(self) -> bool:
        """Whether at least one section counted."""
        return self.score.total.duties > 0


def effective(*, own: str, machine: str, verifier: str) -> str:
    """The state that counts; "" when nobody has marked."""
    return verifier or machine or own


def credit(state: str) -> Fraction | None:
    """The share of the weight a state earns; None when it does not count. ValueError for an unknown state."""
    if state not in CREDITS:
        raise ValueError(f"not a state: {state!r}")
    return CREDITS[state]


def state_of_finding(
    state: str, *, late: bool = False, has_page: bool = False, has_public: bool = False, counts: bool = True
) -> str:
    """The mark a finding stands for; "" for a state that says nothing about a review.

    What is public but out of date or incomplete is late, never missing; a duty that does not count in a score
    (encouraged, or satisfied by any lawful form) is not applicable.
    """
    if not counts:
        return NOT_APPLICABLE
    if state in ("OVERDUE", "INCOMPLETE") and has_public:
        return LATE
    if state == "DUE_SOON":
        return MET if has_page else NOT_APPLICABLE
    if state == "MET" and late:
        return LATE
    return _OF_FINDING.get(state, "")


def state_of_probe(state: str, *, counts: bool = True) -> str:
    """The mark a probe's finding stands for; "" for what the probe could not tell.

    As with findings of an assessment, a section that does not count in a score is not applicable.
    """
    if state not in (MET, LATE, MISSING):
        return ""
    return state if counts else NOT_APPLICABLE


def worst(states: Iterable[str]) -> str:
    """The worst of several states; "" of none."""
    found = set(states)
    return next((state for state in _WORST_FIRST if state in found), "")


def lines_of(states: Mapping[str, str], sections: Sequence[SectionInfo]) -> list[Line]:
    """The lines to score of one unit, in the order of the sections; unmarked sections are left out."""
    return [
        Line(each.code, each.group, each.weight, credit(states[each.code]), states[each.code] == MET)
        for each in sections
        if states.get(each.code)
    ]


def results(
    states: Mapping[str, Mapping[str, str]],
    sections: Sequence[SectionInfo],
    *,
    tiers: Mapping[str, str],
    threshold: Threshold | None,
    minimum: int,
) -> dict[str, Result]:
    """The result of every unit, by its key; those with fewer than ``minimum`` counted have no rank.

    Units are ranked among those of their tier alone: tiers owe different things.
    """
    scores = {unit: score(lines_of(marks, sections)) for unit, marks in states.items()}
    places: dict[str, int] = {}
    for tier in {tiers[unit] for unit in scores}:
        peers = {unit: each for unit, each in scores.items() if tiers[unit] == tier}
        places |= ranks(
            {unit: each.total.percent for unit, each in peers.items()},
            {unit: each.total.duties for unit, each in peers.items()},
            max(minimum, 1),
        )
    return {unit: Result(each, _reached(threshold, each), places.get(unit)) for unit, each in scores.items()}


def reviewed(states: Iterable[Mapping[str, str]], sections: Sequence[SectionInfo]) -> list[SectionInfo]:
    """The sections at least one unit was marked in, in catalogue order."""
    marked = {code for marks in states for code, state in marks.items() if state}
    return [each for each in sections if each.code in marked]


def by_failures(codes: Sequence[str], failures: Mapping[str, int]) -> list[str]:
    """Most failures first; ties in the order given."""
    return sorted(codes, key=lambda code: -failures.get(code, 0))


def footnotes(ordered: Sequence[str], failures: Mapping[str, int]) -> dict[str, int]:
    """Numbers from 1 for the sections with failures, in the order given; the others have none."""
    failing = [code for code in ordered if failures.get(code, 0)]
    return {code: number for number, code in enumerate(failing, start=1)}


def meets_everything(states: Mapping[str, str], sections: Sequence[SectionInfo]) -> bool:
    """Every section reviewed was marked, none fails, and at least one counted."""
    found = [states.get(each.code, "") for each in sections]
    return all(found) and MET in found and not any(state in FAILING for state in found)


def _reached(threshold: Threshold | None, each: Score) -> bool | None:
    """Whether the threshold is reached; None where none was set, or nothing was there to judge."""
    return threshold.is_reached(each) if threshold and each.total.possible else None

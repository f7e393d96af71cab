"""Reviews: whose word prevails, what fails, in which order sections are spoken of."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.rules import review
from compliance.rules.review import LATE, MET, MISSING, NOT_APPLICABLE, STATES, SectionInfo
from compliance.rules.scoring import Threshold

pytestmark = pytest.mark.unit

CODES = [f"s{number}" for number in range(8)]
SECTIONS = [SectionInfo(code, code, code, f"G{index % 3}", 1 + index % 4) for index, code in enumerate(CODES)]
states = st.sampled_from(STATES)
maybe = st.sampled_from(("", *STATES))
unit_marks = st.dictionaries(st.sampled_from(CODES), states)
failures = st.dictionaries(st.sampled_from(CODES), st.integers(0, 5))


@given(maybe, maybe, maybe)
def test_the_verifier_prevails_over_the_machine_and_the_machine_over_the_unit(
    own: str, machine: str, verifier: str
) -> None:
    found = review.effective(own=own, machine=machine, verifier=verifier)
    assert found == next((each for each in (verifier, machine, own) if each), "")


def test_credits() -> None:
    assert [review.credit(state) for state in (MET, LATE, MISSING, NOT_APPLICABLE)] == [
        1,
        Fraction(1, 2),
        0,
        None,
    ]
    with pytest.raises(ValueError, match="not a state"):
        review.credit("done")


@pytest.mark.parametrize(
    ("finding", "late", "page", "mark"),
    [
        ("MET", False, True, MET),
        ("MET", True, True, LATE),
        ("NOTHING_AROSE", False, False, MET),
        ("MET_LATE", False, True, LATE),
        ("OVERDUE", False, True, MISSING),
        ("MISSING", False, False, MISSING),
        ("INCOMPLETE", False, True, MISSING),
        ("WAIVED", False, False, NOT_APPLICABLE),
        ("NOT_DUE", False, False, NOT_APPLICABLE),
        ("DUE_SOON", False, True, MET),
        ("DUE_SOON", False, False, NOT_APPLICABLE),
        ("UNHEARD_OF", False, True, ""),
    ],
)
def test_what_a_finding_stands_for(finding: str, late: bool, page: bool, mark: str) -> None:
    assert review.state_of_finding(finding, late=late, has_page=page) == mark


@pytest.mark.parametrize(
    ("proposed", "mark", "uncounted"),
    [
        ("met", MET, NOT_APPLICABLE),
        ("late", LATE, NOT_APPLICABLE),
        ("missing", MISSING, NOT_APPLICABLE),
        ("", "", ""),
        ("unheard_of", "", ""),
    ],
)
def test_what_a_probe_stands_for(proposed: str, mark: str, uncounted: str) -> None:
    assert review.state_of_probe(proposed) == mark
    assert review.state_of_probe(proposed, counts=False) == uncounted


@given(st.lists(states))
def test_the_worst_state_does_not_depend_on_the_order(found: list[str]) -> None:
    assert review.worst(found) == review.worst(reversed(found))
    assert review.worst([*found, MISSING]) == MISSING
    assert (review.worst(found) == NOT_APPLICABLE) == (set(found) == {NOT_APPLICABLE})


@given(failures)
def test_most_failures_come_first_and_ties_keep_the_order_of_the_catalogue(counts: dict[str, int]) -> None:
    ordered = review.by_failures(CODES, counts)
    assert sorted(ordered) == sorted(CODES)
    keys = [(-counts.get(code, 0), CODES.index(code)) for code in ordered]
    assert keys == sorted(keys)


@given(failures)
def test_footnotes_are_numbered_from_one_without_gaps(counts: dict[str, int]) -> None:
    ordered = review.by_failures(CODES, counts)
    numbers = review.footnotes(ordered, counts)
    assert set(numbers) == {code for code, count in counts.items() if count}
    assert [numbers[code] for code in ordered if code in numbers] == list(range(1, len(numbers) + 1))


def results(
    marks: dict[str, dict[str, str]],
    *,
    tiers: dict[str, str] | None = None,
    threshold: Threshold | None = None,
    minimum: int = 1,
) -> dict[str, review.Result]:
    """The results of units that are all of one tier unless told otherwise."""
    held = tiers or dict.fromkeys(marks, "commune")
    return review.results(marks, SECTIONS, tiers=held, threshold=threshold, minimum=minimum)


@given(st.dictionaries(st.sampled_from("abcdef"), unit_marks, min_size=1))
def test_scores_stay_within_bounds_and_a_better_mark_never_lowers_one(
    marks: dict[str, dict[str, str]],
) -> None:
    found = results(marks, threshold=Threshold())
    for unit, result in found.items():
        percent = result.score.total.percent
        assert percent is None or 0 <= percent <= 100
        assert result.score.total.duties == sum(state != NOT_APPLICABLE for state in marks[unit].values())
        assert (result.rank is None) == (percent is None)
        better = {code: MET if state == MISSING else state for code, state in marks[unit].items()}
        again = results({unit: better}, threshold=Threshold())[unit]
        assert percent is None or (again.score.total.percent or 0) >= percent


@given(unit_marks)
def test_a_unit_below_the_minimum_sample_has_no_rank(marks: dict[str, str]) -> None:
    counted = sum(state != NOT_APPLICABLE for state in marks.values())
    result = results({"a": marks}, minimum=counted + 1)["a"]
    assert result.rank is None
    assert result.reached is None


@given(
    st.dictionaries(st.sampled_from("abcdef"), unit_marks, min_size=1),
    st.lists(st.sampled_from(("district", "commune")), min_size=6, max_size=6),
)
def test_a_unit_is_ranked_as_if_its_tier_stood_alone(
    marks: dict[str, dict[str, str]], drawn: list[str]
) -> None:
    tiers = {unit: drawn["abcdef".index(unit)] for unit in marks}
    ranked = {unit: each.rank for unit, each in results(marks, tiers=tiers).items()}
    for tier in set(tiers.values()):
        alone = results({unit: marks[unit] for unit in marks if tiers[unit] == tier})
        assert {unit: each.rank for unit, each in alone.items()} == {
            unit: ranked[unit] for unit in marks if tiers[unit] == tier
        }


def test_a_unit_with_nothing_to_judge_neither_meets_nor_misses() -> None:
    idle = dict.fromkeys(CODES, NOT_APPLICABLE)
    found = results({"idle": idle, "bare": {}, "one": {"s0": MISSING}}, threshold=Threshold())
    assert {unit: (each.judged, each.reached) for unit, each in found.items()} == {
        "idle": (False, None),
        "bare": (False, None),
        "one": (True, False),
    }


def test_meeting_everything_needs_every_section_marked() -> None:
    whole = dict.fromkeys(CODES, MET)
    assert review.meets_everything(whole, SECTIONS)
    assert review.meets_everything({**whole, "s1": NOT_APPLICABLE}, SECTIONS)
    assert not review.meets_everything({**whole, "s1": LATE}, SECTIONS)
    assert not review.meets_everything(dict.fromkeys(CODES[1:], MET), SECTIONS)
    assert not review.meets_everything(dict.fromkeys(CODES, NOT_APPLICABLE), SECTIONS)


@given(st.lists(unit_marks))
def test_a_section_is_reviewed_when_any_unit_was_marked_in_it(marks: list[dict[str, str]]) -> None:
    shown = [each.code for each in review.reviewed(marks, SECTIONS)]
    assert shown == [code for code in CODES if any(code in each for each in marks)]

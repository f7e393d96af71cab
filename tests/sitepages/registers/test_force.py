"""Whether a document is in force: the rule, its twin in SQL, and which links cannot be."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitepages.registers.force import Effect, Link, Standing, State, fault, standing

pytestmark = pytest.mark.unit

DAYS = st.dates(datetime.date(2015, 1, 1), datetime.date(2025, 12, 31))
EFFECTS = st.lists(st.builds(Effect, st.sampled_from(list(Link)), DAYS), max_size=6)
DAY = datetime.date(2021, 3, 1)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("effective", "expires", "effects", "today", "state"),
    [
        ("2021-03-01", None, [], "2021-02-28", State.COMING),
        ("2021-03-01", None, [], "2021-03-01", State.IN_FORCE),
        (None, None, [], "2021-01-15", State.IN_FORCE),
        ("2021-03-01", "2021-06-01", [], "2021-05-31", State.IN_FORCE),
        ("2021-03-01", "2021-06-01", [], "2021-06-01", State.EXPIRED),
        ("2021-03-01", None, [(Link.REPLACES, "2021-05-01")], "2021-05-01", State.REPLACED),
        ("2021-03-01", None, [(Link.REPEALS, "2021-05-01")], "2021-05-01", State.EXPIRED),
        ("2021-03-01", None, [(Link.REPEALS_PART, "2021-05-01")], "2021-05-01", State.PARTLY),
        ("2021-03-01", None, [(Link.AMENDS, "2021-05-01")], "2021-05-02", State.IN_FORCE),
        ("2021-03-01", "2021-05-01", [(Link.REPLACES, "2021-05-01")], "2021-05-01", State.REPLACED),
        ("2021-03-01", "2021-04-01", [(Link.REPLACES, "2021-05-01")], "2021-06-01", State.EXPIRED),
    ],
)
def test_the_state_follows_from_dates_and_links(
    effective: str | None, expires: str | None, effects: list[tuple[Link, str]], today: str, state: State
) -> None:
    found = standing(
        day("2021-01-10"),
        day(effective) if effective else None,
        day(expires) if expires else None,
        [Effect(kind, day(on)) for kind, on in effects],
    )
    assert found.on(day(today)) is state


def test_a_document_without_any_date_is_not_judged() -> None:
    assert Standing(None).on(DAY) is State.UNKNOWN


@given(DAYS, st.none() | DAYS, EFFECTS, DAYS, DAYS)
def test_what_has_ended_stays_ended(
    issued: datetime.date,
    expires: datetime.date | None,
    effects: list[Effect],
    one: datetime.date,
    other: datetime.date,
) -> None:
    found = standing(issued, None, expires, effects)
    early, late = sorted((one, other))
    ended = {State.EXPIRED, State.REPLACED}
    if found.on(early) in ended:
        assert found.on(late) is found.on(early)
    if found.on(late) is State.COMING:
        assert found.on(early) is State.COMING


@given(DAYS, st.none() | DAYS, EFFECTS)
def test_the_order_of_links_does_not_matter(
    issued: datetime.date, expires: datetime.date | None, effects: list[Effect]
) -> None:
    assert standing(issued, None, expires, effects) == standing(issued, None, expires, effects[::-1])


@given(
    st.dictionaries(st.integers(1, 7), st.lists(st.integers(1, 7), max_size=4)),
    st.integers(1, 7),
    st.integers(1, 7),
)
def test_accepted_links_never_close_a_circle(graph: dict[int, list[int]], own: int, target: int) -> None:
    """Links entered one by one through the rule leave a graph in which nothing reaches itself."""
    kept: dict[int, list[int]] = {}
    entered = [(one, two) for one, others in graph.items() for two in others]
    for one, two in [*entered, (own, target)]:
        if not fault(Link.REPLACES, one, two, DAY, DAY, lambda each: kept.get(each, [])):
            kept.setdefault(one, []).append(two)
    for start in kept:
        ahead, seen = list(kept[start]), set()
        while ahead:
            each = ahead.pop()
            assert each != start
            if each not in seen:
                seen.add(each)
                ahead += kept.get(each, [])


@pytest.mark.parametrize(
    ("own", "target", "issued", "other", "wrong"),
    [
        (1, 1, DAY, DAY, "self"),
        (1, 2, DAY, DAY + datetime.timedelta(days=1), "newer"),
        (1, 2, DAY, DAY, ""),
        (None, 2, DAY, DAY, ""),
        (1, None, DAY, None, ""),
    ],
)
def test_a_link_is_refused_with_its_reason(
    own: int | None, target: int | None, issued: datetime.date, other: datetime.date | None, wrong: str
) -> None:
    assert fault(Link.REPLACES, own, target, issued, other, lambda each: []) == wrong

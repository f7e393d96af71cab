"""Every code of the rules has its words, and every sentence finds its values."""

from __future__ import annotations

import os
from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from compliance import wording
from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.rules.calendar import REST_REASONS
from compliance.rules.counting import Exclusion
from compliance.rules.evaluation import evaluate
from compliance.rules.types import Channel, Evidence, Level, ReasonCode, State, Verification

pytestmark = pytest.mark.unit

if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
    settings.configure(USE_I18N=False)

CATALOGUE = load_catalogue()
DATES = st.none() | st.dates(date(2020, 1, 1), date(2021, 9, 1))
EVIDENCE = st.builds(
    Evidence,
    record_id=st.integers(1, 9),
    title=st.sampled_from(["Plan", "100 % paid", "%(due)s", "2021-01-01"]),
    trigger=DATES,
    published=DATES,
    week=DATES,
    period=st.sampled_from(["", "2021", "2020", "2021-M6", "2021-M3"]),
)


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (wording.SENTENCES, ReasonCode),
        (wording.STATES, State),
        (wording.LEVELS, Level),
        (wording.CHANNELS, Channel),
        (wording.VERIFICATIONS, Verification),
        (wording.EXCLUSIONS, Exclusion),
        (wording.REST_REASONS, REST_REASONS),
    ],
)
def test_every_code_has_its_words(table: dict[str, str], codes: tuple[str, ...]) -> None:
    assert set(table) == {str(code) for code in codes}


@given(
    st.sampled_from(CATALOGUE.codes),
    st.lists(EVIDENCE, max_size=3),
    st.dates(date(2021, 1, 1), date(2021, 9, 1)),
)
def test_every_finding_can_be_explained(code: str, evidence: list[Evidence], today: date) -> None:
    found = evaluate(CATALOGUE.requirement(code), evidence, "district", today, load_calendar())
    assert found is not None
    sentence = wording.explain(found.item.reason.code, found.item.reason.params)
    assert sentence.rstrip().endswith((".", ")"))


def test_dates_and_periods_are_written_out() -> None:
    sentence = wording.explain("period_overdue", {"period": "2021-M6", "due": "2021-07-15", "days": 3})
    assert "15/07/2021" in sentence
    assert "2021-" not in sentence
    assert wording.period_label("2021-07-05") == "05/07/2021"
    assert "2021" in wording.period_label("2021")


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert wording.explain("of_old", {}) == "of_old"
    assert wording.state_label("of_old") == "of_old"
    assert wording.exclusion_label("alias") != "alias"
    assert wording.level_label("mandatory") != "mandatory"

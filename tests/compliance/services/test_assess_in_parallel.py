"""An assessment split over processes is the assessment of one process."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.db import connections

from compliance.models import Assessment, FindingRecord
from compliance.services import assess
from compliance.services.assess import take_assessment
from compliance.services.verify import differences
from tests.builders import make_document, make_schedule

TODAY = datetime.date(2021, 7, 29)
_IDENTITY = {"id", "assessment_id"}


def rows(assessment: Assessment) -> list[dict[str, Any]]:
    """What was found, without what names the assessment."""
    found = assessment.findings.order_by("authority_id", "duty").values()
    return [{name: value for name, value in row.items() if name not in _IDENTITY} for row in found]


@pytest.mark.integration
@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_workers_find_what_one_process_finds(live_portal: None, monkeypatch: pytest.MonkeyPatch) -> None:
    make_document(code="glar", issued=TODAY - datetime.timedelta(days=30))
    make_schedule(datetime.date(2021, 7, 26), code="trang", published="2021-07-23T10:00")
    monkeypatch.setattr(assess, "_SHARE", 2)  # many shares: more than may wait at a time
    alone = take_assessment(TODAY, today=TODAY)
    together = take_assessment(TODAY, today=TODAY, workers=2)
    assert len(rows(alone)) > 18 * 30
    assert rows(together) == rows(alone)
    assert together.units == alone.units
    scores = [
        list(each.scores.order_by("authority_id").values("authority_id", "points", "possible"))
        for each in (alone, together)
    ]
    assert scores[0] == scores[1]
    assert FindingRecord.objects.filter(assessment=together, state="OVERDUE").exists()
    assert not differences(together)


@pytest.mark.integration
@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_two_assessments_at_the_same_moment_are_both_whole(live_portal: None) -> None:
    make_document(code="glar", issued=TODAY - datetime.timedelta(days=30))
    taken: list[Assessment] = []
    together = threading.Barrier(2)

    def run() -> None:
        together.wait()
        try:
            taken.append(take_assessment(TODAY, today=TODAY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _number in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    first, second = taken
    assert first.pk != second.pk
    assert rows(first) == rows(second)
    assert len({each.rules_id for each in taken}) == 1, "one edition of the rules, whoever kept it first"
    assert Assessment.objects.count() == 2

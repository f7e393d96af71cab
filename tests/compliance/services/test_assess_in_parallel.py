"""An assessment split over processes is the assessment of one process."""

from __future__ import annotations

import datetime
import threading
from typing import Any

import pytest
from django.db import connections, transaction
from django.utils import timezone

from compliance.models import Assessment, FindingRecord
from compliance.queries.evidence import evidence_by_unit
from compliance.services import assess
from compliance.services.assess import take_assessment
from compliance.services.verify import differences
from sitepages.queries import section_page
from tests.builders import authority, make_document, make_schedule

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


@pytest.mark.integration
@pytest.mark.django_db
def test_a_page_that_moved_is_evidence_of_its_new_unit_alone() -> None:
    page = make_document(code="trang", issued=TODAY, published="2021-07-29T08:00")
    moved = page.get_parent().__class__.objects.get(pk=section_page(authority("glar"), "directives").pk)
    page.move(moved, pos="last-child")
    later = timezone.localdate()
    units = [authority(code).pk for code in ("trang", "glar")]
    for wanted, owners in (([units[0]], []), ([units[1]], [units[1]]), (units, [units[1]])):
        found = dict(evidence_by_unit(wanted, later, timezone.now()))
        having = [
            pk for pk, duties in found.items() if any(r.record_id == page.pk for r in duties["directives"])
        ]
        assert having == owners


@pytest.mark.integration
@pytest.mark.postgresql_only
@pytest.mark.django_db(transaction=True)
def test_an_import_under_way_is_waited_for(live_portal: None) -> None:
    """What an assessment knows must not grow afterwards: it could not be verified."""
    begun, taken = threading.Event(), threading.Event()
    found: list[Assessment] = []

    def write() -> None:
        with transaction.atomic():
            make_document(code="glar", issued=TODAY, published="2021-07-29T08:00")
            begun.set()
            taken.wait(2)
        connections.close_all()

    def assess_now() -> None:
        begun.wait(10)
        found.append(take_assessment(TODAY, today=TODAY))
        taken.set()
        connections.close_all()

    threads = [threading.Thread(target=write), threading.Thread(target=assess_now)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not differences(found[0])
    assert found[0].findings.get(authority__code="glar", duty="directives").has_public

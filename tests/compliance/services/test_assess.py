"""Assessments: from pages to findings, kept as they were taken."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from compliance.catalogue.loader import load_catalogue
from compliance.models import Assessment, FindingRecord, FrozenRowError
from compliance.queries.standing import latest_findings
from compliance.rules.lookup import binding_on
from compliance.services.assess import FutureDateError, take_assessment
from sitepages.models import Authority
from tests.builders import make_document, make_schedule

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = datetime.date(2021, 7, 29)
ISSUED = datetime.date(2021, 4, 28)


def found(assessment: Assessment, code: str, duty: str) -> FindingRecord:
    return assessment.findings.get(authority__code=code, duty=duty)


def test_every_unit_and_duty_is_judged() -> None:
    assessment = take_assessment(TODAY, today=TODAY)
    pairs = set(assessment.findings.values_list("authority__code", "duty"))
    bound = {each.code for each in load_catalogue().requirements if binding_on(each, "district", TODAY)}
    assert {duty for code, duty in pairs if code == "dak-doa"} == bound
    assert len({code for code, _duty in pairs}) == 18
    assert len(bound) >= 35


def test_an_own_document_of_the_worked_example_is_due_on_4_may() -> None:
    page = make_document(issued=ISSUED, published=None)
    finding = found(take_assessment(datetime.date(2021, 5, 4), today=TODAY), "dak-doa", "directives")
    assert (finding.due, finding.state, finding.page_id) == (datetime.date(2021, 5, 4), "DUE_SOON", page.pk)
    late = found(take_assessment(datetime.date(2021, 5, 5), today=TODAY), "dak-doa", "directives")
    assert late.state == "OVERDUE"


def test_a_document_of_others_has_ten_working_days() -> None:
    make_document(issued=ISSUED, origin="other")
    finding = found(take_assessment(datetime.date(2021, 5, 5), today=TODAY), "dak-doa", "directives")
    assert finding.due == datetime.date(2021, 5, 14)


@pytest.mark.parametrize(
    ("issued", "due", "rule"),
    [
        (datetime.date(2022, 8, 12), datetime.date(2022, 8, 16), "directives@ND43"),
        (datetime.date(2022, 8, 15), datetime.date(2022, 8, 22), "directives@TCTT16"),
    ],
)
def test_a_duty_keeps_the_rule_of_its_day(issued: datetime.date, due: datetime.date, rule: str) -> None:
    make_document(issued=issued)
    finding = found(
        take_assessment(datetime.date(2022, 9, 1), today=datetime.date(2022, 9, 1)), "dak-doa", "directives"
    )
    assert (finding.due, finding.rule) == (due, rule)


def test_publishing_clears_the_flag() -> None:
    monday = datetime.date(2021, 7, 26)
    make_schedule(monday - datetime.timedelta(weeks=2), code="glar", published="2021-07-10T09:00")
    assert found(take_assessment(TODAY, today=TODAY), "glar", "leaders_schedule").state == "OVERDUE"
    make_schedule(monday + datetime.timedelta(weeks=1), code="glar", published="2021-07-29T09:00")
    assert found(take_assessment(TODAY, today=TODAY), "glar", "leaders_schedule").state == "MET"


def test_one_units_page_is_no_evidence_for_another() -> None:
    make_schedule(datetime.date(2021, 8, 2), code="glar", published="2021-07-29T09:00")
    assert found(take_assessment(TODAY, today=TODAY), "trang", "leaders_schedule").state == "MISSING"


def test_what_was_published_later_is_not_seen() -> None:
    make_document(issued=ISSUED, published="2021-05-20T08:00")
    early = found(take_assessment(datetime.date(2021, 5, 19), today=TODAY), "dak-doa", "directives")
    late = found(take_assessment(datetime.date(2021, 5, 20), today=TODAY), "dak-doa", "directives")
    assert (early.state, late.state, late.reason) == ("OVERDUE", "MET_LATE", "met_late")


def test_a_unit_that_ended_has_no_duties() -> None:
    Authority.objects.filter(code="glar").update(valid_to=datetime.date(2021, 6, 30))
    assert not take_assessment(TODAY, today=TODAY).findings.filter(authority__code="glar").exists()


def test_assessments_are_added_and_never_changed() -> None:
    first = take_assessment(TODAY, today=TODAY)
    second = take_assessment(TODAY, today=TODAY)
    assert first.pk != second.pk
    finding = first.findings.first()
    finding.state = "MET"
    for write in (finding.save, finding.delete, first.delete, first.findings.all().delete):
        with pytest.raises(FrozenRowError):
            write()
    with pytest.raises(FrozenRowError):
        first.findings.update(state="MET")


def test_the_future_is_not_assessed() -> None:
    with pytest.raises(FutureDateError):
        take_assessment(TODAY + datetime.timedelta(days=1), today=TODAY)
    with pytest.raises(CommandError, match="2999-01-01"):
        call_command("assess", "--date", "2999-01-01")
    with pytest.raises(CommandError, match="30/02/2021"):
        call_command("assess", "--date", "30/02/2021")
    assert not Assessment.objects.exists()


def test_screens_read_the_newest_day_even_if_an_older_one_was_taken_last() -> None:
    newest = take_assessment(TODAY, today=TODAY)
    take_assessment(ISSUED, today=TODAY)
    units: QuerySet[Any] = Authority.objects.filter(code="glar")
    assert {finding.assessment_id for finding in latest_findings(units)} == {newest.pk}


def test_an_assessment_reads_the_same_however_many_units() -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as captured:
            take_assessment(TODAY, today=TODAY)
        return sum(query["sql"].startswith(("SELECT", "DECLARE")) for query in captured)

    take_assessment(TODAY, today=TODAY)  # the edition of the rules is there
    before = reads()
    for code in ("glar", "trang", "ia-bang"):
        make_document(code=code, issued=ISSUED, published="2021-04-29T08:00")
    assert reads() == before <= 10

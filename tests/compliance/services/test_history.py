"""Past days are judged by what was public then, under the rules of then, and again with the same result."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from compliance.models import Assessment, FindingRecord, LocalRule, Observation, RuleEdition
from compliance.rules.months import local_moment
from compliance.services.assess import take_assessment
from compliance.services.observe import observing_later, sync_observations
from compliance.services.verify import differences
from sitepages.models import Authority, LegalDocumentPage, Tier
from sitepages.services import confirm_page
from tests.builders import authority, make_article, make_document, make_schedule, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = datetime.date(2021, 7, 29)
ISSUED = datetime.date(2021, 6, 1)


def judged(on: datetime.date, duty: str = "directives", code: str = "dak-doa") -> FindingRecord:
    found: FindingRecord = take_assessment(on, today=timezone.localdate()).findings.get(
        authority__code=code, duty=duty
    )
    return found


def at(moment: str) -> Any:
    return time_machine.travel(local_moment(moment), tick=False)


def test_a_page_taken_down_was_public_before() -> None:
    with at("2021-06-02T09:00"):
        page = make_document(issued=ISSUED)
        page.save_revision().publish()
    with at("2021-06-20T09:00"):
        page.refresh_from_db()
        page.unpublish()
    with at("2021-07-29T09:00"):
        before, after = judged(datetime.date(2021, 6, 19)), judged(datetime.date(2021, 6, 20))
        assert before.has_public
        assert before.published == datetime.date(2021, 6, 2)
        assert (after.state, after.reason) == ("OVERDUE", "withdrawn")
        page.save_revision().publish()
    with at("2021-07-30T09:00"):
        assert judged(datetime.date(2021, 7, 28)).state == "OVERDUE"
        assert judged(datetime.date(2021, 7, 29)).has_public
        assert judged(datetime.date(2021, 6, 19)).has_public


def test_the_last_second_of_a_month_belongs_to_its_month() -> None:
    with at("2021-06-30T23:59:59"):
        page = make_document(issued=datetime.date(2021, 6, 29))
        page.save_revision().publish()
        assert judged(datetime.date(2021, 6, 30)).published == datetime.date(2021, 6, 30)
    with at("2021-07-01T00:00:00"):
        other = make_document("2/QĐ", issued=datetime.date(2021, 7, 1))
        other.save_revision().publish()
        assert judged(datetime.date(2021, 6, 30)).page_title == page.title
        assert judged(datetime.date(2021, 7, 1)).page_title == other.title


def test_what_is_edited_later_changes_no_past_day() -> None:
    with at("2021-06-02T09:00"):
        page = make_document(issued=ISSUED)
        page.save_revision().publish()
    with at("2021-07-29T09:00"):
        first = take_assessment(datetime.date(2021, 6, 10), today=TODAY)
        page.title, page.issue_date = "Another title", datetime.date(2021, 7, 1)
        page.save_revision().publish()
        make_document("9/QĐ", issued=datetime.date(2021, 7, 2), published="2021-07-03T08:00")
        second = take_assessment(datetime.date(2021, 6, 10), today=TODAY)
    names = [field.attname for field in FindingRecord._meta.concrete_fields]
    kept = [name for name in names if name not in ("id", "assessment_id")]
    assert list(first.findings.values(*kept)) == list(second.findings.values(*kept))


def test_an_assessment_judged_again_is_the_same_after_pages_and_rules_changed() -> None:
    page = make_document(issued=ISSUED, published="2021-06-02T09:00")
    assessment = take_assessment(TODAY, today=TODAY)
    score = assessment.scores.get(authority__code="dak-doa")
    page.delete()
    make_document("8/QĐ", issued=datetime.date(2021, 6, 7))
    LocalRule.objects.create(
        duty="directives",
        kind="deadline",
        value=1,
        valid_from=datetime.date(2021, 1, 1),
        decision_number="1/QĐ",
        reason="test",
    )
    LocalRule.objects.create(
        duty="directives",
        kind="weight",
        value=90,
        valid_from=datetime.date(2021, 1, 1),
        decision_number="1/QĐ",
        reason="test",
    )
    assert differences(assessment) == []
    call_command("verify_assessment", "--date", TODAY.isoformat())
    later = take_assessment(TODAY, today=TODAY)
    assert differences(later) == []
    assert later.scores.get(authority__code="dak-doa").points != score.points
    assert later.rules_id != assessment.rules_id
    assert RuleEdition.objects.count() == 2


def test_a_tampered_finding_is_told(capsys: Any) -> None:
    assessment = take_assessment(TODAY, today=TODAY)
    row = assessment.findings.first()
    FindingRecord.objects.filter(pk=row.pk)._raw_delete("default")
    with pytest.raises(CommandError, match="1"):
        call_command("verify_assessment")
    assert row.duty in capsys.readouterr().out


def test_the_rules_are_kept_once() -> None:
    first, second = take_assessment(TODAY, today=TODAY), take_assessment(TODAY, today=TODAY)
    assert first.rules_id == second.rules_id
    edition = RuleEdition.objects.get()
    assert first.catalogue == f"{edition.version} {edition.digest[:12]}"
    assert edition.calendar["holidays"]["2021-04-30"]


def test_drafts_saved_by_people_are_noted_and_forgotten_when_deleted() -> None:
    with at("2021-06-05T09:00"):
        page = make_document(issued=ISSUED)
    with at("2021-06-10T09:00"):
        page.issue_date = datetime.date(2021, 6, 9)
        page.save_revision()
    with at("2021-07-29T09:00"):
        assert judged(datetime.date(2021, 6, 4)).due == datetime.date(2021, 6, 3), "owed since its own day"
        assert judged(datetime.date(2021, 6, 9)).due == datetime.date(2021, 6, 3)
        assert judged(datetime.date(2021, 6, 10)).due == datetime.date(2021, 6, 11)
        page.delete()
        assert judged(datetime.date(2021, 7, 28)).state == "OVERDUE"
        assert judged(TODAY).state == "MISSING"


def test_a_confirmation_counts_from_its_day() -> None:
    page = make_document(issued=ISSUED, published="2021-06-02T09:00")
    with at("2021-07-20T09:00"):
        confirm_page(page, user=make_user("board"), note="", at=timezone.now())
    seen = list(
        Observation.objects.filter(page_id=page.pk, state="public").values_list("confirmed", flat=True)
    )
    assert seen == [None, datetime.date(2021, 7, 20)]


def test_saving_without_change_notes_nothing() -> None:
    page = make_document(issued=ISSUED, published="2021-06-02T09:00")
    before = Observation.objects.count()
    page.save()
    page.save_revision()
    sync_observations(now=timezone.now())
    assert Observation.objects.count() == before


def test_what_was_not_noted_is_found_again() -> None:
    with observing_later():
        page = make_document(issued=ISSUED, published="2021-06-20T09:00")
        make_article("Bài")
        make_schedule(datetime.date(2021, 7, 26), published="2021-07-23T08:00")
    assert not Observation.objects.exists()
    assert sync_observations(now=timezone.now()) == 4
    assert sync_observations(now=timezone.now()) == 0
    states = Observation.objects.filter(page_id=page.pk).order_by("at").values_list("state", flat=True)
    assert list(states) == ["draft", "public"]
    LegalDocumentPage.objects.filter(pk=page.pk).update(issue_date=datetime.date(2021, 6, 3))
    assert sync_observations(now=timezone.now()) == 1


def test_an_alias_is_nobodys_evidence_but_its_originals() -> None:
    page = make_document(issued=ISSUED, published="2021-06-02T09:00")
    parent = authority("glar").site.root_page.get_children().type(type(page.get_parent().specific)).first()
    page.create_alias(parent=parent)
    assert set(Observation.objects.values_list("authority__code", flat=True)) == {"dak-doa"}


def test_a_successor_starts_with_its_predecessors_history_and_without_its_debts() -> None:
    make_document(code="glar", issued=datetime.date(2021, 5, 3), published="2021-05-04T08:00")
    make_document("2/QĐ", code="glar", issued=datetime.date(2021, 6, 1))
    Authority.objects.filter(code="glar").update(
        valid_to=datetime.date(2021, 6, 30), successor=authority("trang")
    )
    Authority.objects.filter(code="trang").update(valid_from=datetime.date(2021, 7, 1))
    found = judged(TODAY, code="trang")
    assert found.has_public
    assert found.state not in ("OVERDUE", "MISSING")
    assert judged(datetime.date(2021, 6, 30), code="glar").state == "OVERDUE"
    judged_today = FindingRecord.objects.filter(assessment__date=TODAY)
    assert not judged_today.filter(authority__code="glar").exists()


@pytest.mark.parametrize(
    "change",
    [
        {"valid_from": datetime.date(2021, 7, 1)},
        {"valid_to": datetime.date(2021, 6, 30)},
        {"site": None},
        {"tier": "district"},
        {"successor": "trang"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_becomes_of_a_unit_later_changes_no_assessment(change: dict[str, Any]) -> None:
    make_document(code="glar", issued=ISSUED)
    assessment = take_assessment(TODAY, today=TODAY)
    values = {
        name: Tier.objects.get(code=value)
        if name == "tier"
        else authority(value)
        if name == "successor"
        else value
        for name, value in change.items()
    }
    Authority.objects.filter(code="glar").update(**values)
    assert differences(assessment) == []


def test_a_day_before_every_rule_is_not_assessed() -> None:
    for text in ("1900-01-01", "2021-W01-1"):
        with pytest.raises(CommandError, match=text):
            call_command("assess", "--date", text)
    assert not Assessment.objects.exists()

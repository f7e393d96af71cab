"""The machine's marks of a review: from the assessment, and from probes of portals hosted elsewhere."""

from __future__ import annotations

import datetime
import html

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from compliance.admin.reviews.words import machine_reason
from compliance.models import Assessment, FindingRecord, ProbeFinding, ProbeRun, ProbeTarget, ReviewMark
from compliance.queries.sections import all_sections, is_mandatory
from compliance.rules.review import SectionInfo
from compliance.services.machine_marks import MachineFill, fill_machine_marks
from compliance.services.reviews import ReviewError
from tests.builders import authority, make_user, signed_in
from tests.reviewing import NOW, make_review, mark, the_mark

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

JUNE = datetime.date(2019, 6, 30)
HASH = "a" * 64


def test_the_machine_marks_from_the_newest_assessment_of_the_period() -> None:
    review = make_review()
    before = Assessment.objects.create(date=datetime.date(2019, 3, 1), catalogue="a")
    last = Assessment.objects.create(date=datetime.date(2019, 6, 30), catalogue="b")
    after = Assessment.objects.create(date=datetime.date(2019, 7, 1), catalogue="c")
    for assessment, state, reason in (
        (before, "MISSING", "missing"),
        (last, "MET", "met_late"),
        (after, "MET", "met"),
    ):
        finding(assessment, "directives", state, reason)
    finding(last, "leaders_schedule", "DUE_SOON", "due_soon", page=7)
    finding(last, "budget_draft", "NOT_DUE", "not_due")
    assert fill_machine_marks(review, now=NOW) == MachineFill(3, 3, 0)
    found = {each.section: each.machine_state for each in review.marks.all()}
    assert found == {"directives": "late", "leaders_schedule": "met", "budget_draft": "not_applicable"}
    assert the_mark(review, "glar", "leaders_schedule").evidence_url == "https://glar.example/7"
    assert fill_machine_marks(review, now=NOW) == MachineFill(0, 3, 0)


def test_several_findings_of_one_section_count_as_the_worst(monkeypatch: pytest.MonkeyPatch) -> None:
    budget = [SectionInfo("budget", "Ngân sách", "Budget", "G5", 1)]
    monkeypatch.setattr("compliance.queries.sections.all_sections", lambda: budget)
    review = make_review()
    assessment = Assessment.objects.create(date=datetime.date(2019, 6, 1), catalogue="a")
    finding(assessment, "budget_draft", "MET", "met", section="budget")
    finding(assessment, "budget_execution", "OVERDUE", "overdue", section="budget")
    finding(assessment, "budget_settlement", "NOT_DUE", "not_due", section="budget")
    fill_machine_marks(review, now=NOW)
    assert [each.machine_state for each in review.marks.all()] == ["missing"]


def finding(
    assessment: Assessment, duty: str, state: str, reason: str, *, section: str = "", page: int | None = None
) -> None:
    FindingRecord.objects.create(
        assessment=assessment,
        authority=authority("glar"),
        duty=duty,
        section=section or duty,
        state=state,
        level="mandatory",
        rule="r",
        reason=reason,
        page_id=page,
        page_url=f"https://glar.example/{page}" if page else "",
    )


def test_without_an_assessment_or_a_probe_the_machine_says_so() -> None:
    with pytest.raises(ReviewError, match="2019-06-30"):
        fill_machine_marks(make_review(), now=NOW)


def probe(
    unit: str, day: datetime.date, states: dict[str, str], *, ok: bool = True, url: str = "https://p.example/"
) -> None:
    """One reading of a unit's portal; "" is what the probe could not tell."""
    target, _made = ProbeTarget.objects.get_or_create(authority=authority(unit), base_url="https://p.example")
    moment = datetime.datetime.combine(day, datetime.time(2), datetime.UTC)
    run = ProbeRun.objects.create(target=target, date=day, started_at=moment, finished_at=moment, ok=ok)
    for section, state in states.items():
        error = "" if state else "timeout"
        ProbeFinding.objects.create(
            run=run, section=section, state=state, error=error, page_url=url + section, snapshot=HASH
        )


def machine(unit: str) -> dict[str, str]:
    """The machine's marks of a unit, by section."""
    rows = ReviewMark.objects.filter(authority__code=unit).exclude(machine_state="")
    return dict(rows.values_list("section", "machine_state"))


def test_a_unit_without_findings_takes_those_of_its_newest_probe_of_the_period() -> None:
    review = make_review()
    assessment = Assessment.objects.create(date=JUNE, catalogue="a")
    finding(assessment, "directives", "MET", "met")
    probe("trang", datetime.date(2019, 3, 1), {"intro_apparatus": "met", "admin_procedures": "met"})
    probe("trang", datetime.date(2019, 6, 20), {"intro_apparatus": "missing", "law_dissemination": "late"})
    probe("trang", datetime.date(2019, 7, 1), {"intro_apparatus": "met", "draft_consultation": "met"})
    assert fill_machine_marks(review, now=NOW) == MachineFill(3, 1, 2)
    assert machine("trang") == {"intro_apparatus": "missing", "law_dissemination": "late"}
    row = the_mark(review, "trang", "intro_apparatus")
    assert (row.evidence_url, row.snapshot_hash) == ("https://p.example/intro_apparatus", HASH)
    logged = ModelLogEntry.objects.get(action="compliance.machine_marks").data
    assert logged["probes"] == {"trang": "2019-06-20"}
    assert (logged["assessment"], logged["date"], logged["cells"]) == (assessment.pk, "2019-06-30", 3)


def test_a_failed_reading_hides_no_earlier_one() -> None:
    review = make_review()
    probe("trang", datetime.date(2019, 3, 1), {"intro_apparatus": "met"})
    probe("trang", datetime.date(2019, 6, 20), {"intro_apparatus": ""}, ok=False)
    fill_machine_marks(review, now=NOW)
    assert machine("trang") == {"intro_apparatus": "met"}


def test_what_a_probe_could_not_tell_marks_nothing() -> None:
    review = make_review()
    probe("trang", datetime.date(2019, 5, 1), {"intro_apparatus": "missing"})
    fill_machine_marks(review, now=NOW)
    probe("trang", JUNE, {"intro_apparatus": "", "law_dissemination": "", "no_such_section": "met"})
    assert fill_machine_marks(review, now=NOW) == MachineFill(0, 0, 0)
    assert machine("trang") == {"intro_apparatus": "missing"}


def test_a_unit_with_findings_is_not_marked_by_a_probe() -> None:
    review = make_review()
    finding(Assessment.objects.create(date=JUNE, catalogue="a"), "directives", "MET", "met")
    probe("glar", JUNE, {"directives": "missing", "leaders_schedule": "missing"})
    assert fill_machine_marks(review, now=NOW) == MachineFill(1, 1, 0)
    assert machine("glar") == {"directives": "met"}


def test_a_probe_of_what_is_only_encouraged_is_not_applicable_as_with_an_assessment() -> None:
    review = make_review()
    encouraged = next(each.code for each in all_sections() if not is_mandatory(each.code, "commune", JUNE))
    probe("trang", JUNE, {encouraged: "missing", "intro_apparatus": "late"})
    fill_machine_marks(review, now=NOW)
    assert machine("trang") == {encouraged: "not_applicable", "intro_apparatus": "late"}
    assert machine_reason(the_mark(review, "trang", encouraged).machine_basis) == _(
        "Not mandatory on the portal."
    )


def test_the_verifiers_evidence_outlasts_the_probe() -> None:
    review = make_review()
    mark(review, "trang", intro_apparatus="met")
    ReviewMark.objects.update(evidence_url="https://seen.example/")
    probe("trang", JUNE, {"intro_apparatus": "missing"})
    fill_machine_marks(review, now=NOW)
    row = the_mark(review, "trang", "intro_apparatus")
    assert (row.state, row.machine_state, row.evidence_url) == ("met", "missing", "https://seen.example/")


def test_an_address_too_long_to_keep_is_left_out() -> None:
    review = make_review()
    probe("trang", JUNE, {"intro_apparatus": "met"}, url="https://p.example/" + "a" * 1000)
    fill_machine_marks(review, now=NOW)
    row = the_mark(review, "trang", "intro_apparatus")
    assert (row.machine_state, row.evidence_url, row.snapshot_hash) == ("met", "", "")


def test_a_probe_after_the_period_or_of_another_unit_is_no_source() -> None:
    review = make_review()
    probe("trang", datetime.date(2019, 7, 1), {"directives": "met"})
    probe("a-dok", JUNE, {"directives": "met"})
    with pytest.raises(ReviewError):
        fill_machine_marks(review, now=NOW)
    assert not review.marks.exists()


def test_the_button_and_the_message_say_where_cells_come_from() -> None:
    review, client = make_review(), signed_in(make_user("reviewer"))
    address = reverse("compliance_review", args=[review.pk])
    assert _("Take the machine's marks") in client.get(address).text.replace("&#x27;", "'")
    finding(Assessment.objects.create(date=JUNE, catalogue="a"), "directives", "MET", "met")
    probe("trang", JUNE, {"intro_apparatus": "missing", "law_dissemination": "late"})
    counts = {"assessed": 1, "probed": 2}
    button = _(
        "Take the machine's marks: %(assessed)s from the assessment, %(probed)s from portals elsewhere"
    )
    assert button % counts in html.unescape(client.get(address).text)
    told = _(
        "%(count)s machine marks were changed: %(assessed)s cells are known from the assessment, "
        "%(probed)s from reading portals hosted elsewhere."
    )
    reply = client.post(reverse("compliance_review_machine", args=[review.pk]), follow=True)
    assert told % {"count": 3, **counts} in html.unescape(reply.text)


def test_a_mark_carries_what_it_rests_on_and_the_grid_tells_it() -> None:
    review, client = make_review(), signed_in(make_user("reviewer"))
    assessment = Assessment.objects.create(date=JUNE, catalogue="a")
    FindingRecord.objects.create(
        assessment=assessment,
        authority=authority("glar"),
        duty="leaders_schedule",
        section="leaders_schedule",
        state="INCOMPLETE",
        level="mandatory",
        rule="r",
        reason="incomplete_section",
        has_public=True,
        page_id=7,
        page_url="https://glar.example/7",
        params={"skipped": "2019-05-01:weekend"},
    )
    probe("trang", datetime.date(2019, 6, 20), {"intro_apparatus": "late"})
    fill_machine_marks(review, now=NOW)
    row = the_mark(review, "glar", "leaders_schedule")
    assert (row.machine_state, row.note) == ("late", "")
    assert row.machine_basis == {
        "by": "assessment",
        "date": "2019-06-30",
        "url": "https://glar.example/7",
        "mandatory": True,
        "state": "INCOMPLETE",
        "reason": "incomplete_section",
        "params": {},
        "lacking": [],
        "duty": "leaders_schedule",
    }
    grid = reverse("compliance_review_grid", args=[review.pk])
    told = f"{_('Incomplete')}: {_('The section is public but incomplete.')}"
    for reader, address in (
        (client, f"{grid}?unit=glar"),
        (client, f"{grid}?section=leaders_schedule"),
        (
            signed_in(make_user("officer", "glar")),
            reverse("compliance_review_unit", args=[review.pk, "glar"]),
        ),
    ):
        page = html.unescape(reader.get(address).text)
        assert told in page
        assert _("Assessment of %(day)s") % {"day": "30/06/2019"} in page
        assert '<a href="https://glar.example/7"' in page
    page = html.unescape(client.get(f"{grid}?unit=trang").text)
    assert _("Portal read on %(day)s") % {"day": "20/06/2019"} in page
    assert '<a href="https://p.example/intro_apparatus"' in page


def test_of_several_findings_the_worst_one_is_told() -> None:
    review = make_review()
    assessment = Assessment.objects.create(date=JUNE, catalogue="a")
    finding(assessment, "directives", "MISSING", "missing")
    finding(assessment, "leaders_schedule", "MET", "on_time", page=3, section="directives")
    fill_machine_marks(review, now=NOW)
    assert the_mark(review, "glar", "directives").machine_basis["reason"] == "missing"

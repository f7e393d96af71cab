"""The dashboard after the assessment: what was done since waits to be judged and asks for nothing."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from compliance.models import Assessment
from compliance.services.statements import declare_nothing_arose, grant_waiver, withdraw
from sitepages.models import WorkSchedulePage
from sitepages.services import confirm_page
from tests.builders import authority, make_document, make_schedule, make_user, signed_in
from tests.compliance.admin.findings import TODAY, due_item, html, make_assessment, make_finding, open_item

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

WEEK = datetime.date(2021, 8, 2)


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


def duties_by_part() -> dict[str, list[str]]:
    """The duties on the dashboard of the officer of Glar, by stretch of time."""
    reply = signed_in(make_user("officer", "glar")).get(reverse("wagtailadmin_home"))
    html(reply)
    (panel,) = [each for each in reply.context["panels"] if each.name == "duties"]
    found = panel.get_context_data()["parts"]
    return {str(part.code): [task.finding.duty for task in part.tasks] for part in found}


def test_a_draft_published_since_waits_to_be_judged(assessment: Assessment) -> None:
    draft, other = (make_document(f"{n}/QĐ-UBND", code="glar", issued=TODAY) for n in (1, 2))
    items = [due_item("OVERDUE", TODAY, page.title, page=page.pk) for page in (draft, other)]
    make_finding(assessment, state="OVERDUE", open_items=items)
    assert duties_by_part() == {"today": ["directives", "directives"]}
    draft.save_revision().publish()
    assert duties_by_part() == {"today": ["directives"], "handled": ["directives"]}


def test_a_confirmation_settles_a_stale_section_for_now(assessment: Assessment) -> None:
    page = make_document(code="glar", issued=TODAY, published="2020-01-02T09:00")
    assessment = make_assessment()
    item = due_item("OVERDUE", TODAY, page.title, page=page.pk, reason="stale")
    item["params"]["latest"] = "2020-01-02"
    make_finding(assessment, state="OVERDUE", open_items=[item])
    assert duties_by_part() == {"today": ["directives"]}
    confirm_page(page, user=make_user("officer", "glar", "can-bo-hai"), note="", at=timezone.now())
    assert duties_by_part() == {"handled": ["directives"]}


def test_a_schedule_counts_for_its_week_and_those_before(assessment: Assessment) -> None:
    params = {"week": WEEK.isoformat(), "due": "2021-08-01", "days": 4}
    item = open_item("DUE_SOON", "week_due_soon", period=WEEK.isoformat(), params=params, due="2021-08-01")
    make_finding(assessment, duty="leaders_schedule", state="DUE_SOON", open_items=[item])
    _publish(make_schedule(WEEK - datetime.timedelta(days=7), code="glar"))
    assert duties_by_part() == {"week": ["leaders_schedule"]}
    _publish(make_schedule(WEEK + datetime.timedelta(days=7), code="glar"))
    assert duties_by_part() == {"handled": ["leaders_schedule"]}


def test_a_declaration_settles_the_period_it_speaks_of(assessment: Assessment) -> None:
    params = {"period": "2021-M6", "due": "2021-07-15", "days": 13}
    item = open_item("OVERDUE", "period_overdue", period="2021-M6", params=params, due="2021-07-15")
    make_finding(assessment, duty="budget_execution", state="OVERDUE", open_items=[item])
    user = make_user("officer", "glar", "can-bo-hai")
    for last, found in ((datetime.date(2021, 5, 31), "today"), (datetime.date(2021, 6, 30), "handled")):
        days: dict[str, Any] = {"first": datetime.date(2021, 1, 1), "last": last}
        declare_nothing_arose(authority("glar"), "budget_execution", **days, note="", user=user, today=TODAY)
        assert duties_by_part() == {found: ["budget_execution"]}


def test_a_declaration_counts_until_it_is_taken_back(assessment: Assessment) -> None:
    draft = make_document(code="glar", issued=TODAY)
    items = [due_item("OVERDUE", TODAY, draft.title, page=draft.pk), open_item("MISSING")]
    make_finding(assessment, state="OVERDUE", open_items=items)
    user = make_user("officer", "glar", "can-bo-hai")
    days: dict[str, Any] = {"first": datetime.date(2021, 6, 1), "last": datetime.date(2021, 6, 30)}
    said = declare_nothing_arose(authority("glar"), "directives", **days, note="", user=user, today=TODAY)
    found = {"today": ["directives"], "handled": ["directives"]}
    assert duties_by_part() == found, "a draft stays to be published whatever was declared"
    withdraw(said, user=user, now=timezone.now())
    assert duties_by_part() == {"today": ["directives"], "undated": ["directives"]}


def test_an_excuse_ends_all_the_tasks_of_its_duty_in_its_unit_alone(assessment: Assessment) -> None:
    for code in ("glar", "trang"):
        make_finding(assessment, code, state="MISSING")
    make_finding(assessment, duty="leaders", state="MISSING")
    given: dict[str, Any] = {"decision_number": "7/QĐ-UBND", "decision_date": TODAY, "valid_until": None}
    for code in ("trang", "glar"):
        assert duties_by_part() == {"undated": ["directives", "leaders"]}
        grant_waiver(
            authority(code),
            "directives",
            reason="Sáp nhập",
            valid_from=TODAY,
            user=None,
            today=TODAY,
            **given,
        )
    assert duties_by_part() == {"undated": ["leaders"], "handled": ["directives"]}


def _publish(page: WorkSchedulePage) -> None:
    page.save_revision().publish()


def test_what_was_undone_settles_nothing(assessment: Assessment) -> None:
    page = make_document(code="glar", issued=TODAY)
    make_finding(
        assessment, state="OVERDUE", open_items=[due_item("OVERDUE", TODAY, page.title, page=page.pk)]
    )
    make_finding(assessment, duty="leaders", section="directives", state="MISSING")
    page.save_revision().publish()
    assert duties_by_part()["handled"] == ["directives"]
    page.refresh_from_db()
    page.unpublish()
    assert "handled" not in duties_by_part()


def test_a_record_published_again_with_the_same_gaps_settles_nothing(assessment: Assessment) -> None:
    page = make_document(code="glar", issued=TODAY)
    lacking = open_item("INCOMPLETE", "incomplete_section", page=page.pk, lacking=["no_such_detail"])
    make_finding(assessment, state="INCOMPLETE", open_items=[lacking])
    page.save_revision().publish()
    assert duties_by_part() == {"today": ["directives"]}


def test_an_excuse_that_has_not_begun_or_has_ended_settles_nothing(assessment: Assessment) -> None:
    make_finding(assessment, state="MISSING")
    now = timezone.localdate()
    year = datetime.timedelta(days=365)
    for number, (first, last) in enumerate(((now + year, None), (now - 2 * year, now - year), (now, now))):
        assert duties_by_part() == {"undated": ["directives"]}
        grant_waiver(
            authority("glar"),
            "directives",
            reason="Sáp nhập",
            valid_from=first,
            valid_until=last,
            user=None,
            today=now,
            decision_number=f"{number}/QĐ-UBND",
            decision_date=now - 3 * year,
        )
    assert duties_by_part() == {"handled": ["directives"]}


def test_a_record_of_a_day_to_come_settles_nothing(assessment: Assessment) -> None:
    make_finding(assessment, state="MISSING")
    ahead = timezone.localdate() + datetime.timedelta(days=60)
    make_document(code="glar", issued=ahead, published="2021-07-29T08:00")
    assert duties_by_part() == {"undated": ["directives"]}

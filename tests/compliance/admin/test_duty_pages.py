"""The page of a section, and the history of one duty of one unit."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from compliance.catalogue.loader import load_catalogue
from compliance.models import LocalRule, Observation
from compliance.queries.history import page_events, state_changes
from compliance.rules.types import RequiredFields
from compliance.services.observe import observe
from sitepages.services import confirm_page
from tests.builders import authority, make_document, make_user, signed_in
from tests.compliance.admin.findings import TODAY, html, make_assessment, make_finding

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

DAY = datetime.timedelta(days=1)


def section(duty: str = "directives", role: str = "board", code: str = "dak-doa", **query: str) -> Any:
    return signed_in(make_user(role, code)).get(reverse("compliance_section", args=[duty]), query)


def history(duty: str = "directives", unit: str = "glar", role: str = "officer", code: str = "glar") -> Any:
    return signed_in(make_user(role, code)).get(reverse("compliance_history", args=[unit, duty]))


def test_the_share_on_time_is_of_the_units_where_it_was_due() -> None:
    made = make_assessment()
    for code, state in {"glar": "MET", "trang": "MET_LATE", "hnol": "OVERDUE", "a-dok": "NOT_DUE"}.items():
        make_finding(made, code, state=state)
    share = section().context["share"]
    assert [(code, number) for code, _name, number in share.parts] == [
        ("good", 1),
        ("late", 1),
        ("bad", 1),
        ("open", 1),
    ]
    assert round(share.percent) == 33


def test_units_are_listed_by_what_asks_for_action_first() -> None:
    made = make_assessment()
    for code, state in {"glar": "MET", "trang": "OVERDUE", "hnol": "DUE_SOON", "a-dok": "MISSING"}.items():
        make_finding(made, code, state=state)
    reply = section()
    found = [[each["finding"].authority.code for each in items] for _name, items in reply.context["groups"]]
    assert [sorted(codes) for codes in found] == [["a-dok", "trang"], ["hnol"], ["glar"]]
    rows = BeautifulSoup(html(reply), "html.parser").select(".duty-units tbody tr:has(details)")
    assert len(rows) == 4


def test_past_assessments_are_listed_with_what_changed() -> None:
    for number, states in enumerate((("MISSING", "MET"), ("OVERDUE", "MET"), ("MET", "MET"))):
        made = make_assessment(TODAY.replace(month=5 + number))
        for code, state in zip(("glar", "trang"), states, strict=True):
            make_finding(made, code, state=state)
    context = section().context
    assert [each.assessment.date.month for each in context["shares"]] == [7, 6, 5]
    told = [(each.finding.authority.code, each.before, each.finding.state) for each in context["changes"]]
    assert told == [("glar", "OVERDUE", "MET"), ("glar", "MISSING", "OVERDUE")]


def test_an_officer_sees_the_own_unit_in_states_history_and_export() -> None:
    for day in (TODAY - 40 * DAY, TODAY):
        made = make_assessment(day)
        make_finding(made, "glar", state="MET" if day == TODAY else "MISSING")
        make_finding(made, "trang", state="OVERDUE" if day == TODAY else "MET")
    reply = section(role="officer", code="glar")
    assert "xã Trang" not in html(reply)
    assert [number for _code, _name, number in reply.context["share"].parts] == [1, 0, 0, 0]
    export = section(role="officer", code="glar", export="csv")
    body = b"".join(export.streaming_content) if export.streaming else export.content
    assert "xã Glar" in body.decode()
    assert "xã Trang" not in body.decode()


def test_the_law_stands_there_with_dates_marks_and_local_rules() -> None:
    LocalRule.objects.create(
        duty="directives",
        kind="deadline",
        value=7,
        valid_from=TODAY,
        decision_number="12/QĐ-UBND",
        reason="Quy chế của huyện",
    )
    law = section().context["law"]
    requirement = load_catalogue().requirement("directives")
    installed = {"district", "commune"}
    bindings = [each for each in requirement.bindings if installed & set(each.tiers)]
    dated = [each for each in requirement.limits if not isinstance(each.deadline, RequiredFields)]
    assert [row["first"] for row in law["bindings"]] == [each.valid_from for each in bindings]
    assert len(law["limits"]) == len([each for each in dated if installed & set(each.tiers)])
    assert law["fields"], "the details asked stand with the limits"
    assert all(row["marks"] and row["law"] for row in (*law["bindings"], *law["limits"]))
    text = html(section())
    assert "12/QĐ-UBND" in text
    assert requirement.bindings[0].bases[0].document in text


@pytest.mark.parametrize("duty", list(load_catalogue().codes))
def test_every_section_has_its_page(duty: str, client: Any) -> None:
    made = make_assessment()
    make_finding(made, duty=duty, state="MISSING")
    assert section(duty).context["law"]["bindings"]


def test_an_unknown_section_or_unit_is_not_found() -> None:
    assert section("no_such_duty").status_code == 404
    assert history("no_such_duty").status_code == 404
    assert history(unit="trang").status_code == 404


def test_a_duty_of_an_older_catalogue_keeps_its_history() -> None:
    make_finding(make_assessment(), duty="leaders_schedule.weekly", state="OVERDUE")
    assert section("leaders_schedule.weekly").context["law"] is None
    assert len(history("leaders_schedule.weekly").context["changes"]) == 1


def test_a_history_names_each_change_of_state_newest_first() -> None:
    states = ["MISSING", "MISSING", "OVERDUE", "OVERDUE", "MET"]
    for number, state in enumerate(states):
        made = make_assessment(TODAY + number * DAY)
        make_finding(made, state=state)
        make_finding(made, "trang", state="MET")
    changes = state_changes(authority("glar"), "directives")
    told = [(each.assessment.date, each.before, each.state) for each in changes]  # type: ignore[attr-defined]
    assert told == [
        (TODAY + 4 * DAY, "OVERDUE", "MET"),
        (TODAY + 2 * DAY, "MISSING", "OVERDUE"),
        (TODAY, None, "MISSING"),
    ]
    assert len(BeautifulSoup(html(history()), "html.parser").select("tbody tr")) == 3


def test_a_day_assessed_later_takes_its_place_in_time() -> None:
    make_finding(make_assessment(TODAY), state="MET")
    make_finding(make_assessment(TODAY - DAY), state="MISSING")
    newest, oldest = state_changes(authority("glar"), "directives")
    assert (newest.state, oldest.state) == ("MET", "MISSING")


def test_what_happened_to_a_page_is_told() -> None:
    user = make_user("board", "glar")
    page = make_document(code="glar", issued=TODAY, published="2021-07-29T08:00")
    confirm_page(page, user=user, note="", at=timezone.now())
    page.unpublish()
    page.refresh_from_db()
    page.live = True
    page.save()
    observe(page, now=timezone.now())
    codes = [event.code for event in page_events(authority("glar"), "directives")]
    assert codes == ["again", "removed", "confirmed", "published", "drafted"]
    assert page_events(authority("trang"), "directives") == []
    assert Observation.objects.filter(page_id=page.pk).count() == 5
    assert page.title in html(history())

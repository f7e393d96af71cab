"""The dashboard: what to do by when, where it is mended, and which units come first."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from compliance.admin.agenda import LABELS, agenda
from compliance.models import Assessment, Review
from compliance.queries.staff import unmanned_units
from compliance.rules.months import Month
from compliance.services.reviews import open_review
from sitepages.models import ArticleIndexPage, Authority
from sitepages.queries import section_page
from tests.builders import authority, make_document, make_schedule, make_user, signed_in
from tests.compliance.admin.findings import (
    TODAY,
    due_item,
    html,
    keep_scores,
    make_assessment,
    make_finding,
    open_item,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


HALF = (Month(2021, 1), Month(2021, 6))


@pytest.fixture
def assessment() -> Assessment:
    return make_assessment()


def parts(role: str, code: str) -> dict[str, list[Any]]:
    """The tasks of the dashboard by stretch of time, as (duty, due, address)."""
    panel = _panel(role, code)
    return {str(part.code): part.tasks for part in panel["parts"]}


def _tasks(user: Any) -> list[Any]:
    """The tasks of the user's own unit, one after another."""
    reply = signed_in(user).get(reverse("wagtailadmin_home"))
    (panel,) = [each for each in reply.context["panels"] if each.name == "duties"]
    return [task for part in panel.get_context_data()["parts"] for task in part.tasks]


def address(task: Any) -> str:
    """Where a task leads, without what the form is filled with."""
    return str(task.url.partition("?")[0])


def _panel(role: str, code: str) -> Any:
    reply = signed_in(make_user(role, code)).get(reverse("wagtailadmin_home"))
    html(reply)
    panels = [each for each in reply.context["panels"] if each.name == "duties"]
    return panels[0].get_context_data() if panels else None


def test_open_items_fall_into_today_week_and_fortnight(assessment: Assessment) -> None:
    days = {"cũ": -30, "nay": 0, "tuần": 3, "sau": 12, "xa": 40}
    items = [
        due_item("OVERDUE" if ahead < 0 else "DUE_SOON", TODAY + datetime.timedelta(days=ahead), title)
        for title, ahead in days.items()
    ]
    make_finding(assessment, state="OVERDUE", reason="overdue", params=items[0]["params"], open_items=items)
    make_finding(assessment, duty="leaders", state="MISSING")
    make_finding(assessment, duty="news", state="NOT_DUE", open_items=[open_item("NOT_DUE", "nothing_due")])
    found = {code: [task.due for task in tasks] for code, tasks in parts("officer", "glar").items()}
    assert found == {
        "today": [TODAY - datetime.timedelta(days=30), TODAY],
        "week": [TODAY + datetime.timedelta(days=3)],
        "fortnight": [TODAY + datetime.timedelta(days=12)],
        "undated": [None],
    }


def test_what_lacks_details_is_for_today_and_says_which(assessment: Assessment) -> None:
    item = open_item("INCOMPLETE", "incomplete_section", lacking=["telephone"])
    make_finding(assessment, state="INCOMPLETE", open_items=[item])
    (task,) = parts("officer", "glar")["today"]
    assert "telephone" in task.why


def test_a_settled_or_waived_duty_asks_for_nothing(assessment: Assessment) -> None:
    make_finding(assessment, state="MET")
    make_finding(assessment, duty="leaders", state="WAIVED", open_items=[open_item("MISSING")])
    assert parts("officer", "glar") == {}


def test_a_draft_leads_to_its_editor_and_a_lack_to_the_form_that_adds_it(assessment: Assessment) -> None:
    page = make_document(code="glar", issued=TODAY)
    item = due_item("DUE_SOON", TODAY, "Văn bản", page=page.pk)
    gone = due_item("DUE_SOON", TODAY, "Đã xóa", page=10**9)
    make_finding(assessment, state="DUE_SOON", open_items=[item, gone])
    first, second = parts("officer", "glar")["today"]
    assert first.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    home = page.get_parent().pk
    assert address(second) == reverse("wagtailadmin_pages:add", args=["sitepages", "legaldocumentpage", home])
    assert second.label == LABELS["add"]


def test_a_section_of_several_kinds_leads_to_the_choice_among_them(assessment: Assessment) -> None:
    make_finding(assessment, duty="leaders", state="MISSING")
    make_finding(assessment, duty="news", state="MISSING")
    officer = make_user("officer", "glar")
    addresses = {task.finding.duty: address(task) for task in _tasks(officer)}
    several = section_page(authority("glar"), "leaders")
    assert addresses["leaders"] == reverse("wagtailadmin_pages:add_subpage", args=[several.pk])
    news = ArticleIndexPage.objects.descendant_of(authority("glar").portal.root_page).get()
    assert addresses["news"] == reverse("wagtailadmin_pages:add", args=["sitepages", "articlepage", news.pk])
    for each in addresses.values():
        assert signed_in(officer).get(each).status_code == 200


def test_functions_the_portal_lacks_are_no_record_to_add(assessment: Assessment) -> None:
    item = open_item("INCOMPLETE", "incomplete_section", lacking=["rss", "search"])
    make_finding(assessment, duty="portal_functions", state="INCOMPLETE", open_items=[item])
    (task,) = _tasks(make_user("officer", "glar"))
    assert task.url == reverse("compliance_history", args=["glar", "portal_functions"])
    assert task.label == LABELS["look"]


def test_who_may_not_add_keeps_the_list_of_the_section(assessment: Assessment) -> None:
    officer = make_user("officer", "glar")
    GroupPagePermission.objects.filter(group__user=officer, permission__codename="add_page").delete()
    make_finding(assessment, state="MISSING")
    (task,) = _tasks(officer)
    home = section_page(authority("glar"), "directives")
    assert (task.url, task.label) == (reverse("wagtailadmin_explore", args=[home.pk]), LABELS["section"])


def test_many_sections_cost_no_more_questions_than_one(
    assessment: Assessment, django_assert_max_num_queries: Any
) -> None:
    officer, glar = make_user("officer", "glar"), authority("glar")
    for section in ("directives", "leaders", "qa_feedback", "land_use_plan"):
        make_finding(assessment, duty=section, state="MISSING")
    with django_assert_max_num_queries(12):
        found = [task.label for part in agenda(assessment, officer, [glar]) for task in part.tasks]
    assert found == [LABELS["add"]] * 4


def test_a_week_still_to_be_written_leads_to_a_new_schedule(assessment: Assessment) -> None:
    week = make_schedule(TODAY - datetime.timedelta(days=2), code="glar", published="2021-07-23T09:00")
    params = {"week": "2021-08-02", "due": "2021-08-01", "days": 4}
    item = open_item("DUE_SOON", "week_due_soon", page=week.pk, title=week.title, period="2021-08-02")
    item |= {"params": params, "due": "2021-08-01"}
    make_finding(assessment, duty="leaders_schedule", state="DUE_SOON", open_items=[item])
    (task,) = parts("officer", "glar")["week"]
    home = week.get_parent().pk
    assert address(task) == reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", home])
    assert week.title not in task.what


def test_the_head_of_the_unit_reads_and_is_sent_to_no_editor(assessment: Assessment) -> None:
    page = make_document(issued=TODAY)
    item = due_item("OVERDUE", TODAY, "Văn bản", page=page.pk)
    make_finding(assessment, "dak-doa", state="OVERDUE", open_items=[item])
    make_finding(assessment, "glar", state="OVERDUE")
    panel = _panel("office-head", "dak-doa")
    ((task,),) = [part.tasks for part in panel["parts"]]
    assert task.url == reverse("compliance_history", args=["dak-doa", "directives"])
    assert task.declare_url == ""
    assert panel["others"] == []


def _reviews(user: Any) -> Any:
    reply = signed_in(user).get(reverse("wagtailadmin_home"))
    return {each.name: each for each in reply.context["panels"]}, html(reply)


def test_a_reviewer_is_shown_the_open_reviews_and_no_tasks(assessment: Assessment) -> None:
    make_finding(assessment, "dak-doa", state="MISSING")
    late, soon, done = (open_review(code, *HALF, name=f"Đợt {code}") for code in ("mot", "hai", "ba"))
    for review, day in ((late, 20), (soon, 5)):
        Review.objects.filter(pk=review.pk).update(closes_on=TODAY + datetime.timedelta(days=day))
    Review.objects.filter(pk=done.pk).update(closed_at=timezone.now())
    user = make_user("reviewer")
    panels, page = _reviews(user)
    assert "duties" not in panels
    assert [review.code for review in panels["reviews"].get_context_data()["rows"]] == ["hai", "mot"]
    for review in (late, soon):
        assert reverse("compliance_review_grid", args=[review.pk]) in page
    assert reverse("compliance_review_grid", args=[done.pk]) not in page


def test_a_reviewer_who_also_publishes_keeps_the_tasks(assessment: Assessment) -> None:
    make_finding(assessment, "dak-doa", state="MISSING")
    user = make_user("reviewer")
    user.groups.add(*make_user("officer", "dak-doa").groups.all())
    panels, _page = _reviews(user)
    assert ("duties" in panels, "reviews" in panels) == (True, False)


def test_many_lines_are_cut_and_counted(assessment: Assessment) -> None:
    items = [due_item("OVERDUE", TODAY, f"Văn bản {number}") for number in range(310)]
    make_finding(assessment, state="OVERDUE", open_items=items)
    (part,) = _panel("officer", "glar")["parts"]
    assert (len(part.tasks), len(part.folded_tasks), part.more, part.total) == (25, 275, 10, 310)


def test_the_mandatory_comes_before_the_encouraged(assessment: Assessment) -> None:
    for duty, level, days in (("news", "encouraged", 900), ("directives", "mandatory", 1)):
        item = due_item("OVERDUE", TODAY - datetime.timedelta(days=days), "Văn bản")
        make_finding(assessment, duty=duty, level=level, state="OVERDUE", open_items=[item])
    assert [task.finding.duty for task in parts("officer", "glar")["today"]] == ["directives", "news"]


def test_a_draft_that_waits_is_opened_in_place_of_a_second_one(assessment: Assessment) -> None:
    make_finding(assessment, duty="leaders_schedule", state="MISSING", open_items=[_week(TODAY)])
    older = make_schedule(TODAY - datetime.timedelta(days=9), code="glar")
    (task,) = parts("officer", "glar")["today"]
    home = older.get_parent().pk
    assert address(task) == reverse("wagtailadmin_pages:add", args=["sitepages", "workschedulepage", home])
    draft = make_schedule(TODAY - datetime.timedelta(days=2), code="glar")
    (task,) = parts("officer", "glar")["today"]
    assert task.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    make_schedule(TODAY + datetime.timedelta(days=5), code="glar")
    (task,) = parts("officer", "glar")["today"]
    assert task.url == reverse("wagtailadmin_explore", args=[home])


def _week(day: datetime.date) -> dict[str, Any]:
    monday = day - datetime.timedelta(days=day.weekday())
    params = {"week": monday.isoformat(), "due": (monday - datetime.timedelta(days=1)).isoformat()}
    return open_item("MISSING", "week_missing", period=monday.isoformat(), params=params, due=params["due"])


def test_only_a_period_that_ended_can_be_declared_empty_and_it_is_chosen_beforehand(
    assessment: Assessment,
) -> None:
    running = timezone.localdate().year
    params = {"due": "2021-01-01", "days": 1}
    items = [
        open_item("OVERDUE", "year_overdue", period=str(year), params={"period": str(year), **params})
        for year in (2020, running)
    ]
    make_finding(assessment, duty="projects_procurement", state="OVERDUE", open_items=items)
    addresses = [task.declare_url for task in parts("officer", "glar")["undated"]]
    assert addresses.count("") == 1
    (address,) = filter(None, addresses)
    assert address.endswith("first=2020-01-01&last=2020-12-31")
    form = signed_in(make_user("officer", "glar")).get(address).context["form"]
    assert form["period"].value() == "dates"
    days = (datetime.date(2020, 1, 1), datetime.date(2020, 12, 31))
    assert (form["first"].value(), form["last"].value()) == days


def test_units_without_an_active_account_come_first_then_the_worst(assessment: Assessment) -> None:
    for code in ("glar", "trang", "hnol"):
        make_user("officer", code)
    sleeping = make_user("officer", "a-dok")
    sleeping.is_active = False
    sleeping.save()
    make_finding(assessment, "glar", state="MET")
    for duty in ("directives", "leaders"):
        make_finding(assessment, "trang", duty, state="MISSING")
    make_finding(assessment, "hnol", state="INCOMPLETE")
    make_finding(assessment, "a-dok", state="MET")
    keep_scores(assessment)
    lines = _panel("board", "dak-doa")["others"]
    unmanned = [line for line in lines if line.unmanned]
    assert lines[: len(unmanned)] == unmanned
    assert "a-dok" in [line.unit.code for line in unmanned]
    assert [line.unit.code for line in lines[len(unmanned) :]] == ["trang", "hnol", "glar"]
    assert [(line.late, line.incomplete) for line in lines[len(unmanned) :]] == [(2, 0), (0, 1), (0, 0)]


def test_only_accounts_that_write_keep_a_unit_manned() -> None:
    def unmanned() -> set[str]:
        found = unmanned_units(TODAY)
        return set(Authority.objects.filter(pk__in=found).values_list("code", flat=True))

    assert {"glar", "dak-doa"} <= unmanned()
    make_user("accountant", "glar")
    make_user("administrator", "dak-doa")
    assert {"glar", "dak-doa"} <= unmanned()
    make_user("board", "dak-doa")
    assert "dak-doa" not in unmanned()
    make_user("officer", "glar")
    assert "glar" not in unmanned()


def test_nobody_is_told_before_the_first_assessment() -> None:
    assert "What has to be done" in html_of("glar") or "Việc cần làm" in html_of("glar")


def html_of(code: str) -> str:
    return html(signed_in(make_user("officer", code)).get(reverse("wagtailadmin_home")))


def test_the_dashboard_costs_the_same_for_one_and_twenty_lines(
    assessment: Assessment, django_assert_max_num_queries: Any
) -> None:
    pages = [make_document(f"{number}/QĐ", code="glar", issued=TODAY).pk for number in range(20)]
    items = [due_item("OVERDUE", TODAY, f"Văn bản {pk}", page=pk) for pk in pages]
    make_finding(assessment, state="OVERDUE", open_items=items)
    client = signed_in(make_user("officer", "glar"))
    client.get(reverse("wagtailadmin_home"))
    with django_assert_max_num_queries(60):
        html(client.get(reverse("wagtailadmin_home")))
    assert authority("glar").display_name

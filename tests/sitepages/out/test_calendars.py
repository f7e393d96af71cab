"""Public calendars: leaders' weeks, receptions, deadlines, events."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from compliance.rules.months import local_moment
from sitepages.models import ChangeNote, EventPage, ProcurementPage, WorkScheduleRow
from sitepages.queries import section_page
from tests.builders import authority, make_disclosure, make_schedule, make_user
from tests.sitepages.out.hidden import fetch

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MONDAY = datetime.date(2021, 3, 8)
PUBLISHED = "2021-03-05T08:00"
NAMES = ("lich-cong-tac", "tiep-cong-dan", "thoi-han", "su-kien", "dong-thau")


@pytest.fixture(autouse=True)
def a_tuesday() -> Any:
    with time_machine.travel("2021-03-09T10:00:00+07:00", tick=False):
        yield


def events(name: str, host: str = "glar.localhost") -> list[Any]:
    reply = fetch(f"/lich-cong-khai/{name}.ics", host)
    assert reply.status_code == 200
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(reply.content)
    assert str(found["version"]) == "2.0"
    (zone,) = found.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Ho_Chi_Minh"
    return list(found.walk("VEVENT"))


def week(**values: Any) -> Any:
    page = make_schedule(MONDAY, code="glar", published=PUBLISHED)
    WorkScheduleRow.objects.filter(page=page).update(**values)
    return page


def test_bids_close_at_their_hour_and_leave_with_their_page() -> None:
    page = ProcurementPage(
        title="Gói thầu", project="Đường liên xã", goal="Nhựa hóa", approval_date=datetime.date(2021, 3, 1)
    )
    page.closes_at = local_moment("2021-03-15T09:00")
    section_page(authority("glar"), "projects_procurement").add_child(instance=page)
    (event,) = events("dong-thau")
    assert event["summary"] == "Đóng thầu: Đường liên xã"
    assert event["dtstart"].dt.isoformat() == "2021-03-15T09:00:00+07:00"
    assert events("dong-thau", "trang.localhost") == []
    html = fetch(page.get_url_parts()[2]).content.decode()
    assert "09:00" in html.split("Đóng thầu", 1)[1][:120]
    page.unpublish()
    assert events("dong-thau") == []


def test_an_item_with_its_time_place_and_page() -> None:
    page = week(time=datetime.time(7, 30))
    (event,) = events("lich-cong-tac")
    assert event["summary"] == "Chủ tịch: Giao ban"
    assert event["location"] == "Phòng họp"
    assert event["dtstart"].dt.isoformat() == "2021-03-08T07:30:00+07:00"
    assert event["dtstart"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert str(event["url"]) == page.full_url
    assert (event["sequence"], str(event["status"])) == (0, "CONFIRMED")


def test_an_item_without_a_time_takes_the_day() -> None:
    week()
    (event,) = events("lich-cong-tac")
    assert event["dtstart"].dt == MONDAY
    assert event["dtend"].dt == MONDAY + datetime.timedelta(days=1)


def test_a_moved_item_keeps_its_uid_and_counts_up() -> None:
    page = make_schedule(MONDAY, code="glar", published=PUBLISHED)
    editor = make_user("officer", "glar")
    page.save_revision(user=editor).publish()
    (before,) = events("lich-cong-tac")
    for step, hour in enumerate((8, 9), start=1):
        with time_machine.travel(f"2021-03-09T1{step}:00:00+07:00", tick=False):
            page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
            row = page.rows.all()[0]
            row.time = datetime.time(hour)
            page.rows = [row]
            page.save_revision(user=editor).publish()
    (after,) = events("lich-cong-tac")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt
    assert after["dtstart"].dt.hour == 9


@pytest.mark.parametrize("state", ["cancelled", "postponed"])
def test_what_does_not_take_place_is_said_to_be_cancelled(state: str) -> None:
    week(state=state)
    (event,) = events("lich-cong-tac")
    assert str(event["status"]) == "CANCELLED"
    assert str(event["summary"]).split(": ")[0].isupper()


def test_the_later_page_of_a_week_counts() -> None:
    week(content="Bản cũ")
    week(content="Bản mới")
    assert [str(event["summary"]) for event in events("lich-cong-tac")] == ["Chủ tịch: Bản mới"]


def test_drafts_closed_and_foreign_weeks_are_in_no_calendar() -> None:
    make_schedule(MONDAY, code="glar")
    make_schedule(MONDAY, code="trang", published=PUBLISHED)
    closed = make_schedule(MONDAY + datetime.timedelta(days=7), code="glar", published=PUBLISHED)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    week().unpublish()
    assert events("lich-cong-tac") == []
    assert len(events("lich-cong-tac", "trang.localhost")) == 1


def test_receptions_with_a_day() -> None:
    shared = {"code": "glar", "published": PUBLISHED}
    make_disclosure(
        "citizen_reception_complaints",
        title="Tiếp công dân định kỳ",
        kind="schedule",
        legal_day=datetime.date(2021, 3, 15),
        details={"reception_place": "Trụ sở", "reception_schedule": "Chủ tịch tiếp"},
        **shared,
    )
    make_disclosure("citizen_reception_complaints", kind="schedule", **shared)
    make_disclosure(
        "citizen_reception_complaints",
        kind="complaint_decision",
        legal_day=datetime.date(2021, 3, 16),
        **shared,
    )
    (event,) = events("tiep-cong-dan")
    assert event["dtstart"].dt == datetime.date(2021, 3, 15)
    assert (str(event["summary"]), str(event["location"])) == ("Tiếp công dân định kỳ", "Trụ sở")
    assert "Chủ tịch tiếp" in event["description"]


def test_last_days_for_comments_and_applications() -> None:
    shared = {"code": "glar", "published": PUBLISHED}
    make_disclosure(
        "draft_consultation", title="Dự thảo quy chế", term_ends=datetime.date(2021, 3, 20), **shared
    )
    make_disclosure(
        "statistics_finance_recruitment",
        title="Tuyển công chức",
        details={"kind": "recruitment"},
        term_ends=datetime.date(2021, 3, 25),
        **shared,
    )
    make_disclosure(
        "statistics_finance_recruitment",
        title="Số liệu",
        details={"kind": "statistics"},
        term_ends=datetime.date(2021, 3, 26),
        **shared,
    )
    found = events("thoi-han")
    assert [event["dtstart"].dt.day for event in found] == [20, 25]
    assert str(found[0]["summary"]).endswith("Dự thảo quy chế")


def test_events_with_beginning_and_end() -> None:
    place = section_page(authority("glar"), "announcements")
    for title, kind in (("Ngày hội", "event"), ("Thông báo", "announcement")):
        place.add_child(
            instance=EventPage(
                title=title,
                kind=kind,
                starts_at=local_moment("2021-03-20T08:00"),
                ends_at=local_moment("2021-03-20T11:00"),
                place="Nhà rông",
                live=True,
                first_published_at=local_moment(PUBLISHED),
            )
        )
    (event,) = events("su-kien")
    assert (str(event["summary"]), event["dtend"].dt.isoformat()) == ("Ngày hội", "2021-03-20T11:00:00+07:00")


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_calendar_is_one_and_stays_the_same(name: str) -> None:
    assert events(name) == []
    first = fetch(f"/lich-cong-khai/{name}.ics")
    again = fetch(f"/lich-cong-khai/{name}.ics", **{"If-None-Match": first["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("name", ["khong-co", "x" * 3000, "lich-cong-tac%00"])
def test_what_is_no_calendar(name: str) -> None:
    assert fetch(f"/lich-cong-khai/{name}.ics").status_code == 404


def test_hostile_text_breaks_no_line() -> None:
    week(leader="A\r\nBEGIN:VEVENT", content="x;y,z\\n\u202e" + "dài " * 2000, place="\u200b")
    (event,) = events("lich-cong-tac")
    assert "BEGIN:VEVENT" in event["summary"]
    assert len(event["summary"]) <= 160
    assert len(event["description"]) < 2300
    assert "\u202e" not in event["description"]


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: Any) -> None:
    week()
    path = "/lich-cong-khai/lich-cong-tac.ics"
    fetch(path)
    with django_assert_num_queries(3):
        fetch(path)
    for number in range(1, 6):
        page = make_schedule(MONDAY + datetime.timedelta(weeks=number), code="glar", published=PUBLISHED)
        ChangeNote.objects.create(page=page, at=timezone.now(), note="")
    with django_assert_num_queries(3):
        fetch(path)

"""What a front page answers: the right records, in the right order, on the day it is read."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from sitepages.front import Entry, front_page_content
from sitepages.models import EventPage, ProcurementPage, WorkSchedulePage, WorkScheduleRow
from sitepages.queries import section_page
from tests.builders import authority, local_moment, make_article, make_disclosure, make_schedule

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = datetime.date(2021, 6, 16)  # a Wednesday
MONDAY = datetime.date(2021, 6, 14)
DAY = datetime.timedelta(days=1)


def shown(code: str = "glar", on: datetime.date = TODAY) -> dict[str, Any]:
    return front_page_content(authority(code).site.root_page, on)


def titles(entries: list[Entry]) -> list[str]:
    return [entry.title for entry in entries]


def draft(title: str, opens: str, closes: datetime.date | None, code: str = "glar") -> None:
    details = {"opens_at": opens} if opens else {}
    page = make_disclosure(
        "draft_consultation", code=code, title=title, published="2021-06-01T08:00", details=details
    )
    page.term_ends = closes
    page.save()


def test_drafts_are_open_from_their_first_day_to_their_last() -> None:
    draft("Đến hôm nay", "2021-06-01", TODAY)
    draft("Từ hôm nay", "2021-06-16", TODAY + 20 * DAY)
    draft("Không nói ngày đầu", "", TODAY + 5 * DAY)
    draft("Mai mới mở", "2021-06-17", TODAY + 20 * DAY)
    draft("Hôm qua đã hết", "2021-06-01", TODAY - DAY)
    draft("Không có hạn", "2021-06-01", None)
    draft("Của xã khác", "2021-06-01", TODAY + DAY, code="trang")
    assert titles(shown()["consultations"]) == ["Đến hôm nay", "Không nói ngày đầu", "Từ hôm nay"]
    assert "Từ hôm nay" not in titles(shown()["disclosures"])  # told above already


def event(title: str, begins: str | None, published: str) -> None:
    page = EventPage(
        title=title,
        kind="event" if begins else "announcement",
        starts_at=local_moment(begins) if begins else None,
        first_published_at=local_moment(published),
    )
    section_page(authority("glar"), "announcements").add_child(instance=page)


def test_events_to_come_go_before_announcements_and_the_next_one_first() -> None:
    event("Đã qua", "2021-06-10T08:00", "2021-06-01T08:00")
    event("Tháng sau", "2021-07-10T08:00", "2021-06-01T08:00")
    event("Chiều nay", "2021-06-16T14:00", "2021-05-01T08:00")
    event("Thông báo mới", None, "2021-06-15T08:00")
    event("Thông báo cũ", None, "2021-01-15T08:00")
    assert titles(shown()["events"]) == ["Chiều nay", "Tháng sau", "Thông báo mới", "Đã qua"]


def test_only_procurements_under_way_are_shown() -> None:
    for title, status, day in (("Xong", "completed", 5), ("Đang làm", "ongoing", 1), ("Mới", "preparing", 9)):
        page = ProcurementPage(
            title=title,
            project=title,
            status=status,
            approval_date=TODAY - day * DAY,
            result_date=TODAY if status == "completed" else None,
            price=1_000_000,
        )
        section_page(authority("glar"), "projects_procurement").add_child(instance=page)
    found = shown()["procurements"]
    assert [(entry.title, entry.amount, entry.status_name) for entry in found] == [
        ("Đang làm", 1_000_000, "Đang thực hiện"),
        ("Mới", 1_000_000, "Đang chuẩn bị"),
    ]


def week(monday: datetime.date, *rows: tuple[int, str, str]) -> WorkSchedulePage:
    page = make_schedule(monday, code="glar", published="2021-06-01T08:00")
    page.rows = [
        WorkScheduleRow(
            date=monday + day * DAY,
            time=datetime.time.fromisoformat(hour),
            leader="Chủ tịch",
            content=content,
        )
        for day, hour, content in rows
    ]
    page.save()
    return page


def test_duty_is_told_from_today_on_and_runs_into_the_next_week() -> None:
    week(MONDAY, (0, "08:00", "Đã qua"), (2, "14:00", "Chiều nay"), (2, "07:30", "Sáng nay"))
    week(MONDAY + 7 * DAY, (0, "08:00", "Tuần sau"))
    week(MONDAY + 14 * DAY, (0, "08:00", "Còn lâu"))
    assert [row.content for row in shown()["schedule_rows"]] == ["Sáng nay", "Chiều nay", "Tuần sau"]


def test_of_two_schedules_of_a_week_the_later_holds() -> None:
    week(MONDAY, (3, "08:00", "Bản đầu"))
    week(MONDAY, (3, "09:00", "Bản sửa"))
    assert [row.content for row in shown()["schedule_rows"]] == ["Bản sửa"]


def test_an_empty_portal_answers_with_nothing_and_a_full_one_with_little() -> None:
    assert not any(shown("trang").values())
    for number in range(8):
        make_article(code="trang", published=f"2021-03-0{number + 1}T08:00")
    found = shown("trang")["articles"]
    assert len(found) == 5
    assert [page.first_published_at.day for page in found] == [8, 7, 6, 5, 4]


def test_addresses_lead_where_the_records_are(client: Any) -> None:
    draft("Quy chế mới", "2021-06-01", TODAY)
    (entry,) = shown()["consultations"]
    reply = client.get(entry.url, headers={"host": authority("glar").site.hostname})
    assert reply.status_code == 200
    assert "Quy chế mới" in reply.content.decode()

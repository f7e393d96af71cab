"""The work schedule: weeks to leaf through, and what was changed after it was announced."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sitepages.models import ChangeNote, WorkScheduleRow
from sitepages.registers.announced import SAID, compared
from sitepages.registers.weeks import monday_of, read_week, week_code
from tests.builders import make_schedule, make_user

HOST = "glar.localhost"
DAY = datetime.date(2021, 3, 5)
ROW = st.fixed_dictionaries({"pk": st.integers(1, 5), **{name: st.sampled_from(["a", "b"]) for name in SAID}})
ROWS = st.lists(ROW, max_size=5, unique_by=lambda row: row["pk"])


@pytest.mark.unit
@given(st.dates(datetime.date(1951, 1, 1), datetime.date(2099, 12, 31)))
def test_a_weeks_code_names_its_monday(day: datetime.date) -> None:
    assert read_week(week_code(monday_of(day))) == monday_of(day) == read_week(day.isoformat())


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "2021-W54", "2021-W00", "0001-W01", "9999-12-31", "٢٠٢١-W01", "x" * 50])
def test_what_is_no_week_is_none(text: str) -> None:
    assert read_week(text) is None


@pytest.mark.unit
@given(ROWS, ROWS)
def test_only_what_differs_is_marked_and_keeps_its_day(first: list[Any], now: list[Any]) -> None:
    found = compared(first, now, {}, DAY)
    before = {row["pk"]: row for row in first}
    differing = {str(row["pk"]) for row in now if before.get(row["pk"]) != row}
    assert set(found.get("rows", {})) == differing
    assert {row["pk"] for row in found.get("gone", [])} == set(before) - {row["pk"] for row in now}
    assert compared(first, now, found, DAY + datetime.timedelta(days=3)) == found
    assert compared(first, first, found, DAY) == {}


def publish(page: Any, **changes: Any) -> None:
    row = page.rows.all()[0]
    for name, value in changes.items():
        setattr(row, name, value)
    page.rows = [row]
    page.save_revision(user=make_user("officer", "glar")).publish()
    page.refresh_from_db()


@pytest.mark.integration
@pytest.mark.django_db
def test_a_change_after_the_announcement_is_marked_with_its_day(client: Any) -> None:
    monday = monday_of(timezone.localdate())
    page: Any = make_schedule(monday, code="glar")
    page.save_revision(user=make_user("officer", "glar")).publish()
    page = type(page).objects.get(pk=page.pk)
    assert page.announced
    assert not page.changes
    html = client.get("/lich-cong-tac/", HTTP_HOST=HOST).content.decode()
    assert "badge--changed" not in html
    assert "badge--now" in html or timezone.localdate() != monday
    page.change_note = "Đổi phòng họp"
    publish(page, place="Hội trường", state="postponed")
    row = str(WorkScheduleRow.objects.get(page=page).pk)
    assert set(page.changes["rows"][row]["what"]) == {"place", "state"}
    for address in ("/lich-cong-tac/", page.url):
        html = client.get(address, HTTP_HOST=HOST).content.decode()
        assert "badge--changed" in html
        assert "is-off" in html
        assert "Phòng họp" in html, "what it was before"
    assert "Đổi phòng họp" in html
    note = ChangeNote.objects.get(page=page)
    assert note.note == "Đổi phòng họp"
    assert page.change_note == ""


@pytest.mark.integration
@pytest.mark.django_db
def test_weeks_lead_to_their_neighbours_and_to_one_leader(client: Any) -> None:
    page: Any = make_schedule(datetime.date(2021, 3, 1), code="glar", published="2021-02-26T08:00")
    WorkScheduleRow.objects.create(
        page=page, date=datetime.date(2021, 3, 2), leader="Phó Chủ tịch", content="Đi cơ sở"
    )
    html = client.get("/lich-cong-tac/?tuan=2021-W09", HTTP_HOST=HOST).content.decode()
    assert "?tuan=2021-W08" in html
    assert "?tuan=2021-W10" in html
    assert "Giao ban" in html
    html = client.get(
        "/lich-cong-tac/", {"tuan": "2021-W09", "lanhdao": "Phó Chủ tịch"}, HTTP_HOST=HOST
    ).content.decode()
    assert "Đi cơ sở" in html
    assert "Giao ban" not in html
    unknown = client.get("/lich-cong-tac/", {"tuan": "2021-W09", "lanhdao": "Ai đó"}, HTTP_HOST=HOST)
    assert "Giao ban" in unknown.content.decode()

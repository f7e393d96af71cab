"""What pages of records offer beside their fields: tables to download, links, the guard of personal data."""

from __future__ import annotations

import csv
import datetime
import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from sitepages.models import DocumentLink, RegisterEntry
from sitepages.registers.files import in_files_alone
from tests.builders import make_disclosure, make_document, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOST = "glar.localhost"
MOMENT = "2021-03-01T08:00"


def with_table(section: str, data: list[list[str]], **values: Any) -> Any:
    page: Any = make_disclosure(section, code="glar", published=MOMENT, **values)
    page.body = [("figures", {"caption": "Biểu", "unit": "", "table": {"data": data}})]
    page.save()
    return page


def test_a_table_is_a_file_that_runs_nothing(client: Any) -> None:
    data = [["Tên", "Số"], ["=cmd|' /C calc'!A0", "-12,5"], ["@sum", "+84"], ["  =1+1", "1.250"]]
    page = with_table("funds_contributions", data)
    reply = client.get(f"/bang-so-lieu/{page.pk}/1.csv", HTTP_HOST=HOST)
    text = reply.content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Tên", "Số"],
        ["'=cmd|' /C calc'!A0", "-12,5"],
        ["'@sum", "'+84"],
        ["'  =1+1", "1.250"],
    ]
    assert reply["Content-Type"].startswith("text/csv")
    assert f"/bang-so-lieu/{page.pk}/1.csv" in client.get(page.url, HTTP_HOST=HOST).content.decode()


def test_tables_of_drafts_other_portals_and_missing_numbers_are_not_found(client: Any) -> None:
    page = with_table("funds_contributions", [["a"]])
    for number in (0, 2, 10**30):
        assert client.get(f"/bang-so-lieu/{page.pk}/{number}.csv", HTTP_HOST=HOST).status_code == 404
    assert client.get(f"/bang-so-lieu/{page.pk}/1.csv", HTTP_HOST="trang.localhost").status_code == 404
    page.unpublish()
    assert client.get(f"/bang-so-lieu/{page.pk}/1.csv", HTTP_HOST=HOST).status_code == 404


@pytest.mark.parametrize("heading", ["Số CCCD", "SỐ ĐIỆN THOẠI", "Ngày sinh", "Tình trạng bệnh"])
def test_a_list_of_persons_may_not_tell_too_much(heading: str) -> None:
    with pytest.raises(ValidationError) as refused:
        with_table("social_policy_lists", [["Họ và tên", heading], ["A", "1"]])
    assert heading in str(refused.value)
    with_table("social_policy_lists", [["Làng", "Số hộ"], ["Dôr", "2"]])
    with_table("taxes_fees", [["Khoản", heading]])


def test_a_change_is_told_with_its_day_and_never_by_whom(client: Any) -> None:
    page: Any = make_disclosure("taxes_fees", code="glar", details={"fee": "Phí chợ"})
    officer = make_user("officer", "glar", username="canbo-kin")
    page.save_revision(user=officer).publish()
    page = type(page).objects.get(pk=page.pk)
    assert not page.change_notes.exists(), "the first publication is no change"
    for number, note in enumerate(("Sửa mức thu", "")):
        page.details = {"fee": f"Phí chợ {number}"}
        page.change_note = note
        page.save_revision(user=officer).publish()
        page = type(page).objects.get(pk=page.pk)
    assert [each.note for each in page.change_notes.all()] == ["", "Sửa mức thu"]
    html = client.get(page.url, HTTP_HOST=HOST).content.decode()
    assert "Sửa mức thu" in html
    assert "canbo-kin" not in html


def test_files_without_a_text_are_pointed_out() -> None:
    page = make_document("1/QĐ-UBND", code="glar", issued=datetime.date(2021, 1, 1), published=MOMENT)
    assert in_files_alone(page)
    page.abstract = "Về việc " + "thử nghiệm " * 20
    assert not in_files_alone(page)


def test_records_of_a_table_section_are_set_as_a_table(client: Any) -> None:
    make_disclosure(
        "admin_procedures",
        code="glar",
        title="Đăng ký khai sinh",
        published=MOMENT,
        details={"procedure_code": "1.001193", "field": "Hộ tịch", "fee": "0", "time": "Trong ngày"},
    )
    html = client.get("/thu-tuc-hanh-chinh/?linhvuc=H%E1%BB%99+t%E1%BB%8Bch", HTTP_HOST=HOST).content.decode()
    rows = html[html.index("<main") : html.index("</main>")]
    for words in ("<table", "1.001193", "Trong ngày", "Đăng ký khai sinh"):
        assert words in rows
    assert (
        "Đăng ký khai sinh"
        not in client.get("/thu-tuc-hanh-chinh/?nam=1999&q=xyz", HTTP_HOST=HOST).content.decode()
    )


def test_retiring_takes_down_what_has_left_and_nothing_else() -> None:
    today = timezone.localdate()
    gone: Any = make_disclosure("social_policy_lists", code="glar", published=MOMENT, term_ends=today)
    stays: Any = make_disclosure("land_use_plan", code="glar", published=MOMENT, term_ends=today)
    call_command("retire_records", verbosity=0)
    gone.refresh_from_db()
    stays.refresh_from_db()
    assert (gone.live, stays.live) == (False, True)


def test_refreshing_makes_the_lines_that_saving_made() -> None:
    old = make_document("1/QĐ-UBND", code="glar", issued=datetime.date(2020, 1, 1), published=MOMENT)
    new: Any = make_document("2/QĐ-UBND", code="glar", issued=datetime.date(2021, 1, 1), published=MOMENT)
    new.links = [DocumentLink(kind="repeals", target=old)]
    new.save()
    make_disclosure("taxes_fees", code="glar", published=MOMENT, details={"fee": "Phí chợ"})
    before = list(RegisterEntry.objects.order_by("pk").values())
    assert before
    RegisterEntry.objects.all().delete()
    call_command("refresh_registers", verbosity=0)
    assert list(RegisterEntry.objects.order_by("pk").values()) == before

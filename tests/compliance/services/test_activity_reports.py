"""Activity reports as they are stored: issued once, frozen, replaced."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from compliance.models import ActivityReport, FrozenRowError
from compliance.queries.activity import activity
from compliance.queries.activity_stored import changes, data_of, fresh_data, is_intact
from compliance.reports.activity_begin import first_letter, first_text
from compliance.reports.activity_files import RefusedError, check_stored, stored_file
from compliance.rules.report_text import Part
from compliance.rules.stretches import Stretch
from compliance.services.activity import (
    ReportError,
    ReportRefusedError,
    issue_report,
    new_edition,
    start_report,
    write_report,
)
from tests.builders import authority, make_article, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

D = datetime.date
MARCH = Stretch(D(2021, 3, 1), D(2021, 3, 31))
TODAY = D(2021, 8, 1)


def draft(days: Stretch = MARCH, code: str = "dak-doa", **letter: Any) -> ActivityReport:
    unit, user = authority(code), make_user("board", code)
    given = {**first_letter(unit), "number": "01/BC-BBT", "dated_on": D(2021, 7, 29), **letter}
    data = activity(unit, days, on=TODAY, today=TODAY)
    return start_report(
        unit, days, letter=given, parts=first_text(data, given), user=user, now=timezone.now()
    )


def issue(report: ActivityReport) -> ActivityReport:
    return issue_report(report, check=check_stored, user=report.made_by, now=timezone.now(), today=TODAY)


def parts(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_an_issued_report_stays_the_same_whatever_happens_to_the_articles() -> None:
    article = make_article(published="2021-03-04T09:00")
    report = issue(draft())
    before = {kind: stored_file(report, kind, today=TODAY) for kind in ("md", "json", "pdf", "docx")}
    article.live = False
    article.save()
    make_article("Bài thêm", published="2021-03-05T09:00")
    make_article("Bài nữa", published="2021-03-06T09:00")
    report = ActivityReport.objects.get(pk=report.pk)
    for kind in ("md", "json", "pdf"):
        assert stored_file(report, kind, today=TODAY) == before[kind]
    assert parts(stored_file(report, "docx", today=TODAY)) == parts(before["docx"])
    assert is_intact(report)
    changed = changes(data_of(report, today=TODAY), fresh_data(report, today=TODAY))
    assert next(each.key for each in changed) == "articles.total"


def test_nobody_changes_an_issued_report() -> None:
    report = issue(draft())
    report.number = "02/BC-BBT"
    with pytest.raises(FrozenRowError):
        report.save()
    with pytest.raises(FrozenRowError):
        report.delete()
    for change in (
        lambda rows: rows.update(number="2"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update([report], ["number"]),
    ):
        with pytest.raises(FrozenRowError):
            change(ActivityReport.objects.filter(pk=report.pk))
    with pytest.raises(ReportError):
        write_report(report, {}, [Part("opening", "khác")], user=report.made_by)
    with pytest.raises(ReportError):
        issue(report)


def test_a_number_is_given_once_a_year() -> None:
    issue(draft())
    with pytest.raises(ReportError, match="01/BC-BBT"):
        issue(draft())


def test_a_report_that_does_not_agree_is_neither_issued_nor_exported() -> None:
    report = draft()
    text = [Part("opening", "I. Kết quả\nĐã đăng 9.999 lượt truy cập.")]
    report = write_report(report, {"parent_body": ""}, text, user=report.made_by)
    with pytest.raises(ReportRefusedError) as refused:
        issue(report)
    assert [(each.code, each.place) for each in refused.value.problems] == [
        ("blank", "parent_body"),
        ("number", "I"),
    ]
    for kind in ("docx", "pdf", "md", "json"):
        with pytest.raises(RefusedError):
            stored_file(report, kind, today=TODAY)
    assert not ActivityReport.objects.issued().exists()


def test_the_command_names_each_place_and_fails() -> None:
    report = draft()
    write_report(report, {}, [Part("opening", "Có 9.999 lượt truy cập.\n1. A\n3. B")], user=report.made_by)
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("activity_report", "--stored", str(report.pk), "--format", "md", stderr=err)
    assert len(err.getvalue().splitlines()) == 2
    assert "9.999" in err.getvalue()


def test_a_new_edition_names_the_one_it_replaces() -> None:
    report = issue(draft())
    made = new_edition(report, user=report.made_by, now=timezone.now())
    with pytest.raises(ReportError):
        new_edition(report, user=report.made_by, now=timezone.now())
    write_report(
        made, {"number": "05/BC-BBT", "dated_on": D(2021, 7, 30)}, [Part("opening", "Xong.")],
        user=report.made_by,
    )  # fmt: skip
    made = issue(ActivityReport.objects.get(pk=made.pk))
    text = stored_file(made, "md", today=TODAY).decode()
    assert "01/BC-BBT" in text
    assert "05/BC-BBT" in text


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (Stretch(D(2021, 1, 20), D(2021, 2, 19)), "dak-doa"),
        (Stretch(D(2021, 3, 4), D(2021, 3, 4)), "dak-doa"),
        (Stretch(D(2021, 1, 1), D(2021, 12, 31)), "glar"),
        (Stretch(D(1999, 1, 1), D(1999, 1, 31)), "trang"),
    ],
)
def test_odd_and_empty_periods_and_communes(days: Stretch, code: str) -> None:
    make_article("a\x08" + "Tiêu đề rất dài " * 15, published="2021-03-04T09:00", code=code)
    report = issue(draft(days, code, dated_on=D(2021, 7, 29))) if days.last < TODAY else draft(days, code)
    for kind in ("docx", "pdf", "md", "json"):
        assert stored_file(report, kind, today=TODAY)

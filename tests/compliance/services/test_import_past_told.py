"""What the check of a file of the past tells: every fault of a row, its column, how many rows are left."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from compliance.models import AlikePair, ImportJob
from compliance.queries.likeness import awaiting
from compliance.services.past import jobs
from compliance.services.past.tables import open_table
from tests.builders import authority, make_user

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEAD = "Đơn vị;Ngày đăng;Tiêu đề;Thể loại;Hệ số;Nội dung"
TEXT = (
    "Sáng nay, Ủy ban nhân dân xã tổ chức ra quân dọn vệ sinh các tuyến đường liên thôn, phát quang bụi rậm, "
    "khơi thông cống rãnh và trồng thêm hàng trăm cây xanh dọc hai bên đường cùng đông đảo bà con."
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Any) -> None:
    settings.PORTAL_IMPORTS = str(tmp_path)


def checked(*lines: str, head: str = HEAD, kind: str = "articles") -> ImportJob:
    upload = SimpleUploadedFile("cu.csv", "\n".join([head, *lines]).encode())
    job = jobs.create_job(
        upload, kind=kind, authority=authority(), settled=True, user=make_user("board"), now=timezone.now()
    )
    jobs.ask(job, ImportJob.State.CHECKING, user=job.asked_by)
    jobs.run_job(job)
    job.refresh_from_db()
    return job


def told(job: ImportJob) -> list[list[str]]:
    rows = open_table(jobs.told_of(job), "articles").rows
    return [cells for _line, cells in rows]


def written(job: ImportJob) -> ImportJob:
    jobs.ask(job, ImportJob.State.WRITING, user=job.asked_by)
    jobs.run_job(job)
    job.refresh_from_db()
    return job


def test_all_faults_of_a_row_are_told_and_the_row_is_not_counted_as_new() -> None:
    job = checked(
        "Công an huyện;04/03/2020;Một;Lạ;-1;x", "Công an huyện;05/03/2020;Hai;Tin;1;x",
    )  # fmt: skip
    assert [row[:2] for row in told(job)] == [["2", "Thể loại"], ["2", "Hệ số"]]
    assert (job.lines, job.faults, job.made) == (2, 2, 1)
    assert job.has_faults
    assert not job.may_write


def test_a_coefficient_above_its_cap_is_noted_and_kept() -> None:
    job = checked("Công an huyện;04/03/2020;Một;Tin;99;x")
    (note,) = told(job)
    assert note[:2] == ["2", "Hệ số"]
    assert "99" in note[2]
    assert (job.faults, job.made, job.may_write) == (0, 1, True)


def test_a_wide_table_names_the_month_of_a_fault() -> None:
    job = checked(
        "Công an huyện;x;2;1", head="Đơn vị;Tháng 01/2020;Tháng 02/2020;Tháng 03/2020", kind="tallies"
    )
    assert told(job)[0][:2] == ["2", "Tháng 01/2020"]


def test_imported_articles_are_compared_at_once_unless_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [f"Công an huyện;0{day}/03/2020;Tin số {day} của huyện;Tin;1;{TEXT}" for day in (4, 5)]
    few = written(checked(lines[0]))
    assert (AlikePair.objects.count(), awaiting(job=few.pk)) == (0, 0)
    monkeypatch.setattr("compliance.services.likeness.COMPARED_AT_ONCE", 0)
    many = written(checked(lines[1]))
    assert (AlikePair.objects.count(), awaiting(job=many.pk)) == (0, 1)
    monkeypatch.undo()


def test_the_pair_of_an_imported_article_is_in_the_list_after_the_import() -> None:
    lines = [f"Công an huyện;0{day}/03/2020;Tin số {day} của huyện;Tin;1;{TEXT}" for day in (4, 5)]
    job = written(checked(*lines))
    assert AlikePair.objects.count() == 1
    assert jobs.cannot_take_back(job) == ""
    job.articles.first().article.save_revision().publish()  # type: ignore[union-attr]
    assert jobs.cannot_take_back(job)

"""The screens of the import of the past: a file from upload to articles and back, and nothing for others."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compliance.models import ImportJob
from compliance.services.past import jobs
from sitepages.models import ArticlePage
from tests.builders import make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

CONTENT = (
    "Cơ quan gửi;Ngày đăng;Tiêu đề\nCông an huyện;04/03/2020;Ra quân\nCông an huyện;05/03/2020;Kết quả\n"
)
COLUMNS = {"column-office": "0", "column-published_at": "1", "column-title": "2"}


def upload(client: Any, content: str = CONTENT, code: str = "dak-doa") -> Any:
    file = SimpleUploadedFile("cu.csv", content.encode())
    sent = {"kind": "articles", "authority": code, "file": file}
    return client.post(reverse("compliance_imports"), sent)


def steps(client: Any, job: ImportJob, name: str) -> Any:
    return client.post(reverse("compliance_import_step", args=[job.pk, name]), follow=True)


def test_a_file_from_upload_to_articles_and_back() -> None:
    client = signed_in(make_user("board"))
    upload(client)
    job = ImportJob.objects.get()
    page = client.get(reverse("compliance_import", args=[job.pk]))
    assert "Ra quân" in page.content.decode()
    client.post(reverse("compliance_import", args=[job.pk]), COLUMNS)
    job.refresh_from_db()
    assert (job.state, job.faults, job.made, job.lines) == ("checked", 0, 2, 2)
    steps(client, job, "write")
    job.refresh_from_db()
    assert (job.state, ArticlePage.objects.count()) == ("done", 2)
    assert not jobs.file_of(job).exists()
    steps(client, job, "undo")
    job.refresh_from_db()
    assert (job.state, ArticlePage.objects.count()) == ("taken_back", 0)


def test_faults_are_shown_and_downloaded_and_nothing_is_written() -> None:
    client = signed_in(make_user("board"))
    upload(client, CONTENT.replace("04/03", "31/02"))
    job = ImportJob.objects.get()
    client.post(reverse("compliance_import", args=[job.pk]), COLUMNS)
    steps(client, job, "write")
    job.refresh_from_db()
    assert (job.state, job.faults, ArticlePage.objects.count()) == ("checked", 1, 0)
    assert "31/02/2020" in client.get(reverse("compliance_import", args=[job.pk])).content.decode()
    told = client.get(reverse("compliance_import_told", args=[job.pk]))
    assert "31/02/2020" in b"".join(told).decode()


def test_a_job_somebody_works_on_is_left_alone() -> None:
    client = signed_in(make_user("board"))
    upload(client)
    job = ImportJob.objects.get()
    jobs.ask(job, ImportJob.State.CHECKING, user=None)
    with jobs._alone(job):
        assert jobs.run_jobs() == 0
    assert jobs.run_jobs() == 1


@pytest.mark.parametrize(
    ("role", "code"), [("board", "glar"), ("officer", "dak-doa"), ("accountant", "dak-doa")]
)
def test_others_get_nothing(role: str, code: str) -> None:
    upload(signed_in(make_user("board")))
    job = ImportJob.objects.get()
    client = signed_in(make_user(role, code))
    upload(client)
    for name in ("compliance_import", "compliance_import_told"):
        assert client.get(reverse(name, args=[job.pk])).status_code == 404
    for step in ("check", "write", "undo"):
        assert steps(client, job, step).status_code == 404
    job.refresh_from_db()
    assert (ImportJob.objects.count(), job.state) == (1, "uploaded")

"""kill -9 in the middle of an import leaves nothing of it, and the next worker writes it whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from compliance.models import ImportJob
from compliance.services.past import jobs
from sitepages.models import ArticlePage
from tests.builders import authority, make_user
from tests.compliance.services.test_kill_while_closing import database_url

SCRIPT = Path(__file__).with_name("killed_import.py")
ROWS = 35


@pytest.mark.integration
@pytest.mark.django_db(transaction=True)
def test_an_import_that_is_killed_leaves_all_or_nothing(
    live_portal: None, settings: Any, tmp_path: Path
) -> None:
    settings.PORTAL_IMPORTS = tmp_path
    user = make_user("board")
    lines = ["Đơn vị,Ngày đăng,Tiêu đề,Tác giả,Hệ số,Nội dung"]
    lines += [
        f"Công an huyện,{1 + each % 28:02d}/03/2020,Ra quân đợt {each},Thảo Vy,1,Nội dung"
        for each in range(ROWS)
    ]
    upload = SimpleUploadedFile("cu.csv", "\n".join(lines).encode())
    job = jobs.create_job(
        upload, kind="articles", authority=authority(), settled=True, user=user, now=timezone.now()
    )
    jobs.ask(job, ImportJob.State.CHECKING, user=user)
    jobs.run_job(job)
    jobs.ask(job, ImportJob.State.WRITING, user=user)
    connection.close()
    run = subprocess.run(
        [sys.executable, str(SCRIPT), str(job.pk), str(tmp_path)],
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
            "PYTHONPATH": str(SCRIPT.parents[3]),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    *killed, last = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(killed) >= 8, "it was killed again and again, from the first statement to the last"
    assert {tuple(each[:2]) for each in killed} == {(-9, "writing")}
    before = killed[0][2:]
    assert all(each[2:] == before for each in killed), "a killed import left something"
    made = [now - then for now, then in zip(last[2:], before, strict=True)]
    assert last[:2] == [0, "done"]
    placed = ROWS if connection.vendor == "postgresql" else 0
    assert made == [ROWS, ROWS, ROWS, ROWS, ROWS, ROWS, ROWS, ROWS, placed]
    assert [page.slug for page in ArticlePage.objects.search("dot 34")[:1]] == ["ra-quan-dot-34"]
    assert [page.slug for page in ArticlePage.objects.search("đợt 34")[:1]] == ["ra-quan-dot-34"]

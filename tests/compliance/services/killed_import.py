"""Run in a process of its own: write an import and kill -9 oneself at one statement after the other.

Arguments: the job's key, the folder of imports. Prints one line a run: what the database holds afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 - after setup
from django.db import connection  # noqa: E402 - after setup
from wagtail.models import Page, ReferenceIndex  # noqa: E402 - after setup
from wagtail.search.models import IndexEntry  # noqa: E402 - after setup

from compliance.models import (  # noqa: E402 - after setup
    ArticleGrade,
    ImportedArticle,
    ImportJob,
    Observation,
    PlacedArticle,
)
from compliance.services.past import jobs, pages  # noqa: E402 - after setup
from sitepages.models import ArticlePage, Contribution  # noqa: E402 - after setup

MODELS = (Page, ArticlePage, Contribution, ArticleGrade, ImportedArticle, Observation, ReferenceIndex,
          IndexEntry, PlacedArticle)  # fmt: skip
STEP, MOST = 5, 2000


def write(job: int, fatal: int) -> None:
    """Write the import; die by SIGKILL before statement ``fatal``."""
    seen = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        jobs.run_job(ImportJob.objects.get(pk=job))


def state(job: int) -> list[Any]:
    found = [ImportJob.objects.get(pk=job).state, *(model._default_manager.count() for model in MODELS)]
    connection.close()
    return found


def main(job: int, folder: str) -> None:
    settings.PORTAL_IMPORTS = Path(folder)
    pages.BATCH = 10  # several batches of few rows
    for fatal in range(1, MOST, STEP):
        connection.close()
        child = os.fork()
        if child == 0:
            write(job, fatal)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        told = json.dumps([os.waitstatus_to_exitcode(status), *state(job)])
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
        if not os.WIFSIGNALED(status):
            return


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])

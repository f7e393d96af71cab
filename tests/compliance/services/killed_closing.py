"""Run in a process of its own: close a period and kill -9 oneself at each statement in turn.

Arguments: the period's key, the closer's key. Prints one line a run: what the database holds afterwards.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - after setup
from django.db import connection  # noqa: E402 - after setup
from django.utils import timezone  # noqa: E402 - after setup

from compliance.models import PayPeriod  # noqa: E402 - after setup
from compliance.services import periods  # noqa: E402 - after setup

MOST = 400


def close(period: int, user: int, fatal: int) -> None:
    """Close the period; die by SIGKILL before statement ``fatal``."""
    seen = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal seen
        seen += 1
        if seen == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    closer = get_user_model().objects.get(pk=user)
    row = PayPeriod.objects.get(pk=period)
    with connection.execute_wrapper(count):
        periods.close_period(row, user=closer, now=timezone.now(), today=timezone.localdate())


def state(period: int) -> list[Any]:
    row = PayPeriod.objects.get(pk=period)
    lines = [*row.entries.values_list("amount", flat=True)]
    extra = [*row.remuneration_entries.values_list("amount", flat=True)]
    connection.close()
    return [row.status, row.total, row.lines, sum(lines) + sum(extra), len(lines) + len(extra)]


def main(period: int, user: int) -> None:
    for fatal in range(1, MOST):
        connection.close()
        child = os.fork()
        if child == 0:
            close(period, user, fatal)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        told = json.dumps([killed, os.waitstatus_to_exitcode(status), *state(period)])
        sys.stdout.write(f"{told}\n")
        sys.stdout.flush()
        if not killed:
            return


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

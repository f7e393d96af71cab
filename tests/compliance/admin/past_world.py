"""What a unit has from before the system: an import that waits, and a payment."""

from __future__ import annotations

import datetime

from django.utils import timezone

from compliance.models import ImportJob, PastPayment
from sitepages.models import Authority


def make_past(unit: Authority, mark: str) -> ImportJob:
    job = ImportJob.objects.create(
        authority=unit, kind="articles", file_name=f"{mark}.csv", created_at=timezone.now()
    )
    day = datetime.date(2019, 3, 31)
    PastPayment.objects.create(
        job=job, authority=unit, person=f"{mark} người", first_day=day, last_day=day, paid_on=day,
        gross=100, tax=10, net=90, key=unit.code,
    )  # fmt: skip
    return job

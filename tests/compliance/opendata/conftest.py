"""Units that show their transparency page, and what was found of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from compliance.models import Assessment
from compliance.services.assess import take_assessment
from compliance.services.statements import declare_nothing_arose
from sitepages.frame.store import renew
from sitepages.models import SiteSettings
from tests.builders import authority, make_document, make_schedule

DAY = datetime.date(2021, 7, 29)
ROOT = "/du-lieu-mo/v1"
NOTHING_AROSE = ("land_use_plan", "investment_calls", "public_assets", "funds_contributions")


@pytest.fixture
def show(db: None) -> Callable[..., None]:
    """Switch the transparency page on for these units alone."""

    def switch(*codes: str) -> None:
        SiteSettings.objects.update(show_transparency=False)
        chosen = SiteSettings.objects.filter(site__authority__code__in=codes)
        assert chosen.update(show_transparency=True) == len(codes)
        renew()  # written in bulk: no signal told the frames

    return switch


@pytest.fixture
def assessed(show: Callable[..., None]) -> Assessment:
    """The district and Glar shown, Trang not; something on time, late and owed at each of them."""
    show("dak-doa", "glar")
    for code in ("dak-doa", "glar", "trang"):
        for duty in NOTHING_AROSE:
            declare_nothing_arose(
                authority(code),
                duty,
                first=datetime.date(2021, 7, 1),
                last=DAY,
                note="",
                user=None,
                today=DAY,
            )
        make_document("1/QĐ-UBND", code=code, issued=datetime.date(2021, 7, 1), published="2021-07-02T08:00")
        make_document("2/QĐ-UBND", code=code, issued=datetime.date(2021, 7, 5), published="2021-07-20T08:00")
        make_schedule(datetime.date(2021, 7, 26), code=code, published="2021-07-24T08:00")
    make_document("3/QĐ-UBND", code="glar", issued=datetime.date(2021, 7, 20))
    return take_assessment(DAY, today=DAY)


def data(path: str, **query: Any) -> Any:
    """An answer of the open data."""
    return Client().get(f"{ROOT}{path}", query)

"""Visits of the years before this software, as the half-year report of 2021 states them."""

from __future__ import annotations

import datetime

from sitepages.models import Authority, ReportedVisits

_SOURCE = "Báo cáo số 01/BC-BBT ngày 29/7/2021 của Ban biên tập"
_COUNTED_ON = datetime.date(2021, 6, 29)
_IN_ALL, _OF_2021 = 96_811, 9_933


def load_visits(district: Authority) -> None:
    """96,811 visits until 29/06/2021, of which 9,933 since the beginning of that year."""
    new_year = datetime.date(2021, 1, 1)
    for first, last, visits in (
        (None, new_year - datetime.timedelta(days=1), _IN_ALL - _OF_2021),
        (new_year, _COUNTED_ON, _OF_2021),
    ):
        ReportedVisits.objects.create(
            authority=district, first=first, last=last, visits=visits, source=_SOURCE
        )

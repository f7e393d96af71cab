"""How the addresses of the screens of page views and of notices are tried."""

from __future__ import annotations

from typing import Any

from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

DAYS = {"first": "2021-01-01", "last": "2021-06-30", "start_day": "1"}
TABLES = ("portals", "months", "sections", "articles", "unknown")


def reported_form(unit: Unit) -> dict[str, Any]:
    return {
        "authority": unit.authority.pk,
        "first": "2019-01-01",
        "last": "2019-12-31",
        "visits": "7",
        "source": "Báo cáo",
    }


def notice_form(unit: Unit) -> dict[str, Any]:
    return {
        "authority": unit.authority.pk,
        "text": "Bão số 9",
        "level": "danger",
        "first_day": "2021-09-01",
        "last_day": "2021-09-03",
        "link": "",
    }


def _exports(code: str) -> list[Try]:
    asked = {**DAYS, "authority": code}
    return [
        Try(query={**asked, "export": kind, "table": table}) for kind in ("csv", "xlsx") for table in TABLES
    ]


def _attacks(world: World, foreign: Unit, own: Unit) -> list[Try]:
    unit = {"authority": foreign.code}
    return [
        Try(),
        Try(query=unit),
        Try(query={**DAYS, **unit}),
        Try(query={**DAYS, "authority": ""}),
        *_exports(foreign.code),
        *_exports(""),
        Try(form=unit),
    ]


def _own(world: World, unit: Unit) -> list[Try]:
    asked = {**DAYS, "authority": unit.code}
    article = {**asked, "export": "xlsx", "table": "articles"}
    return [Try(query=asked), Try(query=article), Try(query={**article, "export": "csv"})]


def visit_tries() -> dict[str, Visit]:
    """The screen itself; the list of reported numbers is a viewset."""
    return {"compliance_visits": Visit(_attacks, "officer", _own)}

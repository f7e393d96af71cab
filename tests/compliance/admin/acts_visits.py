"""How the addresses of acts and of the rules behind them are tried."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

#: What the district's board is meant to see of its communes, and what it rightly does there.
SEEN_FROM_ABOVE = {
    "compliance_declarations",
    "compliance_waivers",
    "compliance_waiver_add",
    "compliance_rechecks",
}
DONE_FROM_ABOVE = {"compliance_waiver_add", "compliance_waiver_take_back", "compliance_recheck"}


def rule_form(unit: Unit) -> dict[str, Any]:
    return {
        "duty": "directives",
        "kind": "freshness",
        "value": "60",
        "unit": "cd",
        "record_kind": "",
        "tier": "",
        "valid_from": timezone.localdate().isoformat(),
        "valid_to": "",
        "decision_number": "12/QĐ",
        "reason": "Quy chế",
    }


def waiver_form(unit: Unit) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "authority": unit.code,
        "duty": "directives",
        "decision_number": "8/QĐ",
        "decision_date": today.isoformat(),
        "reason": "Thiên tai",
        "valid_from": today.isoformat(),
        "valid_until": (today + datetime.timedelta(days=30)).isoformat(),
    }


def day_form(what: str = "holiday") -> dict[str, Any]:
    day = timezone.localdate() + datetime.timedelta(days=50)
    return {"what": what, "day": day.isoformat(), "name": "Nghỉ", "decision_number": "1"}


def _by_post(pick: Callable[[World, Unit], Any], *forms: dict[str, Any], key: str = "pk") -> Visit:
    """An address that takes a POST alone."""

    def attacks(world: World, foreign: Unit, own: Unit) -> list[Try]:
        ids = {key: pick(world, foreign).pk}
        return [Try(ids), *(Try(ids, form=form) for form in (forms or ({},)))]

    return Visit(attacks, "", lambda world, unit: [Try({key: pick(world, unit).pk})])


def _confirms(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"page_id": foreign.schedule.pk}
    return [Try(ids), Try(ids, form={}), Try(ids, form={"note": "x", "next": "/admin/"})]


def _lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    of = {"of": foreign.code}
    asked = {"unit": foreign.code, "duty": "directives"}
    return [Try(), Try(query=of), Try(query={**of, "p": "1"}), Try(query=asked), Try(form=of)]


def _declares(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"authority": foreign.code, "duty": "directives"}
    return [Try(ids), Try(ids, form={}), Try(ids, form={"period": "last_month", "note": "x"})]


def _waives(world: World, foreign: Unit, own: Unit) -> list[Try]:
    asked = {"authority": foreign.code, "duty": "directives"}
    return [Try(), Try(query=asked), *(Try(form=waiver_form(unit)) for unit in (foreign, own))]


def _days(world: World, foreign: Unit, own: Unit) -> list[Try]:
    swap = {**day_form("swap"), "worked": "2026-11-28"}
    return [Try(), Try(form=day_form()), Try(form=swap), Try(form={**day_form("year"), "year": "2029"})]


def _calendar(world: World, foreign: Unit, own: Unit) -> list[Try]:
    years = [{"year": str(world.day.day.year)}, {"year": "2021"}]
    return [Try(), *(Try(query=year) for year in years), Try(form=years[0])]


def _catalogue(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(query={"day": "2021-07-29"}), Try(form={}), Try(query={"export": "csv"})]


def _own_confirm(world: World, unit: Unit) -> list[Try]:
    return [Try({"page_id": unit.schedule.pk})]


def _own_declare(world: World, unit: Unit) -> list[Try]:
    return [Try({"authority": unit.code, "duty": "directives"})]


def _none(world: World, unit: Unit) -> list[Try]:
    return [Try()]


def acts_tries() -> dict[str, Visit]:
    """Every address of ours but those of a viewset."""
    return {
        "compliance_confirm": Visit(_confirms, "officer", _own_confirm),
        "compliance_rechecks": Visit(_lists, "officer", _none),
        "compliance_recheck": _by_post(
            lambda world, unit: unit.recheck, {}, {"outcome": "ok"}, {"outcome": "wrong", "note": "x"}
        ),
        "compliance_declarations": Visit(_lists, "officer", _none),
        "compliance_declaration_take_back": _by_post(lambda world, unit: unit.declaration),
        "compliance_declare": Visit(_declares, "officer", _own_declare),
        "compliance_waivers": Visit(_lists, "officer", _none),
        "compliance_waiver_add": Visit(_waives, "administrator", _none, shows=False),
        "compliance_waiver_take_back": _by_post(lambda world, unit: unit.waiver),
        "compliance_catalogue": Visit(_catalogue, "officer", _none, shows=False),
        "compliance_calendar": Visit(_calendar, "administrator", _none, shows=False),
        "compliance_calendar_add": Visit(_days, "administrator", _none, shows=False),
        "compliance_calendar_remove": _by_post(lambda world, unit: world.day),
    }

"""How the screens of the year's money are tried."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

EXPORTS: tuple[Form, ...] = ({"export": "csv"}, {"export": "xlsx"})


def spending_form() -> Form:
    return {
        "day": "2021-05-20",
        "kind": "stationery",
        "amount": "1.250.000",
        "document_number": "PC9",
        "note": "giấy in",
    }


def _years(world: World, foreign: Unit, own: Unit) -> list[Try]:
    unit = {"authority": foreign.code, "year": "2021"}
    asked = ({}, unit, *EXPORTS, *({**unit, **export} for export in EXPORTS))
    return [
        *(Try(query=query) for query in asked),
        Try(form=unit),
        Try(query=unit, form=spending_form()),
        Try(query={"authority": str(foreign.authority.pk)}, form=spending_form()),
    ]


def _own_year(world: World, unit: Unit) -> list[Try]:
    mine = {"authority": unit.code, "year": "2021"}
    return [Try(query=mine), *(Try(query={**mine, **export}) for export in EXPORTS)]


def _reversals(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"pk": foreign.spending.pk}
    return [Try(ids), Try(ids, form={"reason": "x"}), Try(ids, form={})]


def _own_reversal(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.spending.pk})]


def money_tries() -> dict[str, Visit]:
    return {
        "compliance_budget": Visit(_years, "accountant", _own_year, shows=False),
        "compliance_spendings": Visit(_years, "accountant", _own_year),
        "compliance_spending_reverse": Visit(_reversals, "accountant", _own_reversal),
    }

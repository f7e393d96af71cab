"""How the addresses of the import of the past are tried."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

STEPS = ("check", "write", "undo", "unknown")


def _lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [
        Try(),
        Try(query={"authority": foreign.code}),
        Try(form={"authority": foreign.code, "kind": "articles"}),
    ]


def _payments(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(query={"authority": foreign.code}), Try(form={})]


def _ones(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"pk": foreign.job.pk}
    return [Try(ids), Try(ids, form={}), Try(ids, form={"column-title": "0"})]


def _steps(world: World, foreign: Unit, own: Unit) -> list[Try]:
    key = foreign.job.pk
    forms: tuple[Form | None, ...] = (None, {})
    return [Try({"pk": key, "step_name": name}, form=form) for name in STEPS for form in forms]


def past_tries() -> dict[str, Visit]:
    """The visits of every address of the import of the past."""

    def one(world: World, unit: Unit) -> list[Try]:
        return [Try({"pk": unit.job.pk})]

    return {
        "compliance_past_payments": Visit(_payments, "accountant", lambda world, unit: [Try()], shows=False),
        "compliance_imports": Visit(_lists, "board", lambda world, unit: [Try()], shows=False),
        "compliance_import": Visit(_ones, "board", one, shows=False),
        "compliance_import_told": Visit(_ones, "", one),
        "compliance_import_step": Visit(
            _steps,
            "board",
            lambda world, unit: [Try({"pk": unit.job.pk, "step_name": "check"}, form={})],
            shows=False,
        ),
    }

"""How the addresses of activity reports are tried."""

from __future__ import annotations

from compliance.reports.files import KINDS
from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

DAYS: Form = {"first": "2021-01-01", "last": "2021-03-31"}


def _form(unit: Unit) -> Form:
    return {"issuing_body": unit.mark, "parent_body": unit.mark, "part_opening": f"{unit.mark} khác"}


def _subscription(unit: Unit) -> Form:
    return {"authority": unit.authority.pk, "every": "quarter", "day": 3, "is_active": "on"}


def _lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(query={"authority": foreign.code}), Try(form={"authority": foreign.code})]


def _own_list(world: World, unit: Unit) -> list[Try]:
    return [Try(), Try(query={"authority": unit.code})]


def _adds(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [
        Try(query={"authority": foreign.code}),
        *(Try(form={**DAYS, "authority": key}) for key in (foreign.code, foreign.authority.pk)),
    ]


def _nothing(world: World, unit: Unit) -> list[Try]:
    return [Try()]


def _reports(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [
        tried
        for report in (foreign.drafted, foreign.issued)
        for ids in ({"pk": report.pk},)
        for tried in (
            Try(ids),
            Try(ids, form={}),
            Try(ids, form=_form(foreign)),
            Try(ids, form={**_form(foreign), "issue": "1"}),
        )
    ]


def _own_report(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.drafted.pk}), Try({"pk": unit.issued.pk})]


def _own_issued(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.issued.pk})]


def _files(world: World, foreign: Unit, own: Unit) -> list[Try]:
    pks = (foreign.drafted.pk, foreign.issued.pk)
    return [Try({"pk": pk, "kind": kind}) for pk in pks for kind in (*KINDS, "exe")] + [
        Try({"pk": pks[0], "kind": "md"}, form={})
    ]


def _own_files(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.issued.pk, "kind": kind}) for kind in ("docx", "json")]


def _steps(world: World, foreign: Unit, own: Unit) -> list[Try]:
    pks = (foreign.drafted.pk, foreign.issued.pk)
    return [tried for pk in pks for tried in (Try({"pk": pk}), Try({"pk": pk}, form=_form(foreign)))]


def _own_preview(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.drafted.pk}, form=_form(unit))]


def _own_replace(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.issued.pk}, form={})]


def _own_remove(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.drafted.pk}, form={})]


def _regular(world: World, foreign: Unit, own: Unit) -> list[Try]:
    theirs, mine = {"pk": foreign.subscription.pk}, {"pk": own.subscription.pk}
    return [
        Try(theirs),
        *(Try(theirs, form=sent) for sent in ({}, _subscription(own), _subscription(foreign))),
        Try(mine, form=_subscription(foreign)),
    ]


def _regular_lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(query={"authority": foreign.authority.pk}), Try(query={"export": "csv"})]


def _regular_adds(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(), Try(form=_subscription(foreign))]


def _own_regular(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.subscription.pk})]


def activity_tries() -> dict[str, Visit]:
    """Every address of activity reports."""
    one = ("edit", "delete", "history", "history_results", "usage", "inspect")
    lists = ("index", "index_results")
    name = "report_subscriptions"
    return {
        "compliance_activity": Visit(_lists, "board", _own_list, shows=False),
        "compliance_activity_add": Visit(_adds, "board", _nothing, shows=False),
        "compliance_activity_report": Visit(_reports, "board", _own_report),
        "compliance_activity_file": Visit(_files, "accountant", _own_files),
        "compliance_activity_preview": Visit(_steps, "board", _own_preview),
        "compliance_activity_replace": Visit(_steps, "board", _own_replace, shows=False),
        "compliance_activity_remove": Visit(_steps, "board", _own_remove, shows=False),
        **{f"{name}:{each}": Visit(_regular, "board", _own_regular, shows=False) for each in one},
        **{f"{name}:{each}": Visit(_regular_lists, "board", _nothing, shows=False) for each in lists},
        f"{name}:add": Visit(_regular_adds, "board", _nothing, shows=False),
    }

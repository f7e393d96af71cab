"""How the addresses of articles alike and of topics covered are tried."""

from __future__ import annotations

from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

#: What the district's board is meant to see of its communes, and what it rightly decides there.
ALIKE_FROM_ABOVE = {
    "compliance_duplicates",
    "compliance_compare",
    "compliance_topics",
    "compliance_topic",
    "compliance_no_topic",
}
DECIDED_FROM_ABOVE = {"compliance_duplicate_decide"}

_DAYS = {"first": "2021-01-01", "last": "2021-06-30"}
_STEPS = ("leave-out", "count-again", "dismiss", "restore", "unknown")
_EXPORTS = ({"export": "csv"}, {"export": "xlsx"})


def _lists(world: World, foreign: Unit, own: Unit) -> list[Try]:
    of_unit = {**_DAYS, "authority": foreign.code}
    asked = [{}, _DAYS, of_unit, *({**each, **export} for each in (_DAYS, of_unit) for export in _EXPORTS)]
    states = [{**_DAYS, "state": state} for state in ("open", "left_out", "dismissed")]
    return [*(Try(query=query) for query in (*asked, *states)), Try(form=of_unit)]


def _own_lists(world: World, unit: Unit) -> list[Try]:
    mine = {**_DAYS, "authority": unit.code}
    return [Try(query=mine), *(Try(query={**mine, **export}) for export in _EXPORTS)]


def _pair(unit: Unit) -> dict[str, int]:
    return {"one": unit.graded.pk, "other": unit.paid_article.pk}


def _compares(world: World, foreign: Unit, own: Unit) -> list[Try]:
    theirs = _pair(foreign)
    turned = {"one": theirs["other"], "other": theirs["one"]}
    same = {"one": theirs["one"], "other": theirs["one"]}
    mixed = {"one": own.graded.pk, "other": foreign.draft.pk}
    return [*(Try(ids) for ids in (theirs, turned, same, mixed)), Try(theirs, form={})]


def _decides(world: World, foreign: Unit, own: Unit) -> list[Try]:
    why = {"reason": "trùng"}
    theirs = _pair(foreign)
    mixed = {"one": foreign.graded.pk, "other": foreign.draft.pk}
    return [
        tried
        for ids in (theirs, mixed)
        for step in _STEPS
        for tried in (Try({**ids, "step": step}), Try({**ids, "step": step}, form=why))
    ]


def _topics(world: World, foreign: Unit, own: Unit) -> list[Try]:
    of_unit = {**_DAYS, "authority": foreign.code}
    return [Try(query=query) for query in ({}, _DAYS, of_unit, *({**of_unit, **each} for each in _EXPORTS))]


def _topic(world: World, foreign: Unit, own: Unit) -> list[Try]:
    of_unit = {**_DAYS, "authority": foreign.code}
    return [Try({"topic": "kinh-te"}, query) for query in ({}, _DAYS, of_unit)]


def alike_tries() -> dict[str, Visit]:
    """Every address of these screens."""
    return {
        "compliance_duplicates": Visit(_lists, "board", _own_lists),
        "compliance_compare": Visit(_compares, "board", lambda world, unit: [Try(_pair(unit))]),
        "compliance_duplicate_decide": Visit(
            _decides,
            "board",
            lambda world, unit: [
                Try({**_pair(unit), "step": "dismiss"}, form={"reason": "hai việc khác nhau"})
            ],
        ),
        "compliance_topics": Visit(_topics, "accountant", _own_lists, shows=False),
        "compliance_topic": Visit(
            _topic,
            "accountant",
            lambda world, unit: [Try({"topic": "kinh-te"}, {**_DAYS, "authority": unit.code})],
            shows=False,
        ),
        "compliance_no_topic": Visit(
            _topics, "accountant", lambda world, unit: [Try(query={**_DAYS, "authority": unit.code})]
        ),
    }

"""How the addresses of contributors, quotas, own figures and the heads' page are tried."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World


def contributor_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "name": "Người mới",
        "office": unit.office.pk,
        "user": "",
        "note": "",
        "valid_from": "",
        "valid_to": "",
        "pen_names-TOTAL_FORMS": 1,
        "pen_names-INITIAL_FORMS": 0,
        "pen_names-MIN_NUM_FORMS": 0,
        "pen_names-MAX_NUM_FORMS": 1000,
        "pen_names-0-name": "Bút mới",
    }


def quota_form(unit: Unit) -> Form:
    return {
        "office": unit.office.pk,
        "per_month": 3,
        "decision_number": "5/QĐ",
        "valid_from": "2030-01-01",
        "valid_to": "",
    }


def _names(world: World, foreign: Unit, own: Unit) -> list[Try]:
    field = f"link-{foreign.office.pk}-{f'{foreign.mark} chưa chấm'.encode().hex()}"
    mine = f"link-{own.office.pk}-{f'{own.mark} chưa chấm'.encode().hex()}"
    theirs, person = {"authority": foreign.code}, str(foreign.contributor.pk)
    return [
        Try(query=theirs),
        *(Try(form={**theirs, field: choice}) for choice in ("new", person, str(own.contributor.pk))),
        Try(form={"authority": own.code, mine: person}),
        Try(form={"authority": own.code, field: "new"}),
        Try(form={field: "new"}),
    ]


def _own_names(world: World, unit: Unit) -> list[Try]:
    return [Try(query={"authority": unit.code})]


def _own_articles(world: World, foreign: Unit, own: Unit) -> list[Try]:
    who = {"user": str(foreign.contributor.user_id), "contributor": str(foreign.contributor.pk)}
    return [Try(), Try(query=who), Try(query={"year": "2021"}), Try(form=who)]


def _overviews(world: World, foreign: Unit, own: Unit) -> list[Try]:
    months = {"first": "2021-01", "last": "2021-06"}
    unit = {"authority": foreign.code}
    return [Try(), *(Try(query=each) for each in (unit, months, {**unit, **months})), Try(form=unit)]


def _own_overview(world: World, unit: Unit) -> list[Try]:
    return [Try(query={"authority": unit.code, "first": "2021-01", "last": "2021-06"})]


def _letters(world: World, foreign: Unit, own: Unit) -> list[Try]:
    theirs = {"authority": foreign.code}
    return [Try(theirs), *(Try(theirs, form={"wanted": wanted}) for wanted in ("yes", "no"))]


def _own_letter(world: World, unit: Unit) -> list[Try]:
    return [Try({"authority": unit.code}, form={"wanted": "yes"})]


def _none(world: World, unit: Unit) -> list[Try]:
    return [Try()]


def credit_tries() -> dict[str, Visit]:
    """Every address of ours but those of a viewset."""
    return {
        "compliance_credit_names": Visit(_names, "board", _own_names),
        "compliance_own": Visit(_own_articles, "officer", _none),
        "compliance_overview": Visit(_overviews, "accountant", _own_overview),
        # Heads alone: see test_overview.
        "compliance_digest_choice": Visit(_letters, "", _own_letter),
    }

"""How the addresses of payments, payees and remuneration are tried."""

from __future__ import annotations

from tests.compliance.admin.forms import Form
from tests.compliance.admin.tries import Try, Visit
from tests.compliance.admin.world import Unit, World

KINDS = ("docx", "pdf", "vouchers", "xlsx", "csv")


def term_form(unit: Unit) -> Form:
    return {
        "authority": unit.authority.pk,
        "contributor": unit.money.person.pk,
        "position": "Ủy viên",
        "monthly_amount": "500000",
        "percent": "",
        "decision_number": "8/QĐ",
        "valid_from": "2022-01-01",
        "valid_to": "",
    }


def _units(world: World, foreign: Unit, own: Unit) -> list[Try]:
    asked = {"authority": foreign.code, "year": "2021"}
    exports = [Try(query={**asked, "export": kind}) for kind in KINDS]
    return [Try(), Try(query=asked), *exports, Try(query={"year": "2021"}), Try(form=asked)]


def _own_unit(world: World, unit: Unit) -> list[Try]:
    return [Try(query={"authority": unit.code}), Try(query={"authority": unit.code, "year": "2021"})]


def _own_tax(world: World, unit: Unit) -> list[Try]:
    asked = {"authority": unit.code, "year": "2021"}
    return [Try(query={**asked, "export": kind}) for kind in ("", "xlsx", "csv")]


def _pay(world: World, foreign: Unit, own: Unit) -> list[Try]:
    sent = {"paid_on": "2021-06-15", "periods": foreign.closed.pk}
    theirs, mine = {"pk": foreign.closed.pk}, {"pk": own.closed.pk}
    return [Try(theirs), Try(theirs, sent), Try(theirs, form=sent), Try(mine, sent), Try(mine, form=sent)]


def _own_pay(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.closed.pk}), Try({"pk": unit.closed.pk}, {"paid_on": "2021-06-15"})]


def _files(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try({"pk": foreign.closed.pk, "kind": kind}) for kind in (*KINDS, "pdf0")]


def _own_runs(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.money.advance.pk, "kind": kind}) for kind in KINDS]


def _runs(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try({"pk": foreign.money.advance.pk, "kind": kind}) for kind in (*KINDS, "pdf0")]


def _advances(world: World, foreign: Unit, own: Unit) -> list[Try]:
    sent = {
        "contributor": foreign.money.person.pk,
        "amount": "5",
        "paid_on": "2021-06-15",
        "reason": "x",
    }
    return [Try(), Try(form=sent), Try(query={"authority": foreign.code}, form=sent)]


def _none(world: World, unit: Unit) -> list[Try]:
    return []  # the world's periods are not paid: there is nothing to state


def _nothing(world: World, unit: Unit) -> list[Try]:
    return [Try()]


def _payment(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"pk": foreign.money.advance.pk}
    return [Try(ids), Try(ids, form={"reason": "x", "paid_on": "2021-06-15"})]


def _own_payment(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.money.advance.pk})]


def _payee(world: World, foreign: Unit, own: Unit) -> list[Try]:
    ids = {"pk": foreign.money.person.pk}
    return [Try(ids), Try(ids, form={"bank_account": "99990000"}), Try(ids, form={})]


def _own_payee(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.money.person.pk})]


def _own_showing(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.money.person.pk}, form={})]


def _reversals(world: World, foreign: Unit, own: Unit) -> list[Try]:
    sent = {"line": "1", "reason": "x", "instead": "5"}
    return [
        Try({"pk": foreign.open.pk}),
        Try({"pk": foreign.open.pk}, form=sent),
        Try({"pk": own.open.pk}, {"line": "1"}),
        Try({"pk": own.open.pk}, form=sent),
    ]


def _taking_back(world: World, foreign: Unit, own: Unit) -> list[Try]:
    return [Try(query={"article": str(foreign.paid_article.pk)}), Try(query={"line": "x"}), Try()]


def _own_taking_back(world: World, unit: Unit) -> list[Try]:
    return []  # leads on to the page of the reversal


def _own_reversal(world: World, unit: Unit) -> list[Try]:
    return [Try({"pk": unit.open.pk})]


def pay_tries() -> dict[str, Visit]:
    """All of them, but for the viewset of terms."""
    return {
        "compliance_pay": Visit(_pay, "accountant", _own_pay),
        "compliance_payment_list": Visit(_files, "accountant", _none, shows=False),
        "compliance_run": Visit(_payment, "accountant", _own_payment),
        "compliance_run_file": Visit(_runs, "accountant", _own_runs, shows=False),
        "compliance_take_back": Visit(_taking_back, "accountant", _own_taking_back, shows=False),
        "compliance_payments": Visit(_units, "accountant", _own_unit),
        "compliance_advance": Visit(_advances, "accountant", _nothing),
        "compliance_tax_list": Visit(_units, "accountant", _own_tax, shows=False),
        "compliance_payment": Visit(_payment, "accountant", _own_payment),
        "compliance_voucher": Visit(_payment, "accountant", _own_payment),
        "compliance_payees": Visit(_units, "accountant", _own_unit),
        "compliance_payee_readings": Visit(_units, "accountant", _own_unit),
        "compliance_payee": Visit(_payee, "accountant", _own_payee),
        "compliance_payee_show": Visit(_payee, "accountant", _own_showing),
        "compliance_reverse_remuneration": Visit(_reversals, "accountant", _own_reversal, shows=False),
    }

"""Payees: kept sealed, shown on request, every reading recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import Payee, PayeeReading, TaxCommitment
from compliance.rules.payee import FIELDS, fault, masked, tidy
from compliance.services.sealing import reseal, seal, unseal
from sitepages.models import Contributor
from sitepages.text import nfc


class PayeeError(ValueError):
    """The data cannot be kept; ``field`` says which."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def keep_payee(
    contributor: Contributor,
    values: Mapping[str, str],
    *,
    removed: Iterable[str] = (),
    on_payroll: bool,
    asks_withholding: bool,
    user: Any,
    now: datetime.datetime,
) -> Payee:
    """Make or change the payee of a contributor; a value left empty stays as it was. PayeeError.

    The log names the fields that changed, never their content.
    """
    payee = Payee.objects.select_for_update().filter(contributor=contributor).first()
    payee = payee or Payee(contributor=contributor)
    known = unseal(payee.sealed)
    given = {name: tidy(name, nfc(values.get(name, ""))) for name in FIELDS}
    for name, value in given.items():
        if fault(name, value):
            raise PayeeError(name, _fault_text(name))
    kept = {name: given[name] or ("" if name in set(removed) else known.get(name, "")) for name in FIELDS}
    changed = [name for name in FIELDS if kept[name] != known.get(name, "")]
    for name, flag in (("on_payroll", on_payroll), ("asks_withholding", asks_withholding)):
        if getattr(payee, name) != flag:
            changed.append(name)
    if not changed and payee.pk:
        return payee
    payee.sealed = seal(kept)
    payee.on_payroll, payee.asks_withholding = on_payroll, asks_withholding
    payee.changed_by, payee.changed_at = user, now
    payee.save()
    log(instance=payee, action="compliance.keep_payee", user=user, data={"fields": changed})
    return payee


@transaction.atomic
def keep_commitments(payee: Payee, forms: Mapping[int, str], *, user: Any) -> None:
    """Make the payee's commitment forms be these, by tax year; the log names the years that changed."""
    wanted = {year: nfc(text).strip()[:150] for year, text in forms.items() if text.strip()}
    present = {form.year: form.document for form in payee.commitments.all()}
    if wanted == present:
        return
    payee.commitments.all().delete()
    TaxCommitment.objects.bulk_create(
        TaxCommitment(payee=payee, year=year, document=document) for year, document in wanted.items()
    )
    years = sorted(year for year in {*wanted, *present} if wanted.get(year) != present.get(year))
    log(instance=payee, action="compliance.keep_commitment", user=user, data={"years": years})


def masked_values(payee: Payee) -> dict[str, str]:
    """The payee's data as lists show it: last characters only, the bank's name whole."""
    values = unseal(payee.sealed)
    return {
        name: value if name == "bank_name" else masked(value)
        for name, value in ((name, values.get(name, "")) for name in FIELDS)
    }


def has_values(payee: Payee | None, *names: str) -> bool:
    """Whether all these values are known; says nothing of them."""
    values = unseal(payee.sealed) if payee else {}
    return all(values.get(name) for name in names)


@transaction.atomic
def read_payees(
    payees: Iterable[Payee], *, occasion: str, user: Any, now: datetime.datetime
) -> dict[int, dict[str, str]]:
    """The data in clear, by contributor; who reads whose data, when and why is recorded first."""
    rows = list(payees)
    PayeeReading.objects.bulk_create(
        PayeeReading(payee=payee, user=user, occasion=occasion, read_at=now) for payee in rows
    )
    return {
        payee.contributor_id: {name: unseal(payee.sealed).get(name, "") for name in FIELDS} for payee in rows
    }


@transaction.atomic
def reseal_all() -> int:
    """Seal every payee's data with the newest key; how many. SealError leaves everything as it was."""
    rows = list(Payee.objects.select_for_update().exclude(sealed=""))
    for payee in rows:
        payee.sealed = reseal(payee.sealed)
        payee.save(update_fields=["sealed"])
    return len(rows)


def _fault_text(name: str) -> str:
    texts = {
        "tax_code": _("A tax code has 10 digits, or 10-3, or the 12 digits of the citizen number."),
        "citizen_number": _("A citizen number has 12 digits (an old identity card 9)."),
        "bank_account": _("An account has 4 to 24 digits and letters."),
        "bank_name": _("The bank's name is too long: at most 150 characters."),
    }
    return str(texts[name])

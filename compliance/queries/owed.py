"""What closed periods owe, to whom, and what a payment of it would be."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Sum

from compliance.catalogue.loader import load_royalties
from compliance.models import Payee, Payment, PaymentLine, PayPeriod, RemunerationEntry, RoyaltyEntry
from compliance.queries.rates import NoTermsError, tax_class
from compliance.rules import tax
from compliance.rules.owing import Owed, payable_now
from sitepages.models import Authority, Contributor, PenName
from sitepages.text import nfc


@dataclass(frozen=True)
class OwedLine:
    """One closed line that was not paid: a royalty or a remuneration."""

    royalty: int | None
    remuneration: int | None
    contributor: int | None
    name: str
    unit: str
    amount: int
    linked_by_name: bool = False


@dataclass(frozen=True)
class Due:
    """What one person would be paid, in đồng. ``payee`` is None for a person without payee data."""

    person: str
    contributor: int | None
    name: str
    unit: str
    lines: tuple[OwedLine, ...]
    gross: int
    tax: tax.Withheld
    set_off: int
    payee: Payee | None
    linked_by_name: bool

    @property
    def net(self) -> int:
        """What is paid out."""
        return self.gross - self.tax.amount - self.set_off

    @property
    def pieces(self) -> int:
        """How many royalties are paid."""
        return sum(1 for line in self.lines if line.royalty and line.amount > 0)


def owed(authority: Authority) -> list[Owed]:
    """The unpaid lines of the authority's closed periods, in a fixed order."""
    people = _people_by_name(authority)
    live = PaymentLine.objects.filter(live=True)
    royalties = (
        RoyaltyEntry.objects.frozen()
        .filter(~Exists(live.filter(royalty=OuterRef("pk"))), period__authority=authority)
        .select_related("period", "office", "reverses", "contributor")
        .order_by("period__first_day", "pk")
    )
    remunerations = (
        RemunerationEntry.objects.frozen()
        .filter(~Exists(live.filter(remuneration=OuterRef("pk"))), period__authority=authority)
        .select_related("period", "contributor__office")
        .order_by("period__first_day", "pk")
    )
    found = []
    for entry in royalties:
        known = entry.contributor_id or (entry.reverses.contributor_id if entry.reverses else None)
        by_name = known is None
        known = known or people.get(_key(entry.person))
        name = entry.contributor.name if entry.contributor else entry.person
        line = OwedLine(
            entry.pk, None, known, name, entry.office.short_name, entry.amount, by_name and known is not None
        )
        found.append(_owed(line, entry.period))
    for pay in remunerations:
        office = pay.contributor.office
        unit = office.short_name if office else ""
        found.append(
            _owed(OwedLine(None, pay.pk, pay.contributor_id, pay.person, unit, pay.amount), pay.period)
        )
    return found


def dues(authority: Authority, periods: Collection[int], paid_on: datetime.date) -> list[Due]:
    """What paying these closed periods on a day would pay to whom; NoTermsError when no tax rule is known."""
    taken = payable_now(owed(authority), periods)
    rule = load_royalties().withholding(paid_on, tax_class())
    if rule is None:
        raise NoTermsError(paid_on.isoformat())
    lines = {person: [each.line for each in owed_lines] for person, owed_lines in taken.items()}
    ids = {line.contributor for own in lines.values() for line in own if line.contributor}
    payees = {
        payee.contributor_id: payee
        for payee in Payee.objects.filter(contributor__in=ids).prefetch_related("commitments")
    }
    names = dict(Contributor.objects.filter(pk__in=ids).values_list("pk", "name"))
    advances = outstanding_advances(ids)
    found = []
    for person, own in lines.items():
        contributor = own[0].contributor
        payee = payees.get(contributor)
        gross = sum(line.amount for line in own)
        taxed = tax.withheld(gross, rule, flags(payee, paid_on.year))
        set_off = min(advances.get(contributor, 0), gross - taxed.amount) if contributor else 0
        name = names.get(contributor, own[0].name) if contributor else own[0].name
        unit = next((line.unit for line in own if line.unit), "")
        by_name = any(line.linked_by_name for line in own)
        found.append(Due(person, contributor, name, unit, tuple(own), gross, taxed, set_off, payee, by_name))
    return sorted(found, key=lambda due: (due.unit, due.name, due.person))


def fingerprint(found: Sequence[Due]) -> str:
    """A digest of who is paid what: a list confirmed is the list that was shown."""
    rows = [
        [due.person, due.gross, due.tax.amount, due.set_off, [(d.royalty, d.remuneration) for d in due.lines]]
        for due in found
    ]
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()


def flags(payee: Payee | None, year: int) -> tax.Payee:
    """What matters of a payee to the tax of a year."""
    if payee is None:
        return tax.Payee()
    committed = any(form.year == year for form in payee.commitments.all())
    return tax.Payee(payee.on_payroll, committed, payee.asks_withholding)


def outstanding_advances(contributors: Iterable[int]) -> dict[int, int]:
    """Advances not set off yet, by contributor; those who have none are left out."""
    sums = (
        Payment.objects.filter(contributor__in=list(contributors))
        .order_by()
        .values_list("contributor")
        .annotate(total=Sum("set_off"))
    )
    return {contributor: -total for contributor, total in sums if total}


def payable_periods(authority: Authority) -> list[PayPeriod]:
    """The closed periods still to be paid, the oldest first."""
    return list(
        PayPeriod.objects.filter(authority=authority, status=PayPeriod.Status.CLOSED).order_by("first_day")
    )


def _owed(line: OwedLine, period: PayPeriod) -> Owed:
    person = f"c{line.contributor}" if line.contributor else f"n:{_key(line.name)}"
    return Owed(person, period.pk, period.status == PayPeriod.Status.PAID, line.amount, line)


def _key(name: str) -> str:
    return " ".join(nfc(name).casefold().split())


def _people_by_name(authority: Authority) -> dict[str, int]:
    """Contributors by full name and pen name; a name that two of them share stands for neither."""
    found: dict[str, set[int]] = defaultdict(set)
    people = Contributor.objects.filter(authority=authority).values_list("name", "pk")
    pens = PenName.objects.filter(contributor__authority=authority).values_list("name", "contributor_id")
    for name, pk in (*people, *pens):
        found[_key(name)].add(pk)
    return {name: pks.pop() for name, pks in found.items() if len(pks) == 1}

"""Payments as screens, lists and files need them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from compliance.models import Payee, Payment, PaymentLine, PayPeriod
from compliance.queries.owed import owed
from sitepages.models import Authority


@dataclass(frozen=True)
class Standing:
    """What an authority's closed periods earned people, what was paid of it, and what is still owed."""

    earned: int
    paid: int
    owed: int
    advances: int


@dataclass(frozen=True)
class YearOfPayee:
    """One person's year for the tax: what was paid and withheld, and the payee's record if there is one."""

    name: str
    contributor: int | None
    gross: int
    tax: int
    payments: int
    payee: Payee | None


def standing(authority: Authority) -> Standing:
    """Earned, paid and owed, in đồng; earned is always the sum of the other two."""
    earned = PayPeriod.objects.closed().filter(authority=authority).aggregate(total=Sum("total"))["total"]
    sums = Payment.objects.filter(authority=authority).aggregate(gross=Sum("gross"), off=Sum("set_off"))
    left = sum(each.amount for each in owed(authority))
    return Standing(earned or 0, sums["gross"] or 0, left, -(sums["off"] or 0))


def pieces(payments: Iterable[Payment]) -> dict[int, int]:
    """How many royalties each payment pays, what was taken back left out."""
    rows = (
        PaymentLine.objects.filter(payment__in=list(payments), royalty__isnull=False, amount__gt=0)
        .order_by()
        .values_list("payment")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def tax_year(authority: Authority, year: int) -> list[YearOfPayee]:
    """What the certificates of tax withheld in a year say, person by person; sums of zero left out."""
    rows = list(
        Payment.objects.filter(authority=authority, year=year, kind=Payment.Kind.SETTLEMENT)
        .order_by()
        .values("contributor", "contributor__name", "name")
        .annotate(gross=Sum("gross"), tax=Sum("tax"), count=Count("pk", filter=Q(reverses=None)))
    )
    people: dict[tuple[int | None, str], list[int]] = {}
    for row in rows:
        key = (row["contributor"], row["contributor__name"] or row["name"])
        sums = people.setdefault(key, [0, 0, 0])
        for index, figure in enumerate((row["gross"], row["tax"], row["count"])):
            sums[index] += figure
    payees = {
        payee.contributor_id: payee
        for payee in Payee.objects.filter(contributor__in=[pk for pk, _name in people if pk])
    }
    return [
        YearOfPayee(name, pk, gross, tax, count, payees.get(pk) if pk else None)
        for (pk, name), (gross, tax, count) in sorted(people.items(), key=lambda item: item[0][1])
        if gross or tax
    ]

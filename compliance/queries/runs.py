"""Payment runs: what was paid out together, and which runs paid a period. Each payment is in one run."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from compliance.models import Payment, PaymentLine, PayPeriod, RoyaltyRate
from compliance.rules.fees import basis_parts
from sitepages.models import Authority


@dataclass(frozen=True)
class Run:
    """The payments made in one go, by number; an advance is a run of its own. Named by its first payment.

    ``payments`` are all of them, ``standing`` those that were not taken back.
    """

    payments: tuple[Payment, ...]

    @property
    def pk(self) -> int:
        return self.payments[0].pk

    @property
    def authority(self) -> Authority:
        return self.payments[0].authority

    @property
    def day(self) -> datetime.date:
        return self.payments[0].paid_on

    @property
    def is_advance(self) -> bool:
        return self.payments[0].kind == Payment.Kind.ADVANCE

    @property
    def numbers(self) -> str:
        """``03/2021`` or ``03/2021–07/2021``."""
        first, last = self.payments[0], self.payments[-1]
        return first.code if first.pk == last.pk else f"{first.code}–{last.code}"

    @property
    def standing(self) -> tuple[Payment, ...]:
        return tuple(payment for payment in self.payments if not payment.is_cancelled)

    @property
    def taken_back(self) -> tuple[Payment, ...]:
        return tuple(payment for payment in self.payments if payment.is_cancelled)

    def sum_of(self, name: str) -> int:
        """``gross``, ``tax``, ``set_off`` or ``net`` of the payments that stand."""
        return sum(getattr(payment, name) for payment in self.standing)

    @property
    def gross(self) -> int:
        return self.sum_of("gross")

    @property
    def tax(self) -> int:
        return self.sum_of("tax")

    @property
    def net(self) -> int:
        return self.sum_of("net")


@dataclass(frozen=True)
class Share:
    """What one payment paid of one period, and how many articles of it."""

    payment: Payment
    gross: int
    pieces: int


def run_of(payment: Payment) -> Run:
    """The run a payment was made in, ready for lists and vouchers. Takings back are in none."""
    rows = (
        _payments(payment.authority)
        .filter(kind=payment.kind, paid_on=payment.paid_on, made_at=payment.made_at)
        .select_related(
            "contributor__payee", "authority__parent", "authority__site", "made_by", "reversed_by", "reverses"
        )
        .prefetch_related("paid_lines__royalty", "paid_lines__remuneration__period")
    )
    return Run(tuple(rows.order_by("year", "number")))


def runs_of_year(authority: Authority, year: int) -> list[Run]:
    """The runs of a year, the newest first."""
    rows = _payments(authority).filter(year=year).select_related("reversed_by", "authority")
    return list(reversed(_grouped(rows.order_by("year", "number"))))


def runs_of_period(period: PayPeriod) -> list[Run]:
    """The runs that paid lines of the period; what was taken back since is left out."""
    moments = set(_paying(period).values_list("made_at", "paid_on"))
    if not moments:
        return []
    asked = Q()
    for made_at, paid_on in moments:
        asked |= Q(made_at=made_at, paid_on=paid_on)
    rows = _payments(period.authority).filter(asked, kind=Payment.Kind.SETTLEMENT)
    return _grouped(rows.select_related("reversed_by", "authority").order_by("year", "number"))


def shares_of_period(period: PayPeriod) -> list[Share]:
    """What each payment that stands paid of this period alone."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for line in _lines(period).select_related(None):
        sums[line.payment_id][0] += line.amount
        sums[line.payment_id][1] += line.royalty_id is not None and line.amount > 0
    payments = Payment.objects.filter(pk__in=sums).select_related("made_by").order_by("year", "number")
    return [Share(payment, *sums[payment.pk]) for payment in payments]


def periods_of_run(run: Run) -> list[PayPeriod]:
    """The periods whose lines a run paid, the oldest first; what was taken back counts too."""
    lines = PaymentLine.objects.filter(payment__in=[payment.pk for payment in run.payments])
    return list(
        PayPeriod.objects.filter(
            Q(entries__payment_lines__in=lines) | Q(remuneration_entries__payment_lines__in=lines)
        )
        .select_related("authority")
        .distinct()
        .order_by("first_day", "pk")
    )


def bases_of(periods: Iterable[PayPeriod]) -> list[str]:
    """The decisions and rules that the periods' lines rest on, each named once."""
    grades = known_grades()
    found: set[str] = set()
    for period in periods:
        for rows in (period.entries, period.remuneration_entries):
            for rule in rows.order_by().values_list("rule", flat=True).distinct():
                found.update(basis_parts(rule, grades))
    return sorted(found)


def known_grades() -> set[str]:
    """Every grade that a table of rates names."""
    return set(RoyaltyRate.objects.exclude(grade="").order_by().values_list("grade", flat=True).distinct())


def _payments(authority: Authority) -> QuerySet:
    return Payment.objects.filter(authority=authority, reverses__isnull=True)


def _grouped(payments: Iterable[Payment]) -> list[Run]:
    runs: dict[tuple[object, ...], list[Payment]] = {}
    for payment in payments:
        runs.setdefault((payment.kind, payment.paid_on, payment.made_at), []).append(payment)
    return [Run(tuple(each)) for each in runs.values()]


def _lines(period: PayPeriod) -> QuerySet:
    return PaymentLine.objects.filter(Q(royalty__period=period) | Q(remuneration__period=period), live=True)


def _paying(period: PayPeriod) -> QuerySet:
    return Payment.objects.filter(pk__in=_lines(period).values("payment"))

"""Lines of a file that are payments: what a person got for a period, and when."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

from django.utils.translation import gettext as _

from compliance.models import ImportJob, PastPayment, PayPeriod
from compliance.rules.past import read_day, read_money, read_period
from compliance.services.bulk import insert_rows
from compliance.services.csv_files import name_key
from compliance.services.past.check import BATCH, Checker, digest_of
from compliance.services.past.spool import NEW, Spool, Spooled
from sitepages.models import Authority
from sitepages.text import fold


class PaymentChecker(Checker):
    """A person, a period, an amount and a day; tax and what was paid out add up to the amount."""

    longest = {"person": 150}

    def rows(self, unit: Authority, value: Mapping[str, str], cells: Sequence[str]) -> Iterator[Spooled]:
        if not value["person"]:
            self.fault("person", _("the name is empty."))
        office = self.office(unit, value["office"]) if value.get("office") else None
        period = self.parsed(
            "period",
            fold(value["period"]),
            read_period,
            _("“%(text)s” is no month (01/2020), quarter or year."),
        )
        paid_on = self.parsed(
            "paid_on",
            value["paid_on"],
            read_day,
            _("“%(text)s” is no day that exists, written as 31/12/2020."),
        )
        if paid_on is not None and paid_on > self.request.now.date():
            self.fault("paid_on", _("“%(text)s” lies in the future.") % {"text": value["paid_on"]})
        money = {name: self._money(name, value[name]) for name in ("gross", "tax", "net") if value.get(name)}
        if "gross" not in money:
            self.fault("gross", _("the amount is empty."))
        if self.failed or period is None or paid_on is None:
            return
        gross = money["gross"] or 0
        tax = money.get("tax")
        if tax is None:
            tax = gross - (money.get("net") or 0) if "net" in money else 0
        if gross <= 0 or not 0 <= tax <= gross:
            self.fault("gross", _("amount and tax must be above 0, and the tax not above the amount."))
            return
        if money.get("net") is not None and money["net"] != gross - tax:
            self.fault("net", _("before tax (%(gross)s) less tax (%(tax)s) is %(right)s, not %(net)s.")
                       % {"gross": gross, "tax": tax, "right": gross - tax, "net": money["net"]})  # fmt: skip
            return
        data = {
            "person": " ".join(value["person"].split()),
            "office": office.pk if office else None,
            "first": period[0].isoformat(),
            "last": period[1].isoformat(),
            "paid_on": paid_on.isoformat(),
            "gross": gross,
            "tax": tax,
            "reference": value.get("reference", ""),
        }
        yield Spooled(self.line, unit.pk, self._key(data), "", digest_of(data), data)

    def _key(self, data: Mapping[str, object]) -> str:
        """By its voucher and person, else by everything that tells two payments apart."""
        person = name_key(str(data["person"]))
        if data["reference"]:
            return digest_of("voucher", name_key(str(data["reference"])), person, data["paid_on"])
        return digest_of(person, data["office"], data["first"], data["last"], data["paid_on"], data["gross"])

    def _money(self, name: str, text: str) -> int | None:
        wanted = _("“%(text)s” is no whole amount of money.")
        found: int | None = self.parsed(name, fold(text), read_money, wanted)
        return found

    @staticmethod
    def _meets(row: Spooled, unit: int, first: datetime.date, last: datetime.date) -> bool:
        """Whether a row of the unit is for days of a closed period."""
        begin, end = _days(row)
        return row.unit == unit and begin <= last and first <= end

    def compare(self, batch: list[tuple[int, Spooled]]) -> None:
        rows = [row for _number, row in batch]
        known = {}
        there = PastPayment.objects.filter(
            authority__in={row.unit for row in rows}, key__in=[row.key for row in rows]
        )
        for payment in there:
            known[payment.authority_id, payment.key] = (payment.gross, payment.tax, payment.office_id)
        closed = {
            (period.authority_id, period.first_day, period.last_day)
            for period in PayPeriod.objects.closed().filter(authority__in={row.unit for row in rows})
        }
        present, changed = [], []
        for number, row in batch:
            before = known.get((row.unit, row.key))
            if before is not None and before != (row.data["gross"], row.data["tax"], row.data["office"]):
                changed.append(number)
                self.differs(row)
            elif before is not None:
                present.append(number)
            elif any(self._meets(row, *each) for each in closed):
                self.fault(
                    "period",
                    _("the period was paid in this system; its payments are there already."),
                    line=row.line,
                )
        self.found(present, changed)


def write_payments(
    spool: Spool,
    people: Mapping[tuple[int, str], int | None],
    job_of: Callable[[int], ImportJob],
    progress: Callable[[int], None],
) -> int:
    """Write the new payments of a spool; how many."""
    done = 0
    for batch in spool.batches(BATCH, NEW):
        insert_rows([_payment(row, people, job_of(row.unit)) for _number, row in batch])
        done += len(batch)
        progress(done)
    return done


def _payment(row: Spooled, people: Mapping[tuple[int, str], int | None], job: ImportJob) -> PastPayment:
    first, last = _days(row)
    said = row.data
    return PastPayment(
        job=job,
        authority_id=row.unit,
        person=said["person"],
        contributor_id=people.get((row.unit, name_key(said["person"]))),
        office_id=said["office"],
        first_day=first,
        last_day=last,
        paid_on=datetime.date.fromisoformat(said["paid_on"]),
        gross=said["gross"],
        tax=said["tax"],
        net=said["gross"] - said["tax"],
        reference=said["reference"],
        key=row.key,
    )


def _days(row: Spooled) -> tuple[datetime.date, datetime.date]:
    return datetime.date.fromisoformat(row.data["first"]), datetime.date.fromisoformat(row.data["last"])

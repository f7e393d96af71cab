"""The signed payment list of a period and the voucher of one payment, as official documents."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from compliance.amounts import money_in_words
from compliance.models import Payment, PayPeriod
from compliance.reports.document import (
    Block,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)
from compliance.reports.wording import recipient_lines
from sitepages.models import Authority


def payment_list(
    period: PayPeriod,
    payments: Sequence[Payment],
    pieces: Mapping[int, int],
    *,
    bases: Sequence[str],
    day: datetime.date,
) -> OfficialDocument:
    """The list the payees of a period sign; ``pieces`` counts the articles of each payment.

    ``bases`` are the decisions and rules the period's lines rest on.
    """
    rows = [
        [
            str(number),
            payment.name,
            payment.unit,
            str(pieces.get(payment.pk, 0)),
            _figure(payment.gross),
            _figure(payment.tax),
            _figure(payment.net),
            "",
        ]
        for number, payment in enumerate(payments, start=1)
    ]
    gross, tax, net = (
        sum(getattr(payment, name) for payment in payments) for name in ("gross", "tax", "net")
    )
    set_off = sum(payment.set_off for payment in payments)
    rows.append(["", _("Total"), "", "", _figure(gross), _figure(tax), _figure(net), ""])
    head = [
        _("STT"),
        _("Full name"),
        _("Unit"),
        _("Articles"),
        _("Amount (đồng)"),
        _("Tax (đồng)"),
        _("Paid out (đồng)"),
        _("Signed for receipt"),
    ]
    blocks: list[Block] = [
        Table(head, rows, (9, 35, 27, 12, 21, 18, 21, 17), left=frozenset({1, 2}), size=10),
        Paragraph(_("In words: %(words)s.") % {"words": money_in_words(net)}),
    ]
    if set_off:
        blocks.append(
            Paragraph(_("Advances set off in these payments: %(sum)s đồng.") % {"sum": _figure(set_off)})
        )
    if bases:
        blocks.append(Paragraph(_("Based on: %(rules)s.") % {"rules": "; ".join(bases)}))
    blocks += _rules(payments)
    abstract = _("Payment of royalties and remuneration, %(month)s") % {"month": f"{period.first_day:%m/%Y}"}
    return OfficialDocument(
        _letterhead(period.authority, "/DS", day),
        _("Payment list"),
        abstract,
        blocks,
        recipient_lines([_("Accounting")], archive=_("Filed")),
        Signature("", _("Head of the unit"), ""),
    )


def voucher(payment: Payment, lines: Sequence[tuple[str, str, int]]) -> OfficialDocument:
    """The voucher of one payment; ``lines`` are the day, the text and the amount of what is paid."""
    advance = payment.kind == Payment.Kind.ADVANCE
    blocks: list[Block] = [
        Paragraph(_("Paid to: %(name)s") % {"name": payment.name}),
        Paragraph(_("Unit: %(unit)s") % {"unit": payment.unit or "…" * 10}),
    ]
    if payment.reverses is not None:
        blocks.append(
            Paragraph(
                _("Takes back payment no. %(number)s: %(reason)s")
                % {"number": payment.reverses.code, "reason": payment.reason}
            )
        )
    elif advance:
        blocks.append(Paragraph(_("For: advance, %(reason)s") % {"reason": payment.reason}))
    else:
        blocks.append(Paragraph(_("For: royalties and remuneration, listed below")))
        rows = [
            [str(number), day, text, _figure(amount)]
            for number, (day, text, amount) in enumerate(lines, start=1)
        ]
        rows.append(["", "", _("Total"), _figure(payment.gross)])
        head = [_("STT"), _("Date"), _("What for"), _("Amount (đồng)")]
        blocks.append(Table(head, rows, (10, 24, 98, 28), left=frozenset({2}), size=11))
        blocks.append(Paragraph(_("Income tax withheld: %(sum)s đồng") % {"sum": _figure(payment.tax)}))
        if payment.set_off:
            blocks.append(Paragraph(_("Advance set off: %(sum)s đồng") % {"sum": _figure(payment.set_off)}))
    blocks += [
        Paragraph(_("Paid out: %(sum)s đồng") % {"sum": _figure(payment.net)}),
        Paragraph(_("In words: %(words)s.") % {"words": money_in_words(payment.net)}),
        *_rules([payment]),
        Paragraph(_("Received in full, the payee (signature, full name): %(blank)s") % {"blank": "…" * 8}),
        Paragraph(_("Made out by (signature, full name): %(blank)s") % {"blank": "…" * 8}),
    ]
    kind = _("Advance voucher") if advance else _("Payment voucher")
    return OfficialDocument(
        _letterhead(payment.authority, f"{payment.number}/PC", payment.paid_on),
        kind,
        _("Royalties and remuneration"),
        blocks,
        recipient_lines([payment.name], archive=_("Filed")),
        Signature("", _("Head of the unit"), ""),
    )


def voucher_of(payment: Payment) -> OfficialDocument:
    """The voucher of a payment with the articles and the remuneration it pays."""
    lines = []
    for line in payment.paid_lines.all():
        if line.royalty:
            lines.append((f"{line.royalty.published_on:%d/%m/%Y}", line.royalty.title, line.amount))
        elif line.remuneration:
            month = line.remuneration.period.first_day
            text = _("Remuneration: %(position)s") % {"position": line.remuneration.position}
            lines.append((f"{month:%m/%Y}", text, line.amount))
    return voucher(payment, lines)


def _rules(payments: Sequence[Payment]) -> list[Paragraph]:
    """What the tax rests on."""
    found = sorted({payment.rule for payment in payments if payment.rule})
    return [Paragraph(_("Tax withheld under: %(rule)s.") % {"rule": "; ".join(found)})] if found else []


def _letterhead(authority: Authority, number: str, day: datetime.date) -> Letterhead:
    parent = authority.parent.full_name if authority.parent else ""
    return Letterhead(parent, authority.full_name, number, authority.name, day)


def _figure(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")

"""The voucher of one payment as an official document: paid out, advanced, or taken back."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from compliance.amounts import money_in_words
from compliance.models import Payment
from compliance.reports.document import Block, OfficialDocument, Paragraph, Signature, Table
from compliance.reports.paper import figure, letterhead, signers


def voucher(payment: Payment, lines: Sequence[tuple[str, str, int]]) -> OfficialDocument:
    """The voucher of one payment; ``lines`` are the day, the text and the amount of what is paid."""
    if payment.reverses is not None:
        return _taking_back(payment, payment.reverses)
    advance = payment.kind == Payment.Kind.ADVANCE
    blocks = _to_whom(payment)
    if advance:
        blocks.append(Paragraph(_("For: advance, %(reason)s") % {"reason": payment.reason}))
    else:
        blocks.append(Paragraph(_("For: royalties and remuneration, listed below")))
        rows = [
            [str(number), day, text, figure(amount)]
            for number, (day, text, amount) in enumerate(lines, start=1)
        ]
        rows.append(["", "", _("Total"), figure(payment.gross)])
        head = [_("STT"), _("Date"), _("What for"), _("Amount (đồng)")]
        last = frozenset({len(rows) - 1})
        blocks.append(Table(head, rows, (10, 24, 98, 28), left=frozenset({2}), size=11, sums=last))
        blocks.append(Paragraph(_("Income tax withheld: %(sum)s đồng") % {"sum": figure(payment.tax)}))
        if payment.set_off:
            blocks.append(Paragraph(_("Advance set off: %(sum)s đồng") % {"sum": figure(payment.set_off)}))
    blocks += [
        Paragraph(_("Paid out: %(sum)s đồng") % {"sum": figure(payment.net)}),
        Paragraph(_("In words: %(words)s.") % {"words": money_in_words(payment.net)}),
        *tax_rules([payment]),
    ]
    return OfficialDocument(
        letterhead(payment.authority, f"{payment.number}/PC", payment.paid_on),
        _("Advance voucher") if advance else _("Payment voucher"),
        _("Royalties and remuneration"),
        blocks,
        [],
        Signature(),
        signers=signers(payment, _("Payee")),
    )


def _taking_back(payment: Payment, before: Payment) -> OfficialDocument:
    """A voucher that lowers what another paid: positive sums, and which voucher it takes back."""
    told = {"number": before.code, "day": f"{before.paid_on:%d/%m/%Y}"}
    advance = payment.kind == Payment.Kind.ADVANCE
    paid = _("It takes back the advance voucher no. %(number)s of %(day)s") if advance else _(
        "It takes back the payment voucher no. %(number)s of %(day)s"
    )  # fmt: skip
    blocks: list[Block] = [
        Paragraph(_("Taken back from: %(name)s") % {"name": payment.name}),
        *_unit(payment),
        Paragraph(f"{paid % told}."),
        Paragraph(_("Reason: %(reason)s") % {"reason": payment.reason}),
    ]
    if not advance:
        blocks.append(Paragraph(_("Amount taken back: %(sum)s đồng") % {"sum": figure(-payment.gross)}))
        blocks.append(Paragraph(_("Income tax lowered by: %(sum)s đồng") % {"sum": figure(-payment.tax)}))
        if payment.set_off:
            told_off = _("Advance owed again: %(sum)s đồng") % {"sum": figure(-payment.set_off)}
            blocks.append(Paragraph(told_off))
    blocks += [
        Paragraph(_("To be taken back: %(sum)s đồng") % {"sum": figure(-payment.net)}),
        Paragraph(_("In words: taken back %(words)s.") % {"words": _small(money_in_words(-payment.net))}),
        *tax_rules([payment]),
    ]
    return OfficialDocument(
        letterhead(payment.authority, f"{payment.number}/ĐCG", payment.paid_on),
        _("Voucher of a lowering correction"),
        _("Taking back of payment voucher no. %(number)s") % told
        if not advance
        else _("Taking back of advance voucher no. %(number)s") % told,
        blocks,
        [],
        Signature(),
        signers=signers(payment, _("Person it is taken back from")),
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


def tax_rules(payments: Sequence[Payment]) -> list[Paragraph]:
    """What the tax rests on."""
    found = sorted({payment.rule for payment in payments if payment.rule})
    return [Paragraph(_("Tax withheld under: %(rule)s.") % {"rule": "; ".join(found)})] if found else []


def _to_whom(payment: Payment) -> list[Block]:
    return [Paragraph(_("Paid to: %(name)s") % {"name": payment.name}), *_unit(payment)]


def _unit(payment: Payment) -> list[Block]:
    """Nothing for a person of no office: a dotted line would wait for what nobody knows."""
    return [Paragraph(_("Unit: %(unit)s") % {"unit": payment.unit})] if payment.unit else []


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]

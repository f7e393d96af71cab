"""Lists of accounting as official documents: of a payment run, to be signed; and of what a period cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from compliance.amounts import money_in_words
from compliance.models import Payment, PayPeriod
from compliance.queries.runs import Run, Share
from compliance.reports.document import Block, OfficialDocument, Paragraph, Signature, Table
from compliance.reports.paper import figure, letterhead, signers
from compliance.reports.payment import tax_rules
from compliance.reports.wording import long_date


def run_list(
    run: Run, periods: Sequence[PayPeriod], pieces: Mapping[int, int], bases: Sequence[str]
) -> OfficialDocument:
    """The list the payees of a run sign; ``pieces`` counts the articles of each payment.

    What was taken back since is named under the list and in none of its sums.
    """
    rows = [
        [
            str(number),
            payment.code,
            payment.name,
            payment.unit,
            str(pieces.get(payment.pk, 0)),
            figure(payment.gross),
            figure(payment.tax),
            figure(payment.net),
            "",
        ]
        for number, payment in enumerate(run.standing, start=1)
    ]
    net, set_off = run.net, run.sum_of("set_off")
    rows.append(["", "", _("Total"), "", "", figure(run.gross), figure(run.tax), figure(net), ""])
    head = [
        _("STT"),
        _("Voucher"),
        _("Full name"),
        _("Unit"),
        _("Articles"),
        _("Amount (đồng)"),
        _("Tax (đồng)"),
        _("Paid out (đồng)"),
        _("Signed for receipt"),
    ]
    widths = (9, 17, 31, 24, 11, 20, 16, 20, 14)
    last = frozenset({len(rows) - 1})
    blocks: list[Block] = [
        Table(head, rows, widths, left=frozenset({2, 3}), size=10, sums=last),
        Paragraph(_("In words: %(words)s.") % {"words": money_in_words(net)}),
    ]
    if set_off > 0:
        blocks.append(
            Paragraph(_("Advances set off in these payments: %(sum)s đồng.") % {"sum": figure(set_off)})
        )
    blocks += [Paragraph(_taken_back(payment)) for payment in run.taken_back]
    if bases:
        blocks.append(Paragraph(_("Based on: %(rules)s.") % {"rules": "; ".join(bases)}))
    blocks += tax_rules(run.standing)
    return OfficialDocument(
        letterhead(run.authority, f"{run.payments[0].number}/DS", run.day),
        _("Payment list"),
        abstract_of(run, periods),
        blocks,
        [],
        Signature(),
        signers=signers(run.payments[0]),
    )


def abstract_of(run: Run, periods: Sequence[PayPeriod]) -> str:
    """What a run is: the months it pays, the day, and its vouchers."""
    if run.is_advance:
        return _("Advance paid on %(day)s (voucher %(numbers)s)") % {
            "day": f"{run.day:%d/%m/%Y}",
            "numbers": run.numbers,
        }
    return _("Payment of royalties and remuneration, %(months)s, paid on %(day)s (vouchers %(numbers)s)") % {
        "months": ", ".join(f"{period.first_day:%m/%Y}" for period in periods),
        "day": f"{run.day:%d/%m/%Y}",
        "numbers": run.numbers,
    }


def period_statement(
    period: PayPeriod, shares: Sequence[Share], runs: Sequence[Run], bases: Sequence[str]
) -> OfficialDocument:
    """What was paid of one period, before tax, with the voucher that paid it: no money goes out by it."""
    rows = [
        [
            str(number),
            share.payment.name,
            share.payment.unit,
            str(share.pieces),
            figure(share.gross),
            share.payment.code,
            f"{share.payment.paid_on:%d/%m/%Y}",
        ]
        for number, share in enumerate(shares, start=1)
    ]
    gross = sum(share.gross for share in shares)
    rows.append(["", _("Total"), "", "", figure(gross), "", ""])
    head = [
        _("STT"),
        _("Full name"),
        _("Unit"),
        _("Articles"),
        _("Amount of the period (đồng)"),
        _("Voucher"),
        _("Day of payment"),
    ]
    last = frozenset({len(rows) - 1})
    blocks: list[Block] = [
        Table(head, rows, (9, 45, 33, 13, 24, 17, 21), left=frozenset({1, 2}), size=10, sums=last),
        Paragraph(_("In words: %(words)s.") % {"words": money_in_words(gross)}),
        Paragraph(
            _("Tax and sums paid out stand in the payment lists: tax is computed on the whole payment.")
        ),
    ]
    blocks += [
        Paragraph(
            _("- payment list of %(day)s, vouchers %(numbers)s.")
            % {"day": long_date(run.day), "numbers": run.numbers}
        )
        for run in runs
    ]
    if bases:
        blocks.append(Paragraph(_("Based on: %(rules)s.") % {"rules": "; ".join(bases)}))
    newest = max((share.payment for share in shares), key=lambda each: (each.year, each.number))
    return OfficialDocument(
        letterhead(period.authority, f"{period.first_day:%m}/BK", newest.paid_on),
        _("Statement of a period"),
        _("Royalties and remuneration of %(month)s that were paid") % {"month": f"{period.first_day:%m/%Y}"},
        blocks,
        [],
        Signature(),
        signers=signers(newest),
    )


def _taken_back(payment: Payment) -> str:
    return _(
        "Voucher %(number)s (%(name)s, %(sum)s đồng) was taken back by no. %(back)s: it is not paid."
    ) % {
        "number": payment.code,
        "name": payment.name,
        "sum": figure(payment.net),
        "back": payment.reversed_by.code,
    }

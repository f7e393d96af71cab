"""The activity report as an official document: its text with the figures in it, and its annexes."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from compliance.reports.activity_annexes import office_annex, subportal_annex
from compliance.reports.activity_draft import CLOSING
from compliance.reports.activity_words import period_in_words, shown_figures
from compliance.reports.document import (
    Block,
    Heading,
    Letterhead,
    OfficialDocument,
    Paragraph,
    Signature,
)
from compliance.reports.wording import blank, long_date, number_words, recipient_lines
from compliance.rules.activity import Activity
from compliance.rules.figures import rendered
from compliance.rules.report_text import Part, lines

SIGN = "BC-BBT"


@dataclass(frozen=True)
class Letter:
    """What stands around the text: who writes, number, place and day, who signs, who receives."""

    parent_body: str = ""
    issuing_body: str = ""
    number: str = ""
    place: str = ""
    dated_on: datetime.date | None = None
    signing_authority: str = ""
    signer_position: str = ""
    signer_name: str = ""
    recipients: str = ""


@dataclass(frozen=True)
class Written:
    """A report as it would go out; ``replaces`` names the one it takes the place of."""

    data: Activity
    parts: Sequence[Part]
    letter: Letter
    own: str = ""
    replaces: str = ""


def activity_document(report: Written) -> OfficialDocument:
    """The report, in the language of the portal whoever asks for it."""
    with translation.override(settings.LANGUAGE_CODE):
        return _document(report)


def _document(report: Written) -> OfficialDocument:
    data, letter = report.data, report.letter
    period = period_in_words(data.period.first, data.period.last)
    body = " ".join(letter.issuing_body.split())
    reference = _("(Attached to the report No. %(number)s of %(date)s by %(body)s)") % {
        "number": number_in_words(letter.number),
        "date": long_date(letter.dated_on),
        "body": body or blank(4),
    }
    annexes = [office_annex(data, period), subportal_annex(data)]
    kept = [annex for annex in annexes if annex]
    labels = [_("Annex")] if len(kept) == 1 else [_("Annex I"), _("Annex II")]
    return OfficialDocument(
        letterhead=Letterhead(
            letter.parent_body, body, number_in_words(letter.number), letter.place, letter.dated_on
        ),
        kind=_("Report"),
        abstract=_("Work of the portal of %(unit)s in %(period)s and tasks ahead")
        % {"unit": data.unit.display_name, "period": period},
        blocks=list(_blocks(report)),
        recipients=recipient_lines(letter.recipients.splitlines(), archive=_("Filed")),
        signature=Signature(letter.signing_authority, letter.signer_position, letter.signer_name),
        annexes=tuple(make(label, reference) for label, make in zip(labels, kept, strict=False)),
    )


def number_in_words(number: str) -> str:
    """``01/BC-BBT``, with blanks for what is missing."""
    text = number.strip()
    return number_words(text if "/" in text else f"{text}/{SIGN}")


def _blocks(report: Written) -> list[Block]:
    figures = shown_figures(report.data)
    blocks: list[Block] = []
    told = not report.replaces
    for line in lines(report.parts):
        if line.part == CLOSING and not told:
            blocks.append(Paragraph(report.replaces))
            told = True
        text = rendered(line.whole, figures)
        blocks.append(Heading(line.level, text) if line.is_heading else Paragraph(text))
    if not told:
        blocks.append(Paragraph(report.replaces))
    return blocks or [Paragraph(blank(20))]

"""A review's report for machines (JSON) and for plain text (Markdown)."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from compliance.queries.reviews import Sheet
from compliance.reports.document import Annex, Block, Heading, OfficialDocument, Paragraph
from compliance.reports.wording import blank, number_line, place_and_date
from compliance.rules.review import FAILING
from compliance.rules.scoring import rounded

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def review_as_dict(sheet: Sheet) -> dict[str, Any]:
    """The sections, most failures first, and the units in their order."""
    notes = sheet.footnotes
    return {
        "review": sheet.review.code,
        "period": sheet.review.period,
        "name": sheet.review.name,
        "closed": sheet.review.is_closed,
        "catalogue": sheet.edition,
        "sections": [
            {
                "code": section.code,
                "name": section.name_vi,
                "failing": [unit.name for unit in sheet.in_state(section.code, *FAILING)],
                "footnote": notes.get(section.code),
            }
            for section in sheet.worst_first
        ],
        "units": [
            {
                "name": unit.name,
                "states": dict(unit.states),
                "score": rounded(unit.score.total.percent),
            }
            for unit in sheet.units
        ],
    }


def markdown(document: OfficialDocument) -> str:
    """The document as Markdown, its footnotes numbered as in Word."""
    head, sign = document.letterhead, document.signature
    notes: list[str] = []
    lines = [
        _escaped(head.parent_body.upper()) or blank(6),
        "",
        f"**{_escaped(head.issuing_body.upper()) or blank(6)}**",
        "",
        _escaped(number_line(head.number)),
        "",
        f"*{_escaped(place_and_date(head.place, head.date))}*",
        "",
        f"# {_escaped(document.kind.upper())}",
        "",
        f"**{_escaped(document.abstract)}**",
        "",
    ]
    for block in document.blocks:
        lines += [*_block(block, notes), ""]
    lines += [f"[^{number}]: {_escaped(note)}" for number, note in enumerate(notes, start=1)]
    lines += ["", f"***{_('Recipients:')}***", "", *(_escaped(line) for line in document.recipients), ""]
    for part in (sign.authority, sign.position):
        if part:
            lines += [f"**{_escaped(part.upper())}**", ""]
    lines += [f"**{_escaped(sign.name) or blank(6)}**"]
    for annex in document.annexes:
        lines += ["", *_annex(annex, notes)]
    return "\n".join(lines).rstrip() + "\n"


def _annex(annex: Annex, notes: list[str]) -> list[str]:
    lines = [f"## {_escaped(annex.label)}. {_escaped(annex.title)}", "", f"*{_escaped(annex.reference)}*", ""]
    for block in annex.blocks:
        lines += [*_block(block, notes), ""]
    return lines


def _block(block: Block, notes: list[str]) -> list[str]:
    if isinstance(block, Heading):
        return [f"{'#' * (block.level + 1)} {_escaped(block.text)}"]
    if isinstance(block, Paragraph):
        text = block.text
        bullet = "- " if text.startswith("- ") else ""
        line = bullet + _escaped(text.removeprefix("- "))
        if block.note:
            notes.append(block.note)
            line += f"[^{len(notes)}]"
        return [line + block.tail]
    head, *rows = [list(block.head), *[list(row) for row in block.rows]]
    rule = ["---" if index in block.left else ":---:" for index in range(len(head))]
    return [
        _row([_escaped(cell) for cell in head]),
        _row(rule),
        *(_row([_escaped(cell) for cell in row]) for row in rows),
    ]


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

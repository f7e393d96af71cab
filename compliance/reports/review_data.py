"""A review's report for machines (JSON) and for plain text (Markdown)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from compliance.models import Objection
from compliance.queries.reviews import THRESHOLD, Sheet, UnitStanding, score_moves
from compliance.reports.document import Annex, Block, Heading, OfficialDocument, Paragraph
from compliance.reports.wording import blank, number_line, place_and_date
from compliance.rules.review import FAILING, Result
from compliance.rules.scoring import rounded

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def review_as_dict(sheet: Sheet, objections: Sequence[Objection] = ()) -> dict[str, Any]:
    """The sections, most failures first, the units in their order, and the objections, oldest first.

    ``threshold`` is None where the review sets none; ``before`` of a unit where no objection changed it.
    """
    notes = sheet.footnotes
    moves = score_moves(objections)
    return {
        "review": sheet.review.code,
        "period": sheet.review.period,
        "name": sheet.review.name,
        "closed": sheet.review.is_closed,
        "catalogue": sheet.edition,
        "threshold": asdict(THRESHOLD) if sheet.review.double_threshold else None,
        "sections": [
            {
                "code": section.code,
                "name": section.name_vi,
                "failing": [unit.name for unit in sheet.in_state(section.code, *FAILING)],
                "footnote": notes.get(section.code),
            }
            for section in sheet.worst_first
        ],
        "units": [_unit(unit) for unit in sheet.units],
        "objections": [_objection(each, moves.get(each.pk)) for each in objections],
    }


def _unit(unit: UnitStanding) -> dict[str, Any]:
    return {
        "name": unit.name,
        "states": dict(unit.states),
        **_result(unit.result),
        "code": unit.unit.code,
        "tier": unit.unit.tier.code,
        "before": _result(unit.before) if unit.before else None,
    }


def _result(result: Result) -> dict[str, Any]:
    """A score with its points; points are whole or half, which a float holds exactly."""
    total = result.score.total
    return {
        "score": rounded(total.percent),
        "points": float(total.points),
        "possible": total.possible,
        "rank": result.rank,
    }


def _objection(objection: Objection, move: tuple[Result, Result] | None) -> dict[str, Any]:
    mark, answered_at = objection.mark, objection.answered_at
    before, after = (rounded(each.score.total.percent) for each in move) if move else (None, None)
    return {
        "unit": mark.authority.code,
        "name": mark.authority.display_name,
        "section": mark.section,
        "text": objection.text,
        "at": objection.at.isoformat(),
        "answer": objection.answer,
        "answered_at": answered_at.isoformat() if answered_at else None,
        "accepted": objection.is_accepted if answered_at else None,
        "old_state": objection.old_state,
        "new_state": objection.new_state or None,
        "old_score": before,
        "new_score": after,
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
    for first, last, text in block.over:
        head[first : last + 1] = [f"{text} {cell}" for cell in head[first : last + 1]]
    rule = ["---" if index in block.left else ":---:" for index in range(len(head))]
    strong = block.bands | block.sums
    return [
        _row([_escaped(cell) for cell in head]),
        _row(rule),
        *(_row([_strong(cell, number in strong) for cell in row]) for number, row in enumerate(rows)),
    ]


def _strong(text: str, strong: bool) -> str:
    return f"**{_escaped(text)}**" if strong and text.strip() else _escaped(text)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))

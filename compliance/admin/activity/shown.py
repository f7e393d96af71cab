"""What the screens of a report show: the page itself, the figures beside it, what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from compliance.admin.activity.forms import ReportForm
from compliance.queries.activity_stored import changes
from compliance.reports.activity import Written, activity_document
from compliance.reports.activity_words import figure_label, problem_in_words, shown, shown_figures
from compliance.reports.document import Block, Heading, OfficialDocument, Paragraph, Table
from compliance.reports.wording import blank, number_line, place_and_date
from compliance.rules.activity import Activity
from compliance.rules.reported import Problem


@dataclass(frozen=True)
class Preview:
    """An official document for a template."""

    document: OfficialDocument
    parent_body: str
    issuing_body: str
    number: str
    place: str
    blocks: list[dict[str, Any]]
    annexes: list[dict[str, Any]]


def told(problems: Sequence[Problem], form: ReportForm) -> list[dict[str, str]]:
    """What is wrong, with the box of the editor it is in as the screen calls it."""
    boxes = {"own": "own_figures"}
    rows = []
    for each in problems:
        box = f"part_{each.part}" if each.part else boxes.get(each.place, each.place)
        known = box in form.fields
        text = problem_in_words(each)
        rows.append(
            {"text": text, "box": box if known else "", "label": str(form[box].label) if known else ""}
        )
    return rows


def preview_of(report: Written) -> Preview:
    """The report as a page, in the language of the portal."""
    document = activity_document(report)
    head = document.letterhead
    return Preview(
        document,
        head.parent_body or blank(8),
        head.issuing_body or blank(8),
        number_line(head.number),
        place_and_date(head.place, head.date),
        [_block(block) for block in document.blocks],
        [{"annex": annex, "blocks": [_block(block) for block in annex.blocks]} for annex in document.annexes],
    )


def figure_list(data: Activity) -> list[tuple[str, str, str]]:
    """Every figure there is: how to refer to it, what it is, what it shows now."""
    return [(f"{{{{{key}}}}}", figure_label(key, data), text) for key, text in shown_figures(data).items()]


def changed_figures(before: Activity, now: Activity) -> list[tuple[str, str, str]]:
    """Figures that are no longer what was issued: what, then, now."""
    return [
        (
            figure_label(each.key, now if each.now else before),
            shown(each.before) if each.before else "–",
            shown(each.now) if each.now else "–",
        )
        for each in changes(before, now)
    ]


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"heading": block.text, "level": block.level}
    if isinstance(block, Paragraph):
        return {"text": block.text}
    return {"table": _table(block)}


def _table(table: Table) -> dict[str, Any]:
    heads = list(table.head)
    for first, last, text in table.over:
        heads[first : last + 1] = [f"{text} {head}" for head in heads[first : last + 1]]
    rows = [
        {
            "band": number in table.bands,
            "sum": number in table.sums,
            "cells": [(text, index in table.left) for index, text in enumerate(texts)],
        }
        for number, texts in enumerate(table.rows)
    ]
    return {"heads": heads, "rows": rows, "width": len(heads)}

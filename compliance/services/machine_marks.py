"""The machine's marks of a review: from the assessment of portals hosted here, from the probe of others."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import Review
from compliance.queries.machine import MachineMark, machine_findings
from compliance.queries.reviews import marks_by_cell
from compliance.services.reviews import Cell, ReviewError, held, write_fields


@dataclass(frozen=True)
class MachineFill:
    """How many cells changed, and how many were found marked by the assessment and by probes."""

    changed: int
    assessed: int
    probed: int


def fill_machine_marks(review: Review, *, user: Any = None, now: datetime.datetime) -> MachineFill:
    """Mark from the newest assessment up to the period's end, and from the newest probes of other portals.

    ReviewError when there is neither by then. Cells nothing is known of keep what they have.
    """
    found = machine_findings(review)
    if not found.has_source:
        raise ReviewError(
            _(
                "Up to %(day)s no assessment was taken and no portal of these units was read. "
                "Take an assessment with “assess --date %(iso)s”."
            )
            % {"day": f"{found.until:%d/%m/%Y}", "iso": found.until.isoformat()}
        )
    source: dict[str, Any] = {"probes": {unit: day.isoformat() for unit, day in found.probes.items()}}
    if found.assessment is not None:
        source |= {"assessment": found.assessment.pk, "date": found.assessment.date.isoformat()}
    changed = set_machine_marks(review, found.marks, source=source, user=user, now=now)
    return MachineFill(changed, len(found.assessed), len(found.probed))


@transaction.atomic
def set_machine_marks(
    review: Review,
    marks: Mapping[Cell, MachineMark],
    *,
    source: Mapping[str, Any],
    user: Any = None,
    now: datetime.datetime,
) -> int:
    """Write what a machine found, logged with its source; how many cells changed.

    The link to evidence is the machine's only until the verifier has marked the cell.
    """
    review = held(review)
    present = marks_by_cell(review)
    fields: dict[Cell, dict[str, Any]] = {}
    for cell, mark in marks.items():
        fields[cell] = {"machine_state": mark.state, "machine_basis": dict(mark.basis)}
        known = present.get(cell)
        if mark.evidence_url and (known is None or not known.evidence_url or not known.verifier_state):
            fields[cell] |= {"evidence_url": mark.evidence_url, "snapshot_hash": mark.snapshot}
    changed = write_fields(review, fields, user=user, now=now)
    log(
        instance=review,
        action="compliance.machine_marks",
        user=user,
        data={**source, "cells": changed},
    )
    return changed


@transaction.atomic
def accept_machine_marks(
    review: Review, *, unit: str = "", section: str = "", user: Any = None, now: datetime.datetime
) -> int:
    """Make the machine's marks the verifier's where there is none yet, of one unit or section; how many.

    Both given: that cell. ReviewError once the review is closed, or when neither is given.
    """
    review = held(review)
    if not unit and not section:
        raise ReviewError(_("Choose a unit or a section."))
    rows = review.marks.filter(verifier_state="").exclude(machine_state="")
    if unit:
        rows = rows.filter(authority__code=unit)
    if section:
        rows = rows.filter(section=section)
    fields = {(row.authority_id, row.section): {"verifier_state": row.machine_state} for row in rows}
    changed = write_fields(review, fields, user=user, now=now)
    if changed:
        log(
            instance=review,
            action="compliance.accept_machine",
            user=user,
            data={"unit": unit, "section": section, "cells": changed},
        )
    return changed

"""The machine's marks of a review: from the assessments of portals hosted here, or proposed by a probe."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import Assessment, FindingRecord, Review
from compliance.queries import sections as adapter
from compliance.queries.reviews import marks_by_cell
from compliance.rules.credits import counts
from compliance.rules.months import Month
from compliance.rules.review import state_of_finding, worst
from compliance.rules.states import Channel, Level
from compliance.services.reviews import Cell, ReviewError, held, write_fields


@dataclass(frozen=True)
class MachineMark:
    """What the machine found for one section of one unit; ``snapshot`` is a hash of the page seen."""

    state: str
    evidence_url: str = ""
    snapshot: str = ""


def fill_machine_marks(review: Review, *, user: Any = None, now: datetime.datetime) -> int:
    """Mark from the newest assessment up to the period's end; how many cells changed.

    ReviewError when no assessment was taken by then. Units without findings keep what they have.
    """
    until = Month.of(review.last_month).last
    assessment = Assessment.objects.filter(date__lte=until).first()
    if assessment is None:
        raise ReviewError(
            _("No assessment was taken up to %(day)s. Take one with “assess --date %(iso)s”.")
            % {"day": f"{until:%d/%m/%Y}", "iso": until.isoformat()}
        )
    codes = {each.code for each in adapter.all_sections()}
    units = set(review.units.values_list("authority_id", flat=True))
    states: dict[Cell, list[str]] = {}
    pages: dict[Cell, str] = {}
    for finding in FindingRecord.objects.filter(assessment=assessment, authority_id__in=units).order_by("pk"):
        section = finding.duty if finding.duty in codes else finding.section
        state = state_of_finding(
            finding.state,
            late=finding.is_late,
            has_page=finding.page_id is not None,
            has_public=finding.has_public,
            counts=counts(Level(finding.level), Channel(finding.channel or Channel.PORTAL)),
        )
        if section in codes and state:
            cell = (finding.authority_id, section)
            states.setdefault(cell, []).append(state)
            if finding.page_url and len(finding.page_url) <= 1000:
                pages.setdefault(cell, finding.page_url)
    marks = {cell: MachineMark(worst(found), pages.get(cell, "")) for cell, found in states.items()}
    source = {"assessment": assessment.pk, "date": assessment.date.isoformat()}
    return set_machine_marks(review, marks, source=source, user=user, now=now)


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
    fields: dict[Cell, dict[str, str]] = {}
    for cell, mark in marks.items():
        fields[cell] = {"machine_state": mark.state}
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

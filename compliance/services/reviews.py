"""A review's life: opened, its units chosen, marked, closed. Every step in one transaction, and logged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import (
    Objection,
    Review,
    ReviewMark,
    ReviewScore,
    ReviewUnit,
)
from compliance.queries import sections as adapter
from compliance.queries.reviews import Sheet, UnitStanding, marks_by_cell, review_sheet, stored_tally
from compliance.rules.months import Month
from compliance.rules.review import STATES
from compliance.rules.scoring import rounded
from sitepages.models import Authority
from sitepages.text import nfc

Cell = tuple[int, str]
WRITABLE = (
    "self_state", "machine_state", "machine_basis", "verifier_state", "note", "evidence_url", "snapshot_hash",
)  # fmt: skip


class ReviewError(Exception):
    """The step cannot be taken; the message says why."""


@dataclass(frozen=True)
class Change:
    """What a verifier writes into one cell; None leaves a part as it is."""

    state: str | None = None
    note: str | None = None
    evidence_url: str | None = None


def held(review: Review) -> Review:
    """The review, locked to the end of the transaction; ReviewError once it is closed."""
    locked: Review = Review.objects.select_for_update().get(pk=review.pk)
    if locked.is_closed:
        raise ReviewError(_("The review is closed: nothing in it can be changed."))
    return locked


@transaction.atomic
def open_review(code: str, first: Month, last: Month, *, name: str = "", user: Any = None) -> Review:
    """A new review over whole months."""
    review = Review(
        code=code,
        name=name
        or _("Review of published information, %(first)s to %(last)s")
        % {"first": f"{first.first:%m/%Y}", "last": f"{last.first:%m/%Y}"},
        first_month=first.first,
        last_month=last.first,
        opened_by=user,
    )
    review.save()
    log(instance=review, action="compliance.open_review", user=user)
    return review


@transaction.atomic
def keep_review(review: Review, units: Iterable[Authority] | None = None, *, user: Any = None) -> Review:
    """Save a review that was filled in, new or changed, with its units when they are given."""
    action = "compliance.edit_review" if review.pk else "compliance.open_review"
    if not review.pk:
        review.opened_by = user
    review.save()
    if units is not None:
        set_units(review, units, user=user)
    log(instance=review, action=action, user=user)
    return review


@transaction.atomic
def set_units(review: Review, units: Iterable[Authority], *, user: Any = None) -> None:
    """Review exactly these units, in the order of the authorities. ReviewError for one that has marks."""
    review = held(review)
    wanted = {unit.pk: unit for unit in units}
    present = {row.authority_id: row for row in review.units.select_related("authority")}
    for pk, row in present.items():
        if pk not in wanted:
            if review.marks.filter(authority_id=pk).exists():
                raise ReviewError(
                    _("“%(unit)s” has marks already and cannot be taken out of the review.")
                    % {"unit": row.authority.display_name}
                )
            row.delete()
    added = add_units(review, [unit for pk, unit in wanted.items() if pk not in present])
    if added or len(present) > len(wanted):
        log(instance=review, action="compliance.review_units", user=user, data={"units": len(wanted)})


def add_units(review: Review, units: Iterable[Authority]) -> int:
    """Add the units that are not in the review yet; how many were. For callers that hold the review."""
    present = set(review.units.values_list("authority_id", flat=True))
    rows = [
        ReviewUnit(review=review, authority=unit, order=unit.order)
        for unit in units
        if unit.pk not in present
    ]
    ReviewUnit.objects.bulk_create(rows)
    return len(rows)


@transaction.atomic
def set_marks(
    review: Review, changes: Mapping[Cell, Change], *, user: Any = None, now: datetime.datetime
) -> int:
    """Write the verifier's marks; how many cells changed. ReviewError for a unit or section not reviewed."""
    review = held(review)
    changed = write_marks(review, changes, user=user, now=now)
    if changed:
        log(instance=review, action="compliance.mark_review", user=user, data={"cells": changed})
    return changed


def write_marks(review: Review, changes: Mapping[Cell, Change], *, user: Any, now: datetime.datetime) -> int:
    """The same without the log, for callers that hold the review."""
    fields = {
        cell: {
            name: value
            for name, value in (
                ("verifier_state", change.state),
                ("note", None if change.note is None else nfc(change.note).strip()),
                ("evidence_url", change.evidence_url),
            )
            if value is not None
        }
        for cell, change in changes.items()
    }
    return write_fields(review, fields, user=user, now=now)


@transaction.atomic
def set_self_marks(
    review: Review,
    unit: Authority,
    states: Mapping[str, str],
    *,
    user: Any,
    now: datetime.datetime,
    today: datetime.date,
) -> int:
    """A unit marks itself; ReviewError after the closing day."""
    review = held(review)
    if not review.takes_self_marks(today):
        raise ReviewError(
            _("The closing day was %(day)s: units can no longer mark themselves.")
            % {"day": f"{review.closes_on:%d/%m/%Y}"}
        )
    fields = {(unit.pk, section): {"self_state": state} for section, state in states.items()}
    changed = write_fields(review, fields, user=user, now=now)
    if changed:
        log(
            instance=review,
            action="compliance.self_mark",
            user=user,
            data={"unit": unit.code, "cells": changed},
        )
    return changed


def write_fields(
    review: Review, fields: Mapping[Cell, Mapping[str, Any]], *, user: Any, now: datetime.datetime
) -> int:
    """Write fields of cells as they are given; how many cells changed. For callers that hold the review."""
    units = set(review.units.values_list("authority_id", flat=True))
    codes = {each.code for each in adapter.all_sections()}
    present = marks_by_cell(review)
    fresh, touched = [], []
    for (unit, section), values in fields.items():
        if unit not in units or section not in codes:
            raise ReviewError(_("A unit or section is not part of this review."))
        if any(value and value not in STATES for name, value in values.items() if name.endswith("_state")):
            raise ReviewError(_("A state must be one of: %(known)s.") % {"known": ", ".join(STATES)})
        mark = present.get((unit, section))
        if mark is None:
            if not any(values.values()):
                continue
            mark = ReviewMark(review=review, authority_id=unit, section=section)
            fresh.append(mark)
        elif all(getattr(mark, name) == value for name, value in values.items()):
            continue
        else:
            touched.append(mark)
        for name, value in values.items():
            setattr(mark, name, value)
        mark.updated_at, mark.updated_by = now, user
    ReviewMark.objects.bulk_create(fresh, batch_size=500)
    ReviewMark.objects.bulk_update(
        touched,
        [*WRITABLE, "updated_at", "updated_by"],
        batch_size=200,
    )
    return len(fresh) + len(touched)


@transaction.atomic
def close_review(review: Review, *, user: Any = None, now: datetime.datetime) -> Review:
    """Freeze states, weights and scores with the catalogue's edition. ReviewError when nothing was marked."""
    review = held(review)
    review.catalogue = adapter.edition()
    sheet = review_sheet(review)
    if not sheet.sections or not sheet.units:
        raise ReviewError(_("Nothing has been marked yet: there is nothing to freeze."))
    for standing in sheet.units:
        freeze(sheet, standing, now=now)
    review.sections = [asdict(each) for each in sheet.sections]
    review.closed_at, review.closed_by = now, user
    review.save()
    log(
        instance=review,
        action="compliance.close_review",
        user=user,
        data={"catalogue": review.catalogue, "units": len(sheet.units), "sections": len(sheet.sections)},
    )
    return review


def freeze(
    sheet: Sheet, standing: UnitStanding, *, now: datetime.datetime, objection: Objection | None = None
) -> ReviewScore:
    """Append the unit's score as it stands."""
    total, percent = standing.score.total, rounded(standing.score.total.percent)
    return ReviewScore.objects.create(
        review=sheet.review,
        authority=standing.unit,
        points=Decimal(total.points.numerator) / Decimal(total.points.denominator),
        possible=total.possible,
        percent=None if percent is None else Decimal(str(percent)),
        duties=total.duties,
        passed=total.passed,
        groups={group: stored_tally(tally) for group, tally in standing.score.groups.items()},
        states=dict(standing.states),
        threshold_reached=standing.result.reached,
        rank=standing.result.rank,
        objection=objection,
        frozen_at=now,
    )

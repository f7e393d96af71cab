"""Take a checked file of marks into a review: all lines or none."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Any, cast

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import Review
from compliance.rules.months import Month
from compliance.services.csv_files import ImportRefusedError
from compliance.services.review_rows import MarkFile, NewUnit, read_marks
from compliance.services.reviews import Cell, Change, ReviewError, add_units, held, open_review, write_marks
from sitepages.models import Authority, Tier

_CODE = re.compile(r"[A-Za-z0-9_-]{1,50}")


@dataclass(frozen=True)
class ImportedReview:
    """What the import did."""

    review: Review
    lines: int
    changed: int
    units_made: int


def parse_period(text: str) -> tuple[Month, Month]:
    """The months written as ``2019-01..2019-06``; ImportRefusedError says how to write them."""
    first, sep, last = text.strip().partition("..")
    try:
        period = Month.parse(first), Month.parse(last if sep else first)
    except ValueError:
        raise ImportRefusedError(
            [_("“%(text)s” is not a period. Write it as 2019-01..2019-06.") % {"text": text}]
        ) from None
    if period[1] < period[0]:
        raise ImportRefusedError([_("The last month comes before the first.")])
    return period


def import_review(
    content: bytes,
    *,
    code: str,
    period: tuple[Month, Month] | None,
    create_units: bool = False,
    user: Any = None,
    now: datetime.datetime,
) -> ImportedReview:
    """Replace the verifier's marks of the lines in the file; the review is made when its code is new.

    ImportRefusedError with every fault: nothing is written then.
    """
    problems: list[str] = []
    review = Review.objects.filter(code=code).first()
    if not _CODE.fullmatch(code):
        problems.append(
            _("“%(code)s” is not a code: letters a–z, digits and hyphens, at most 50.") % {"code": code}
        )
    elif review is None and period is None:
        problems.append(_("The review “%(code)s” is new: give its period.") % {"code": code})
    elif review is not None:
        asked = f"{period[0]}..{period[1]}" if period else review.period
        if asked != review.period:
            problems.append(
                _("The review “%(code)s” covers %(period)s, not %(asked)s.")
                % {"code": code, "period": review.period, "asked": asked}
            )
        if review.is_closed:
            problems.append(_("The review “%(code)s” is closed: nothing can be imported.") % {"code": code})
    try:
        file = read_marks(content, create_units=create_units)
    except ImportRefusedError as refused:
        raise ImportRefusedError(
            [*problems, *refused.problems], unknown_units=refused.unknown_units
        ) from None
    if problems:
        raise ImportRefusedError(problems)
    try:
        with transaction.atomic():
            if review is None and period is not None:
                review = open_review(code, *period, user=user)
            return _take(held(review), file, user=user, now=now)  # type: ignore[arg-type]
    except ReviewError as error:
        raise ImportRefusedError([str(error)]) from None
    except IntegrityError:
        raise ImportRefusedError(
            [_("Another import made the same review or unit at this moment. Run it again.")]
        ) from None


def _take(review: Review, file: MarkFile, *, user: Any, now: datetime.datetime) -> ImportedReview:
    made = _make_units(file.new_units)
    units: dict[str, Authority] = {}
    changes: dict[Cell, Change] = {}
    for row in file.rows:
        unit = made[row.unit.code] if isinstance(row.unit, NewUnit) else row.unit
        units[unit.code] = unit
        changes[unit.pk, row.section] = Change(state=row.state, note=row.note)
    added = add_units(review, units.values())
    changed = write_marks(review, changes, user=user, now=now)
    if changed or added:
        log(
            instance=review,
            action="compliance.import_review",
            user=user,
            data={
                "lines": len(file.rows),
                "cells": changed,
                "units_made": sorted(made),
                "units_added": added,
            },
        )
    return ImportedReview(review, len(file.rows), changed, len(made))


def _make_units(new: list[NewUnit]) -> dict[str, Authority]:
    last = Authority.objects.aggregate(last=Max("order"))["last"]
    order = -1 if last is None else last
    made = {}
    for number, unit in enumerate(new, start=1):
        made[unit.code] = Authority.objects.create(
            code=unit.code,
            name=unit.name,
            full_name=unit.name,
            tier=cast(Tier, unit.tier),
            order=order + number,
        )
    return made

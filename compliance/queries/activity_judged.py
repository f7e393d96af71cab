"""What the newest assessment up to a day said of a portal and of those below it."""

from __future__ import annotations

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping

from compliance.catalogue.loader import load_catalogue
from compliance.catalogue.report_words import unchecked_notes
from compliance.models import Assessment, FindingRecord
from compliance.rules.activity import Judged, Lack, Subportal, Worst
from compliance.rules.states import Verification
from sitepages.models import Authority

SHOWN = 5
State = FindingRecord.State
LACKING = (State.MISSING, State.OVERDUE, State.INCOMPLETE)
MANDATORY = "mandatory"


def judged(authority: Authority, on: datetime.date) -> Judged | None:
    """Mandatory duties not met: by portal below, and those most portals fail; None without an assessment."""
    assessment = Assessment.objects.filter(date__lte=on, scores__authority=authority).first()
    if assessment is None:
        return None
    below = list(authority.children.filter(site__isnull=False).order_by("order", "code"))
    rows = FindingRecord.objects.filter(
        assessment=assessment, authority__in=[authority, *below], level=MANDATORY, state__in=LACKING
    ).order_by("authority__order", "pk")
    lacking: dict[int, list[Lack]] = defaultdict(list)
    here: dict[str, str] = {}
    weights: Counter[str] = Counter()
    for unit, duty, law, verification, weight, state in rows.values_list(
        "authority", "duty", "law", "verification", "weight", "state"
    ):
        law = cited(law, verification)
        weights[duty] += weight
        if unit == authority.pk:
            here[duty] = law
        else:
            lacking[unit].append(Lack(duty, _name(duty), law, state == State.MISSING))
    units = tuple(
        Subportal(unit.code, unit.display_name, tuple(lacking[unit.pk])) for unit in below if lacking[unit.pk]
    )
    found = Judged(assessment.date, assessment.edition, len(below), units, ())
    return dataclasses.replace(found, worst=_worst(found, here, weights))


def _worst(found: Judged, here: Mapping[str, str], weights: Counter[str]) -> tuple[Worst, ...]:
    """The duties that weigh most, counted from the very rows of the annex."""
    rows = {row.duty: row for row in found.sections()}
    worst = []
    for duty in weights:
        row = rows.get(duty)
        below = row.law if row else ""
        worst.append(
            Worst(
                duty, _name(duty), here.get(duty, below), len(row.portals) if row else 0, duty in here, below
            )
        )
    worst.sort(key=lambda each: (not each.here, -weights[each.duty], each.duty))
    return tuple(worst[:SHOWN])


def cited(law: str, verification: str) -> str:
    """The law as a report cites it: that an article was not looked up is said where the text was not read."""
    if verification != Verification.PRIMARY:
        return law
    found = []
    for citation in law.split("; "):
        for note in unchecked_notes():
            citation = citation.removesuffix(f", {note}")
        found.append(citation)
    return "; ".join(found)


def _name(duty: str) -> str:
    try:
        return load_catalogue().requirement(duty).name_vi
    except KeyError:
        return duty

"""What the newest assessment up to a day said of a portal and of those below it."""

from __future__ import annotations

import datetime
from collections import defaultdict

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
    failing: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for unit, duty, law, verification, weight, state in rows.values_list(
        "authority", "duty", "law", "verification", "weight", "state"
    ):
        law = cited(law, verification)
        failing[duty].append((unit, weight, law))
        if unit != authority.pk and state == State.MISSING:
            lacking[unit].append(Lack(duty, _name(duty), law))
    worst = [
        Worst(
            duty,
            _name(duty),
            found[0][2],
            sum(unit != authority.pk for unit, _weight, _law in found),
            any(unit == authority.pk for unit, _weight, _law in found),
        )
        for duty, found in failing.items()
    ]
    weights = {duty: sum(weight for _unit, weight, _law in found) for duty, found in failing.items()}
    worst.sort(key=lambda each: (not each.here, -weights[each.duty], each.duty))
    return Judged(
        assessment.date,
        assessment.edition,
        len(below),
        tuple(
            Subportal(unit.code, unit.display_name, tuple(lacking[unit.pk]))
            for unit in below
            if lacking[unit.pk]
        ),
        tuple(worst[:SHOWN]),
    )


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

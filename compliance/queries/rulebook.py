"""The rules of an installation: the shipped law and calendar with what was set locally laid over them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from compliance.catalogue.law import Catalogue, parse_catalogue, read_sources
from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.catalogue.reading import digest
from compliance.models import CalendarDay, LocalRule, RuleEdition
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.local import Adjustment, OffDay, adjusted, weight_on, with_days
from compliance.rules.types import Requirement


@dataclass(frozen=True)
class Rulebook:
    """Everything a judgement rests on: the shipped law and calendar, and what was set locally."""

    catalogue: Catalogue
    adjustments: tuple[Adjustment, ...]
    days: tuple[OffDay, ...]
    shipped_calendar: WorkingCalendar

    @property
    def calendar(self) -> WorkingCalendar:
        """The calendar with the local days."""
        return with_days(self.shipped_calendar, self.days)

    def requirements(self) -> list[Requirement]:
        """Every duty with its local limits, in the catalogue's order."""
        return [adjusted(each, self.adjustments) for each in self.catalogue.requirements]

    def requirement(self, code: str) -> Requirement:
        """One duty with its local limits; KeyError for an unknown code."""
        return adjusted(self.catalogue.requirement(code), self.adjustments)

    def weight(self, requirement: Requirement, tier: str, day: datetime.date) -> int:
        """The duty's weight for a tier that day, in points."""
        return weight_on(requirement, self.adjustments, tier, day)

    def local_content(self) -> dict[str, Any]:
        """What was set locally, as plain JSON values."""
        return {
            "rules": [_plain(asdict(each)) for each in self.adjustments],
            "days": [_plain(asdict(each)) for each in self.days],
        }


def current_rulebook() -> Rulebook:
    """The rules as they stand now: two queries."""
    days = tuple(OffDay(row.day, row.kind, row.name) for row in CalendarDay.objects.order_by("day", "kind"))
    return Rulebook(load_catalogue(), local_adjustments(), days, load_calendar())


def local_adjustments() -> tuple[Adjustment, ...]:
    """What was set locally, oldest first: one query."""
    return tuple(
        Adjustment(
            kind=row.kind,
            duty=row.duty,
            value=row.value,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            unit=row.unit,
            record_kind=row.record_kind,
            tier=row.tier.code if row.tier else "",
            decision=row.decision_number,
            reason=row.reason,
        )
        for row in LocalRule.objects.select_related("tier").order_by("pk")
    )


def frozen_rulebook(edition: RuleEdition) -> Rulebook:
    """The rules as an edition kept them."""
    calendar = edition.calendar
    shipped = WorkingCalendar(
        holidays={_day(day): name for day, name in calendar["holidays"].items()},
        working_days=frozenset(_day(day) for day in calendar["worked"]),
        swapped_rest={_day(day): name for day, name in calendar["rest"].items()},
        years=frozenset(calendar["years"]),
    )
    adjustments = tuple(Adjustment(**_dated(row)) for row in edition.local["rules"])
    days = tuple(OffDay(**_dated(row)) for row in edition.local["days"])
    return Rulebook(parse_catalogue(_restored(edition.law)), adjustments, days, shipped)


def edition_content(rulebook: Rulebook) -> dict[str, Any]:
    """What an edition keeps: version, law, calendar, local rules, and the digest over all of it."""
    calendar = rulebook.shipped_calendar
    content: dict[str, Any] = {
        "law": _plain(read_sources()),
        "calendar": {
            "holidays": {day.isoformat(): name for day, name in sorted(calendar.holidays.items())},
            "worked": sorted(day.isoformat() for day in calendar.working_days),
            "rest": {day.isoformat(): name for day, name in sorted(calendar.swapped_rest.items())},
            "years": sorted(calendar.years),
        },
        "local": rulebook.local_content(),
    }
    return {"digest": digest(content), "version": rulebook.catalogue.version, **content}


def _plain(value: Any) -> Any:
    """JSON values: dates become {"date": ISO text}, so that they come back as dates."""
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _restored(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"date"} and isinstance(value["date"], str):
            return _day(value["date"])
        return {key: _restored(each) for key, each in value.items()}
    return [_restored(each) for each in value] if isinstance(value, list) else value


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    restored = _restored(dict(row))
    if not isinstance(restored, dict):
        raise TypeError("an edition keeps each local rule as one object")
    return restored


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)

"""Reads: where a page was sent, and how it stands there."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from wagtail.models import Page

from sitepages.models import Authority, SentPage
from sitepages.sent.places import Places, section_of, units_below


@dataclass(frozen=True)
class Standing:
    """One unit: the row in force or the last one, the page there, and whether it could be sent at all."""

    unit: Authority
    row: SentPage | None
    has_section: bool
    in_force: bool = True

    @property
    def is_sent(self) -> bool:
        """Whether the page stands there now."""
        return self.row is not None and self.row.withdrawn_at is None

    @property
    def may_be_chosen(self) -> bool:
        """Whether the page can be sent there."""
        return self.in_force and self.has_section and not self.is_sent

    @property
    def state(self) -> str:
        """A code for the words on the screen."""
        if self.row is None:
            return "" if self.has_section else "without"
        if self.row.withdrawn_at is not None:
            return "withdrawn"
        if self.row.page is None or not self.row.page.live:
            return "down"
        if self.row.is_locked:
            return "locked"
        return "changed" if self.row.changed_at else "same"


def standings(source: Page, today: datetime.date) -> list[Standing]:
    """Every unit below in force, and those of former sendings: four queries whatever their number."""
    units = list(units_below(source, today))
    places = Places.of(section_of(source), units)
    rows: dict[int, SentPage] = {}
    found = SentPage.objects.filter(source=source.pk).select_related(
        "authority__site", "page", "sent_by", "withdrawn_by"
    )
    for row in found.order_by("pk"):
        rows[row.authority_id] = row  # of several the newest: only the last can be in force
    known = {unit.pk for unit in units}
    ended = [row.authority for row in rows.values() if row.authority_id not in known]
    return [
        *(Standing(unit, rows.get(unit.pk), places.at(unit) is not None) for unit in units),
        *(Standing(unit, rows[unit.pk], False, in_force=False) for unit in ended),
    ]

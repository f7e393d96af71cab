"""Who is to be reminded of what today: the steps to take, and one digest a person. Reads only."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from compliance.models import Assessment, ReminderStep
from compliance.queries.approvals import Waiting, waiting_pages
from compliance.queries.outstanding import CONFIRM, LATER, OVERDUE, SOON, Outstanding, outstanding
from compliance.queries.staff import ADMINISTRATOR, BOARD, OFFICER, Person, Unit, everybody, staffed_units
from compliance.rules.calendar import WorkingCalendar
from compliance.rules.ladder import Step, next_move, recipients

Kind = ReminderStep.Step
Key = tuple[int, str, str]


@dataclass(frozen=True)
class Planned:
    """One step to record: of whose duty and what, whom it reaches; `skipped` when it is passed over."""

    unit: int
    duty: str
    item: str
    due: datetime.date | None
    step: str
    recipients: tuple[int, ...] = ()
    skipped: bool = False

    @property
    def key(self) -> Key:
        """The thing it is about."""
        return self.unit, self.duty, self.item


@dataclass(frozen=True)
class Entry:
    """One thing open in a digest; `step` is the step that calls it to mind now, "" when told before."""

    thing: Outstanding
    step: str = ""


@dataclass(frozen=True)
class Request:
    """One page that waits for the reader's approval."""

    page: Waiting
    is_new: bool


@dataclass(frozen=True)
class Tally:
    """How one unit stands: what is overdue or missing, due soon, to be confirmed."""

    unit: int
    overdue: int
    soon: int
    confirm: int


@dataclass
class Digest:
    """Everything one person is told today, of all their units together."""

    person: Person
    home: int
    day: datetime.date
    assessed: datetime.date
    unstaffed: list[Tally] = field(default_factory=list)
    silent: list[tuple[int, Person]] = field(default_factory=list)
    escalated: list[Entry] = field(default_factory=list)
    overdue: list[Entry] = field(default_factory=list)
    soon: list[Entry] = field(default_factory=list)
    confirm: list[Entry] = field(default_factory=list)
    approvals: list[Request] = field(default_factory=list)
    summary: list[Tally] = field(default_factory=list)

    @property
    def units(self) -> set[int]:
        """The units it speaks of."""
        entries = (*self.escalated, *self.overdue, *self.soon, *self.confirm)
        told = {each.thing.unit for each in entries} | {each.page.unit for each in self.approvals}
        told |= {each.unit for each in (*self.unstaffed, *self.summary)}
        return told | {unit for unit, _person in self.silent}


@dataclass
class Plan:
    """Today's steps and digests, with the units by id and the active people nobody can write to."""

    units: dict[int, Unit]
    steps: list[Planned]
    digests: list[Digest]
    silent: list[tuple[int, Person]]


def plan_reminders(assessment: Assessment, today: datetime.date, calendar: WorkingCalendar) -> Plan:
    """What is to be sent today, by one assessment and by what was sent before."""
    units = staffed_units(today)
    things = outstanding(assessment, units)
    pages = waiting_pages(units)
    told = _told(units)
    steps = [
        *_ladder(units, things, told, today, calendar),
        *_requests(units, pages, told),
        *_unstaffed_steps(units, things, told, today),
    ]
    silent = [
        (unit.pk, person)
        for unit in units.values()
        for person in unit.of(OFFICER, BOARD, ADMINISTRATOR)
        if not person.address
    ]
    desk = _Desk(units, things, pages, told, steps, silent, today, assessment.date)
    return Plan(units, steps, list(desk.digests()), silent)


def _ladder(
    units: dict[int, Unit],
    things: dict[int, list[Outstanding]],
    told: dict[Key, set[str]],
    today: datetime.date,
    calendar: WorkingCalendar,
) -> Iterator[Planned]:
    for unit in units.values():
        officers, heads = unit.reachable(OFFICER), unit.reachable(BOARD)
        district = units[unit.parent].reachable(BOARD) if unit.parent in units else ()
        for thing in things.get(unit.pk, ()):
            done = told.get((unit.pk, thing.duty, thing.item), set())
            if thing.due is None:
                reached = officers or heads
                if reached and thing.kind == OVERDUE and not done:
                    yield Planned(unit.pk, thing.duty, thing.item, None, Kind.NOTICE, reached)
                continue
            move = next_move(thing.due, today, calendar, done)
            if move.step is None:
                continue
            reached = recipients(move.step, officers, heads, district)
            if not reached:
                continue  # kept for the day somebody can be told
            for step in move.skipped:
                yield Planned(unit.pk, thing.duty, thing.item, thing.due, step, skipped=True)
            yield Planned(unit.pk, thing.duty, thing.item, thing.due, move.step, reached)


def _requests(
    units: dict[int, Unit], pages: dict[int, list[Waiting]], told: dict[Key, set[str]]
) -> Iterator[Planned]:
    for unit in units.values():
        for page in pages.get(unit.pk, ()):
            reached = tuple(pk for pk in unit.reachable(BOARD) if pk != page.maker)
            if reached and (unit.pk, "", page.item) not in told:
                yield Planned(unit.pk, "", page.item, None, Kind.APPROVAL, reached)


def _unstaffed_steps(
    units: dict[int, Unit],
    things: dict[int, list[Outstanding]],
    told: dict[Key, set[str]],
    today: datetime.date,
) -> Iterator[Planned]:
    """Once a month for each unit with open sections and no active account, to those above it."""
    for unit in units.values():
        if unit.has_account or not things.get(unit.pk):
            continue
        above = units.get(unit.parent) if unit.parent else unit
        reached = (*above.reachable(BOARD), *above.reachable(ADMINISTRATOR)) if above else ()
        item = f"no-account:{today:%Y-%m}"
        if reached and (unit.pk, "", item) not in told:
            yield Planned(unit.pk, "", item, None, Kind.NO_ACCOUNT, tuple(dict.fromkeys(reached)))


def _told(units: Iterable[int]) -> dict[Key, set[str]]:
    found: dict[Key, set[str]] = defaultdict(set)
    rows = ReminderStep.objects.filter(authority__in=list(units)).order_by("pk")
    for unit, duty, item, step in rows.values_list("authority_id", "duty", "item", "step").iterator():
        found[unit, duty, item].add(step)
    return found


@dataclass
class _Desk:
    """Sorts today's steps and what is open into one digest a person."""

    units: dict[int, Unit]
    things: dict[int, list[Outstanding]]
    pages: dict[int, list[Waiting]]
    told: dict[Key, set[str]]
    steps: list[Planned]
    silent: list[tuple[int, Person]]
    today: datetime.date
    assessed: datetime.date

    def digests(self) -> Iterator[Digest]:
        by_person: dict[int, dict[Key, str]] = defaultdict(dict)
        for step in self.steps:
            for pk in step.recipients:
                by_person[pk][step.key] = step.step
        people = everybody(self.units.values())
        for pk, new in sorted(by_person.items()):
            yield self._digest(people[pk], new)

    def _digest(self, person: Person, new: dict[Key, str]) -> Digest:
        held = [unit for unit in self.units.values() if person in unit.of(OFFICER, BOARD, ADMINISTRATOR)]
        digest = Digest(person, held[0].pk, self.today, self.assessed)
        own = [unit.pk for unit in held if person in unit.of(OFFICER, BOARD)]
        led = [unit.pk for unit in held if person in unit.of(BOARD)]
        run = [unit.pk for unit in held if person in unit.of(ADMINISTRATOR)]
        for unit in own:
            for thing in self.things.get(unit, ()):
                self._sort(digest, thing, new)
        for unit in self._below(led):
            digest.escalated += self._escalated(unit, new)
            digest.summary.append(self._tally(unit))
        for unit in self._below([*led, *run]):
            if not self.units[unit].has_account and self.things.get(unit):
                digest.unstaffed.append(self._tally(unit))
        if run:
            digest.silent = self.silent
        for unit in led:
            digest.approvals += [
                Request(page, (unit, "", page.item) in new)
                for page in self.pages.get(unit, ())
                if page.maker != person.pk
            ]
        for entries in (digest.escalated, digest.overdue, digest.soon, digest.confirm):
            entries.sort(key=_urgency)
        digest.approvals.sort(key=lambda each: (not each.is_new, each.page.since, each.page.task))
        return digest

    def _below(self, units: list[int]) -> list[int]:
        return [unit.pk for unit in self.units.values() if unit.parent in units]

    def _sort(self, digest: Digest, thing: Outstanding, new: dict[Key, str]) -> None:
        key = (thing.unit, thing.duty, thing.item)
        entry = Entry(thing, new.get(key, ""))
        if thing.kind == OVERDUE:
            digest.overdue.append(entry)
        elif thing.kind == CONFIRM:
            digest.confirm.append(entry)
        elif thing.kind == SOON or entry.step or Step.BEFORE in self.told.get(key, ()):
            digest.soon.append(entry)

    def _escalated(self, unit: int, new: dict[Key, str]) -> Iterator[Entry]:
        for thing in self.things.get(unit, ()):
            key = (unit, thing.duty, thing.item)
            if key in new or Step.AFTER_10 in self.told.get(key, ()):
                yield Entry(thing, new.get(key, ""))

    def _tally(self, unit: int) -> Tally:
        kinds = [thing.kind for thing in self.things.get(unit, ())]
        return Tally(unit, kinds.count(OVERDUE), kinds.count(SOON), kinds.count(CONFIRM))


def _urgency(entry: Entry) -> tuple[bool, bool, datetime.date, int, str, str]:
    """What is new first, then by due day; what has none last."""
    thing = entry.thing
    due = thing.due or datetime.date.max
    return not entry.step, thing.kind == LATER, due, thing.unit, thing.duty, thing.item

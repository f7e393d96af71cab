"""The public calendars of a portal: who of the leaders does what, receptions, deadlines, events."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from sitepages.ical import local_zone, new_calendar, new_event, on_day
from sitepages.out.answers import answered
from sitepages.out.here import Here, here_or_404, updated, with_changes
from sitepages.out.summary import shortened

#: How far back a calendar reaches, and the most it holds.
PAST_DAYS, MOST = 60, 1000
LONGEST, LONGEST_TEXT = 160, 2000


def _model(name: str) -> Any:
    return apps.get_model("sitepages", name).objects


def _event(here: Here, page: Any, uid: str, summary: str, text: str = "") -> Event:
    """What every event of ours says: its page, when that last changed, and how often."""
    changed = updated(page)
    event = new_event(uid, shortened(summary, LONGEST), stamp=changed)
    event.add("last-modified", changed.astimezone(datetime.UTC))
    event.add("sequence", page.changes_made)
    address = here.address(here.path_of(page))
    said = shortened(text, LONGEST_TEXT)
    event.add("description", f"{said}\n{address}" if said else address)
    event.add("url", address)
    return event


def _schedules(here: Here) -> Iterator[Event]:
    """Items of the leaders' weeks; where two pages tell of one week, the later one counts."""
    since = here.today - datetime.timedelta(days=PAST_DAYS)
    pages = with_changes(here.public(_model("WorkSchedulePage").filter(week_start__gte=since)))
    weeks = {page.week_start: page for page in pages.order_by("week_start", "pk")}
    by_id = {page.pk: page for page in weeks.values()}
    rows = _model("WorkScheduleRow").filter(page__in=list(by_id))
    for row in rows.order_by("date", F("time").asc(nulls_first=True), "pk")[:MOST]:
        falls_out = row.state and f"{row.get_state_display().upper()}: "
        summary = f"{falls_out or ''}{row.leader}: {row.content}"
        event = _event(here, by_id[row.page_id], f"schedule-{row.pk}", summary, row.content)
        if row.time is not None:
            start = datetime.datetime.combine(row.date, row.time, timezone.get_default_timezone())
            event.add("dtstart", start)
        else:
            on_day(event, row.date)
        if row.place:
            event.add("location", shortened(row.place, LONGEST))
        event.add("status", "CANCELLED" if falls_out else "CONFIRMED")
        yield event


def _records(here: Here, section: str, day: str, **more: Any) -> list[Any]:
    """Public records of a section by the day of a column."""
    since = here.today - datetime.timedelta(days=PAST_DAYS)
    pages = _model("DisclosurePage").filter(section=section, **{f"{day}__gte": since}, **more)
    return list(with_changes(here.public(pages)).order_by(day, "pk")[:MOST])


def _receptions(here: Here) -> Iterator[Event]:
    """Days on which citizens are received; a schedule that names no day stands in no calendar."""
    kinds = ("", "schedule", "online_reception")
    for page in _records(here, "citizen_reception_complaints", "legal_day", kind__in=kinds):
        details = page.details or {}
        text = str(details.get("reception_schedule", ""))
        event = _event(here, page, f"reception-{page.pk}", page.title, text)
        on_day(event, page.legal_day)
        if details.get("reception_place"):
            event.add("location", shortened(str(details["reception_place"]), LONGEST))
        yield event


def _deadlines(here: Here) -> Iterator[Event]:
    """Last days for comments on drafts and for applications."""
    told = (
        (_("Last day for comments"), _records(here, "draft_consultation", "term_ends")),
        (
            _("Last day for applications"),
            _records(here, "statistics_finance_recruitment", "term_ends", details__kind="recruitment"),
        ),
    )
    for words, pages in told:
        for page in pages:
            text = str((page.details or {}).get("receiving_unit", ""))
            event = _event(here, page, f"deadline-{page.pk}", f"{words}: {page.title}", text)
            on_day(event, page.term_ends)
            yield event


def _bids(here: Here) -> Iterator[Event]:
    """Until when bids are taken."""
    since = timezone.now() - datetime.timedelta(days=PAST_DAYS)
    pages = here.public(_model("ProcurementPage").filter(closes_at__gte=since))
    for page in with_changes(pages).order_by("closes_at", "pk")[:MOST]:
        event = _event(here, page, f"bids-{page.pk}", f"{_('Bids close')}: {page.project}", page.goal)
        event.add("dtstart", timezone.localtime(page.closes_at))
        yield event


def _events(here: Here) -> Iterator[Event]:
    since = timezone.now() - datetime.timedelta(days=PAST_DAYS)
    lasting = Q(starts_at__gte=since) | Q(ends_at__gte=since)
    pages = here.public(_model("EventPage").filter(lasting, kind="event", starts_at__isnull=False))
    for page in with_changes(pages).order_by("starts_at", "pk")[:MOST]:
        event = _event(here, page, f"event-{page.pk}", page.title)
        event.add("dtstart", timezone.localtime(page.starts_at))
        if page.ends_at and page.ends_at > page.starts_at:
            event.add("dtend", timezone.localtime(page.ends_at))
        if page.place:
            event.add("location", shortened(page.place, LONGEST))
        yield event


#: By the name in the address: what it is called, the section it belongs to, and its events.
CALENDARS: dict[str, tuple[Any, str, Callable[[Here], Iterator[Event]]]] = {
    "lich-cong-tac": (gettext_lazy("Leaders' work schedule"), "leaders_schedule", _schedules),
    "tiep-cong-dan": (gettext_lazy("Citizen reception"), "citizen_reception_complaints", _receptions),
    "thoi-han": (gettext_lazy("Deadlines for comments and applications"), "draft_consultation", _deadlines),
    "dong-thau": (gettext_lazy("Closing of bids"), "projects_procurement", _bids),
    "su-kien": (gettext_lazy("Events"), "announcements", _events),
}


def calendar_of(here: Here, name: str) -> Calendar:
    """One calendar of a portal."""
    words, section, events = CALENDARS[name]
    made = new_calendar(section, f"{words} – {here.name}")
    made.add_component(local_zone())
    for event in events(here):
        made.add_component(event)
    return made


@require_safe
def calendar(request: HttpRequest, name: str) -> HttpResponse:
    """A calendar to subscribe to, in Vietnamese."""
    if name not in CALENDARS:
        raise Http404
    here = here_or_404(request)
    with translation.override("vi"):
        made = calendar_of(here, name)
    stamps: list[Any] = [event["last-modified"] for event in made.walk("VEVENT")]
    answer = answered(
        request,
        made.to_ical(),
        "text/calendar; charset=utf-8",
        moment=int(max(each.dt for each in stamps).timestamp()) if stamps else None,
    )
    answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer

"""What every calendar of the portal has in common (RFC 5545)."""

from __future__ import annotations

import datetime
from functools import cache

from django.conf import settings
from icalendar import Calendar, Event, Timezone, vDuration

DAY = datetime.timedelta(days=1)
#: How often a calendar may ask again.
REFRESH = datetime.timedelta(hours=6)
#: The time zone is told for the years a calendar may name.
_FIRST, _LAST = datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)


def new_calendar(product: str, name: str) -> Calendar:
    """An empty calendar under a name."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Portal//{product}//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    return calendar


@cache
def local_zone() -> Timezone:
    """The portal's time zone as a calendar tells it."""
    return Timezone.from_tzid(settings.TIME_ZONE, first_date=_FIRST, last_date=_LAST)


def new_event(uid: str, summary: str, *, stamp: datetime.datetime) -> Event:
    """An event; its UID must stay the same whenever its day moves, so that calendars move it too."""
    event = Event()
    event.add("uid", f"{uid}@{settings.PORTAL_HOST}")
    event.add("dtstamp", stamp.astimezone(datetime.UTC))
    event.add("summary", summary)
    return event


def on_day(event: Event, day: datetime.date) -> None:
    """Let an event take the whole of a day and keep nobody busy."""
    event.add("dtstart", day)
    event.add("dtend", day + DAY)
    event.add("transp", "TRANSPARENT")

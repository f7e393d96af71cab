"""A unit's due days as an iCalendar file (RFC 5545): all-day events with a reminder the day before."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _
from icalendar import Alarm, Event

from compliance.post.links import unit_link
from compliance.presentation import duty_name, law_text, term_in_words, told
from compliance.queries.agenda import Agenda, Expected
from compliance.queries.outstanding import Outstanding
from compliance.queries.staff import one_line
from compliance.wording import period_label
from sitepages.ical import DAY, new_calendar, new_event, on_day

_LONGEST = 160


def calendar_file(agenda: Agenda) -> bytes:
    """The calendar of one unit."""
    unit = agenda.authority
    name = _("Publication duties: %(unit)s") % {"unit": unit.display_name}
    calendar = new_calendar("Publication duties", name)
    for thing in agenda.open:
        calendar.add_component(_open_event(agenda, thing))
    for expected in agenda.expected:
        calendar.add_component(_expected_event(agenda, expected))
    content: bytes = calendar.to_ical()
    return content


def _open_event(agenda: Agenda, thing: Outstanding) -> Event:
    """What is overdue stands on the day of the assessment, where it is seen; its text has its own day."""
    today = agenda.assessment.date
    due = thing.due or today
    about = period_label(thing.period) if thing.period else thing.title[:_LONGEST]
    mark = _("OVERDUE") if due < today else ""
    why = told(thing.reason, thing.params, thing.lacking, thing.duty)
    law = _("Legal basis: %(law)s.") % {"law": thing.law}
    day = max(due, today)
    return _event(agenda, thing.duty, thing.subject, day, _summary(thing.duty, about, mark), f"{why}\n{law}")


def _expected_event(agenda: Agenda, expected: Expected) -> Event:
    slot = expected.slot
    about = period_label(slot.period)
    law = _("Legal basis: %(law)s.") % {"law": law_text(slot.term.limit.bases)}
    why = term_in_words(slot.term)
    return _event(
        agenda, expected.duty, slot.period, slot.term.due, _summary(expected.duty, about), f"{why}\n{law}"
    )


def _event(
    agenda: Agenda, duty: str, subject: str, day: datetime.date, summary: str, description: str
) -> Event:
    """One all-day event. Its UID stays the same whenever the day moves, so that calendars move it too."""
    code = agenda.authority.code
    url = unit_link(code)
    uid = f"{code}-{duty}-{subject or day.isoformat()}"
    event = new_event(uid, summary, stamp=agenda.assessment.taken_at)
    on_day(event, day)
    event.add("description", f"{description}\n{url}")
    event.add("url", url)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -DAY)
    event.add_component(alarm)
    return event


def _summary(duty: str, about: str, mark: str = "") -> str:
    text = f"{duty_name(duty)} – {about}" if about else duty_name(duty)
    return one_line(f"{mark}: {text}" if mark else text)

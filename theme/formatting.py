"""How dates, money and sizes are written. Plain functions; the tags of the same names call them."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy

WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)
#: The currency in Vietnamese; English text uses its code.
CURRENCY = "đồng"
_PHONE = re.compile(r"\+?[\d\s.()-]{6,}")


#: For English text alone: 05/07 would be read as a day of May by many.
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_english() -> bool:
    """Whether English is being written."""
    return (get_language() or "").startswith("en")


def _local(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def date_text(value: datetime.date | None) -> str:
    """``04/01/2021``, in English ``4 January 2021``; a moment is first taken to local time."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.datetime):
        value = _local(value)
    if in_english():
        return f"{value.day} {ENGLISH_MONTHS[value.month - 1]} {value.year}"
    return f"{value:%d/%m/%Y}"


def datetime_text(value: datetime.datetime | None) -> str:
    """``04/01/2021 16:50`` in local time, in English ``4 January 2021, 16:50``."""
    if not value:
        return ""
    return f"{date_text(value)}{', ' if in_english() else ' '}{_local(value):%H:%M}"


def time_text(value: datetime.time | None) -> str:
    """``07 giờ 30`` in Vietnamese, ``07:30`` in English."""
    if value is None or value == "":
        return ""
    return gettext("%(hour)s:%(minute)s") % {"hour": f"{value:%H}", "minute": f"{value:%M}"}


def weekday_text(value: datetime.date | None) -> str:
    """The day of the week in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.datetime):
        value = _local(value)
    return str(WEEKDAYS[value.weekday()])


def number_text(value: int | None) -> str:
    """Whole numbers with a full stop between thousands: ``1.234.567``; in English with commas."""
    if value is None or value == "":
        return ""
    text = f"{int(value):,}"
    return text if in_english() else text.replace(",", ".")


def money_text(value: int | None) -> str:
    """``1.234.567 đồng``, in English ``1,234,567 VND``; nothing for no amount, but zero is an amount."""
    number = number_text(value)
    return f"{number} {'VND' if in_english() else CURRENCY}" if number else ""


def size_text(value: int | None) -> str:
    """A file's size with a decimal comma: ``350 KB``, ``1,4 MB``; in English with a point."""
    if value is None or value == "":
        return ""
    size = float(value)
    if size < 1024:
        return f"{int(size)} B"
    for unit in ("KB", "MB", "GB"):
        size /= 1024
        if size < 999.5 or unit == "GB":
            break
    if unit == "KB":
        return f"{size:.0f} {unit}"
    text = f"{size:.1f} {unit}"
    return text if in_english() else text.replace(".", ",")


def phone_address(value: str) -> str:
    """The digits a telephone dials; nothing when the text holds more than one number."""
    text = (value or "").strip()
    return re.sub(r"[^\d+]", "", text) if _PHONE.fullmatch(text) else ""

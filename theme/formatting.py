"""How dates, money and sizes are written. Plain functions; the tags of the same names call them."""

from __future__ import annotations

import datetime
import re

from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy

WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)
#: The currency's name is the same in every language of the portal.
CURRENCY = "đồng"
_PHONE = re.compile(r"\+?[\d\s.()-]{6,}")


def _local(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def date_text(value: datetime.date | None) -> str:
    """``04/01/2021``; a moment is first taken to local time."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime.datetime):
        value = _local(value)
    return f"{value:%d/%m/%Y}"


def datetime_text(value: datetime.datetime | None) -> str:
    """``04/01/2021 16:50`` in local time."""
    return f"{_local(value):%d/%m/%Y %H:%M}" if value else ""


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
    """Whole numbers with a full stop between thousands: ``1.234.567``."""
    if value is None or value == "":
        return ""
    return f"{int(value):,}".replace(",", ".")


def money_text(value: int | None) -> str:
    """``1.234.567 đồng``; nothing for no amount, but zero is an amount."""
    number = number_text(value)
    return f"{number} {CURRENCY}" if number else ""


def size_text(value: int | None) -> str:
    """A file's size with a decimal comma: ``350 KB``, ``1,4 MB``."""
    if value is None or value == "":
        return ""
    size = float(value)
    if size < 1024:
        return f"{int(size)} B"
    for unit in ("KB", "MB", "GB"):
        size /= 1024
        if size < 999.5 or unit == "GB":
            break
    return f"{size:.0f} {unit}" if unit == "KB" else f"{size:.1f} {unit}".replace(".", ",")


def phone_address(value: str) -> str:
    """The digits a telephone dials; nothing when the text holds more than one number."""
    text = (value or "").strip()
    return re.sub(r"[^\d+]", "", text) if _PHONE.fullmatch(text) else ""

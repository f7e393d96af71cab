"""Words for questions: their state, the days of their clock, what was struck out."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from compliance.catalogue.questions import load_handling
from compliance.rules.question_codes import show_code
from compliance.rules.questions import AFTER_HOURS, CALENDAR, Clock, Mark
from compliance.rules.redaction import Kind
from compliance.wording import rest_label, verification_label

register = template.Library()

DAYS = {
    Mark.RECEIVED: gettext_lazy("sent"),
    Mark.WAITED: gettext_lazy("not counted"),
    Mark.BEGINS: gettext_lazy("received; counting begins on the next day"),
    Mark.PAUSED: gettext_lazy("not counted: waiting for your information"),
}
FOUND = {
    Kind.EMAIL: gettext_lazy("e-mail address"),
    Kind.CITIZEN_ID: gettext_lazy("citizen number"),
    Kind.PHONE: gettext_lazy("telephone"),
    Kind.BANK: gettext_lazy("account or long number"),
    Kind.NAME: gettext_lazy("the asker's name"),
    Kind.ADDRESS: gettext_lazy("address"),
}


@register.filter
def day_words(line: Any) -> str:
    """What a day of the calculation is."""
    if line.mark == Mark.COUNTED:
        return _("day %(number)s") % {"number": line.number}
    if line.mark in DAYS:
        return str(DAYS[line.mark])
    return _("not counted: %(why)s") % {"why": rest_label(line.mark)}


@register.filter
def moved_words(clock: Clock) -> str:
    """Why the question counts as received on a later day; "" when it does not."""
    if not clock.moved:
        return ""
    day = {"day": f"{clock.begins:%d/%m/%Y}"}
    if clock.moved == AFTER_HOURS:
        return (
            _("It was sent after office hours and counts as received on the next working day, %(day)s.") % day
        )
    return _("It was sent on a rest day and counts as received on the next working day, %(day)s.") % day


@register.filter
def clock_words(clock: Clock, unit: str = "wd") -> str:
    """The calculation in one sentence."""
    said = {
        "count": clock.counted,
        "begins": f"{clock.begins:%d/%m/%Y}",
        "due": f"{clock.due:%d/%m/%Y}",
        "skipped": len([line for line in clock.skipped if line.day > clock.begins]),
    }
    if unit == CALENDAR:
        return _("%(count)s calendar days after %(begins)s; the answer is due on %(due)s.") % said
    return (
        _(
            "%(count)s working days after %(begins)s, with %(skipped)s days not counted; the answer is due on"
            " %(due)s."
        )
        % said
    )


@register.filter
def sure(code: str) -> str:
    """How sure a legal statement is."""
    return verification_label(code) if code else ""


@register.filter
def subject_name(code: str) -> str:
    """A field of life in the reader's language."""
    found = load_handling().subject(code)
    if found is None:
        return code
    return found.name_en if (get_language() or "vi").startswith("en") else found.name_vi


@register.filter
def found_kind(kind: Any) -> str:
    """What was found in a text."""
    return str(FOUND[kind]) if kind in FOUND else ""


@register.filter
def grouped(code: str) -> str:
    """A receipt code in groups."""
    return show_code(code)


@register.filter
def percent(share: Fraction | None) -> str:
    """A share in percent, a dash where there is none."""
    return "–" if share is None else f"{round(share * 100)} %"


@register.filter
def stars(value: Fraction | None) -> str:
    """An average of ratings, a dash where the sample is too small."""
    return "–" if value is None else f"{number_format(float(value), 1)}/5"

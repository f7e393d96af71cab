"""Codes of the rules into sentences and labels in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "on_time": _("“%(title)s” was published on %(published)s, by the deadline of %(due)s."),
    "met_late": _(
        "“%(title)s” was published on %(published)s, after the deadline of %(due)s (days late: %(days)s)."
    ),
    "met_undated": _("“%(title)s” was published on %(published)s; no deadline can be counted for it."),
    "not_due": _("“%(title)s” is to be published by %(due)s (days left: %(days)s)."),
    "due_soon": _("“%(title)s” must be published by %(due)s (days left: %(days)s)."),
    "overdue": _(
        "“%(title)s” should have been published by %(due)s and is not public (days late: %(days)s)."
    ),
    "missing": _("Nothing has been published for this duty."),
    "missing_undated": _("“%(title)s” is not public and has no date to count a deadline from."),
    "nothing_due": _("Nothing is due for this duty yet."),
    "period_not_due": _("The report for %(period)s is due by %(due)s (days left: %(days)s)."),
    "period_due_soon": _("The report for %(period)s must be published by %(due)s (days left: %(days)s)."),
    "period_overdue": _(
        "The report for %(period)s should have been published by %(due)s (days late: %(days)s)."
    ),
    "period_missing": _(
        "No report has ever been published; the one for %(period)s was due by %(due)s (days late: %(days)s)."
    ),
    "year_not_due": _(
        "The publication for %(period)s is expected by %(due)s at the latest (days left: %(days)s)."
    ),
    "year_due_soon": _(
        "The publication for %(period)s is expected soon, by %(due)s at the latest (days left: %(days)s)."
    ),
    "year_overdue": _(
        "The publication for %(period)s was expected by %(due)s at the latest (days late: %(days)s)."
    ),
    "year_missing": _(
        "Nothing is recorded for this duty; the publication for %(period)s was expected by %(due)s"
        " at the latest (days late: %(days)s)."
    ),
    "week_due_soon": _(
        "The schedule for the week from %(week)s must be published by %(due)s (days left: %(days)s)."
    ),
    "week_overdue": _(
        "The schedule for the week from %(week)s was due by %(due)s; the latest one published is for the week"
        " from %(latest)s (days late: %(days)s)."
    ),
    "week_missing": _("No schedule has ever been published; this week's was due by %(due)s."),
}

STATES: Mapping[str, Promise] = {
    "met": _("Met"),
    "not_due": _("Not due yet"),
    "due_soon": _("Due soon"),
    "overdue": _("Overdue"),
    "missing": _("Nothing published"),
}
LEVELS: Mapping[str, Promise] = {"mandatory": _("Mandatory"), "encouraged": _("Encouraged")}
CHANNELS: Mapping[str, Promise] = {
    "portal": _("On the portal"),
    "any_form": _("In any lawful form"),
}
VERIFICATIONS: Mapping[str, Promise] = {
    "V": _("Read in the legal text"),
    "V2": _("Read in a secondary source"),
    "R-h": _("Recalled, high confidence"),
    "R-m": _("Recalled, medium confidence"),
    "R-l": _("Recalled, low confidence"),
    "D": _("Convention of this system"),
}
REST_REASONS: Mapping[str, Promise] = {
    "weekend": _("weekly rest day"),
    "holiday": _("public holiday"),
    "compensation": _("day off in place of a holiday on a rest day"),
    "swapped": _("day off in exchange for a worked Saturday"),
}
EXCLUSIONS: Mapping[str, Promise] = {
    "alias": _("Re-post (alias) of an article counted elsewhere"),
    "copy": _("Copy of an article already published"),
    "draft": _("Draft, never published"),
    "withdrawn": _("Withdrawn, no longer public"),
    "no_office": _("Credited to no office in the table"),
}
COEFFICIENT_ERRORS: Mapping[str, Promise] = {
    "not_finite": _("The coefficient must be a number."),
    "not_positive": _("The coefficient must be greater than zero."),
    "too_precise": _("The coefficient may have at most two decimals."),
    "over_cap": _("The coefficient exceeds the highest one the law allows for this genre."),
}
PERIODS: Mapping[str, Promise] = {
    "": _("the year %(year)s"),
    "M3": _("the first 3 months of %(year)s"),
    "M6": _("the first 6 months of %(year)s"),
    "M9": _("the first 9 months of %(year)s"),
    "Y": _("the whole year %(year)s"),
}

_PERIOD = re.compile(r"(\d{4})(?:-(M3|M6|M9|Y))?")


def explain(reason_code: str, params: Mapping[str, str | int]) -> str:
    """One sentence for a finding's reason; ISO dates come out as dd/mm/yyyy, an unknown code as itself."""
    if reason_code not in SENTENCES:
        return reason_code
    shown = {key: _shown(key, value) for key, value in params.items()}
    return str(SENTENCES[reason_code]) % shown


def state_label(code: str) -> str:
    """The name of a state."""
    return _label(STATES, code)


def level_label(code: str) -> str:
    """The name of a level of obligation."""
    return _label(LEVELS, code)


def channel_label(code: str) -> str:
    """Where the law wants the publication."""
    return _label(CHANNELS, code)


def verification_label(code: str) -> str:
    """How sure a legal statement is."""
    return _label(VERIFICATIONS, code)


def rest_label(code: str) -> str:
    """Why a day is a rest day."""
    return _label(REST_REASONS, code)


def exclusion_label(code: str) -> str:
    """Why an article does not count."""
    return _label(EXCLUSIONS, code)


def coefficient_error(code: str) -> str:
    """What is wrong with a coefficient, as a sentence."""
    return _label(COEFFICIENT_ERRORS, code)


def period_label(period: str) -> str:
    """A period in words: "2021" the fiscal year, "2021-M6" its first six months, an ISO day as dd/mm/yyyy."""
    match = _PERIOD.fullmatch(period)
    if match is None:
        return _day(period)
    return str(PERIODS[match[2] or ""]) % {"year": match[1]}


def _label(table: Mapping[str, Promise], code: str) -> str:
    return str(table[code]) if code in table else code


def _shown(key: str, value: str | int) -> str | int:
    if key == "period":
        return period_label(str(value))
    return value if key == "title" else _day(value) if isinstance(value, str) else value


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text

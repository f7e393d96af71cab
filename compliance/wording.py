"""Codes of the rules into sentences and labels in the reader's language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sitepages.periods import read_period

SENTENCES: Mapping[str, Promise] = {
    "on_time": _("“%(title)s” was published on %(published)s, by the deadline of %(due)s."),
    "early": _(
        "“%(title)s” was published on %(published)s, before the day the term counts from; check that day."
    ),
    "met_late": _(
        "“%(title)s” was published on %(published)s, after the deadline of %(due)s (days late: %(days)s)."
    ),
    "met_undated": _("“%(title)s” was published on %(published)s; no deadline can be counted for it."),
    "quota_met": _("Records published in %(period)s: %(made)s, of at least %(quota)s."),
    "not_due": _("“%(title)s” is to be published by %(due)s (days left: %(days)s)."),
    "due_soon": _("“%(title)s” must be published by %(due)s (days left: %(days)s)."),
    "overdue": _(
        "“%(title)s” should have been published by %(due)s and is not public (days late: %(days)s)."
    ),
    "withdrawn": _("“%(title)s” was taken down on %(removed)s and is no longer public."),
    "cut_short": _(
        "“%(title)s” was taken down on %(removed)s; it must stay public until %(until)s at the least."
    ),
    "incomplete": _("“%(title)s” was published on %(published)s but is incomplete."),
    "incomplete_section": _("The section is public but incomplete."),
    "fresh": _(
        "“%(title)s” shows the latest publication or change, of %(latest)s; the section is to be renewed or"
        " confirmed by %(due)s."
    ),
    "confirmed": _(
        "“%(title)s” was confirmed as still correct on %(latest)s; the section is to be renewed or confirmed"
        " by %(due)s."
    ),
    "word_stale_soon": _(
        "Nothing arose up to %(latest)s, as the unit declared; the section must be brought up to date,"
        " confirmed or declared again by %(due)s (days left: %(days)s)."
    ),
    "word_stale": _(
        "Nothing arose up to %(latest)s, as the unit declared; the section was to be brought up to date,"
        " confirmed or declared again by %(due)s (days late: %(days)s)."
    ),
    "stale_soon": _(
        "The latest change or confirmation is of %(latest)s; the section must be brought up to date or"
        " confirmed by %(due)s (days left: %(days)s)."
    ),
    "stale": _(
        "The latest change or confirmation is of %(latest)s; it was due to be renewed by %(due)s"
        " (days late: %(days)s)."
    ),
    "quota_short": _("Records published in %(period)s: %(made)s, fewer than the %(quota)s required."),
    "missing": _("Nothing has been published for this duty."),
    "missing_undated": _("“%(title)s” is not public and has no date to count a deadline from."),
    "nothing_due": _("Nothing is due for this duty yet."),
    "not_checked": _(
        "The functions of the portal have not been checked yet; this counts once they have been."
    ),
    "nothing_arose": _("The unit has declared that nothing arose."),
    "waived": _("Excused by decision %(decision)s: %(why)s."),
    "period_not_due": _("The report for %(period)s is due by %(due)s (days left: %(days)s)."),
    "period_due_soon": _("The report for %(period)s must be published by %(due)s (days left: %(days)s)."),
    "period_overdue": _(
        "The report for %(period)s should have been published by %(due)s (days late: %(days)s)."
    ),
    "period_missing": _(
        "No report has ever been published; the one for %(period)s was due by %(due)s (days late: %(days)s)."
    ),
    "month_not_due": _("The publication for %(period)s is due by %(due)s (days left: %(days)s)."),
    "month_due_soon": _("The publication for %(period)s must be public by %(due)s (days left: %(days)s)."),
    "month_overdue": _(
        "The publication for %(period)s should have been public by %(due)s (days late: %(days)s)."
    ),
    "month_missing": _(
        "Nothing has ever been published; the publication for %(period)s was due by %(due)s"
        " (days late: %(days)s)."
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
    "week_not_due": _("The unit began in this week; its first schedule is not due yet."),
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
    "nothing_arose": _("Nothing arose"),
    "waived": _("Waived"),
    "met_late": _("Met late"),
    "not_due": _("Not due yet"),
    "due_soon": _("Due soon"),
    "incomplete": _("Incomplete"),
    "overdue": _("Overdue"),
    "missing": _("Nothing published"),
}
LEVELS: Mapping[str, Promise] = {"mandatory": _("Mandatory"), "encouraged": _("Encouraged")}
CHANNELS: Mapping[str, Promise] = {
    "portal": _("On the portal"),
    "any_form": _("In any lawful form"),
    "egp": _("On the national e-procurement system"),
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
TERMS: Mapping[str, Promise] = {
    "weekly_ahead": _("before the week begins"),
    "monthly_wd": _("%(days)s working days after the month ends"),
    "monthly_cd": _("%(days)s days after the month ends"),
    "monthly_ahead_wd": _("%(days)s working days before the month begins"),
    "monthly_ahead_cd": _("%(days)s days before the month begins"),
    "period_end_wd": _("%(days)s working days after the period ends"),
    "period_end_cd": _("%(days)s days after the period ends"),
    "working_days": _("within %(days)s working days"),
    "calendar_days": _("within %(days)s days"),
    "hours": _("within %(days)s hours"),
    "working_days_before": _("at least %(days)s working days before"),
    "calendar_days_before": _("at least %(days)s days before"),
    "on_change": _("at once, the law gives no number of days"),
    "ticket_wd": _("answer within %(days)s working days"),
    "ticket_cd": _("answer within %(days)s days"),
    "freshness": _("renewed or confirmed every %(days)s days"),
    "quota": _("at least %(days)s records a month"),
    "minimum_display": _("public for at least %(days)s days"),
    "fields": _("all required details given"),
}
EXCLUSIONS: Mapping[str, Promise] = {
    "alias": _("Re-post (alias) of an article counted elsewhere"),
    "copy": _("Copy of an article already published"),
    "draft": _("Draft, never published"),
    "withdrawn": _("Withdrawn, no longer public"),
    "not_counted": _("Marked by the editorial board as not counted: duplicate of another article"),
    "no_office": _("Credited to no office in the table"),
}
COEFFICIENT_ERRORS: Mapping[str, Promise] = {
    "not_finite": _("The coefficient must be a number."),
    "not_positive": _("The coefficient must be greater than zero."),
    "too_precise": _("The coefficient may have at most two decimals."),
    "over_cap": _("The coefficient exceeds the highest one the law allows for this genre."),
    "not_approved": _("The grade is a proposal; the board has not approved it yet."),
    "genre_changed": _("The genre changed after the grade was approved; the board approves it anew."),
    "unknown_grade": _("The table in force no longer has this grade; grade the article anew."),
    "percent": _("A percentage of the grade is not in force on the day of publication; grade it anew."),
}
PERIODS: Mapping[str, Promise] = {
    "": _("the year %(year)s"),
    "M3": _("the first 3 months of %(year)s"),
    "M6": _("the first 6 months of %(year)s"),
    "M9": _("the first 9 months of %(year)s"),
    "Y": _("the whole year %(year)s"),
}

_TEXTS = frozenset({"title", "why", "decision", "note"})


def explain(
    reason_code: str,
    params: Mapping[str, str | int],
    sentences: Mapping[str, Promise | str] = SENTENCES,
) -> str:
    """One sentence for a finding's reason; ISO dates come out as dd/mm/yyyy, an unknown code as itself."""
    if reason_code not in sentences:
        return reason_code
    shown = {key: _shown(key, value) for key, value in params.items()}
    return str(sentences[reason_code]) % shown


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


def term_label(code: str) -> str:
    """A deadline in words, from its code and number ("working_days:2")."""
    name, _sep, days = code.partition(":")
    return str(TERMS[name]) % {"days": days} if name in TERMS else code


def exclusion_label(code: str) -> str:
    """Why an article does not count."""
    return _label(EXCLUSIONS, code)


def coefficient_error(code: str) -> str:
    """What is wrong with a coefficient, as a sentence."""
    return _label(COEFFICIENT_ERRORS, code)


def period_label(period: str) -> str:
    """A period in words: a fiscal year, its first months, a calendar month, a day as dd/mm/yyyy."""
    read = read_period(period)
    if read is None:
        return _day(period)
    if read.month:
        return gettext("month %(month)s/%(year)s") % {"month": f"{read.month:02d}", "year": read.year}
    return str(PERIODS[read.token]) % {"year": read.year}


def _label(table: Mapping[str, Promise], code: str) -> str:
    return str(table[code]) if code in table else code


def _shown(key: str, value: str | int) -> str | int:
    if key == "period":
        return period_label(str(value))
    if key in _TEXTS or not isinstance(value, str):
        return value
    return _day(value)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).strftime("%d/%m/%Y")
    except ValueError:
        return text


def rule_told(rule: str, grades: Collection[str]) -> str:
    """A line's rule in words: its grade, which stands in front, is named as one."""
    first, sign, rest = rule.partition(";")
    if sign and first.strip() in grades:
        return _("grade %(grade)s; %(rule)s") % {"grade": first.strip(), "rule": rest.strip()}
    return rule

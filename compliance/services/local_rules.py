"""What an installation sets for itself: rules beside the law and days of the calendar, each logged.

Nothing here rewrites a day that has been: what has begun is ended, never changed or removed.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.catalogue.loader import load_calendar, load_catalogue
from compliance.models import CalendarDay, LocalRule
from compliance.queries.rulebook import current_rulebook
from compliance.rules.fitting import HEAVIEST, earliest_start, kinds_that_fit, record_kinds, tiers_bound
from compliance.rules.local import ANSWER, DEADLINE, WEIGHT
from sitepages.models import Tier
from sitepages.text import nfc

_SATURDAY = 5
_YEARS_AHEAD = 5
#: What a rule that holds may still be told: its last day.
ENDING = ("valid_to",)


def check_rule(rule: LocalRule, *, today: datetime.date) -> None:
    """ValidationError, field by field, when the rule fits no duty or reaches into the past."""
    try:
        requirement = load_catalogue().requirement(rule.duty)
    except KeyError:
        raise ValidationError(_("The catalogue has no such duty.")) from None
    wrong: dict[str, str] = {}
    first = earliest_start(today)
    if rule.kind and rule.kind not in kinds_that_fit(requirement):
        wrong["kind"] = _("This changes nothing for this duty; choose another.")
    if rule.kind == WEIGHT and rule.value and rule.value > HEAVIEST:
        wrong["value"] = _("A weight is at most %(most)s points.") % {"most": HEAVIEST}
    if rule.record_kind and rule.kind not in (DEADLINE, ANSWER):
        wrong["record_kind"] = _("Kinds of record are told apart by deadlines and answer times only.")
    elif rule.record_kind and rule.record_kind not in record_kinds(requirement):
        wrong["record_kind"] = _("This duty knows no such kind of record.")
    if rule.tier and rule.tier.code not in tiers_bound(requirement):
        wrong["tier"] = _("The duty does not bind this tier.")
    if rule.valid_from and rule.valid_from < first:
        wrong["valid_from"] = _("A rule never rewrites the past: let it begin on %(day)s or later.") % {
            "day": f"{first:%d/%m/%Y}"
        }
    if rule.valid_from and rule.valid_from.year > today.year + _YEARS_AHEAD:
        wrong["valid_from"] = _("That is too far ahead.")
    if wrong:
        raise ValidationError(wrong)


def has_begun(rule: LocalRule, today: datetime.date) -> bool:
    """Whether duties were already judged by the rule."""
    before = LocalRule.objects.filter(pk=rule.pk).values_list("valid_from", flat=True).first()
    return before is not None and before <= today


@transaction.atomic
def save_rule(rule: LocalRule, *, user: Any, today: datetime.date) -> LocalRule:
    """Record a rule, or a change of one that has not begun. ValidationError when it must not be."""
    _one_at_a_time()
    if has_begun(rule, today):
        raise ValidationError(_("This rule already holds; it can only be ended."))
    check_rule(rule, today=today)
    rule.decision_number, rule.reason = nfc(rule.decision_number).strip(), nfc(rule.reason).strip()
    new = rule.pk is None
    if new:
        rule.created_by = user
    rule.full_clean()
    rule.save()
    log(instance=rule, action="compliance.set_rule" if new else "compliance.change_rule", user=user)
    return rule


@transaction.atomic
def end_rule(rule: LocalRule, *, last: datetime.date, user: Any, today: datetime.date) -> LocalRule:
    """Give a rule that holds its last day, today at the earliest. ValidationError otherwise."""
    _one_at_a_time()
    row = LocalRule.objects.get(pk=rule.pk)
    if row.valid_to and row.valid_to < today:
        raise ValidationError(_("This rule has already ended."))
    if last < today:
        raise ValidationError({"valid_to": _("Days that have been keep their rule: end it today or later.")})
    row.valid_to = last
    row.full_clean()
    row.save(update_fields=["valid_to"])
    log(instance=row, action="compliance.end_rule", user=user, data={"last": last.isoformat()})
    return row


@transaction.atomic
def remove_rule(rule: LocalRule, *, user: Any, today: datetime.date) -> None:
    """Take away a rule that has not begun. ValidationError for one that has."""
    if has_begun(rule, today):
        raise ValidationError(_("This rule already holds; it can only be ended."))
    log(instance=rule, action="compliance.remove_rule", user=user, deleted=True)
    rule.delete()


@transaction.atomic
def add_days(days: Sequence[CalendarDay], *, user: Any, today: datetime.date) -> list[CalendarDay]:
    """Record the days of one decision, all or none: a holiday, a swap's two days, or a complete year."""
    _one_at_a_time()
    first = earliest_start(today)
    for row in days:
        row.created_by = user
        row.name, row.decision_number = nfc(row.name).strip(), nfc(row.decision_number).strip()
        row.full_clean()
        _check_day(row, first, today)
        row.save()
        log(instance=row, action="compliance.add_day", user=user)
    return list(days)


@transaction.atomic
def remove_day(row: CalendarDay, *, user: Any, today: datetime.date) -> None:
    """Take away a day that has not come. ValidationError for one that has: deadlines were counted by it."""
    if not is_removable(row, today):
        raise ValidationError(_("This day has been; deadlines were counted by it, and it stays."))
    log(instance=row, action="compliance.remove_day", user=user, deleted=True)
    row.delete()


def is_removable(row: CalendarDay, today: datetime.date) -> bool:
    """Whether nothing was counted by the day yet."""
    return row.day > today


def _check_day(row: CalendarDay, first: datetime.date, today: datetime.date) -> None:
    kinds = CalendarDay.Kind
    if row.day.year > today.year + _YEARS_AHEAD:
        raise ValidationError(_("That is too far ahead."))
    if row.kind == kinds.YEAR:
        if (row.day.month, row.day.day) != (1, 1) or row.day.year < today.year:
            raise ValidationError(_("Only this year or a coming one can be marked as complete."))
        if load_calendar().knows(row.day.year):
            raise ValidationError(_("The shipped calendar already holds that year."))
        return
    if row.day < first:
        raise ValidationError(
            _("%(day)s has been, and deadlines were counted by it. The calendar is open from %(first)s on.")
            % {"day": f"{row.day:%d/%m/%Y}", "first": f"{first:%d/%m/%Y}"}
        )
    shown = {"day": f"{row.day:%d/%m/%Y}"}
    if row.kind == kinds.WORKED and row.day.weekday() < _SATURDAY:
        raise ValidationError(_("%(day)s is a weekday; only a Saturday or Sunday is worked instead.") % shown)
    calendar = current_rulebook().calendar
    if row.day in {*calendar.holidays, *calendar.swapped_rest, *calendar.working_days}:
        raise ValidationError(_("%(day)s is already in the calendar.") % shown)
    if row.kind == kinds.REST and not calendar.is_working_day(row.day):
        raise ValidationError(_("%(day)s is a day off anyway; only a working day can be given off.") % shown)


def _one_at_a_time() -> None:
    """Hold the tiers until the end of the transaction, so that rules are written one after the other."""
    list(Tier.objects.select_for_update().order_by("pk"))

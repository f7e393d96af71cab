"""Confirmations that a page is still correct, and the second look at a share of them."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.models import RecheckItem
from compliance.queries.confirmations import Confirmation, confirmations_of
from compliance.rules.months import Month, local_date
from compliance.rules.recheck import chosen, seed
from sitepages.models import Authority
from sitepages.models.base import BasePage
from sitepages.services import confirm_page
from sitepages.text import nfc

_NOTE = 500


class UnfinishedMonthError(ValueError):
    """The month is not over: confirmations may still come, and the lot would not be final."""


@transaction.atomic
def confirm_once(page: BasePage, *, user: Any, note: str, now: datetime.datetime) -> bool:
    """Confirm a page; False when the same person said the same of the same words earlier that day."""
    row = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
    if _is_said(row, user, nfc(note).strip()[:_NOTE], now):
        return False
    confirm_page(row, user=user, note=note, at=now)
    return True


@transaction.atomic
def choose_rechecks(month: Month, *, share: int, today: datetime.date) -> list[RecheckItem]:
    """Draw the share of every unit's confirmations of a month that is over; what was drawn stays drawn.

    A second run draws the same and adds nothing. UnfinishedMonthError for a month that is not over.
    """
    if month.last >= today:
        raise UnfinishedMonthError(str(month))
    codes = dict(Authority.objects.select_for_update().values_list("pk", "code"))
    by_unit: dict[int, dict[str, Confirmation]] = defaultdict(dict)
    for each in confirmations_of(month):
        by_unit[each.authority][str(each.page_id)] = each
    drawn = set(RecheckItem.objects.filter(month=month.first).values_list("authority_id", "page_id"))
    made = []
    for unit, candidates in sorted(by_unit.items()):
        for key in chosen(candidates, share, seed(str(month), codes[unit])):
            if (unit, candidates[key].page_id) not in drawn:
                made.append(_item(candidates[key], month, today))
    for item in made:
        item.save()
        log(instance=item, action="compliance.draw_recheck")
    return made


@transaction.atomic
def settle_recheck(
    item: RecheckItem, *, outcome: str, note: str, user: Any, now: datetime.datetime
) -> RecheckItem:
    """Say what the second look found. ValidationError for one's own word, a second answer, a bare “wrong”."""
    row = RecheckItem.objects.select_for_update().get(pk=item.pk)
    clean = nfc(note).strip()[:_NOTE]
    if not row.is_open:
        raise ValidationError(_("This was already checked."))
    if row.confirmed_by_id == user.pk:
        raise ValidationError(_("You confirmed this page yourself. Another person must check it."))
    if outcome not in RecheckItem.Outcome.values:
        raise ValidationError(_("Say whether the page is still correct or not."))
    if outcome == RecheckItem.Outcome.WRONG and not clean:
        raise ValidationError(_("Write what is not correct, so that the unit can mend it."))
    row.outcome, row.note, row.checked_by, row.checked_at = outcome, clean, user, now
    row.save(update_fields=["outcome", "note", "checked_by", "checked_at"])
    log(instance=row, action="compliance.settle_recheck", user=user, data={"outcome": outcome})
    return row


def _is_said(page: BasePage, user: Any, note: str, now: datetime.datetime) -> bool:
    said = page.confirmed_at
    if said is None or page.confirmed_by_id != user.pk or local_date(said) != local_date(now):
        return False
    unchanged = page.human_changed_at is None or page.human_changed_at <= said
    return unchanged and note in ("", page.confirmation_note)


def _item(said: Confirmation, month: Month, today: datetime.date) -> RecheckItem:
    return RecheckItem(
        authority_id=said.authority,
        month=month.first,
        page_id=said.page_id,
        page_title=said.page_title[:500],
        confirmed_at=said.at,
        confirmed_by_id=said.user_id,
        confirmation_note=said.note[:_NOTE],
        chosen_on=today,
    )

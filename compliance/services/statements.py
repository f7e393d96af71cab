"""What people state about duties: confirmations, declarations and waivers, each logged, none erased."""

from __future__ import annotations

import datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from compliance.catalogue.loader import load_catalogue
from compliance.models import Declaration, Waiver
from sitepages.locks import share_record_lock
from sitepages.models import Authority
from sitepages.text import nfc

Stated = TypeVar("Stated", Declaration, Waiver)

#: Kinds of evidence a body has at all times: pages about itself, lists of what it discloses, its portal.
ALWAYS_THERE = ("page_fields", "list_index", "probe")

_NOTE = 500


def may_be_empty(duty: str) -> bool:
    """Whether nothing can arise for a duty: not for what a body always has to tell about itself."""
    codes = load_catalogue().codes
    return duty not in codes or load_catalogue().requirement(duty).evidence not in ALWAYS_THERE


@transaction.atomic
def declare_nothing_arose(
    authority: Authority,
    duty: str,
    *,
    first: datetime.date,
    last: datetime.date,
    note: str,
    user: Any,
    today: datetime.date,
) -> Declaration:
    """A unit's word that nothing arose between two days.

    ValidationError when its days make no sense, when the same was already declared and still stands, or when
    the duty always has something to state.
    """
    if not may_be_empty(duty):
        raise ValidationError(_("This section always has something to state: publish it or confirm it."))
    _one_at_a_time(authority)
    same = Declaration.objects.filter(
        authority=authority, duty=duty, first=first, last=last, withdrawn_at__isnull=True
    )
    if same.exists():
        raise ValidationError(_("This was already declared for the same days."))
    statement = Declaration(
        authority=authority,
        duty=duty,
        first=first,
        last=last,
        note=nfc(note).strip()[:_NOTE],
        stated_on=today,
        stated_by=user,
    )
    return _record(statement, "compliance.declare")


@transaction.atomic
def grant_waiver(
    authority: Authority,
    duty: str,
    *,
    decision_number: str,
    decision_date: datetime.date,
    reason: str,
    valid_from: datetime.date,
    valid_until: datetime.date | None,
    user: Any,
    today: datetime.date,
) -> Waiver:
    """A decision that excuses a duty.

    ValidationError when something is missing, its days are reversed, or the same decision already stands.
    """
    _one_at_a_time(authority)
    same = Waiver.objects.filter(
        authority=authority,
        duty=duty,
        decision_number=nfc(decision_number).strip(),
        valid_from=valid_from,
        withdrawn_at__isnull=True,
    )
    if same.exists():
        raise ValidationError(_("This decision was already recorded for the same duty and beginning."))
    statement = Waiver(
        authority=authority,
        duty=duty,
        decision_number=nfc(decision_number).strip(),
        decision_date=decision_date,
        reason=nfc(reason).strip()[:_NOTE],
        valid_from=valid_from,
        valid_until=valid_until,
        stated_on=today,
        stated_by=user,
    )
    return _record(statement, "compliance.waive")


@transaction.atomic
def withdraw(statement: Declaration | Waiver, *, user: Any, now: datetime.datetime) -> None:
    """Take a statement back from now on; what was judged by it stays. ValidationError when it was already."""
    row = type(statement).objects.select_for_update().get(pk=statement.pk)
    if not row.is_standing:
        raise ValidationError(_("This was already taken back."))
    row.withdrawn_at, row.withdrawn_by = now, user
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    log(instance=row, action="compliance.withdraw", user=user)


def _one_at_a_time(authority: Authority) -> None:
    """Hold the unit until the end of the transaction, so that a form sent twice is recorded once."""
    Authority.objects.select_for_update().get(pk=authority.pk)


def _record(statement: Stated, action: str) -> Stated:
    share_record_lock()
    statement.full_clean()
    statement.save()
    log(instance=statement, action=action, user=statement.stated_by)
    return statement

"""Tell those concerned when somebody else changed who reads payee data, or how they sign in.

Managing people is the administrator's work, and whoever sets another's password could sign in as them. It
is not prevented, but not done unseen: it is logged, and a letter goes to the person, at the address they had
before, to everybody else with a money role at the portal, to its board and to its heads.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from wagtail.log_actions import log

from compliance.models import OutgoingMail
from compliance.queries.staff import one_line, usable_address
from compliance.services.remind import Letter
from sitepages.models import Authority, RoleGroup

#: The roles whose holders read payee data.
MONEY_ROLES = ("accountant",)
#: The roles that are told besides them.
_WATCH = (*MONEY_ROLES, "board", "office-head")

#: What is watched of an account.
LOGIN = ("username", "password", "email", "is_active")
ROLE_GIVEN, ROLE_TAKEN = "role_given", "role_taken"

#: (person concerned, unit, reader, what changed, who did it) to a letter.
Write = Callable[[Any, Authority, Any, Sequence[str], Any], Letter]


def money_units(user: Any) -> list[Authority]:
    """Where the user holds a role of money."""
    links = RoleGroup.objects.filter(role__in=MONEY_ROLES, group__user=user).select_related("authority")
    return list({link.authority_id: link.authority for link in links}.values())


@transaction.atomic
def tell_of_change(
    person: Any,
    units: Sequence[Authority],
    changed: Sequence[str],
    *,
    actor: Any,
    address: str,
    write: Write,
    now: datetime.datetime,
) -> int:
    """Log the change and put the letters into the outbox; how many. ``address``: the person's before it."""
    written = 0
    for unit in units:
        log(
            instance=person,
            action="compliance.money_account",
            user=actor,
            data={"unit": unit.code, "changed": list(changed)},
        )
        readers = [(person, address), *((each, each.email) for each in _watchers(unit, person, actor))]
        mails = [
            _mail(unit, reader, usable_address(to), write(person, unit, reader, changed, actor), now)
            for reader, to in readers
            if usable_address(to)
        ]
        OutgoingMail.objects.bulk_create(mails)
        written += len(mails)
    return written


def _watchers(unit: Authority, person: Any, actor: Any) -> list[Any]:
    found = get_user_model().objects.filter(
        groups__role_group__role__in=_WATCH, groups__role_group__authority=unit, is_active=True
    )
    return list(found.exclude(pk__in=[person.pk, actor.pk]).order_by("pk").distinct())


def _mail(unit: Authority, reader: Any, address: str, letter: Letter, now: datetime.datetime) -> OutgoingMail:
    return OutgoingMail(
        authority=unit,
        recipient=reader,
        name=one_line(reader.get_full_name() or reader.get_username())[:310],
        address=address,
        subject=one_line(letter.subject)[:300],
        text=letter.text,
        html=letter.html,
        created_at=now,
        next_try_at=now,
    )

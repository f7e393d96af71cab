"""Heads of office: who they are, which portals they may read, who wants no letter."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from compliance.models import DigestStop, HeadDigest
from compliance.queries.overview import Overview, overview
from compliance.queries.staff import Person, one_line, usable_address
from compliance.rules.months import Month
from sitepages.models import Authority, Contribution, RoleGroup

HEAD = "office-head"


@dataclass(frozen=True)
class Summary:
    """What one head is told of one month: their own portal, and those below it that they may read."""

    person: Person
    home: Authority
    month: Month
    counted: Overview


def is_head(user: Any, authority: Authority) -> bool:
    """Whether the user is a head of office at the portal."""
    return RoleGroup.objects.filter(role=HEAD, authority=authority, group__user=user).exists()


def summaries(month: Month, today: datetime.date) -> tuple[list[Summary], list[tuple[Authority, str]]]:
    """The letters of a month still to be written, and the heads no letter can reach: (portal, name).

    One a head and portal; none for whom it was written already, who wants none, or who may not read the
    counts. Portals are counted once for all who read the same.
    """
    told = set(HeadDigest.objects.filter(month=month.first).values_list("authority", "user"))
    told |= set(DigestStop.objects.values_list("authority", "user"))
    languages = dict(
        UserProfile.objects.exclude(preferred_language="").values_list("user_id", "preferred_language")
    )
    offered = {code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}
    found, silent = [], []
    counted: dict[tuple[int, ...], Overview] = {}
    for link in RoleGroup.objects.filter(role=HEAD).select_related("authority__site").order_by("authority"):
        if not link.authority.is_in_force(today):
            continue
        for user in get_user_model().objects.filter(groups=link.group, is_active=True).order_by("pk"):
            units = readable(user, link.authority)
            if not units or (link.authority_id, user.pk) in told:
                continue
            name = one_line(f"{user.last_name} {user.first_name}") or one_line(user.get_username())
            address = usable_address(user.email)
            if not address:
                silent.append((link.authority, name))
                continue
            chosen = languages.get(user.pk, "")
            language = chosen if chosen in offered else settings.LANGUAGE_CODE
            key = tuple(unit.pk for unit in units)
            if key not in counted:
                counted[key] = overview(units, month, month)
            person = Person(user.pk, name, address, language)
            found.append(Summary(person, link.authority, month, counted[key]))
    return found, silent


def readable(user: Any, home: Authority) -> Sequence[Authority]:
    """A head's portal and those under it whose counts they may read, in order; none without the right."""
    policy = policy_registry.get_by_type(Contribution)
    mine = policy.authorities(user, ["view"]).filter(site__isnull=False)
    units = [unit for unit in mine.select_related("site") if home.pk in (unit.pk, unit.parent_id)]
    return units if home in units else []

"""Who stands behind a unit: its officers and its board, who is active, and whose address can be used."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from wagtail.permissions import policy_registry
from wagtail.users.models import UserProfile

from sitepages.models import Authority, RoleGroup

OFFICER, BOARD, ADMINISTRATOR = "officer", "board", "administrator"


@dataclass(frozen=True)
class Person:
    """Somebody with an active account; `address` "" when none can be used. `language` is how they read."""

    pk: int
    name: str
    address: str
    language: str


@dataclass(frozen=True)
class Unit:
    """A unit with a portal, the people of each role, and the unit above (None for the main portal)."""

    pk: int
    code: str
    name: str
    parent: int | None
    people: dict[str, tuple[Person, ...]] = field(default_factory=dict)

    def of(self, *roles: str) -> tuple[Person, ...]:
        """The people of these roles, each once."""
        return tuple(dict.fromkeys(person for role in roles for person in self.people.get(role, ())))

    def reachable(self, role: str) -> tuple[int, ...]:
        """The ids of those of a role who can be written to."""
        return tuple(person.pk for person in self.of(role) if person.address)

    @property
    def has_account(self) -> bool:
        """Whether anybody active can work on the unit's sections."""
        return bool(self.of(OFFICER, BOARD))


def staffed_units(today: datetime.date) -> dict[int, Unit]:
    """Every unit with a portal in force today, in order, with its active people: three queries."""
    people: dict[int, dict[str, dict[int, Person]]] = defaultdict(lambda: defaultdict(dict))
    languages = _languages()
    rows = RoleGroup.objects.filter(
        role__in=(OFFICER, BOARD, ADMINISTRATOR), group__user__is_active=True
    ).order_by("group__user__pk")
    fields = ("pk", "last_name", "first_name", "username", "email")
    for unit, role, pk, last, first, username, email in rows.values_list(
        "authority_id", "role", *(f"group__user__{name}" for name in fields)
    ):
        name = one_line(f"{last} {first}") or one_line(username)
        language = languages.get(pk, settings.LANGUAGE_CODE)
        people[unit][role][pk] = Person(pk, name, usable_address(email), language)
    units = Authority.objects.filter(site__isnull=False).in_force(today)
    return {
        unit.pk: Unit(
            unit.pk,
            unit.code,
            unit.display_name,
            unit.parent_id,
            {role: tuple(found.values()) for role, found in people[unit.pk].items()},
        )
        for unit in units
    }


def unmanned_units(today: datetime.date) -> set[int]:
    """The ids of units with a portal behind whose sections no active account stands."""
    return {unit.pk for unit in staffed_units(today).values() if not unit.has_account}


def everybody(units: Iterable[Unit]) -> dict[int, Person]:
    """All people of the units, by id."""
    return {person.pk: person for unit in units for person in unit.of(OFFICER, BOARD, ADMINISTRATOR)}


def lost(user: Any, rests_on: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Which of these roles, or permissions, the user does not hold at its unit: [name, unit]."""
    held = set(RoleGroup.objects.filter(group__user=user).values_list("role", "authority_id"))
    return [
        [name, unit]
        for name, unit in rests_on
        if not (_may(user, name, unit) if "." in name else (name, unit) in held)
    ]


def _may(user: Any, permission: str, unit: int) -> bool:
    label, _dot, codename = permission.partition(".")
    action, _under, model = codename.partition("_")
    policy: Any = policy_registry.get_by_type(apps.get_model(label, model))
    return bool(policy.authorities(user, [action]).filter(pk=unit).exists())


def usable_address(text: str) -> str:
    """The address as it can be written to; "" when it cannot."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address


def one_line(text: str) -> str:
    """The text on one line, without control characters: nothing that could break a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _languages() -> dict[int, str]:
    """The language of those who chose one that is offered."""
    offered = {code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES}
    rows = UserProfile.objects.exclude(preferred_language="").values_list("user_id", "preferred_language")
    return {user: language for user, language in rows if language in offered}

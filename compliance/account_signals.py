"""Accounts that read payee data: a change by somebody else is told of, whichever screen made it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import get_active_log_context

from compliance.post.money_people import write_change
from compliance.services.money_people import (
    LOGIN,
    MONEY_ROLES,
    ROLE_GIVEN,
    ROLE_TAKEN,
    money_units,
    tell_of_change,
)
from sitepages.models import Authority, RoleGroup

User: Any = get_user_model()


def _actor(person: Any) -> Any:
    """Who works in the admin now, unless it is the person; a command has nobody."""
    actor = get_active_log_context().user
    return None if actor is None or actor.pk is None or actor.pk == person.pk else actor


def _tell(person: Any, units: list[Authority], changed: list[str], address: str) -> None:
    tell_of_change(
        person,
        units,
        changed,
        actor=_actor(person),
        address=address,
        write=write_change,
        now=timezone.now(),
    )


@receiver(pre_save, sender=User, dispatch_uid="compliance.look_at_account")
def look_at_account(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Keep what the account said before."""
    watched = not raw and instance.pk is not None and _actor(instance) is not None
    instance._said_before = User.objects.filter(pk=instance.pk).values(*LOGIN).first() if watched else None


@receiver(post_save, sender=User, dispatch_uid="compliance.tell_of_account")
def tell_of_account(sender: type, instance: Any, **kwargs: Any) -> None:
    before = instance.__dict__.pop("_said_before", None)
    changed = [name for name in LOGIN if before and before[name] != getattr(instance, name)]
    if changed:
        _tell(instance, money_units(instance), changed, before["email"])


@receiver(m2m_changed, sender=User.groups.through, dispatch_uid="compliance.tell_of_role")
def tell_of_role(
    sender: type, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    if action not in ("post_add", "pre_remove", "pre_clear"):
        return
    told = ROLE_GIVEN if action == "post_add" else ROLE_TAKEN
    if reverse:
        people = instance.user_set.all() if pk_set is None else User.objects.filter(pk__in=pk_set)
        groups: Iterable[int] = [instance.pk]
    else:
        people = [instance]
        groups = instance.groups.values_list("pk", flat=True) if pk_set is None else pk_set
    links = RoleGroup.objects.filter(role__in=MONEY_ROLES, group__in=list(groups)).select_related("authority")
    units = [link.authority for link in links]
    for person in people if units else ():
        if _actor(person) is not None:
            _tell(person, units, [told], person.email)

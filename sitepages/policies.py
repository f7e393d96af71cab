"""Rights by authority: no model right of ours is ever global."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.models import GroupSitePermission
from wagtail.permission_policies.base import BaseDjangoAuthPermissionPolicy

from sitepages.models import Authority


class AuthorityPermissionPolicy(BaseDjangoAuthPermissionPolicy):
    """A user acts on a row when one of their groups holds the right on the site of the row's authority.

    ``authority`` is the lookup from the model to its Authority (``period__authority``); ``None`` for a model
    that belongs to the whole installation, where the right must be held on the main portal's site. Rights
    held through Django's own permissions are ignored: those would be global.
    """

    permission_cache_name = "_site_permission_cache"  # same rows and shape as Wagtail's SitePermissionPolicy

    def __init__(self, model: type[Model], authority: str | None = "authority") -> None:
        super().__init__(model)
        self.authority = authority

    def get_all_permissions_for_user(self, user: Any) -> QuerySet:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return GroupSitePermission.objects.none()
        return GroupSitePermission.objects.filter(group__user=user).select_related("site", "permission")

    def _site_ids(self, user: Any, actions: Any) -> set[int]:
        codenames = self._get_permission_codenames(actions)
        return {
            row.site_id
            for row in self.get_cached_permissions_for_user(user)
            if row.permission.content_type_id == self._content_type.pk
            and row.permission.codename in codenames
            and (self.authority is not None or row.site.is_default_site)
        }

    def authorities(self, user: Any, actions: Any) -> QuerySet:
        """The authorities for which the user holds any of the rights."""
        if not (user.is_authenticated and user.is_active):
            return Authority.objects.none()
        if user.is_superuser:
            return Authority.objects.all()
        return Authority.objects.filter(site_id__in=self._site_ids(user, actions))

    def user_has_permission(self, user: Any, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        if not (user.is_authenticated and user.is_active):
            return False
        return bool(user.is_superuser or self._site_ids(user, actions))

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Model) -> bool:
        if not (user.is_authenticated and user.is_active):
            return False
        if user.is_superuser:
            return True
        sites = self._site_ids(user, actions)
        if self.authority is None or not sites:
            return bool(sites)
        row: Any = instance
        for step in self.authority.split("__"):
            row = getattr(row, step, None)
            if row is None:
                return False
        return row.site_id in sites

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> QuerySet:
        rows = self.model._default_manager.all()
        if not self.user_has_any_permission(user, actions):
            return rows.none()
        if user.is_superuser or self.authority is None:
            return rows
        return rows.filter(**{f"{self.authority}__site_id__in": self._site_ids(user, actions)})

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet:
        return self.instances_user_has_any_permission_for(user, [action])

    def users_with_any_permission(self, actions: Any) -> QuerySet:
        held = Q(groups__site_permissions__permission__in=self._get_permission_objects_for_actions(actions))
        return get_user_model().objects.filter(Q(is_superuser=True) | held, is_active=True).distinct()

    def users_with_any_permission_for_instance(self, actions: Any, instance: Model) -> QuerySet:
        people = self.users_with_any_permission(actions)
        allowed = [
            user.pk for user in people if self.user_has_any_permission_for_instance(user, actions, instance)
        ]
        return get_user_model().objects.filter(pk__in=allowed)


class ReceivedPolicy(AuthorityPermissionPolicy):
    """Rows that readers send: nobody adds one by hand, a superuser neither."""

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        kept = [each for each in actions if each != "add"]
        return bool(kept) and super().user_has_any_permission(user, kept)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Model) -> bool:
        kept = [each for each in actions if each != "add"]
        return bool(kept) and super().user_has_any_permission_for_instance(user, kept, instance)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        return self.user_has_any_permission_for_instance(user, [action], instance)

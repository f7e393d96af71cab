"""Who may manage whom: administrators manage people, superusers are out of their reach."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from portal.models import User


def guard_superusers(request: HttpRequest, user: User) -> None:
    """Hook body: only a superuser changes or removes one; PermissionDenied otherwise."""
    if user.is_superuser and not request.user.is_superuser:
        raise PermissionDenied(_("Only a superuser may change the account of a superuser."))


def guard_superusers_in_bulk(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> None:
    """Hook body: the same for several accounts at once."""
    for each in objects:
        if isinstance(each, User):
            guard_superusers(request, each)
    if action_type == "assign_role" and request.user in objects and not request.user.is_superuser:
        raise PermissionDenied(_("Nobody gives themselves a role."))


class _WithoutSuperuserMixin:
    """Takes the superuser box off the form of anybody who is none."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        form: BaseForm = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if not self.request.user.is_superuser:
            form.fields.pop("is_superuser", None)
            if getattr(getattr(form, "instance", None), "pk", None) == self.request.user.pk:
                form.fields.pop("groups", None)  # nobody gives themselves a role
        return form


class PortalCreateView(_WithoutSuperuserMixin, CreateView):
    """A new account."""


class PortalEditView(_WithoutSuperuserMixin, EditView):
    """An account."""


class PortalUserViewSet(UserViewSet):
    """Accounts, without a way up for administrators."""

    add_view_class = PortalCreateView
    edit_view_class = PortalEditView

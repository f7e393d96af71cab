"""What a signed-in person may see, for views that are not viewsets."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404

from compliance.admin.scoping import policy_for
from sitepages.models import Authority


def authorities_for(user: Any, model: type[Model], action: str = "view") -> QuerySet:
    """The authorities whose rows of a model the user may see, with their sites."""
    return (
        policy_for(model)
        .authorities(user, [action])
        .filter(site__isnull=False)
        .select_related("site__root_page", "parent")
    )


def allowed_authorities(user: Any, model: type[Model], action: str = "view") -> QuerySet:
    """The same; PermissionDenied when there is none."""
    found = authorities_for(user, model, action)
    if not found.exists():
        raise PermissionDenied
    return found


def authority_or_404(user: Any, model: type[Model], code: str, action: str = "view") -> Authority:
    """One of them by code; 404 for any other, as if it did not exist."""
    found: Authority | None = allowed_authorities(user, model, action).filter(code=code).first()
    if found is None:
        raise Http404
    return found


def own_authorities(user: Any) -> QuerySet:
    """The authorities at which the user holds a role."""
    if user.is_superuser:
        return Authority.objects.filter(parent__isnull=True, site__isnull=False)
    return Authority.objects.filter(role_groups__group__user=user).distinct()

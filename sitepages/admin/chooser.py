"""What an officer may choose: public pages, and drafts of their own portals."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.permission_policies.pages import PagePermissionPolicy


def only_what_may_be_seen(pages: QuerySet, request: HttpRequest) -> QuerySet:
    """Hook body: drafts of other portals are not offered."""
    own = PagePermissionPolicy().explorable_instances(request.user)
    return pages.filter(Q(live=True) | Q(pk__in=own.values("pk")))

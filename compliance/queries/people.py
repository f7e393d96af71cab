"""Who stands behind a unit's sections: people, not portals, keep deadlines."""

from __future__ import annotations

from django.db.models import F, QuerySet

from sitepages.models import Authority, RoleGroup

WRITES = ("add_page", "change_page")


def units_without_officer() -> QuerySet[Authority]:
    """Units with a portal on which no active account of their own roles may add or change a page."""
    staffed = RoleGroup.objects.filter(
        group__user__is_active=True,
        group__page_permissions__permission__codename__in=WRITES,
        group__page_permissions__page=F("authority__site__root_page"),
    )
    return Authority.objects.filter(site__isnull=False).exclude(pk__in=staffed.values("authority"))

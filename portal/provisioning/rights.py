"""Groups, rights and the workflow, as the plan says."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.provisioning.changes import Changes
from portal.provisioning.plan import ROLES, TASK, WORKFLOW, Role, group_name
from sitepages.models import Authority, EditorialBoardTask, RoleGroup

_STOCK_GROUPS = ("Moderators", "Editors")
_STOCK_WORKFLOW = "Moderators approval"


def remove_stock_groups(changes: Changes) -> None:
    """Wagtail's own groups hold rights on every site; they go, unless people sit in them."""
    for group in Group.objects.filter(name__in=_STOCK_GROUPS, role_group__isnull=True, user__isnull=True):
        label = f"- group {group.name}"
        group.delete()
        changes.add(label)
    for workflow in Workflow.objects.filter(name=_STOCK_WORKFLOW, workflow_states__isnull=True):
        tasks = [row.task for row in WorkflowTask.objects.filter(workflow=workflow)]
        workflow.delete()
        for task in tasks:
            task.specific.delete()
        changes.add(f"- workflow {_STOCK_WORKFLOW}")


def provide_rights(changes: Changes) -> None:
    """Every group the plan owns holds exactly the plan's rights: missing ones come, extra ones go."""
    permissions = {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in Permission.objects.select_related("content_type")
    }
    authorities = list(
        Authority.objects.select_related("site__root_page", "collection").filter(site__isnull=False)
    )
    fronts: dict[Any, list[int]] = defaultdict(list)  # of one portal, in every language
    keys = [authority.portal.root_page.translation_key for authority in authorities]
    for key, pk in Page.objects.filter(translation_key__in=keys).values_list("translation_key", "pk"):
        fronts[key].append(pk)
    for authority in authorities:
        below = [other for other in authorities if other.parent_id == authority.pk]
        for role in ROLES:
            if role.main_only and authority.parent_id is not None:
                continue
            group = _group(authority, role, changes)
            reach = [authority, *below] if role.everywhere else [authority]
            homes = {
                (home, f"wagtailcore.{name}_page")
                for unit in reach
                for home in fronts[unit.portal.root_page.translation_key]
                for name in role.pages
            }
            media = {(unit.collection_id, name) for unit in reach for name in role.media}
            sites = {(authority.site_id, name) for name in role.models}
            sites |= {(unit.site_id, name) for unit in below for name in role.models_below}
            everywhere = {(None, name) for name in role.admin}
            for rows, target, wanted in (
                (GroupPagePermission, "page", homes),
                (GroupCollectionPermission, "collection", media),
                (GroupSitePermission, "site", sites),
                (Group.permissions.through, None, everywhere),
            ):
                _reconcile(
                    changes, group, rows, target, {(key, permissions[name].pk): name for key, name in wanted}
                )


def _group(authority: Authority, role: Role, changes: Changes) -> Group:
    name = group_name(role, authority.display_name)
    link = RoleGroup.objects.filter(authority=authority, role=role.code).select_related("group").first()
    if link is None:
        group, made = Group.objects.get_or_create(name=name)
        RoleGroup.objects.create(authority=authority, role=role.code, group=group)
        changes.add(f"+ group {name}" if made else f"~ group {name} (role)")
        return group
    if link.group.name != name:
        link.group.name = name
        link.group.save(update_fields=["name"])
        changes.add(f"~ group {name} (name)")
    return link.group


def _reconcile(
    changes: Changes,
    group: Group,
    rows: Any,
    target: str | None,
    wanted: dict[tuple[int | None, int], str],
) -> None:
    """Make the group's rows of one kind of right equal to ``wanted`` (target, permission)."""
    field = f"{target}_id" if target else None
    held = {
        (getattr(row, field) if field else None, row.permission_id): row
        for row in rows.objects.filter(group_id=group.pk)
    }
    for (key, permission), name in sorted(wanted.items(), key=lambda item: (item[1], item[0][0] or 0)):
        if (key, permission) not in held:
            rows.objects.create(
                group_id=group.pk, permission_id=permission, **({field: key} if field else {})
            )
            changes.add(f"+ {group.name}: {name}{f' ({target} {key})' if target else ''}")
    for (key, permission), row in held.items():
        if (key, permission) not in wanted:
            name = Permission.objects.get(pk=permission).codename
            row.delete()
            changes.add(f"- {group.name}: {name}{f' ({target} {key})' if target else ''}")


def provide_workflow(changes: Changes) -> None:
    """One workflow for every portal, of one task that finds the page's own board."""
    task = changes.agree(EditorialBoardTask, {"name": TASK}, {"active": True}, f"task {TASK}")
    workflow = changes.agree(Workflow, {"name": WORKFLOW}, {"active": True}, f"workflow {WORKFLOW}")
    changes.agree(WorkflowTask, {"workflow": workflow, "task": task.task_ptr}, {}, "step of the workflow")
    root = Page.get_first_root_node()
    changes.agree(WorkflowPage, {"page": root}, {"workflow": workflow}, "workflow of all pages")

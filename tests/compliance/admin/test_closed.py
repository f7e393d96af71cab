"""Who stands at the door: the head of office, the stranger, and whoever holds a global Django right."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.permission_policies.collections import (
    CollectionOwnershipPermissionPolicy,
    CollectionPermissionPolicy,
)
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import policy_registry

from sitepages.models import EditorialBoardTask, PortalDocument, PortalImage, SiteSettings
from sitepages.policies import AuthorityPermissionPolicy, ReceivedPolicy
from tests.builders import make_user, signed_in
from tests.compliance.admin.addresses import our_addresses
from tests.compliance.admin.browse import call, is_refused, marks_in
from tests.compliance.admin.rows import digests
from tests.compliance.admin.tries import Try
from tests.compliance.admin.visits import VISITS
from tests.compliance.admin.world import OFFICE, Unit, World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ADDRESSES = sorted(our_addresses())
HEAD_MAY_OPEN = {
    "compliance_contributions",
    "compliance_cell",
    "compliance_tallies",
    "compliance_visits",
    "compliance_overview",
    "compliance_digest_choice",
    "compliance_matrix",
    "compliance_question_figures",
    "compliance_unit",
    "compliance_section",
    "compliance_history",
    "compliance_catalogue",
    "compliance_topics",
    "compliance_topic",
    "compliance_no_topic",
    "compliance_activity",
    "compliance_activity_report",
    "compliance_activity_file",
}

#: Where a head of the district reads the communes' counts as well.
COUNTS = {
    "compliance_contributions",
    "compliance_cell",
    "compliance_tallies",
    "compliance_overview",
    "compliance_topics",
    "compliance_topic",
    "compliance_no_topic",
}

#: Parts of a page, edited with it and nowhere else: no screen of their own, hence no policy.
PARTS = {
    "ChangeNote", "DisclosureFile", "DocumentFile", "DocumentLink",
    "PenName", "PortalRendition", "WorkScheduleRow",
}  # fmt: skip


def all_tries(world: World, name: str) -> list[Try]:
    """Every request of the walk, at every unit's rows, and every legitimate one."""
    visit = VISITS[name]
    units = (world.district, world.glar)
    return [
        *(tried for unit in units for tried in visit.attacks(world, unit, unit)),
        *(tried for unit in units for tried in visit.own(world, unit)),
    ]


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_head_of_an_office_reads_the_table_and_nothing_else(name: str, world: World) -> None:
    tries = all_tries(world, name)  # plants what they ask for
    before = digests()
    for tried in tries:
        reply = call(world.head, name, tried)
        if name not in HEAD_MAY_OPEN or tried.form is not None:
            assert is_refused(reply) or name == "compliance_digest_choice"
        if name not in COUNTS:
            assert marks_in(reply) <= {world.district.mark}
    after = digests()
    assert {table for table in before if before[table] != after[table]} <= {"compliance.DigestStop"}


def test_the_head_of_an_office_sees_the_dashboard_and_the_tables(world: World) -> None:
    assert world.head.get(reverse("wagtailadmin_home")).status_code == 200
    table = {"authority": "dak-doa", "first": "2021-01", "last": "2021-03"}
    assert world.district.mark in marks_in(call(world.head, "compliance_contributions", Try(query=table)))
    cell = {"authority": "dak-doa", "office": OFFICE, "month": "2021-01"}
    assert world.district.mark in marks_in(call(world.head, "compliance_cell", Try(cell)))
    below = {**table, "authority": "glar"}
    assert marks_in(call(world.head, "compliance_contributions", Try(query=below))) == {world.glar.mark}
    assert marks_in(call(world.head, "compliance_cell", Try({**cell, "authority": "glar"}))) == {
        world.glar.mark
    }


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_is_sent_to_the_log_in(name: str, world: World) -> None:
    tries = all_tries(world, name)  # plants what they ask for
    before = digests()
    for tried in tries:
        reply = call(world.nobody, name, tried)
        assert reply.status_code == 200
        assert reply.request["PATH_INFO"] == reverse("wagtailadmin_login")
        assert not marks_in(reply)
    assert digests() == before


def our_models() -> list[Any]:
    return [model for app in ("compliance", "sitepages") for model in apps.get_app_config(app).get_models()]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model.__name__)
def test_no_right_over_a_model_is_global(model: Any) -> None:
    policy = policy_registry.get_by_type(model, fallback=False)
    if model.__name__ in PARTS:
        assert policy is None
    elif issubclass(model, Page):
        assert type(policy) is PagePermissionPolicy
    elif model in (PortalImage, PortalDocument):
        assert isinstance(policy, CollectionPermissionPolicy | CollectionOwnershipPermissionPolicy)
    elif model is SiteSettings:
        assert type(policy) is SitePermissionPolicy
    elif model is EditorialBoardTask:  # workflows are the administrator's, by Wagtail's own policy
        assert policy is policy_registry.get_by_type(EditorialBoardTask.__mro__[1])
    else:
        assert type(policy) in (AuthorityPermissionPolicy, ReceivedPolicy)
        assert policy.model is model


@pytest.fixture
def global_holder(world: World) -> Client:
    """Signs in, and holds every plain Django right over every model with a policy of ours."""
    group = Group.objects.create(name="toàn cục")
    scoped = [
        model
        for model in our_models()
        if isinstance(
            policy_registry.get_by_type(model, fallback=False),
            AuthorityPermissionPolicy | PagePermissionPolicy,
        )
    ]
    codes = [
        f"{action}_{model._meta.model_name}"
        for model in scoped
        for action in ("add", "change", "delete", "view")
    ]
    held = Permission.objects.filter(
        content_type__app_label__in=("compliance", "sitepages"), codename__in=[*codes, "approve_payperiod"]
    )
    assert held.count() == len(codes) + 1
    group.permissions.set([*held, Permission.objects.get(codename="access_admin")])
    user = get_user_model().objects.create_user("toan-cuc", "t@example.org", "pass-word-1234")
    user.groups.add(group)
    user.user_permissions.set(held)
    return signed_in(user)


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_plain_django_right_opens_nothing(name: str, world: World, global_holder: Client) -> None:
    tries = all_tries(world, name)  # plants what they ask for
    before = digests()
    for tried in tries:
        reply = call(global_holder, name, tried)
        assert is_refused(reply)
        assert not marks_in(reply)
    assert digests() == before


def test_a_plain_django_right_opens_no_page(world: World, global_holder: Client) -> None:
    for page in (world.glar.schedule, world.glar.graded, world.glar.authority.site.root_page):
        assert is_refused(global_holder.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
        assert is_refused(global_holder.get(reverse("wagtailadmin_pages:delete", args=[page.pk])))


def test_rights_of_an_inactive_user_are_gone(world: World) -> None:
    user = make_user("accountant", "trang")
    policy = policy_registry.get_by_type(type(world.trang.rate))
    assert policy.user_has_permission_for_instance(user, "change", world.trang.rate)
    user.is_active = False
    assert not policy.user_has_permission_for_instance(user, "change", world.trang.rate)
    assert not policy.instances_user_has_any_permission_for(user, ["view", "change"]).exists()
    assert not policy.authorities(user, ["change"]).exists()


def unit_rows(unit: Unit) -> list[Any]:
    return [
        unit.rate, unit.modifier, unit.budget, unit.spending, unit.closed, unit.entry, unit.office,
        unit.paid_article.royalty_grade,
    ]  # fmt: skip


@pytest.mark.parametrize("role", ["officer", "secretary", "board", "accountant"])
def test_a_policy_says_no_for_each_foreign_row(role: str, world: World) -> None:
    user = make_user(role, "trang")
    for row in (*unit_rows(world.glar), *unit_rows(world.district)):
        policy = policy_registry.get_by_type(type(row))
        for action in ("view", "add", "change", "delete", "approve"):
            assert not policy.user_has_permission_for_instance(user, action, row)
        assert (
            not policy.instances_user_has_any_permission_for(user, ["view", "change"])
            .filter(pk=row.pk)
            .exists()
        )
        assert user not in policy.users_with_any_permission_for_instance(["view", "add", "change"], row)

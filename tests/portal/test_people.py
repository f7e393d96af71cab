"""Administrators manage people; superusers are out of their reach."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.builders import make_superuser, make_user, signed_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def form(user: Any, **more: Any) -> dict[str, Any]:
    groups = list(user.groups.values_list("pk", flat=True))
    given = {
        "username": user.username,
        "email": user.email,
        "first_name": "A",
        "last_name": "B",
        "is_active": "on",
    }
    return {**given, "groups": groups, **more}


def edit(user: Any) -> str:
    return reverse("wagtailusers_users:edit", args=[user.pk])


def test_the_administrator_changes_an_officer() -> None:
    officer = make_user("officer", "glar")
    client = signed_in(make_user("administrator"))
    board = Group.objects.get(role_group__role="board", role_group__authority__code="glar")
    assert client.post(edit(officer), form(officer, groups=[board.pk])).status_code == 302
    assert list(officer.groups.all()) == [board]


def test_the_administrator_does_not_reach_a_superuser() -> None:
    root = make_superuser()
    client = signed_in(make_user("administrator"))
    reply = client.post(edit(root), form(root, password1="New-pass-9-word", password2="New-pass-9-word"))
    assert reply.status_code in (302, 403)
    client.post(reverse("wagtailusers_users:delete", args=[root.pk]))
    after = get_user_model().objects.get(pk=root.pk)
    assert (after.password, after.first_name) == (root.password, root.first_name)
    bulk = reverse("wagtail_bulk_action", args=["portal", "user", "set_active_state"])
    client.post(f"{bulk}?id={root.pk}", {"mark_as_active": "False"})
    assert get_user_model().objects.get(pk=root.pk).is_active


def test_the_administrator_makes_no_superuser() -> None:
    officer = make_user("officer", "glar")
    admin = make_user("administrator")
    for target in (officer, admin):
        signed_in(admin).post(edit(target), form(target, is_superuser="on"))
        assert not get_user_model().objects.get(pk=target.pk).is_superuser


@pytest.mark.parametrize("role", ["officer", "board", "accountant", "office-head"])
def test_nobody_else_manages_people(role: str) -> None:
    officer = make_user("officer", "glar")
    client = signed_in(make_user(role))
    for address in (reverse("wagtailusers_users:index"), edit(officer), reverse("wagtailusers_users:add")):
        assert client.get(address).status_code in (302, 403, 404)
    client.post(edit(officer), form(officer))
    assert get_user_model().objects.get(pk=officer.pk).first_name == ""

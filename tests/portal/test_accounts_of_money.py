"""Who changes how an accountant signs in, or who is one, does not do it unseen."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry

from compliance.models import OutgoingMail
from tests.builders import make_user, signed_in
from tests.portal.test_people import edit, form

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def people(db: None) -> dict[str, Any]:
    roles = ("administrator", "accountant", "board", "officer", "office-head")
    return {role: make_user(role, username=f"an.{role}") for role in roles}


def told() -> set[str]:
    return set(OutgoingMail.objects.values_list("address", flat=True))


def logged() -> list[Any]:
    entries = ModelLogEntry.objects.filter(action="compliance.money_account")
    return [(entry.user.username, entry.data["changed"]) for entry in entries]


def group(role: str) -> Group:
    found: Group = Group.objects.get(role_group__role=role, role_group__authority__code="dak-doa")
    return found


EVERYBODY = {"an.accountant@example.org", "an.board@example.org", "an.office-head@example.org"}


@pytest.mark.parametrize(
    ("more", "changed"),
    [
        ({"email": "elsewhere@example.org"}, ["email"]),
        ({"password1": "New-pass-9-word", "password2": "New-pass-9-word"}, ["password"]),
        ({"username": "other.name"}, ["username"]),
    ],
)
def test_changed_login_data_is_told_to_the_old_address_the_board_and_the_head(
    people: dict[str, Any], more: dict[str, str], changed: list[str]
) -> None:
    accountant = people["accountant"]
    reply = signed_in(people["administrator"]).post(edit(accountant), form(accountant, **more))
    assert reply.status_code == 302
    assert told() == EVERYBODY
    assert logged() == [("an.administrator", changed)]


def test_a_name_alone_and_other_peoples_accounts_tell_nobody(people: dict[str, Any]) -> None:
    client = signed_in(people["administrator"])
    for role, more in (("accountant", {"first_name": "Khác"}), ("officer", {"email": "x@example.org"})):
        assert client.post(edit(people[role]), form(people[role], **more)).status_code == 302
    assert (told(), logged()) == (set(), [])


def test_a_role_given_or_taken_is_told(people: dict[str, Any]) -> None:
    client, officer = signed_in(people["administrator"]), people["officer"]
    both = [group("officer").pk, group("accountant").pk]
    client.post(edit(officer), form(officer, groups=both))
    assert told() == {*EVERYBODY, "an.officer@example.org"}
    client.post(edit(officer), form(officer, groups=both[:1]))
    assert logged() == [("an.administrator", ["role_taken"]), ("an.administrator", ["role_given"])]


def test_a_role_given_in_bulk_is_told_and_never_to_oneself(people: dict[str, Any]) -> None:
    client, officer = signed_in(people["administrator"]), people["officer"]
    bulk = reverse("wagtail_bulk_action", args=["portal", "user", "assign_role"])
    role = {"role": group("accountant").pk}
    client.post(f"{bulk}?id={people['administrator'].pk}", role)
    assert not people["administrator"].groups.filter(role_group__role="accountant").exists()
    assert told() == set()
    client.post(f"{bulk}?id={officer.pk}", role)
    assert officer.groups.filter(role_group__role="accountant").exists()
    assert told() == {*EVERYBODY, "an.officer@example.org"}


def test_a_new_account_with_the_role_is_told(people: dict[str, Any]) -> None:
    account = {
        "username": "new.one", "email": "new@example.org", "first_name": "A", "last_name": "B",
        "is_active": "on", "password1": "New-pass-9-word", "password2": "New-pass-9-word",
        "groups": [group("accountant").pk],
    }  # fmt: skip
    client = signed_in(people["administrator"])
    assert client.post(reverse("wagtailusers_users:add"), account).status_code == 302
    assert get_user_model().objects.filter(username="new.one").exists()
    assert told() == {*EVERYBODY, "new@example.org"}


def test_ones_own_change_tells_nobody(people: dict[str, Any]) -> None:
    accountant = people["accountant"]
    client = signed_in(accountant)
    client.get(reverse("wagtailadmin_home"))
    accountant.set_password("Another-pass-9")
    accountant.save()
    assert told() == set()

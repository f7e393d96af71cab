"""The page of interface components: for whoever is signed in, with made-up words alone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.compliance.admin.browse import marks_in
from tests.compliance.admin.world import World

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NAMES = ("interface_components", "interface_components_sheet")


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_is_sent_to_the_log_in(name: str) -> None:
    reply = Client().get(reverse(name))
    assert reply.status_code == 302
    assert reverse("wagtailadmin_login") in reply["Location"]


@pytest.mark.parametrize("name", NAMES)
def test_it_shows_nothing_of_any_unit(name: str, world: World) -> None:
    for client in (world.administrator, world.trang.people["officer"]):
        reply = client.get(reverse(name))
        assert reply.status_code == 200
        assert not marks_in(reply)

"""The people and places of these tests, made once for a module and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.sitepages.places import Places, make_place
from tests.sitepages.stage import Stage, make_stage


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: Any) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_stage()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: Any) -> Iterator[Places]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Places(make_place("glar"), make_place("trang"))
        transaction.set_rollback(True)

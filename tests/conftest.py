"""What every test shares: hypothesis profiles, databases a test cannot run on, tidying up."""

from __future__ import annotations

import os
import shutil

import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from tests.fixtures import demo, django_db_setup, held_demo, live_portal  # noqa: F401 - found by name
from tests.reviewing import ten_sections  # noqa: F401 - fixtures are found by name

hypothesis_settings.register_profile("default", max_examples=100, deadline=None)
hypothesis_settings.register_profile("ci", max_examples=1000, deadline=None, print_blob=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


#: Tests that commit, and tests beside a browser's loop: after all others, as pytest-django orders them.
_LAST = {"transactional_db", "live_server", "browser"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=_turn)  # those that read the demo in one row
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    skip = pytest.mark.skip(reason="needs PostgreSQL: set DATABASE_URL")
    for item in items:
        if "postgresql_only" in item.keywords:
            item.add_marker(skip)


def _turn(item: pytest.Item) -> int:
    if held_demo.is_for(item):
        return 1
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return 2 if commits or _LAST & set(getattr(item, "fixturenames", ())) else 0


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if not held_demo.is_for(item):
        held_demo.let_go()


def pytest_unconfigure() -> None:
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)

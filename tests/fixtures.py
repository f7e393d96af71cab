"""Fixtures that several packages' tests share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection, transaction
from wagtail.models import Collection, Locale, Page
from wagtail.permissions import policy_registry

from compliance.models import (
    PayeeReading,
    Payment,
    PaymentLine,
    PayPeriod,
    RemunerationEntry,
    RoyaltyEntry,
)
from portal.demo.load import load_demo
from portal.provisioning.apply import provision


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database holds the 18 provisioned portals, as every installation does."""
    with django_db_blocker.unblock():
        provision()


@pytest.fixture
def live_portal(transactional_db: None) -> Iterator[None]:
    """Provisioned portals for tests that commit: such tests leave an empty database behind."""
    replant()
    provision()
    yield
    thaw()


class HeldDemo:
    """The demo as all tests that read it find it: loaded once for as long as they follow each other."""

    def __init__(self) -> None:
        self.open = ExitStack()
        self.is_held = False

    def hold(self, blocker: Any) -> None:
        if self.is_held:
            return
        self.open.enter_context(blocker.unblock())
        self.open.enter_context(transaction.atomic())
        load_demo()
        self.is_held = True

    def let_go(self) -> None:
        if self.is_held:
            transaction.set_rollback(True)
            self.open.close()
            self.is_held = False

    @staticmethod
    def is_for(item: pytest.Item) -> bool:
        """Whether a test reads it; beside a browser's loop the connection is another one."""
        names = getattr(item, "fixturenames", ())
        return "demo" in names and "browser" not in names


held_demo = HeldDemo()


@pytest.fixture(scope="module")
def demo(request: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The whole demo; what a module does to it is taken back afterwards."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    shared = "browser" not in request.fixturenames
    if shared:
        held_demo.hold(django_db_blocker)
    with django_db_blocker.unblock(), transaction.atomic():
        if not shared:
            load_demo()
        yield
        transaction.set_rollback(True)


def replant() -> None:
    """The tree roots that Wagtail's migrations plant and an emptied database lacks; stale ids forgotten."""
    ContentType.objects.clear_cache()
    for model in apps.get_models():
        policy = policy_registry.get_by_type(model, fallback=False)
        if policy is not None:
            vars(policy).pop("_content_type", None)
    content_type = ContentType.objects.get_for_model(Page)
    locale, _made = Locale.objects.get_or_create(language_code="vi")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root", content_type=content_type, locale=locale))
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def thaw() -> None:
    """Take the guards of money away, so that a committing test's database can be emptied."""
    guards = import_module("compliance.migrations._money_guards")
    with connection.schema_editor() as editor:
        guards.remove(apps, editor)
    models: tuple[Any, ...] = (PaymentLine, Payment, PayeeReading, RemunerationEntry, RoyaltyEntry, PayPeriod)
    for model in models:
        model.objects.all()._raw_delete(connection.alias)
    with connection.schema_editor() as editor:
        guards.install(apps, editor)

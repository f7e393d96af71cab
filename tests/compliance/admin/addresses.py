"""Every address under ``/admin/`` that leads to our own screens, found in the resolver itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from portal.urls import closed

OURS = ("compliance", "sitepages", "portal", "theme")
#: Made-up words alone, for everybody signed in: `test_interface.py` looks at its door.
SHOWS_NOTHING = {"interface_components", "interface_components_sheet"}


@dataclass(frozen=True)
class Address:
    """One URL pattern: the name to reverse it by, its route, and the view."""

    name: str
    route: str
    view: Callable[..., Any]


def admin_addresses() -> list[Address]:
    """All patterns under ``/admin/``."""
    return [found for found in _walk(get_resolver(), "", ()) if found.route.startswith("admin/")]


def our_addresses() -> dict[str, Address]:
    """Those whose view is ours or shows a model of ours, by name.

    Accounts, and the addresses shut for everybody, have tests of their own.
    """
    return {
        found.name: found
        for found in admin_addresses()
        if found.name not in SHOWS_NOTHING
        and _is_ours(found.view)
        and not found.name.startswith("wagtailusers_")
        and found.view is not closed
    }


def _walk(resolver: URLResolver, route: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        below = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, below, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            yield Address(":".join((*spaces, pattern.name or below)), below, pattern.callback)


def _is_ours(view: Any) -> bool:
    return any(_layer_is_ours(layer) for layer in _layers(view))


def _layers(view: Any) -> Iterator[Any]:
    while view is not None:
        yield view
        view = getattr(view, "__wrapped__", None)


def _layer_is_ours(layer: Any) -> bool:
    handlers = [getattr(layer, "view_class", None), getattr(layer, "__self__", None)]
    modules = [getattr(layer, "__module__", "")]
    for handler in handlers:
        if handler is not None:
            modules += [
                kind.__module__ for kind in (handler if isinstance(handler, type) else type(handler)).__mro__
            ]
    if any(module.split(".")[0] in OURS for module in modules):
        return True
    return any(_model_is_ours(value) for value in getattr(layer, "view_initkwargs", {}).values())


def _model_is_ours(value: Any) -> bool:
    """Pictures and files are left to Wagtail's own screens, by collection."""
    if isinstance(value, str) and value.count(".") == 1:
        try:
            value = apps.get_model(value)
        except (LookupError, ValueError):
            return False
    if not (isinstance(value, type) and issubclass(value, Model)):
        return False
    if value in (get_image_model(), get_document_model()) or value._meta.label == "portal.User":
        return False
    return value._meta.app_label in OURS

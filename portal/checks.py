"""House rules that span packages, told by ``manage.py check``."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from compliance.catalogue.loader import CatalogueError, load_catalogue
from portal.provisioning.inputs import InputError, read_inputs


@register()
def fixtures_are_usable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The lists of bodies and offices can be read, and every tier the catalogue binds is one of theirs."""
    try:
        inputs = read_inputs(settings.PORTAL_FIXTURES, settings.PORTAL_HOST, settings.SUBPORTAL_HOST_PATTERN)
        catalogue = load_catalogue()
    except InputError as error:
        return [Error(problem, id="portal.E001") for problem in error.problems]
    except CatalogueError:
        return []  # told by the check of the catalogue
    known = {tier.code for tier in inputs.tiers}
    named = {tier for each in catalogue.requirements for binding in each.bindings for tier in binding.tiers}
    return [
        Error(f"The catalogue binds an unknown tier: {tier}.", id="portal.E002")
        for tier in sorted(named - known)
    ]

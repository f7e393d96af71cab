"""House rules about duties and money, told by ``manage.py check``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from compliance.catalogue.loader import CatalogueError, load_calendar, load_catalogue, load_royalties
from compliance.models import CalendarDay
from compliance.rules.types import Limit, RequiredFields
from sitepages.disclosures import disclosure
from sitepages.vocabulary import sections, words

#: Kinds that page types of their own tell apart: whose document it is, and a budget's whole year.
PLAIN_KINDS = frozenset({"own", "other", "annual"})


@register()
def catalogue_is_usable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The catalogues load, and name only sections and genres the site knows."""
    try:
        catalogue, _calendar, royalties = load_catalogue(), load_calendar(), load_royalties()
    except CatalogueError as error:
        told = _("The catalogue of duties cannot be used: %(error)s. Nothing is assessed until it is mended.")
        return [Error(told % {"error": error}, id="compliance.E001")]
    problems: list[CheckMessage] = [
        Error(
            _("%(entry)s: the section “%(code)s” is not in the vocabulary.")
            % {"entry": each.code, "code": each.section},
            id="compliance.E002",
        )
        for each in catalogue.requirements
        if each.section not in sections()
    ]
    problems += [
        Error(f"{each.code}@{limit.regime}: {problem}", id="compliance.E004")
        for each in catalogue.requirements
        for limit in each.limits
        for problem in _unknown_words(each.code, limit)
    ]
    problems += [
        Error(
            _("%(entry)s: the genre “%(code)s” is not in the vocabulary.")
            % {"entry": regime.code, "code": genre},
            id="compliance.E003",
        )
        for regime in royalties.regimes
        for genre in regime.caps
        if genre not in words("genres")
    ]
    return problems


def _unknown_words(duty: str, limit: Limit) -> Iterator[str]:
    """The kinds and details a limit names that no record of the duty can have."""
    entry = disclosure(duty)
    known = PLAIN_KINDS | (entry.legal_kinds if entry else frozenset())
    if limit.kind and limit.kind not in known:
        yield _("no record of this duty is of the kind “%(code)s”.") % {"code": limit.kind}
    if isinstance(limit.deadline, RequiredFields):
        for name in limit.deadline.fields:
            if entry is None or entry.field(name) is None:
                yield _("the detail “%(code)s” has no name in sitepages/disclosures.toml.") % {"code": name}


@register()
def holidays_are_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Next month's deadlines need its year's holidays; a missing year is told, never guessed.

    Known is what ships with the catalogue, and what the administrator marked as complete in the admin.
    """
    soon = timezone.localdate() + datetime.timedelta(days=31)
    try:
        known = load_calendar().knows(soon.year)
    except CatalogueError:
        return []  # told by the check above
    if known or _is_known_locally(soon.year):
        return []
    told = _("The holidays of %(year)s are not in the calendar: deadlines would be counted without them.")
    hint = _("Add the year to compliance/catalogue/holidays.toml, or in the admin: its days, then the year.")
    return [Warning(told % {"year": soon.year}, hint=hint, id="compliance.W001")]


def _is_known_locally(year: int) -> bool:
    """Whether the year was marked as complete here; no before the table is made, or without a database."""
    try:
        if CalendarDay._meta.db_table not in connection.introspection.table_names():
            return False
        return CalendarDay.objects.filter(kind=CalendarDay.Kind.YEAR, day__year=year).exists()
    except DatabaseError:
        return False

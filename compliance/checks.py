"""House rules about duties and money, told by ``manage.py check``."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError, connection
from django.utils import timezone

from compliance.catalogue.loader import CatalogueError, load_calendar, load_catalogue, load_royalties
from compliance.models import CalendarDay
from sitepages.vocabulary import sections, words


@register()
def catalogue_is_usable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The catalogues load, and name only sections and genres the site knows."""
    try:
        catalogue, _calendar, royalties = load_catalogue(), load_calendar(), load_royalties()
    except CatalogueError as error:
        return [Error(str(error), id="compliance.E001")]
    problems: list[CheckMessage] = [
        Error(f"{each.code}: section {each.section!r} is not in the vocabulary.", id="compliance.E002")
        for each in catalogue.requirements
        if each.section not in sections()
    ]
    problems += [
        Error(f"{regime.code}: genre {genre!r} is not in the vocabulary.", id="compliance.E003")
        for regime in royalties.regimes
        for genre in regime.caps
        if genre not in words("genres")
    ]
    return problems


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
    hint = "Add the year to compliance/catalogue/holidays.toml, or in the admin: its days, then the year."
    return [Warning(f"The holidays of {soon.year} are not in the calendar.", hint=hint, id="compliance.W001")]


def _is_known_locally(year: int) -> bool:
    """Whether the year was marked as complete here; no before the table is made, or without a database."""
    try:
        if CalendarDay._meta.db_table not in connection.introspection.table_names():
            return False
        return CalendarDay.objects.filter(kind=CalendarDay.Kind.YEAR, day__year=year).exists()
    except DatabaseError:
        return False

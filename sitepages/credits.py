"""What a line of credit may say: names as they are kept, and who of a portal can be credited on a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from sitepages.text import nfc

#: What a spreadsheet takes for the beginning of a formula; no name of a person begins so.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: Roles of those without whom there is no piece; an editor alone credits nobody for making it.
MAKERS = frozenset({"author", "co_author", "photographer", "video", "translator"})


def person_name(text: str) -> str:
    """A name as it is kept: NFC, on one line; ValidationError for what a spreadsheet would compute."""
    name = " ".join(nfc(text).split())
    if name.startswith(FORMULA):
        raise ValidationError(
            _("A name cannot begin with “%(sign)s”: a spreadsheet would take it for a formula.")
            % {"sign": name[0]}
        )
    return name


class PortalCredits:
    """Those who can be credited on one portal on one day, and what stands in the article already."""

    def __init__(
        self, authority: Any, day: datetime.date, contributors: Iterable[int], offices: Iterable[int]
    ) -> None:
        self.authority, self.day = authority, day
        self.kept_contributors, self.kept_offices = set(contributors), set(offices)

    @cached_property
    def contributors(self) -> dict[int, Any]:
        """Contributors in force on the day, and those credited already, with pen names and office."""
        model = apps.get_model("sitepages", "Contributor")
        rows = model.objects.filter(self._of_the_day(self.kept_contributors), authority=self.authority)
        found = rows.select_related("office").prefetch_related("pen_names").order_by("name", "pk")
        return {each.pk: each for each in found}

    @cached_property
    def offices(self) -> dict[int, Any]:
        """Offices in force on the day, and those credited already."""
        model = apps.get_model("sitepages", "Office")
        rows = model.objects.filter(self._of_the_day(self.kept_offices), authority=self.authority)
        return {each.pk: each for each in rows.order_by("group", "order", "code")}

    def office_then(self, contributor: Any) -> Any:
        """The contributor's office when it was in force on the day; None otherwise."""
        return self.offices.get(contributor.office_id)

    def _of_the_day(self, kept: set[int]) -> Q:
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=self.day)
        open_ = Q(valid_to__isnull=True) | Q(valid_to__gte=self.day)
        return (begun & open_) | Q(pk__in=kept)

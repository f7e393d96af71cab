"""Where a thing owed is mended: the page, the section, a confirmation, a declaration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from compliance.admin.access import authorities_for
from compliance.models import Declaration
from compliance.queries.drafts import Drafts, drafts_of
from compliance.queries.section_pages import section_pages
from compliance.rules.slots import span
from compliance.rules.states import AGEING, OF_A_PERIOD
from compliance.services.statements import may_be_empty
from sitepages.disclosures import disclosure
from sitepages.models import Authority

#: Reasons that may rest on a unit having had nothing to publish.
EMPTY = AGEING | {"missing", "quota_short"}
#: Reasons that ask for another record than the one they rest on.
_A_NEW_ONE = ("week_",)


def optional_url(name: str, *args: Any) -> str:
    """The address of a screen that may not be installed; "" when it is not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


class Links:
    """Addresses for one user's open items; what the user may not do is not offered."""

    def __init__(self, user: Any, units: Iterable[Authority], pages: Iterable[int] = ()) -> None:
        every = list(units)
        self._user = user
        self._writable = writable_units(user, every)
        self._sections = section_pages(unit for unit in every if unit.pk in self._writable)
        self._drafts: Drafts = drafts_of(self._writable)
        self._today = timezone.localdate()
        wanted = set(pages)
        self._pages = (
            set(Page.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        )
        self._declares = set()
        if optional_url("compliance_declare", "unit", "duty"):
            own = authorities_for(user, Declaration, "add").filter(pk__in=[unit.pk for unit in every])
            self._declares = set(own.values_list("pk", flat=True))

    def mend(self, unit: Authority, duty: str, section: str, item: dict[str, Any]) -> tuple[str, str]:
        """The one address where an open item is mended, and what is done there: a code of LABELS."""
        is_new = item["reason"].startswith(_A_NEW_ONE)
        page = item["page"] if item["page"] in self._pages and not is_new else None
        if unit.pk in self._writable:
            if item["reason"] in AGEING and page:
                url = optional_url("compliance_confirm", page)
                if url:
                    return url, "confirm"
            if page:
                return reverse("wagtailadmin_pages:edit", args=[page]), "page"
            home = self._sections.get((unit.pk, section))
            if home and not _of_the_portal(section, item["lacking"]):
                is_open = is_new or item["page"] is None  # else a record that is gone is meant
                waiting = self._drafts.answering(unit.pk, duty, section, item) if is_open else []
                if len(waiting) == 1:
                    return reverse("wagtailadmin_pages:edit", args=waiting), "draft"
                if waiting:
                    return reverse("wagtailadmin_explore", args=[home.pk]), "drafts"
                added = self._add(home, duty, item["period"])
                return added or (reverse("wagtailadmin_explore", args=[home.pk]), "section")
        return reverse("compliance_history", args=[unit.code, duty]), "look"

    def _add(self, home: Page, duty: str, period: str) -> tuple[str, str] | None:
        """Where a record is added: the form of the section's one kind, else the choice among several."""
        if not home.permissions_for_user(self._user).can_add_subpage():
            return None
        kinds = [kind for kind in type(home).creatable_subpage_models() if kind.can_create_at(home)]
        if len(kinds) > 1:
            return reverse("wagtailadmin_pages:add_subpage", args=[home.pk]), "add"
        if kinds:
            meta = kinds[0]._meta
            url = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, home.pk])
            return f"{url}?{urlencode({'duty': duty, 'period': period})}", "add"
        return None

    def declare(self, unit: Authority, duty: str, item: dict[str, Any]) -> str:
        """Where it is declared that nothing arose; "" where that is no answer, or not this user's to give."""
        reason = item["reason"]
        if unit.pk not in self._declares or not may_be_empty(duty):
            return ""
        url = optional_url("compliance_declare", unit.code, duty)
        if reason in EMPTY:
            return url
        if not reason.startswith(OF_A_PERIOD):
            return ""
        first, last = span(item["period"])
        if last > self._today:
            return ""  # nobody knows yet what still arises
        return f"{url}?{urlencode({'first': first.isoformat(), 'last': last.isoformat()})}"


def _of_the_portal(section: str, lacking: Sequence[str]) -> bool:
    """Whether all that lacks are functions of the portal itself: no record of the section brings them."""
    shape = disclosure(section)
    fields = [shape.field(code) if shape else None for code in lacking]
    return bool(fields) and all(field is not None and field.type == "system" for field in fields)


def writable_units(user: Any, units: Iterable[Authority]) -> set[int]:
    """The units on whose site the user may add or change pages."""
    pages = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"add", "change"})
    own = Authority.objects.filter(pk__in=[unit.pk for unit in units], site__root_page__in=pages)
    return set(own.values_list("pk", flat=True))

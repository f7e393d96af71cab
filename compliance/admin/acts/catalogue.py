"""The catalogue of duties as it holds on a day: who is bound, how, by when, stating what, on what basis."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from compliance.admin.access import allowed_authorities
from compliance.admin.acts.common import ActsView, given_day
from compliance.admin.law import installed_tiers, law_of, local_of, standing_of
from compliance.models import FindingRecord, LocalRule
from compliance.presentation import group_name, requirement_name
from compliance.queries.rulebook import Rulebook, current_rulebook
from compliance.rules.types import Requirement
from sitepages.models import Tier


class CataloguePage(ActsView):
    """All duties by group, on one page that prints well."""

    template_name = "compliance/admin/acts/catalogue.html"
    page_title = gettext_lazy("Catalogue of duties")
    header_icon = "list-ul"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        allowed_authorities(request.user, FindingRecord)
        self.day = given_day(request.GET.get("day", ""), timezone.localdate())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        book, tiers = current_rulebook(), installed_tiers()
        rules = list(LocalRule.objects.in_force(self.day).select_related("tier"))
        duties = groupby(book.catalogue.requirements, key=lambda each: each.group)
        context.update(
            day=self.day,
            edition=book.catalogue.version,
            total=len(book.catalogue.requirements),
            groups=[
                {
                    "code": code,
                    "name": group_name(code),
                    "duties": [_duty(each, book, tiers, rules, self.day) for each in own],
                }
                for code, own in duties
            ],
        )
        return context


def _duty(
    requirement: Requirement,
    book: Rulebook,
    tiers: Sequence[Tier],
    rules: Sequence[LocalRule],
    day: datetime.date,
) -> dict[str, Any]:
    weights = {tier: book.weight(requirement, tier.code, day) for tier in tiers}
    return {
        "code": requirement.code,
        "name": requirement_name(requirement),
        "standing": standing_of(requirement, tiers, day),
        "law": law_of(requirement, tiers, day),
        "local": local_of(requirement.code, rules),
        "weight": requirement.weight,
        "weights": weights if any(each != requirement.weight for each in weights.values()) else {},
    }

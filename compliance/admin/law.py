"""The law of a duty in words: who is bound, by which limits, on what basis; and what was set beside it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.models import LocalRule
from compliance.presentation import law_text
from compliance.rules.deadlines import deadline_code
from compliance.rules.lookup import binding_on, holds
from compliance.rules.types import Binding, LegalBasis, Limit, RequiredFields, Requirement
from compliance.wording import channel_label, level_label, term_label, verification_label
from sitepages.disclosures import disclosure, field_name
from sitepages.models import Tier

_KINDS = {
    "own": _("the body's own records"),
    "other": _("records of other bodies"),
    "": _("every record"),
}


def installed_tiers() -> list[Tier]:
    """The tiers that have units here, highest first."""
    return list(Tier.objects.filter(authorities__isnull=False).distinct().order_by("rank", "code"))


def kind_name(duty: str, kind: str) -> str:
    """A kind of record in words; its code when nobody named it."""
    entry = disclosure(duty)
    named = entry.kind_name(kind) if entry and kind else ""
    return named or str(_KINDS.get(kind, kind))


def law_of(
    requirement: Requirement, tiers: Sequence[Tier], day: datetime.date | None = None
) -> dict[str, Any]:
    """Bindings and limits of a duty for these tiers: those in force on a day, or all that ever were."""
    limits = [
        each
        for each in requirement.limits
        if not each.local and not isinstance(each.deadline, RequiredFields) and _applies(each, tiers, day)
    ]
    return {
        "requirement": requirement,
        "bindings": [_binding(each, tiers) for each in requirement.bindings if _applies(each, tiers, day)],
        "limits": [_limit(requirement, each, tiers) for each in limits],
        "fields": _fields(requirement, tiers, day),
    }


def standing_of(requirement: Requirement, tiers: Sequence[Tier], day: datetime.date) -> list[dict[str, Any]]:
    """For each tier the strongest binding that day; None where the tier is free."""
    return [{"tier": tier, "binding": _strongest(requirement, tier, day)} for tier in tiers]


def local_of(duty: str, rules: Iterable[LocalRule]) -> list[dict[str, Any]]:
    """What was set locally for a duty, in words."""
    return [
        {
            "rule": rule,
            "what": rule.get_kind_display(),
            "value": local_value(rule),
            "kind": kind_name(duty, rule.record_kind) if rule.record_kind else "",
        }
        for rule in rules
        if rule.duty == duty
    ]


def local_value(rule: LocalRule) -> str:
    """The figure of a local rule with what it counts."""
    if rule.kind in (LocalRule.Kind.DEADLINE, LocalRule.Kind.ANSWER):
        return f"{rule.value} {rule.get_unit_display()}"
    return str(rule.value)


def _applies(row: Binding | Limit, tiers: Sequence[Tier], day: datetime.date | None) -> bool:
    if day is None:
        return any(tier.code in row.tiers for tier in tiers)
    return any(holds(row, tier.code, day) for tier in tiers)


def _strongest(requirement: Requirement, tier: Tier, day: datetime.date) -> dict[str, Any] | None:
    found = binding_on(requirement, tier.code, day)
    return _binding(found, [tier]) if found else None


def _binding(row: Binding, tiers: Sequence[Tier]) -> dict[str, Any]:
    return {
        "tiers": _tier_names(row, tiers),
        "level": level_label(row.level),
        "channel": channel_label(row.channel),
        **_source(row),
    }


def _limit(requirement: Requirement, row: Limit, tiers: Sequence[Tier]) -> dict[str, Any]:
    return {
        "tiers": _tier_names(row, tiers),
        "term": term_label(deadline_code(row.deadline)),
        "kind": kind_name(requirement.code, row.kind),
        "residual": row.residual,
        "elsewhere": channel_label(row.channel) if row.channel != "portal" else "",
        **_source(row),
    }


def _source(row: Binding | Limit) -> dict[str, Any]:
    return {
        "law": law_text(row.bases),
        "marks": _marks(row.bases),
        "notes": list(dict.fromkeys(each.note for each in row.bases if each.note)),
        "first": row.valid_from,
        "last": row.valid_to,
    }


def _marks(bases: Iterable[LegalBasis]) -> list[tuple[str, str]]:
    codes = sorted({str(each.status) for each in bases})
    return [(code, verification_label(code)) for code in codes]


def _tier_names(row: Binding | Limit, tiers: Sequence[Tier]) -> str:
    return ", ".join(tier.name for tier in tiers if tier.code in row.tiers)


def _fields(
    requirement: Requirement, tiers: Sequence[Tier], day: datetime.date | None
) -> list[dict[str, Any]]:
    """The details asked of each kind of record, as one text a kind."""
    found: dict[str, dict[str, None]] = {}
    for limit in requirement.limits:
        if isinstance(limit.deadline, RequiredFields) and _applies(limit, tiers, day):
            names = found.setdefault(limit.kind, {})
            names |= dict.fromkeys(field_name(requirement.code, each) for each in limit.deadline.fields)
    return [
        {"kind": kind_name(requirement.code, kind), "names": ", ".join(names)}
        for kind, names in found.items()
    ]

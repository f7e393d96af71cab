"""The law behind one duty as tables: who is bound, by which limit, since and until when, how sure that is."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from compliance.models import LocalRule
from compliance.queries.rulebook import current_rulebook
from compliance.rules.deadlines import deadline_code
from compliance.rules.types import Binding, Channel, LegalBasis, Limit, RequiredFields
from compliance.wording import channel_label, level_label, term_label, verification_label
from sitepages.disclosures import field_name
from sitepages.models import Tier

#: The days a term runs from, as the catalogue names them.
TRIGGERS: Mapping[str, Promise] = {
    "publication": pgettext_lazy("counted from", "publication"),
    "approval": pgettext_lazy("counted from", "approval"),
    "decision": pgettext_lazy("counted from", "the decision"),
    "issue": pgettext_lazy("counted from", "issue"),
    "creation": pgettext_lazy("counted from", "the day it was made"),
    "latest": pgettext_lazy("counted from", "the latest change or confirmation"),
    "period_end": pgettext_lazy("counted from", "the end of the period"),
    "week_start": pgettext_lazy("counted from", "the beginning of the week"),
    "received": pgettext_lazy("counted from", "the day it was received"),
    "local": pgettext_lazy("counted from", "the record's own day"),
}


@dataclass(frozen=True)
class Basis:
    """One provision with the mark of its verification."""

    text: str
    mark: str
    note: str


@dataclass(frozen=True)
class BindingRow:
    """Who is bound under one regime."""

    bases: Sequence[Basis]
    regime: str
    tiers: str
    level: str
    channel: str
    first: datetime.date
    last: datetime.date | None


@dataclass(frozen=True)
class LimitRow:
    """One limit; `remark` says where it does not bind by itself."""

    bases: Sequence[Basis]
    regime: str
    kind: str
    trigger: str
    term: str
    fields: Sequence[str]
    tiers: str
    first: datetime.date
    last: datetime.date | None
    remark: str


@dataclass(frozen=True)
class Law:
    """The shipped law of one duty, and what this installation set beside it."""

    bindings: Sequence[BindingRow]
    limits: Sequence[LimitRow]
    local: Sequence[LocalRule]
    weight: int


def law_of(duty: str) -> Law:
    """All of it, past and future included. KeyError for a duty the catalogue does not have."""
    book = current_rulebook()
    requirement = book.catalogue.requirement(duty)
    tiers = dict(Tier.objects.values_list("code", "name"))
    return Law(
        bindings=[_binding(each, tiers) for each in requirement.bindings],
        limits=[_limit(each, tiers, requirement.section) for each in requirement.limits],
        local=list(LocalRule.objects.filter(duty=duty).select_related("tier").order_by("kind", "valid_from")),
        weight=requirement.weight,
    )


def _binding(row: Binding, tiers: Mapping[str, str]) -> BindingRow:
    return BindingRow(
        bases=_bases(row.bases),
        regime=row.regime,
        tiers=_tiers(row.tiers, tiers),
        level=level_label(row.level),
        channel=channel_label(row.channel),
        first=row.valid_from,
        last=row.valid_to,
    )


def _limit(row: Limit, tiers: Mapping[str, str], section: str) -> LimitRow:
    deadline = row.deadline
    remark = ""
    if row.residual:
        remark = _("only where no other limit gives a number of days")
    if row.channel is not Channel.PORTAL:
        remark = _("not a limit of the portal: %(channel)s") % {"channel": channel_label(row.channel)}
    return LimitRow(
        bases=_bases(row.bases),
        regime=row.regime,
        kind=row.kind,
        trigger=str(TRIGGERS.get(row.trigger, row.trigger)),
        term=term_label(deadline_code(deadline)),
        fields=[field_name(section, code) for code in deadline.fields]
        if isinstance(deadline, RequiredFields)
        else [],
        tiers=_tiers(row.tiers, tiers),
        first=row.valid_from,
        last=row.valid_to,
        remark=remark,
    )


def _bases(bases: Iterable[LegalBasis]) -> list[Basis]:
    return [
        Basis(
            f"{each.document}, {each.article}" if each.article else each.document,
            verification_label(each.status),
            each.note,
        )
        for each in bases
    ]


def _tiers(codes: Iterable[str], names: Mapping[str, Any]) -> str:
    order = list(names)
    known = sorted(codes, key=lambda code: (order.index(code) if code in names else len(order), code))
    return ", ".join(names.get(code, code) for code in known)

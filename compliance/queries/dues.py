"""When a record would be due: the rules of this installation asked directly."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from compliance.queries.rulebook import current_rulebook
from compliance.rules.lookup import Term, binding_on, bindings_on, due_terms, legal_bases
from compliance.rules.types import Channel, LegalBasis, Limit, Requirement


@dataclass(frozen=True)
class DueAnswer:
    """The terms of a record, strictest first; none where the law gives no time. `elsewhere` never counts."""

    requirement: Requirement
    rule: str
    bases: tuple[LegalBasis, ...]
    terms: tuple[Term, ...]
    elsewhere: tuple[Limit, ...]


class NotBoundError(LookupError):
    """The tier has no such duty that day."""


def due_answer(section: str, kind: str, trigger: datetime.date, tier: str) -> DueAnswer:
    """When a record of a section is due.

    KeyError for an unknown section, NotBoundError when the tier has no such duty that day.
    """
    book = current_rulebook()
    requirement = book.requirement(section)
    binding = binding_on(requirement, tier, trigger)
    if binding is None:
        raise NotBoundError(section)
    terms = due_terms(requirement, kind, trigger, tier, book.calendar)
    held = bindings_on(requirement, tier, trigger)
    limit = terms[0].limit if terms else None
    return DueAnswer(
        requirement=requirement,
        rule=limit.code if limit else binding.code,
        bases=limit.bases if limit else legal_bases(held),
        terms=tuple(terms),
        elsewhere=tuple(
            each
            for each in requirement.limits
            if each.channel is Channel.EGP
            and tier in each.tiers
            and each.valid_from <= trigger <= (each.valid_to or datetime.date.max)
        ),
    )


def kinds_of(section: str) -> list[str]:
    """Every kind of record a section's limits ever named."""
    limits = current_rulebook().requirement(section).limits
    return list(dict.fromkeys(limit.kind for limit in limits if limit.kind))

"""What the law asks of one record as it stands in the editor, before anybody publishes or assesses it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from compliance.queries.rulebook import current_rulebook
from compliance.rules.display import Kept, kept
from compliance.rules.items import OF_THE_SECTION
from compliance.rules.lookup import Term, is_of_period, record_terms, required_fields
from compliance.rules.types import Requirement
from sitepages.facts import Facts


@dataclass(frozen=True)
class Asked:
    """The strictest term of the record, None where no date can be counted; the details it lacks; how long it
    must stay once public, None where the law does not say.
    """

    requirement: Requirement
    term: Term | None
    lacking: tuple[str, ...]
    kept: Kept | None


def asked_of(
    section: str, tier: str, facts: Facts, *, published: datetime.date | None, today: datetime.date
) -> Asked | None:
    """What a record with these facts owes; None where the catalogue has no such duty."""
    book = current_rulebook()
    try:
        requirement = book.requirement(facts.duty or section)
    except KeyError:
        return None
    terms = []
    if facts.trigger and not is_of_period(requirement, tier, facts.period):
        terms = record_terms(requirement, tier, facts.kind, facts.trigger, book.calendar)
    wanted: tuple[str, ...] = ()
    if requirement.evidence not in OF_THE_SECTION:
        wanted = required_fields(requirement, tier, facts.kind, facts.trigger or today)
    stays = None
    if published:
        stays = kept(requirement, tier, facts.kind, published, book.calendar, facts.term_ends)
    return Asked(requirement, terms[0] if terms else None, facts.lacks(wanted), stays)

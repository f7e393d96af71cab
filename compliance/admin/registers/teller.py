"""What an empty section says of its term: the law in words, for the public page."""

from __future__ import annotations

import datetime
from typing import Any

from compliance.presentation import law_text
from compliance.queries.rulebook import current_rulebook
from compliance.rules.deadlines import deadline_code
from compliance.rules.lookup import holds
from compliance.rules.types import Channel, MinimumDisplay, RequiredFields
from compliance.wording import term_label
from sitepages.queries import authority_of

#: Sections whose duties have codes of their own.
SEVERAL = {"budget": ("budget_draft", "budget_decided", "budget_execution", "budget_settlement")}


def term_of(page: Any, section: str, today: datetime.date) -> tuple[str, str]:
    """The terms the law sets for a section's records and where it sets them; empty where it sets none."""
    unit = authority_of(page)
    if unit is None:
        return "", ""
    book, terms, bases = current_rulebook(), [], []
    for code in SEVERAL.get(section, (section,)):
        try:
            requirement = book.requirement(code)
        except KeyError:
            continue
        for limit in requirement.limits:
            told = not isinstance(limit.deadline, MinimumDisplay | RequiredFields)
            if told and limit.channel is Channel.PORTAL and holds(limit, unit.tier.code, today):
                terms.append(term_label(deadline_code(limit.deadline)))
                bases += [basis for basis in limit.bases if basis not in bases]
    return "; ".join(dict.fromkeys(terms)), law_text(tuple(bases[:2]))

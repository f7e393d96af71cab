"""What an empty section says: what will stand there, and by when. Who knows the law registers the answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sitepages.disclosures import disclosures


@dataclass(frozen=True)
class Promise:
    """The things a section will hold, the term in words, and the law it rests on."""

    things: tuple[str, ...] = ()
    term: str = ""
    law: str = ""


#: (page, section, today) → (term in words, law in words); filled in by the package that knows the law.
Teller = Callable[[Any, str, datetime.date], tuple[str, str]]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """Let another package say by when a section must be filled."""
    if teller not in _tellers:
        _tellers.append(teller)


def promise_of(page: Any, section: str, today: datetime.date) -> Promise:
    """What will stand in an empty section; without a teller, the things alone."""
    shape = disclosures().get(section)
    if shape is None:
        return Promise()
    things = tuple(kind.name for kind in shape.kinds) or tuple(
        each.name for each in shape.by_law if each.type != "system"
    )
    for teller in _tellers:
        term, law = teller(page, section, today)
        if term:
            return Promise(things, term, law)
    return Promise(things)

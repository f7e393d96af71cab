"""One request, and how an address is tried with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.compliance.admin.forms import Form
from tests.compliance.admin.world import Unit, World


@dataclass(frozen=True)
class Try:
    """One request: the ids in its address, its query, and its form (None: a GET)."""

    ids: Form = field(default_factory=dict)
    query: Form = field(default_factory=dict)
    form: Form | None = None


@dataclass(frozen=True)
class Visit:
    """``attacks`` are made by ``own``'s people at ``foreign``'s rows; ``reader`` opens ``own`` rightly.

    ``reader`` "": closed to everybody, by design. ``shows`` False: the reply need not name the unit's mark.
    """

    attacks: Callable[[World, Unit, Unit], list[Try]]
    reader: str
    own: Callable[[World, Unit], list[Try]]
    shows: bool = True

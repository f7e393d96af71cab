"""``manage.py check``: a limit may name only kinds and details that a record can have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from compliance import checks
from compliance.catalogue.loader import load_catalogue
from compliance.rules.types import RequiredFields

pytestmark = pytest.mark.unit


def told(monkeypatch: pytest.MonkeyPatch, **changes: object) -> list[str]:
    """What the check says when the first limit of the law's dissemination is another."""
    catalogue = load_catalogue()
    duties = []
    for each in catalogue.requirements:
        if each.code == "law_dissemination" and changes:
            first, *rest = each.limits
            each = replace(each, limits=(replace(first, **changes), *rest))  # type: ignore[arg-type]
        duties.append(each)
    found = replace(catalogue, requirements=tuple(duties))
    monkeypatch.setattr(checks, "load_catalogue", lambda: found)
    return [str(message.msg) for message in checks.catalogue_is_usable(None)]


def test_the_shipped_law_names_what_records_have(monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(monkeypatch) == []


def test_an_unknown_kind_or_detail_is_named_with_its_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    (kind,) = told(monkeypatch, kind="owm")
    assert "law_dissemination@" in kind
    assert "“owm”" in kind
    (detail,) = told(monkeypatch, deadline=RequiredFields(("nosuchfield",)))
    assert "“nosuchfield”" in detail


def test_every_trigger_of_the_law_is_listed() -> None:
    """So that a slip in one is refused when the catalogue is read."""
    limits = [limit for each in load_catalogue().requirements for limit in each.limits]
    assert len({limit.trigger for limit in limits}) > 20

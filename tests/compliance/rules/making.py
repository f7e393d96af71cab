"""Requirements made for a test: one binding, and the limits the test is about."""

from __future__ import annotations

from datetime import date

from compliance.catalogue.loader import load_calendar
from compliance.rules.evaluation import evaluate
from compliance.rules.types import (
    Binding,
    Channel,
    Deadline,
    Evidence,
    Finding,
    LatestTrigger,
    LegalBasis,
    Level,
    Limit,
    Requirement,
    Verification,
)

CALENDAR = load_calendar()
TIERS = frozenset({"district", "commune"})
BEGAN = date(2011, 10, 1)
_BASIS = LegalBasis("Some decree", "Article 1", Verification.PRIMARY)


def limit(
    deadline: Deadline,
    kind: str = "",
    *,
    regime: str = "ND43",
    first: date = BEGAN,
    last: date | None = None,
    residual: bool = False,
    channel: Channel = Channel.PORTAL,
    local: bool = False,
) -> Limit:
    basis = (LegalBasis(regime, "Article 2", Verification.PRIMARY),)
    code = f"duty@{regime}"
    return Limit(code, regime, kind, "event", deadline, TIERS, first, last, basis, residual, channel, local)


def requirement(
    *limits: Limit, evidence: str = "document_record", soon: int = 3, yearly: LatestTrigger | None = None
) -> Requirement:
    binding = Binding("duty@ND43", "ND43", TIERS, Level.MANDATORY, Channel.PORTAL, BEGAN, None, (_BASIS,))
    return Requirement(
        code="duty",
        section="duty",
        group="G1",
        name_vi="Mục",
        name_en="Duty",
        evidence=evidence,
        weight=5,
        soon_days=soon,
        bindings=(binding,),
        limits=limits,
        latest_trigger=yearly,
    )


def judge(duty: Requirement, today: date, *evidence: Evidence, **rest: object) -> Finding:
    found = evaluate(duty, evidence, "district", today, CALENDAR, **rest)  # type: ignore[arg-type]
    assert found is not None
    return found


def told(found: Finding) -> tuple[str, str]:
    return found.state.value, found.item.reason.code

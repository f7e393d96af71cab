"""What duties, counts and money are stored as."""

from compliance.models.assessment import Assessment, FindingRecord
from compliance.models.base import FrozenRowError
from compliance.models.grade import ArticleGrade
from compliance.models.period import PayPeriod
from compliance.models.probe import (
    ProbeClaim,
    ProbeFinding,
    ProbeLink,
    ProbeRun,
    ProbeTarget,
    TechnicalCheck,
)
from compliance.models.rate import BaseSalary, RoyaltyBudget, RoyaltyRate
from compliance.models.royalty import RoyaltyEntry

__all__ = [
    "ArticleGrade",
    "Assessment",
    "BaseSalary",
    "FindingRecord",
    "FrozenRowError",
    "PayPeriod",
    "ProbeClaim",
    "ProbeFinding",
    "ProbeLink",
    "ProbeRun",
    "ProbeTarget",
    "RoyaltyBudget",
    "RoyaltyEntry",
    "RoyaltyRate",
    "TechnicalCheck",
]

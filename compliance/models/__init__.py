"""What duties, counts and money are stored as."""

from compliance.models.assessment import Assessment, FindingRecord, RuleEdition, ScoreRecord
from compliance.models.base import FrozenRowError
from compliance.models.grade import ArticleGrade
from compliance.models.local_rule import CalendarDay, LocalRule
from compliance.models.observation import Observation
from compliance.models.period import PayPeriod
from compliance.models.rate import BaseSalary, RoyaltyBudget, RoyaltyRate
from compliance.models.recheck import RecheckItem
from compliance.models.royalty import RoyaltyEntry
from compliance.models.statement import Declaration, Waiver

__all__ = [
    "ArticleGrade",
    "Assessment",
    "BaseSalary",
    "CalendarDay",
    "Declaration",
    "FindingRecord",
    "FrozenRowError",
    "LocalRule",
    "Observation",
    "PayPeriod",
    "RecheckItem",
    "RoyaltyBudget",
    "RoyaltyEntry",
    "RoyaltyRate",
    "RuleEdition",
    "ScoreRecord",
    "Waiver",
]

"""What duties, counts and money are stored as."""

from compliance.models.assessment import Assessment, FindingRecord, RuleEdition, ScoreRecord
from compliance.models.base import FrozenRowError
from compliance.models.feed import FeedToken
from compliance.models.grade import ArticleGrade
from compliance.models.local_rule import CalendarDay, LocalRule
from compliance.models.observation import Observation
from compliance.models.past import ImportedArticle, ImportedTally, ImportJob, PastPayment
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
from compliance.models.recheck import RecheckItem
from compliance.models.reminder import OutgoingMail, ReminderStep
from compliance.models.review import MarkState, Review, ReviewMark, ReviewUnit
from compliance.models.royalty import RoyaltyEntry
from compliance.models.statement import Declaration, Waiver
from compliance.models.verdict import Objection, ReviewScore

__all__ = [
    "ArticleGrade",
    "Assessment",
    "BaseSalary",
    "CalendarDay",
    "Declaration",
    "FeedToken",
    "FindingRecord",
    "FrozenRowError",
    "ImportJob",
    "ImportedArticle",
    "ImportedTally",
    "LocalRule",
    "MarkState",
    "Objection",
    "Observation",
    "OutgoingMail",
    "PastPayment",
    "PayPeriod",
    "ProbeClaim",
    "ProbeFinding",
    "ProbeLink",
    "ProbeRun",
    "ProbeTarget",
    "RecheckItem",
    "ReminderStep",
    "Review",
    "ReviewMark",
    "ReviewScore",
    "ReviewUnit",
    "RoyaltyBudget",
    "RoyaltyEntry",
    "RoyaltyRate",
    "RuleEdition",
    "ScoreRecord",
    "TechnicalCheck",
    "Waiver",
]

"""What duties, counts and money are stored as."""

from compliance.models.assessment import Assessment, FindingRecord
from compliance.models.base import FrozenRowError
from compliance.models.grade import ArticleGrade
from compliance.models.period import PayPeriod
from compliance.models.rate import BaseSalary, RoyaltyBudget, RoyaltyRate
from compliance.models.review import MarkState, Review, ReviewMark, ReviewUnit
from compliance.models.royalty import RoyaltyEntry
from compliance.models.verdict import Objection, ReviewScore

__all__ = [
    "ArticleGrade",
    "Assessment",
    "BaseSalary",
    "FindingRecord",
    "FrozenRowError",
    "MarkState",
    "Objection",
    "PayPeriod",
    "Review",
    "ReviewMark",
    "ReviewScore",
    "ReviewUnit",
    "RoyaltyBudget",
    "RoyaltyEntry",
    "RoyaltyRate",
]

"""What duties, counts and money are stored as."""

from compliance.models.activity import ActivityReport, ReportSubscription
from compliance.models.assessment import Assessment, FindingRecord, RuleEdition, ScoreRecord
from compliance.models.base import FrozenRowError
from compliance.models.budget import BudgetKind, BudgetLine, RoyaltyBudget, Spending
from compliance.models.digest import DigestStop, HeadDigest
from compliance.models.feed import FeedToken
from compliance.models.grade import ArticleGrade
from compliance.models.likeness import AlikePair, CountExclusion, Likeness, LikenessRun
from compliance.models.local_rule import CalendarDay, LocalRule
from compliance.models.observation import Observation
from compliance.models.past import ImportedArticle, ImportedTally, ImportJob, PastPayment
from compliance.models.payee import Payee, PayeeReading, TaxCommitment
from compliance.models.payment import Payment, PaymentCounter, PaymentLine
from compliance.models.period import PayPeriod
from compliance.models.placed import PlacedArticle
from compliance.models.probe import (
    ProbeClaim,
    ProbeFinding,
    ProbeLink,
    ProbeRun,
    ProbeTarget,
    TechnicalCheck,
)
from compliance.models.question import (
    Question,
    QuestionFile,
    QuestionPause,
    QuestionReading,
    QuestionStep,
)
from compliance.models.question_form import DeskTrace, QuestionNotice, QuestionRating
from compliance.models.quota import Quota
from compliance.models.rate import BaseSalary, RateModifier, RoyaltyRate
from compliance.models.recheck import RecheckItem
from compliance.models.reminder import OutgoingMail, ReminderStep
from compliance.models.remuneration import RemunerationEntry, RemunerationTerm
from compliance.models.review import MarkState, Review, ReviewMark, ReviewUnit
from compliance.models.royalty import RoyaltyEntry
from compliance.models.statement import Declaration, Waiver
from compliance.models.verdict import Objection, ReviewScore

__all__ = [
    "ActivityReport",
    "AlikePair",
    "ArticleGrade",
    "Assessment",
    "BaseSalary",
    "BudgetKind",
    "BudgetLine",
    "CalendarDay",
    "CountExclusion",
    "Declaration",
    "DeskTrace",
    "DigestStop",
    "FeedToken",
    "FindingRecord",
    "FrozenRowError",
    "HeadDigest",
    "ImportJob",
    "ImportedArticle",
    "ImportedTally",
    "Likeness",
    "LikenessRun",
    "LocalRule",
    "MarkState",
    "Objection",
    "Observation",
    "OutgoingMail",
    "PastPayment",
    "PayPeriod",
    "Payee",
    "PayeeReading",
    "Payment",
    "PaymentCounter",
    "PaymentLine",
    "PlacedArticle",
    "ProbeClaim",
    "ProbeFinding",
    "ProbeLink",
    "ProbeRun",
    "ProbeTarget",
    "Question",
    "QuestionFile",
    "QuestionNotice",
    "QuestionPause",
    "QuestionRating",
    "QuestionReading",
    "QuestionStep",
    "Quota",
    "RateModifier",
    "RecheckItem",
    "ReminderStep",
    "RemunerationEntry",
    "RemunerationTerm",
    "ReportSubscription",
    "Review",
    "ReviewMark",
    "ReviewScore",
    "ReviewUnit",
    "RoyaltyBudget",
    "RoyaltyEntry",
    "RoyaltyRate",
    "RuleEdition",
    "ScoreRecord",
    "Spending",
    "TaxCommitment",
    "TechnicalCheck",
    "Waiver",
]

"""Duties, counts and money: reads the pages, is read by the portal."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("Duties, counts and royalties")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415 - app ready

        from compliance import account_signals, checks, models, signals  # noqa: F401, PLC0415 - app ready
        from compliance.admin.registers.teller import term_of  # noqa: PLC0415 - app ready
        from sitepages.policies import AuthorityPermissionPolicy  # noqa: PLC0415 - app ready
        from sitepages.registers.promises import register_teller  # noqa: PLC0415 - app ready

        register_teller(term_of)
        # Before anything asks: a fallback once made would be a global right.
        for model, lookup in (
            (models.Assessment, None),
            (models.FindingRecord, "authority"),
            (models.Observation, "authority"),
            (models.ScoreRecord, "authority"),
            (models.Declaration, "authority"),
            (models.Waiver, "authority"),
            (models.ReminderStep, "authority"),
            (models.OutgoingMail, "authority"),
            (models.FeedToken, "authority"),
            (models.RecheckItem, "authority"),
            (models.LocalRule, None),
            (models.CalendarDay, None),
            (models.RuleEdition, None),
            (models.BaseSalary, None),
            (models.RoyaltyRate, "authority"),
            (models.RateModifier, "authority"),
            (models.RoyaltyBudget, "authority"),
            (models.BudgetLine, "budget__authority"),
            (models.Spending, "authority"),
            (models.PayPeriod, "authority"),
            (models.RoyaltyEntry, "period__authority"),
            (models.RemunerationTerm, "authority"),
            (models.RemunerationEntry, "period__authority"),
            (models.Payee, "contributor__authority"),
            (models.TaxCommitment, "payee__contributor__authority"),
            (models.PayeeReading, "payee__contributor__authority"),
            (models.Payment, "authority"),
            (models.PaymentLine, "payment__authority"),
            (models.PaymentCounter, "authority"),
            (models.ArticleGrade, "article__office__authority"),
            (models.Likeness, "authority"),
            (models.LikenessRun, "trace__authority"),
            (models.AlikePair, "later_unit"),
            (models.CountExclusion, "article__office__authority"),
            (models.Review, None),
            (models.ReviewUnit, "authority"),
            (models.ReviewMark, "authority"),
            (models.Objection, "mark__authority"),
            (models.ReviewScore, "authority"),
            (models.ProbeTarget, None),
            (models.ProbeLink, None),
            (models.ProbeClaim, None),
            (models.ProbeRun, None),
            (models.ProbeFinding, None),
            (models.TechnicalCheck, "authority"),
            (models.Quota, "office__authority"),
            (models.HeadDigest, "authority"),
            (models.DigestStop, "authority"),
            (models.ActivityReport, "authority"),
            (models.ReportSubscription, "authority"),
            (models.ImportJob, "authority"),
            (models.ImportedArticle, "authority"),
            (models.ImportedTally, "authority"),
            (models.PastPayment, "authority"),
            (models.PlacedArticle, None),
            (models.Question, "authority"),
            (models.QuestionFile, "question__authority"),
            (models.QuestionStep, "question__authority"),
            (models.QuestionPause, "question__authority"),
            (models.QuestionReading, "question__authority"),
            (models.QuestionRating, "question__authority"),
            (models.QuestionNotice, "authority"),
            (models.DeskTrace, None),
        ):
            register_permission_policy(model, AuthorityPermissionPolicy(model, lookup))

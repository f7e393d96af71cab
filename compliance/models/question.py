"""Questions of citizens: what was asked, how it went on, and who asked, sealed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.models.base import AppendOnly
from compliance.rules.question_codes import show_code
from sitepages.models import Authority, DisclosurePage, Office
from sitepages.text import normalize_fields


class Question(models.Model):
    """One question. ``sealed`` holds name, e-mail and telephone as one encrypted text.

    Only ``services.question_contact`` opens it, and whoever reads it is recorded. ``code`` is the receipt's;
    it opens the status, never who asked. ``public_topic`` and ``public_text`` are the edited copy that may be
    published.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        ASSIGNED = "assigned", _("Being handled")
        PAUSED = "paused", _("Waiting for more information")
        DRAFTED = "drafted", _("Answer waits for approval")
        ANSWERED = "answered", _("Answered")
        REFUSED = "refused", _("Not handled here")
        MERGED = "merged", _("Handled with another question")

    OPEN = (State.RECEIVED, State.ASSIGNED, State.PAUSED, State.DRAFTED)

    class Refusal(models.TextChoices):
        COMPETENCE = "competence", _("Not within the competence of this body")
        ABUSE = "abuse", _("Insulting, or no question at all")
        COMPLAINT = "complaint", _("A complaint or denunciation: another procedure applies")
        UNCLEAR = "unclear", _("Cannot be understood, and the asker cannot be reached")

    authority = models.ForeignKey(
        Authority, models.PROTECT, verbose_name=_("authority"), related_name="questions"
    )
    code = models.CharField(_("receipt code"), max_length=16, unique=True, editable=False)
    stamp = models.CharField(max_length=64, unique=True, editable=False)
    text_digest = models.CharField(max_length=64, db_index=True, editable=False)
    subject = models.CharField(_("field"), max_length=30)
    topic = models.CharField(_("topic"), max_length=200)
    text = models.TextField(_("question"), blank=True)
    may_publish = models.BooleanField(_("may be published"), default=True)
    show_name = models.BooleanField(_("the asker's name may be published"), default=False)
    sealed = models.TextField(blank=True, editable=False)
    notice = models.CharField(_("privacy notice agreed to"), max_length=64, editable=False)

    received_at = models.DateTimeField(_("received at"))
    counts_from = models.DateField(_("counted from"))
    moved = models.CharField(max_length=12, blank=True, editable=False)
    term_days = models.PositiveSmallIntegerField(_("time for the answer"))
    term_unit = models.CharField(max_length=2, default="wd")
    term_basis = models.CharField(_("basis of the time"), max_length=400)
    term_status = models.CharField(max_length=4, blank=True)
    due = models.DateField(_("due"), db_index=True)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RECEIVED, editable=False
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, verbose_name=_("competent office"), related_name="+"
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("officer"),
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged"
    )
    refusal = models.CharField(_("reason"), max_length=12, choices=Refusal.choices, blank=True)
    refusal_note = models.TextField(_("where to turn to"), blank=True, max_length=2000)

    public_topic = models.CharField(_("topic, public copy"), max_length=200, blank=True)
    public_text = models.TextField(_("question, public copy"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    redaction_reason = models.CharField(
        _("why the asker's own data stays in the text"), max_length=500, blank=True
    )
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    closed_at = models.DateTimeField(_("answered or closed at"), null=True, editable=False, db_index=True)
    taken_days = models.PositiveSmallIntegerField(_("working days taken"), null=True, editable=False)
    page = models.OneToOneField(
        DisclosurePage, models.SET_NULL, null=True, editable=False, related_name="question"
    )
    contact_forgotten_at = models.DateTimeField(_("contact data erased at"), null=True, editable=False)
    forgotten_at = models.DateTimeField(_("text erased at"), null=True, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["due", "pk"]
        permissions = [("approve_question", "Can approve answers to questions")]
        indexes = [
            models.Index(fields=["authority", "state", "due"], name="question_inbox"),
            models.Index(fields=["authority", "counts_from"], name="question_period"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"  # stands in logs that outlive what was asked

    def save(self, *args: Any, **kwargs: Any) -> None:
        normalize_fields(self)
        super().save(*args, **kwargs)

    @property
    def shown_code(self) -> str:
        """The code in groups."""
        return show_code(self.code)

    @property
    def is_open(self) -> bool:
        """Whether it waits for anything."""
        return self.state in self.OPEN

    @property
    def closed_on(self) -> Any:
        """The local day it was answered or closed."""
        return timezone.localdate(self.closed_at) if self.closed_at else None


class QuestionFile(models.Model):
    """A file that came with a question: sealed, outside the media folder, never served to the public."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="files")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(max_length=4)
    size = models.PositiveIntegerField(_("size"))
    digest = models.CharField(max_length=64)
    place = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("file of a question")
        verbose_name_plural = _("files of questions")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class QuestionStep(models.Model):
    """What was done with a question: by whom, where, why. Notes go when the question is forgotten."""

    class Kind(models.TextChoices):
        RECEIVED = "received", _("Received")
        ASSIGNED = "assigned", _("Given to an office")
        TRANSFERRED = "transferred", _("Transferred to another body")
        PAUSED = "paused", _("More information asked for")
        RESUMED = "resumed", _("Information came, taken up again")
        DRAFTED = "drafted", _("Answer drafted")
        SENT_BACK = "sent_back", _("Draft sent back")
        ANSWERED = "answered", _("Answer approved")
        REFUSED = "refused", _("Not handled here")
        MERGED = "merged", _("Merged with another question")
        CONTACT_ERASED = "contact_erased", _("Contact data erased")
        ERASED = "erased", _("Text erased")

    question = models.ForeignKey(Question, models.PROTECT, related_name="steps")
    kind = models.CharField(_("step"), max_length=14, choices=Kind.choices)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name=_("by"), related_name="+"
    )
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    target = models.ForeignKey(Authority, models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        verbose_name = _("step of a question")
        verbose_name_plural = _("steps of questions")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["source", "kind", "-at"], name="question_handed_on")]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.kind}"


class QuestionPause(models.Model):
    """Days on which the asker was waited for; whether they count is the rule's to say."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="pauses")
    first = models.DateField(_("from"))
    last = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        verbose_name = _("pause of a question")
        verbose_name_plural = _("pauses of questions")
        ordering = ["first", "pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.first}"


class QuestionReading(AppendOnly):
    """Somebody read who asked, or opened a file that came with the question."""

    class Occasion(models.TextChoices):
        CONTACT = "contact", _("Contact data shown")
        FILE = "file", _("File opened")

    question = models.ForeignKey(
        Question, models.PROTECT, verbose_name=_("question"), related_name="readings"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("reader"), related_name="+"
    )
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion.choices)
    read_at = models.DateTimeField(_("read at"), db_index=True)

    class Meta:
        verbose_name = _("reading of a question's contact data")
        verbose_name_plural = _("readings of questions' contact data")
        ordering = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.question_id}: {self.user}"

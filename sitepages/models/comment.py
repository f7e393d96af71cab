"""What citizens and businesses say about a draft that is open for comment."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sitepages.models.authority import Authority
from sitepages.models.disclosure import DisclosurePage


class ConsultationComment(models.Model):
    """One comment. Only ``public_text`` of an approved one is ever shown, never a name or a contact."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        APPROVED = "approved", _("Published")
        REFUSED = "refused", _("Not published")

    authority = models.ForeignKey(
        Authority, models.PROTECT, related_name="+", verbose_name=_("portal"), editable=False
    )
    page = models.ForeignKey(
        DisclosurePage, models.PROTECT, related_name="comments", verbose_name=_("draft"), editable=False
    )
    received_at = models.DateTimeField(_("received at"), editable=False)
    name = models.CharField(_("name"), max_length=150, blank=True, editable=False)
    contact = models.CharField(_("contact"), max_length=150, blank=True, editable=False)
    text = models.TextField(_("comment"), editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    public_text = models.TextField(
        _("text for publication"),
        blank=True,
        help_text=_(
            "Take out names, telephone numbers and whatever tells who wrote it. Left empty, the comment is"
            " counted but its text is not shown."
        ),
    )
    reason = models.CharField(
        _("reason"), max_length=300, blank=True, help_text=_("Why the text is not published.")
    )

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ["-received_at", "-pk"]
        indexes = [models.Index(fields=["page", "state", "-received_at"], name="comments_of_draft")]

    def __str__(self) -> str:
        return self.text[:80]

"""The privacy notice: the portal's own, else the one that ships; its version is kept with every question."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from compliance.catalogue.questions import Retention, load_handling
from compliance.desk.common import page, public, unit_or_404
from compliance.models import QuestionNotice
from compliance.presentation import law_text
from compliance.wording import verification_label
from sitepages.models import Authority, SiteSettings


@dataclass(frozen=True)
class Notice:
    """The text in paragraphs, and what tells this version from every other."""

    paragraphs: tuple[str, ...]
    own: bool

    @property
    def version(self) -> str:
        return hashlib.sha256("\n".join(self.paragraphs).encode()).hexdigest()


def notice_of(unit: Authority, today: datetime.date) -> Notice:
    """The notice in force: one or two queries."""
    kept = (
        QuestionNotice.objects.filter(authority=unit, valid_from__lte=today).order_by("-valid_from").first()
    )
    if kept is not None:
        return Notice(tuple(part.strip() for part in kept.text.split("\n") if part.strip()), own=True)
    handling = load_handling()
    return Notice(_shipped(unit, handling.on(handling.retentions, today)), own=False)


def _shipped(unit: Authority, kept: Retention) -> tuple[str, ...]:
    texts = SiteSettings.for_site(unit.portal)
    reached = [texts.address, texts.phone, texts.email]
    said = {
        "unit": unit.full_name or unit.display_name,
        "contact": "; ".join(filter(None, reached)) or _("the unit's office"),
        "days": kept.contact,
        "text_days": kept.text,
        "law": law_text([kept.basis]),
        "sure": verification_label(kept.basis.status.value),
    }
    return (
        _("Who answers for your data: %(unit)s.") % said,
        _(
            "Purpose: to receive your question, to reach you when something is unclear, and to send you"
            " the answer."
            " Your data is used for nothing else and is not given to anybody outside the bodies that"
            " handle the"
            " question."
        ),
        _(
            "What is kept: your name if you give it, your e-mail address or telephone, the field, topic"
            " and text"
            " of the question, the files, and when it came. The address of your device is not kept"
            " beyond the day."
        ),
        _("Please do not send pictures of identity papers; nobody needs them to answer a question."),
        _(
            "Who reads it: the officers of the body that handles the question. Name and contact data are kept"
            " encrypted; whoever opens them is recorded."
        ),
        _(
            "What becomes public: the question and the answer, after your name, addresses and numbers"
            " were taken"
            " out. If you ask for it, nothing is published and the answer goes to you alone."
        ),
        _(
            "How long: contact data and files are erased %(days)s days after the answer, the text of"
            " the question"
            " %(text_days)s days after it. Published answers stay, without your data."
        )
        % said,
        _(
            "Your rights: to know, to see, to have corrected or erased what is kept of you, to take"
            " back your consent"
            " and to complain. Write or call, naming your receipt code: %(contact)s."
        )
        % said,
        _("Legal basis: %(law)s (%(sure)s).") % said,
    )


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The notice as a page."""
    unit = unit_or_404(request)
    return page(request, unit, "privacy.html", {"notice": notice_of(unit, timezone.localdate())})

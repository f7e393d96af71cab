"""The kinds of things that are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

#: Kinds in the order they are offered, with their names.
KINDS = {
    "news": _("News"),
    "document": _("Legal and administrative documents"),
    "procedure": _("Administrative procedures"),
    "question": _("Questions and answers"),
    "event": _("Events and announcements"),
    "schedule": _("Work schedules"),
    "procurement": _("Bids and procurement"),
    "budget": _("Budget disclosures"),
    "record": _("Disclosed information"),
    "page": _("Introductions and guides"),
    "section": _("Section pages"),
}
_BY_TYPE = {
    "ArticlePage": "news",
    "LegalDocumentPage": "document",
    "WorkSchedulePage": "schedule",
    "ProcurementPage": "procurement",
    "BudgetDisclosurePage": "budget",
    "EventPage": "event",
    "DisclosurePage": "record",
    "SectionPage": "section",
    "ArticleIndexPage": "section",
    "SectionMapPage": "section",
}
#: What a record or a page is within these sections.
_BY_SECTION = {"admin_procedures": "procedure", "qa_feedback": "question"}


def kind_of(page: object, section: str) -> str:
    """The kind of a page: what its type says by ``search_kind``, else by the list above."""
    said = getattr(page, "search_kind", "") or _BY_TYPE.get(type(page).__name__, "page")
    return _BY_SECTION.get(section, said) if said in ("record", "page") else str(said)

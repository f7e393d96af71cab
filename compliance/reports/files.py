"""The report of a review as a file, by kind: the one door for the command and the admin."""

from __future__ import annotations

import datetime
import json

from django.conf import settings
from django.utils import translation

from compliance.models import Review
from compliance.queries.reviews import objections_of, review_sheet
from compliance.reports.layout import docx_bytes
from compliance.reports.pdf import pdf_bytes
from compliance.reports.review import review_document
from compliance.reports.review_data import markdown, review_as_dict

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


def report_file(review: Review, kind: str, *, made_at: datetime.datetime) -> bytes:
    """The bytes of the report; KeyError for an unknown kind."""
    if kind not in KINDS:
        raise KeyError(kind)
    sheet, objections = review_sheet(review), objections_of(review)
    if kind == "json":
        content = review_as_dict(sheet, objections)
        return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()
    document = review_document(sheet, objections)
    with translation.override(settings.LANGUAGE_CODE):
        if kind == "md":
            return markdown(document).encode()
        write = pdf_bytes if kind == "pdf" else docx_bytes
        return write(document, made_at=made_at)
